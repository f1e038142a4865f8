"""What a phone's module is told: a receipt or a refusal it can check, and the inside of the page that says it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import Response, make_response, request

from survey.collection.receipts import Receipt
from survey.storage.windows import Window
from survey.web import language
from survey.web.family.places import Place
from survey.web.services import services
from survey.web.stencil import Stencil

RECEIPT_TYPE = "application/vnd.puente.receipt+json"
REFUSAL_TYPE = "application/vnd.puente.refusal+json"


def are_asked_for() -> bool:
    """Whether a program asks, and not a browser that shows what it gets."""
    return RECEIPT_TYPE in request.headers.get("Accept", "")


def receipt(
    signed: Receipt,
    place: Place,
    window: Window,
    status: int,
    *,
    already: bool,
    page: Callable[[], Response],
) -> Response:
    """The receipt with the inside of its ``page``, which is made once in a process and is the same for everybody."""
    settings = services().settings
    made_of = _MadeOf(
        place, window, language.current(), already, settings.district_name, settings.minimum_group
    )
    stencil = _made.get(made_of)
    if stencil is None:
        if len(_made) >= MOST_MADE:
            _made.clear()
        # JSON never holds the sign for nothing as it is.
        whole = b'{\0,"page":%s}' % json.dumps(_inside(page())).encode()
        stencil = _made[made_of] = Stencil(whole, b"\0")
    parts = {"key": str(signed.key), "window": signed.window, "site": signed.site}
    told = json.dumps(parts | {"signature": signed.signature, "already": already})[1:-1].encode()
    response = make_response(b"", status)
    response.mimetype = RECEIPT_TYPE
    response.headers["Vary"] = "Accept-Encoding"
    if request.accept_encodings["gzip"]:
        response.headers["Content-Encoding"] = "gzip"
        response.set_data(stencil.filled_and_gzipped(told))
    else:
        response.set_data(stencil.filled(told))
    return response


def refusal(key: UUID | None, outcome: str, page: Response) -> Response:
    """The ``page`` that says why a whole survey was not taken: its inside for a program, else as it is.

    Nothing of a survey that is refused so has been stored by this request.
    """
    if key is None or not are_asked_for():
        return page
    told = {"key": str(key), "outcome": outcome, "page": _inside(page)}
    response = make_response(json.dumps(told), page.status_code)
    response.mimetype = REFUSAL_TYPE
    if "Retry-After" in page.headers:
        response.headers["Retry-After"] = page.headers["Retry-After"]
    return response


@dataclass(frozen=True, slots=True)
class _MadeOf:
    """Everything that the page of a receipt depends on."""

    place: Place
    window: Window
    language: str
    already: bool
    district: str
    minimum_group: int


# Two surveys at sixty schools in two languages, first sent and repeated, some 2 kB each.
MOST_MADE = 512
_made: dict[_MadeOf, Stencil] = {}


def _inside(page: Response) -> str:
    """What stands in the page's main part; nobody's words can end it early, since they are escaped."""
    return page.get_data(as_text=True).partition("<main>")[2].rpartition("</main>")[0]
