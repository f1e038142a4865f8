"""The worker on a family's phone, which opens a survey without a signal: served with its words in both languages."""

import json
from functools import cache

from flask import Flask, Response, request
from flask_babel import gettext as _

from survey.web import language, plain, smaller
from survey.web.smaller import Script
from survey.wording import LANGUAGES


def register(app: Flask) -> None:
    """Serve the worker."""
    app.add_url_rule("/worker.js", "worker", _serve)


def _serve() -> Response:
    response = _made().answer()
    # Browsers ask again with every page they open, and are told in a few bytes that nothing has changed.
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@cache
def _made() -> Script:
    """The worker as browsers get it; made once in a process."""
    said = {}
    for spoken in LANGUAGES:
        with language.speaking(spoken):
            said[spoken] = {
                "title": str(_("No signal")),
                "text": str(_("This page needs a signal. Nothing that you answered on this phone is lost.")),
                "again": str(_("Try again")),
            }
    source = (plain.STATIC / "worker.js").read_text(encoding="utf-8")
    return smaller.script(source.replace('"@said@"', json.dumps(said, ensure_ascii=False)))
