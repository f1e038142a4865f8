"""Pages for what went wrong, in the reader's language or in both, and what is written down about it."""

import logging
import traceback
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, Response, request
from flask_babel import lazy_gettext
from werkzeug.exceptions import Forbidden, HTTPException

from survey.web import language, plain
from survey.web.services import services
from survey.wording import LANGUAGES


@dataclass(frozen=True, slots=True)
class Words:
    """What a page of this kind says, in one language."""

    language: str
    title: str
    text: str
    way_on: str


class ForTheDistrict(Forbidden):
    """A page of the district, asked for by staff of a school."""


def register(app: Flask) -> None:
    """Answer every error with a page; ``abort(404)`` and its like are all that other parts need."""
    app.register_error_handler(HTTPException, _answer)
    app.logger.addFilter(_WithoutWords())


def page(status: int, reason: object = None) -> Response:
    """The page for this status, with this reason or the usual one: in the reader's language, or in both where nothing tells it."""
    told = language.told()
    words = [_words(status, spoken, reason) for spoken in ([told] if told else LANGUAGES)]
    return plain.page(
        "error.html",
        status,
        words=words,
        district=services().settings.district_name,
        can_switch=told is not None and request.method == "GET",
    )


def without_words(fault: BaseException) -> str:
    """What failed and where: types and frames, never an exception's own words."""
    return "".join(_frames(fault)).rstrip()


def _answer(fault: HTTPException) -> Response | HTTPException:
    if fault.code is None or fault.code < 400:
        return fault
    response = page(fault.code, _FOR_THE_DISTRICT if isinstance(fault, ForTheDistrict) else None)
    # A 405 must say what is allowed, a 429 when to come back.
    for name, value in fault.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _words(status: int, spoken: str, reason: object) -> Words:
    title, text = _SAID.get(status) or (_SAID[500] if status >= 500 else _SAID[400])
    with language.speaking(spoken):
        return Words(spoken, str(title), str(reason or text), str(_WAY_ON))


_FOR_THE_DISTRICT = lazy_gettext("This page is for the staff of the district.")
_WAY_ON = lazy_gettext("Surveys for families")
_SAID = {
    400: (lazy_gettext("We could not read what was sent"), lazy_gettext("Please go back and try again.")),
    403: (
        lazy_gettext("This is not open to you"),
        lazy_gettext("If you came here from another site, open this page again from its own address."),
    ),
    404: (
        lazy_gettext("We could not find this page"),
        lazy_gettext("The address may be old or have a typing mistake."),
    ),
    405: (
        lazy_gettext("This address cannot take what was sent"),
        lazy_gettext("Please start again from the first page."),
    ),
    413: (
        lazy_gettext("That is too much at once"),
        lazy_gettext("Nothing was received. Please go back, make the text shorter, and send it again."),
    ),
    429: (lazy_gettext("Too many tries"), lazy_gettext("Please wait a few minutes and try again.")),
    500: (
        lazy_gettext("Something went wrong here"),
        lazy_gettext(
            "This is our mistake, not yours. What you sent was not received. "
            "Please go back and try again in a few minutes."
        ),
    ),
}


class _WithoutWords(logging.Filter):
    """Writes down what failed and where, never an exception's own words.

    They may quote an answer (PostgreSQL's DETAIL holds the whole row), and the address of a
    family's page beside the time of the line would say when somebody of that school answered.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: the line is kept, rewritten."""
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = without_words(record.exc_info[1])
            record.exc_info = None
            record.msg, record.args = "%s failed", (request.endpoint if request else "something",)
        return True


def _frames(fault: BaseException) -> Iterator[str]:
    earlier = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if earlier is not None:
        yield from _frames(earlier)
        yield "which led to\n"
    yield from traceback.format_tb(fault.__traceback__)
    yield f"{type(fault).__module__}.{type(fault).__qualname__}\n"
