"""What becomes of a survey that a phone posts: shown again, refused with everything kept, or received."""

from uuid import UUID

from flask import Response, abort
from flask_babel import gettext as _

from survey.collection import receipts, submit
from survey.collection.receipts import Receipt
from survey.collection.submit import Outcome, Submission
from survey.instruments import answers
from survey.instruments.answers import Answers, Fault
from survey.storage.windows import Window, WindowState
from survey.web import language
from survey.web.family import codes, kiosk, pages, replies, sheet
from survey.web.family.codes import CodeField
from survey.web.family.pages import Notice
from survey.web.family.places import Place
from survey.web.family.reading import Posted
from survey.web.services import services


def answer(place: Place, survey: str, posted: Posted) -> Response:
    """Take a posted survey, or say why not; whatever arrived is on the page that says so."""
    secret = services().settings.secret
    window = place.served(survey, posted.window_id)
    channel = receipts.channel_of(secret, window.id, posted.token) if window else None
    if window is None or channel is None:
        return _not_our_page(place, survey, posted)
    if channel == receipts.KIOSK:
        place = kiosk.on_kiosk(place)
    if not posted.is_whole:
        return _again(place, window, posted, 400, notice=_cut_short())
    if posted.key is None:
        return _again(place, window, posted, 400, notice=_unknown_page())
    if not posted.is_sent:
        return _again(place, window, posted, 200, notice=_standing(posted))
    judged = answers.read(sheet.of(window).instrument, posted.answers)
    if not isinstance(judged, Answers):
        return _faulty(place, window, posted, judged)
    return _submit(place, window, posted, posted.key, judged)


def answer_preview(place: Place, window: Window, posted: Posted) -> Response:
    """Take a survey that was posted from a preview exactly so, but store nothing."""
    if not posted.is_whole:
        return _shown(place, window, posted, 400, notice=_cut_short(), preview=True)
    if not posted.is_sent:
        return _shown(place, window, posted, 200, notice=_standing(posted), preview=True)
    judged = answers.read(sheet.of(window).instrument, posted.answers)
    if not isinstance(judged, Answers):
        return _shown(place, window, posted, 422, found=judged, preview=True)
    return pages.received(place, window, None, 200)


def _submit(place: Place, window: Window, posted: Posted, key: UUID, judged: Answers) -> Response:
    submission = submit.submit(
        services().store,
        services().settings.secret,
        window,
        place.site,
        key=key,
        answers=judged,
        language=language.current(),
        channel=receipts.KIOSK if place.on_kiosk else receipts.LINK,
        today=place.today,
        started=True,
        code=posted.code if window.code_uses else None,
    )
    match submission.outcome:
        case Outcome.RECEIVED:
            return pages.received(place, window, submission.receipt, 201)
        case Outcome.REPEATED:
            return pages.received(place, window, submission.receipt, 201, already=True)
        case Outcome.CONFLICT:
            page = _shown(place, window, posted, 409, new_key=True, notice=_another())
        case Outcome.TOO_LATE:
            page = pages.not_open(place, window, 410, late=True, given=posted.answers)
        case Outcome.NOT_YET:
            page = pages.not_open(place, window, 403)
        case Outcome.CODE_UNKNOWN | Outcome.CODE_SPENT | Outcome.CODE_WAIT:
            page = _code_refused(place, window, posted, submission)
    return replies.refusal(key, submission.outcome, page)


def _code_refused(place: Place, window: Window, posted: Posted, submission: Submission) -> Response:
    """The survey again, with why its code can not be used, and a way to send it without one."""
    code = codes.refused(window, place.site, posted.typed_code, submission.outcome, submission.wait)
    status = 429 if submission.wait else 422
    page = _shown(place, window, posted, status, notice=_without_its_code(), code=code)
    if submission.wait:
        page.headers["Retry-After"] = str(submission.wait)
    return page


