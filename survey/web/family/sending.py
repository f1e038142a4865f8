"""What becomes of a survey that a phone posts: shown again, refused with everything kept, or received."""

from uuid import UUID

from flask import Response, abort
from flask_babel import gettext as _

from survey.collection import receipts, submit
from survey.collection.submit import Outcome
from survey.instruments import answers
from survey.instruments.answers import Answers, Fault
from survey.storage.windows import Window, WindowState
from survey.web import language
from survey.web.family import kiosk, pages, sheet
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
        return _again(place, window, posted, 422, found=judged)
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
    )
    match submission.outcome:
        case Outcome.RECEIVED:
            return pages.received(place, window, submission.receipt, 201)
        case Outcome.REPEATED:
            return pages.received(place, window, submission.receipt, 201, already=True)
        case Outcome.CONFLICT:
            return _shown(place, window, posted, 409, new_key=True, notice=_another())
        case Outcome.TOO_LATE:
            return pages.not_open(place, window, 410, late=True)
        case Outcome.NOT_YET:
            return pages.not_open(place, window, 403)


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
    if posted.key is not None:
        secret = services().settings.secret
        receipt = submit.already(services().store, secret, window, place.site, posted.key)
        if receipt is not None:
            return pages.received(place, window, receipt, 200, already=bool(posted.answers))
    if found and place.state(window) not in (WindowState.OPEN, WindowState.GRACE):
        return pages.not_open(place, window, 410, late=True)
    return _shown(place, window, posted, status, notice=notice, found=found)


def _not_our_page(place: Place, survey: str, posted: Posted) -> Response:
    """Nothing shows that the page was served for this survey here while it was open: to be sent from one that was."""
    window = place.window(survey)
    if window is None:
        abort(404)
    match place.state(window):
        case WindowState.OPEN:
            return _shown(place, window, posted, 400, notice=_unknown_page(), new_key=True)
        case WindowState.SCHEDULED:
            return pages.not_open(place, window, 403)
        case _:
            return pages.not_open(place, window, 410, late=True)


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
