"""What every answer says to the browser: security headers, no copies kept, and compression."""

import base64
import gzip
import hashlib
from functools import lru_cache

from flask import Flask, Response, request

from survey.web.services import services

# Level 9 makes a survey 1 % smaller, in twice the time.
LEVEL = 5
COMPRESSIBLE = frozenset(
    {
        "text/html",
        "text/css",
        "text/javascript",
        "image/svg+xml",
        "application/json",
        # A refusal holds the whole survey.
        "application/vnd.puente.refusal+json",
    }
)
TOO_SMALL_TO_COMPRESS = 500

# Pages load nothing from elsewhere, send nothing elsewhere, and stand in nobody's frame.
POLICY = (
    "default-src 'none'; style-src {style}; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def register(app: Flask) -> None:
    """Harden and compress every answer; a page that sets one of these headers itself keeps its own."""
    # What is registered first runs last, when nothing changes the body any more.
    app.after_request(_compress)
    app.after_request(_harden)


@lru_cache(maxsize=64)
def policy_for(css: str) -> str:
    """The Content-Security-Policy of a page whose one inlined ``<style>`` holds exactly ``css``."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    # A family's page shows no picture; its one script, the worker and what they fetch are our own.
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; script-src 'self'; connect-src 'self'; "
        "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _harden(response: Response) -> Response:
    headers = response.headers
    # A script is no page and needs no more than to fetch, where it is a worker: a shorter line for a phone to load.
    policy = _SCRIPT_POLICY if response.mimetype == "text/javascript" else _STAFF_POLICY
    headers.setdefault("Content-Security-Policy", policy)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cache-Control", "no-store")
    if services().settings.is_https:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _compress(response: Response) -> Response:
    # Not the library's: it leaves error pages as they are, and ours hold a whole survey with its answers.
    if response.mimetype not in COMPRESSIBLE or "Content-Encoding" in response.headers:
        return response
    response.headers["Vary"] = "Accept-Encoding"
    if not request.accept_encodings["gzip"] or response.status_code == 304:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= TOO_SMALL_TO_COMPRESS:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


_SCRIPT_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"
_STAFF_POLICY = POLICY.format(style="'self'")
