"""One family's answers, sent: stored once and for good, and answered with a receipt, or refused saying why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection

from survey.collection import receipts
from survey.collection.receipts import Receipt
from survey.instruments import answers as judged
from survey.instruments import packing
from survey.instruments.answers import Answers
from survey.instruments.model import Instrument
from survey.storage import Store, comments, responses, windows
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


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of the answers, with a receipt where they are stored: just now, or before."""

    outcome: Outcome
    receipt: Receipt | None = None


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
) -> Submission:
    """Store a response, durably before this returns, if its key is new at this site of this window.

    The same key with the same choices is answered with the same receipt whenever it comes, closed and
    sealed windows included, and nothing of it is stored, comments neither. ``started`` says that the
    page was served while the window was open. ``answers`` have been judged by ``answers.read`` with
    the window's instrument, and ``site`` is a site of the window.
    """
    with store.writing() as db:
        instrument = windows.instrument(db, window)
        packed = packing.pack(instrument, answers.choices)
        response = Response(window.id, site.id, key, language, channel, packed)
        refusal = _refusal(db, window, today, started=started)
        if refusal is None and responses.insert(db, response):
            comments.insert(db, window.id, _comments(instrument, site, answers))
            outcome = Outcome.RECEIVED
        else:
            outcome = _known(db, response) or refusal or Outcome.CONFLICT
    stored = outcome in (Outcome.RECEIVED, Outcome.REPEATED)
    return Submission(outcome, receipts.sign(secret, key, window.name, site.slug) if stored else None)


def already(store: Store, secret: str, window: Window, site: Site, key: UUID) -> Receipt | None:
    """The receipt of the response that is stored under this key, or None; for a page that is shown again."""
    with store.reading() as db:
        stored = responses.packed_of(db, window.id, site.id, key)
    return None if stored is None else receipts.sign(secret, key, window.name, site.slug)


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
