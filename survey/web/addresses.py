"""Which addresses are answered at all: hosts that can be, numbers that can be, and no redirects between spellings."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, request
from werkzeug.routing import IntegerConverter, Map

from survey.web import errors

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LARGEST_NUMBER = 2**31 - 1


def register(app: Flask) -> None:
    """Have the application answer such addresses only; to be done before any address is added."""
    # The library's redirects from one spelling to another are absolute, made of whatever Host was sent.
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.url_map.converters["int"] = _Number
    app.add_url_rule("/favicon.ico", view_func=_no_icon)
    app.before_request(_refuse_impossible_host)
    app.wsgi_app = _Outermost(app)  # type: ignore[method-assign]


def is_possible_host(host: str) -> bool:
    """Whether a Host header names something: a name or a number that a browser can have asked for."""
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    try:
        # What claims to be a name in other letters must be one, or the library fails over it.
        (found["name"] or "").encode().decode("idna")
    except UnicodeError:
        return False
    return True


# Any name will do, since a proxy may give us another one than families know.
_HOST = re.compile(
    r"(?=.{1,259}\Z)((?P<name>[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*)\.?|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{0,5})?"
)
_IMPOSSIBLE = "puente.impossible_host"


class _Number(IntegerConverter):
    """A number that a column of the database can hold; any other is an address that does not exist."""

    regex = "[0-9]{1,10}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_NUMBER)


class _Outermost:
    """What the server calls: no request can make it raise, since servers write down what is raised, word for word."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._inner = app.wsgi_app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        host = environ.get("HTTP_HOST")
        if host and not is_possible_host(host):
            environ[_IMPOSSIBLE] = True
            environ["HTTP_HOST"] = "localhost"
        try:
            return self._inner(environ, start_response)
        except Exception as fault:
            if self._app.debug or self._app.testing:
                raise
            self._app.logger.error("something failed\n%s", errors.without_words(fault))  # noqa: TRY400 - its words
            start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
            return [b"500\n"]


def _no_icon() -> Response:
    """Browsers ask for it beside every page, and can be told once for long that there is none."""
    return Response(status=204, headers={"Cache-Control": "public, max-age=604800"})


def _refuse_impossible_host() -> None:
    if _IMPOSSIBLE in request.environ:
        abort(400)
