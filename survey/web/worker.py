"""The worker on a family's phone, which opens a survey without a signal: served with its words in both languages."""

import gzip
import json
from functools import cache

import rjsmin
from flask import Flask, Response, request
from flask_babel import gettext as _

from survey.web import language, plain
from survey.wording import LANGUAGES


def register(app: Flask) -> None:
    """Serve the worker."""
    app.add_url_rule("/worker.js", "worker", _serve)


def _serve() -> Response:
    text, gzipped = _made()
    response = Response(mimetype="text/javascript")
    response.headers["Vary"] = "Accept-Encoding"
    # Browsers ask again with every page they open, and are told in a few bytes that nothing has changed.
    response.headers["Cache-Control"] = "no-cache"
    if request.accept_encodings["gzip"]:
        response.headers["Content-Encoding"] = "gzip"
        response.set_data(gzipped)
    else:
        response.set_data(text)
    response.add_etag()
    return response.make_conditional(request)


@cache
def _made() -> tuple[bytes, bytes]:
    """The worker as browsers get it, as it is and compressed; made once in a process."""
    said = {}
    for spoken in LANGUAGES:
        with language.speaking(spoken):
            said[spoken] = {
                "title": str(_("No signal")),
                "text": str(_("This page needs a signal. Nothing that you answered on this phone is lost.")),
                "fill": str(_("You can fill in this now. It is sent when there is a signal:")),
                "again": str(_("Try again")),
            }
    source = (plain.STATIC / "worker.js").read_text(encoding="utf-8")
    text = str(rjsmin.jsmin(source.replace('"@said@"', json.dumps(said, ensure_ascii=False)))).encode()
    return text, gzip.compress(text, 9, mtime=0)
