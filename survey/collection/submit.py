"""One family's answers, sent: stored once and for good, and answered with a receipt, or refused saying why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection

from survey import household_codes
from survey.collection import guessing, receipts
from survey.collection.receipts import Receipt
from survey.instruments import answers as judged
from survey.instruments import packing
from survey.instruments.answers import Answers
from survey.instruments.model import Instrument
from survey.storage import Store, codes, comments, responses, windows
from survey.storage.codes import Spending
from survey.storage.comments import NewComment
from survey.storage.responses import Response
from survey.storage.sites import Site
from survey.storage.windows import Window, WindowState


class Outcome(StrEnum):
    """What became of the answers."""

    RECEIVED = "received"
    REPEATED = "repeated"
    CONFLICT = "conflict"
    TOO_LATE = "too_late"
    NOT_YET = "not_yet"
    CODE_UNKNOWN = "code_unknown"
    CODE_SPENT = "code_spent"
    CODE_WAIT = "code_wait"


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of the answers, with a receipt where they are stored: just now, or before.

    ``wait`` is in how many seconds a code is tried again, where too many wrong ones came before it.
    """

    outcome: Outcome
    receipt: Receipt | None = None
    wait: int = 0


def submit(
    store: Store,
    secret: str,
    window: Window,
    site: Site,
    *,
    key: UUID,
    answers: Answers,
    language: str,
    channel: str,
    today: date,
    started: bool,
    code: str | None = None,
) -> Submission:
    """Store a response, durably before this returns, if its key is new at this site of this window.

    The same key with the same choices is answered with the same receipt whenever it comes, closed and
    sealed windows included, and nothing of it is stored, comments neither. ``started`` says that the
    page was served while the window was open. ``answers`` have been judged by ``answers.read`` with
    the window's instrument, and ``site`` is a site of the window.

    With a ``code``, as it was typed, the response is stored as coded and the code is used once, or
    neither: where the code can not be used, nothing is stored. A repeat uses none.
    """
    try:
        with store.writing() as db:
            instrument = windows.instrument(db, window)
            packed = packing.pack(instrument, answers.choices)
            came_by = channel if code is None else responses.CODE
            response = Response(window.id, site.id, key, language, came_by, packed)
            refusal = _refusal(db, window, today, started=started)
            if refusal is None and responses.insert(db, response):
                if code is not None:
                    _spend(store, db, secret, (window, site), code)
                comments.insert(db, window.id, _comments(instrument, site, answers))
                outcome = Outcome.RECEIVED
            else:
                outcome = _known(db, response) or refusal or Outcome.CONFLICT
    except _NotSpent as refused:
        return refused.submission
    stored = outcome in (Outcome.RECEIVED, Outcome.REPEATED)
    return Submission(outcome, receipts.sign(secret, key, window.name, site.slug) if stored else None)


def already(store: Store, secret: str, window: Window, site: Site, key: UUID) -> Receipt | None:
    """The receipt of the response that is stored under this key, or None; for a page that is shown again."""
    with store.reading() as db:
        stored = responses.packed_of(db, window.id, site.id, key)
    return None if stored is None else receipts.sign(secret, key, window.name, site.slug)


class _NotSpent(Exception):
    """A code could not be used: what was put in with it is taken back."""

    def __init__(self, outcome: Outcome, wait: int = 0) -> None:
        super().__init__(outcome)
        self.submission = Submission(outcome, wait=wait)


def _spend(store: Store, db: Connection, secret: str, where: tuple[Window, Site], typed: str) -> None:
    """Use a code once; raises where it can not be used."""
    window, site = where
    code = household_codes.read(typed).code
    # Somebody's slip is no guess: its check character says so without a look at any code.
    if code is None or not window.code_uses:
        raise _NotSpent(Outcome.CODE_UNKNOWN)
    pace = guessing.pace_of(store)
    beginning = household_codes.prefix_digest(secret, window.id, site.id, code)
    wait = pace.seconds_to_wait(beginning)
    if wait:
        raise _NotSpent(Outcome.CODE_WAIT, wait)
    digest = household_codes.digest(secret, window.id, site.id, code)
    match codes.spend(db, window.id, site.id, digest):
        case Spending.NONE_LEFT:
            raise _NotSpent(Outcome.CODE_SPENT)
        case Spending.UNKNOWN:
            if codes.has_beginning(db, window.id, site.id, beginning):
                pace.was_wrong(beginning)
            raise _NotSpent(Outcome.CODE_UNKNOWN)
        case Spending.SPENT:
            return


def _refusal(db: Connection, window: Window, today: date, *, started: bool) -> Outcome | None:
    """Why nothing new is taken today, or None; what it says holds until the transaction ends."""
    windows.hold_open(db, window.id)
    current = windows.by_id(db, window.id)
    if current is None:
        return Outcome.TOO_LATE
    state = windows.state(current, today)
    if state is WindowState.SCHEDULED:
        return Outcome.NOT_YET
    if state is WindowState.OPEN or (state is WindowState.GRACE and started):
        return None
    return Outcome.TOO_LATE


def _known(db: Connection, response: Response) -> Outcome | None:
    stored = responses.packed_of(db, response.window_id, response.site_id, response.key)
    if stored is None:
        return None
    return Outcome.REPEATED if stored == response.answers else Outcome.CONFLICT


def _comments(instrument: Instrument, site: Site, answers: Answers) -> list[NewComment]:
    if not answers.comments:
        return []
    asked = judged.shown(instrument, answers.choices)
    return [NewComment(site.id, item, text) for item, text in answers.comments.items() if item in asked]
