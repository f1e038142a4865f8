"""What every answer says to the browser: security headers, no copies kept, and compression."""

import base64
import hashlib
import struct
import zlib
from functools import lru_cache

from flask import Flask, Response, g, request

from survey.web.services import services

# Level 9 makes a survey 1 % smaller, in twice the time.
LEVEL = 5
COMPRESSIBLE = frozenset({"text/html", "text/css", "text/javascript", "image/svg+xml", "application/json"})
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
    # A family's page runs no script and shows no picture: what it may do is the shorter list.
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def gzipped(body: bytes, unchanging: bytes = b"") -> bytes:
    """The body as gzip; ``unchanging``, where it occurs, is compressed only once in a process.

    A survey without answers is three quarters of its page and the same for every family.
    """
    before, found, after = body.partition(unchanging) if unchanging else (body, b"", b"")
    deflate = zlib.compressobj(LEVEL, wbits=-zlib.MAX_WBITS)
    parts = [_GZIP_HEAD, deflate.compress(before)]
    if found:
        # After a full flush nothing points back, so a part that was compressed elsewhere can follow.
        parts += [deflate.flush(zlib.Z_FULL_FLUSH), _deflated(found), deflate.compress(after)]
    parts += [deflate.flush(), struct.pack("<LL", zlib.crc32(body), len(body) & 0xFFFFFFFF)]
    return b"".join(parts)


@lru_cache(maxsize=64)
def _deflated(part: bytes) -> bytes:
    deflate = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return deflate.compress(part) + deflate.flush(zlib.Z_FULL_FLUSH)


# Deflate, no file name, no time, unknown system.
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def _harden(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _STAFF_POLICY)
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
        response.set_data(gzipped(body, g.get("unchanging", b"")))
        response.headers["Content-Encoding"] = "gzip"
    return response


_STAFF_POLICY = POLICY.format(style="'self'")
