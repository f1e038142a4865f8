"""The family's pages, put together: what each needs to know, and what it tells the browser."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from survey.collection import receipts
from survey.collection.receipts import Receipt
from survey.instruments.answers import Fault
from survey.storage.windows import Window, WindowState
from survey.web import language, plain
from survey.web.family import codes, faults, kiosk, replies, sheet
from survey.web.family.codes import CodeField
from survey.web.family.places import District, Place
from survey.web.family.reading import readable
from survey.web.services import services


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands above a survey that is shown again."""

    title: str
    text: str
    is_problem: bool = True


def html(
    template: str, place: Place | District, status: int = 200, css: str | None = None, **known: object
) -> Response:
    """A page with its style inside, and a policy that allows that style alone."""
    return plain.page(
        f"family/{template}",
        status,
        css,
        place=place,
        site=place.site,
        district=services().settings.district_name,
        is_made_up=place.is_made_up,
        minimum_group=services().settings.minimum_group,
        sheet_of=sheet.of,
        kiosk_of=kiosk.address,
        **known,
    )


def survey(
    place: Place,
    window: Window,
    status: int = 200,
    *,
    key: UUID | None = None,
    given: dict[str, list[str]] | None = None,
    notice: Notice | None = None,
    found: tuple[Fault, ...] = (),
    another: bool = False,
    preview: bool = False,
    code: CodeField | None = None,
) -> Response:
    """The whole survey as one form, with every answer ``given`` and what was ``found`` wrong with them.

    Without a ``key`` it is a new one. ``another`` offers to send it as another person's, who uses
    the same phone; nothing is stored of a ``preview``.
    """
    asked = sheet.of(window)
    # The link of a preview is in its address, and every button has to keep it.
    query = f"w={request.args['w']}&p={request.args['p']}&" if preview else ""
    if place.on_kiosk:
        query = f"k={kiosk.signature(window, place.site)}&"
    wrong = faults.said(asked, found)
    if wrong:
        notice = Notice(
            ngettext("One answer needs another look", "%(num)s answers need another look", len(wrong)),
            _("Nothing has been sent yet. All your answers are still here."),
        )
    return html(
        "survey.html",
        place,
        status,
        asked.css,
        sheet=asked,
        window=window,
        key=key or uuid4(),
        # A preview can be had before and after its window: it shows nothing about when a survey was begun.
        served="" if preview else _served(place, window),
        notice=notice,
        wrong=wrong,
        another=another,
        preview=preview,
        code=code or codes.field(window),
        query=query,
        turn=_turn(),
        questions=sheet.questions(
            asked,
            {item: [readable(value) for value in values] for item, values in (given or {}).items()},
            {fault.number: fault.text for fault in wrong if fault.number},
            query,
        ),
    )


def received(
    place: Place, window: Window, receipt: Receipt | None, status: int, *, already: bool = False
) -> Response:
    """The receipt: its parts for a program that asks for them, else words; None is the receipt of a preview."""

    def in_words() -> Response:
        return html(
            "received.html",
            place,
            status,
            sheet=sheet.of(window),
            window=window,
            key=receipt.key if receipt else None,
            served=_served(place, window),
            already=already,
            thanks=_thanks(window),
        )

    if receipt is not None and replies.are_asked_for():
        response = replies.receipt(receipt, place, window, status, already=already, page=in_words)
    else:
        response = in_words()
    # A changed cookie makes browsers forget the page behind this one, which they would show again,
    # answers and all, when somebody presses Back. It says nothing and is gone after five seconds.
    response.set_cookie(
        "received",
        "",
        max_age=5,
        path="/s",
        secure=services().settings.is_https,
        httponly=True,
        samesite="Lax",
    )
    return response


def not_open(
    place: Place,
    window: Window,
    status: int = 200,
    *,
    late: bool = False,
    given: dict[str, list[str]] | None = None,
) -> Response:
    """Why the survey can not be answered today: not open yet, closed, or sent ``late`` and not counted.

    What was ``given`` too late is on the page in words, for the family to tell somebody else.
    """
    return html(
        "not_open.html",
        place,
        status,
        sheet=sheet.of(window),
        window=window,
        is_coming=place.state(window) is WindowState.SCHEDULED,
        late=late,
        given=sheet.in_words(sheet.of(window), given or {}),
        closed_on=min(window.closed_on or window.closes, window.closes),
        shared_in=language.month_in_words(window.shared_in),
    )


def _turn() -> int:
    """A number that the page's address does not hold yet; the same for every blank survey, which is made once.

    What is posted to the address the page already has takes its place in the browser's history when
    the connection drops, and Back would then pass over the survey.
    """
    return request.args.get("n", 0, type=int) % 100 + 1 if request.method == "POST" else 1


def _served(place: Place, window: Window) -> str:
    """What a page carries to show that it was served while its window was open, and on whose device."""
    channel = receipts.KIOSK if place.on_kiosk else receipts.LINK
    return receipts.served(services().settings.secret, window.id, channel)


def _thanks(window: Window) -> Markup:
    own = sheet.of(window).closing.get("thanks") or escape(
        _("Thank you. In {month}, your school will share what families said and what will change.")
    )
    return own.replace("{month}", language.month_in_words(window.shared_in))
