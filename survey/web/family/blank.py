"""The survey that nobody has answered yet: for all families of a school the same page, but for its key."""

from dataclasses import dataclass
from uuid import uuid4

from flask import Response, request

from survey.storage.sites import Site
from survey.storage.windows import Window
from survey.web import language
from survey.web.family import pages
from survey.web.family.places import Place
from survey.web.services import services
from survey.web.stencil import Stencil


def survey(place: Place, window: Window) -> Response:
    """The whole survey with a key of its own; made once in a process for each school, window and language."""
    settings = services().settings
    made_of = _MadeOf(
        place.site,
        window,
        place.is_made_up,
        place.on_kiosk,
        language.current(),
        settings.district_name,
        settings.minimum_group,
        settings.secret,
    )
    made = _made.get(made_of)
    if made is None:
        if len(_made) >= MOST_MADE:
            _made.clear()
        made = _made[made_of] = _make(place, window)
    response = Response(mimetype="text/html")
    response.headers["Content-Security-Policy"] = made.policy
    response.headers["Vary"] = "Accept-Encoding"
    key = str(uuid4()).encode()
    brotlied = made.page.filled_and_brotlied(key) if request.accept_encodings["br"] else None
    if brotlied:
        response.headers["Content-Encoding"] = "br"
        response.set_data(brotlied)
    elif request.accept_encodings["gzip"]:
        response.headers["Content-Encoding"] = "gzip"
        response.set_data(made.page.filled_and_gzipped(key))
    else:
        response.set_data(made.page.filled(key))
    return response


@dataclass(frozen=True, slots=True)
class _MadeOf:
    """Everything that the page depends on but its key."""

    site: Site
    window: Window
    is_made_up: bool
    on_kiosk: bool
    language: str
    district: str
    minimum_group: int
    secret: str


@dataclass(frozen=True, slots=True)
class _Made:
    page: Stencil
    policy: str


# Two surveys in two languages at sixty schools, some 50 kB each.
MOST_MADE = 256
_made: dict[_MadeOf, _Made] = {}


def _make(place: Place, window: Window) -> _Made:
    key = uuid4()
    response = pages.survey(place, window, key=key)
    page = Stencil(response.get_data(), str(key).encode())
    return _Made(page, response.headers["Content-Security-Policy"])