def _faulty(place: Place, window: Window, posted: Posted, found: tuple[Fault, ...]) -> Response:
    """The survey again with what is ``found`` wrong, unless it is stored or too late."""
    if replies.are_asked_for() and _stored(place, window, posted):
        # A phone's module never sends what was stored in another form: these are somebody else's answers.
        page = _shown(place, window, posted, 409, found=found, new_key=True)
        return replies.refusal(posted.key, Outcome.CONFLICT, page)
    page = _again(place, window, posted, 422, found=found)
    return replies.refusal(posted.key, Outcome.TOO_LATE if page.status_code == 410 else "faults", page)


def _again(
    place: Place,
    window: Window,
    posted: Posted,
    status: int,
    *,
    notice: Notice | None = None,
    found: tuple[Fault, ...] = (),
) -> Response:
    """The survey again; but where this key is stored, only its receipt, whoever holds the phone by now."""
    receipt = _stored(place, window, posted)
    if receipt is not None:
        return pages.received(place, window, receipt, 200, already=bool(posted.answers))
    if found and place.state(window) not in (WindowState.OPEN, WindowState.GRACE):
        return pages.not_open(place, window, 410, late=True, given=posted.answers)
    return _shown(place, window, posted, status, notice=notice, found=found)


def _stored(place: Place, window: Window, posted: Posted) -> Receipt | None:
    """The receipt of what is stored under this key already."""
    if posted.key is None:
        return None
    at_hand = services()
    return submit.already(at_hand.store, at_hand.settings.secret, window, place.site, posted.key)


def _not_our_page(place: Place, survey: str, posted: Posted) -> Response:
    """Nothing shows that the page was served for this survey here while it was open: to be sent from one that was."""
    window = place.window(survey)
    if window is None:
        abort(404)
    place = kiosk.still(place, window)
    match place.state(window):
        case WindowState.OPEN:
            page = _shown(place, window, posted, 400, notice=_unknown_page(), new_key=True)
            outcome = "unknown"
        case WindowState.SCHEDULED:
            page = pages.not_open(place, window, 403)
            outcome = Outcome.NOT_YET
        case _:
            page = pages.not_open(place, window, 410, late=True, given=posted.answers)
            outcome = Outcome.TOO_LATE
    return replies.refusal(posted.key if posted.is_whole else None, outcome, page)


def _shown(
    place: Place,
    window: Window,
    posted: Posted,
    status: int,
    *,
    notice: Notice | None = None,
    found: tuple[Fault, ...] = (),
    new_key: bool = False,
    preview: bool = False,
    code: CodeField | None = None,
) -> Response:
    given = {item: values for item, values in posted.answers.items() if item != posted.clear}
    return pages.survey(
        place,
        window,
        status,
        key=None if new_key else posted.key,
        given=given,
        notice=notice,
        found=found,
        another=posted.another or status == 409,
        preview=preview,
        code=code or codes.field(window, posted.typed_code),
    )


def _standing(posted: Posted) -> Notice | None:
    """What the page says above when it is only shown again: what it said before, or that nothing was sent."""
    if posted.another:
        return _another()
    if posted.stay:
        return Notice(
            _("Nothing has been sent yet"),
            _("All your answers are still here. Go on; the button that sends them is at the end."),
            is_problem=False,
        )
    return None


def _cut_short() -> Notice:
    return Notice(
        _("Not sent yet"),
        _(
            "Only a part of your answers arrived here. What arrived is on this page. Please look it over and send it again."
        ),
    )


def _without_its_code() -> Notice:
    return Notice(
        _("Not sent yet: the code could not be used"),
        _("All your answers are still here. Correct the code, or send your answers without a code."),
    )


def _unknown_page() -> Notice:
    return Notice(
        _("Not sent yet"),
        _(
            "This page was not the one we know for this survey. Your answers are still here. Please send them again."
        ),
    )


def _another() -> Notice:
    return Notice(
        _("These answers were not sent"),
        _(
            "A survey was already sent from this page. It counts, and it cannot be changed. "
            "Are these the answers of another person? Then you can send them as well."
        ),
    )
