"""Answers collected elsewhere, from a file: everything in it is stored in one transaction, or every fault is told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from survey.collection import answer_file, receipts, rows
from survey.collection.answer_file import AnswerFile, FileFaults, LineFault
from survey.collection.rows import Row
from survey.instruments import packing
from survey.instruments.model import Instrument
from survey.storage import Store, comments, installation, responses, sites, windows
from survey.storage.comments import NewComment
from survey.storage.responses import Response
from survey.storage.windows import Window

CHANNELS = ("link", "code", "kiosk", "paper", "import")


class Refused(Exception):
    """No file, or not this one, can be imported here; the message says why."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: responses and comments it stored, and responses that were there before."""

    new: int
    already: int
    comments: int


def import_file(
    store: Store,
    secret: str,
    window_name: str,
    path: Path,
    *,
    channel: str = "import",
    ignore: Collection[str] = (),
) -> Imported:
    """Store every response in the file that is not stored yet; on any fault store none.

    Raises ``Refused`` or ``FileFaults``. With the column ``response_id`` a response is known by it,
    and what is stored under it must be the same; without it the same file is refused as already in.
    """
    with store.reading() as db:
        window = _window(db, window_name)
        instrument = windows.instrument(db, window)
        places = rows.Places(windows.sites_of(db, window.id), sites.all_sites(db))
    file = answer_file.read(path)
    found = rows.read(file, instrument, places, ignore)
    try:
        with store.writing() as db:
            windows.hold_open(db, window.id)
            _window(db, window_name)
            keyed = {_key(row, secret, window): row for row in found}
            already = _already(db, window, instrument, keyed)
            if not any(row.response_id for row in found):
                _remember(db, window, file)
            new = {key: row for key, row in keyed.items() if key not in already}
            responses.insert_all(db, _responses(window, instrument, new, channel))
            words = _comments(new)
            comments.insert(db, window.id, words)
    except IntegrityError:
        # Only PostgreSQL lets two imports run side by side; the later one finds the keys of the first.
        raise Refused(
            f"something else was put into {window_name} meanwhile: nothing was changed, try again"
        ) from None
    return Imported(len(new), len(already), len(words))


def _window(db: Connection, name: str) -> Window:
    """The window, if answers may be put into it."""
    if installation.is_made_up(db):
        raise Refused("this database holds the made-up district, and real answers never go into it")
    window = windows.find(db, name)
    if window is None:
        raise Refused(f"there is no window {name}")
    if window.sealed_on is not None:
        raise Refused(f"{name} was sealed on {window.sealed_on}: nothing can be added to it")
    if window.closed_on is not None:
        raise Refused(f"{name} was closed on {window.closed_on}: nothing can be added to it")
    return window


def _key(row: Row, secret: str, window: Window) -> UUID:
    return receipts.import_key(secret, window.id, row.response_id) if row.response_id else uuid4()


def _already(
    db: Connection, window: Window, instrument: Instrument, keyed: Mapping[UUID, Row]
) -> frozenset[UUID]:
    """The keys that are stored already, with the same answers; a fault where they differ."""
    stored = responses.stored_under(db, window.id, keyed.keys())
    faults = []
    for key, (site_id, packed) in stored.items():
        row = keyed[key]
        if site_id != row.site_id:
            faults.append(LineFault(row.line, "response_id", "is in already, at another site"))
        elif packed != packing.pack(instrument, row.answers.choices):
            faults.append(LineFault(row.line, "response_id", "is in already, with other answers"))
    if faults:
        raise FileFaults(sorted(faults, key=lambda fault: fault.line))
    return frozenset(stored)


def _remember(db: Connection, window: Window, file: AnswerFile) -> None:
    if not responses.remember_file(db, window.id, sha256(file.content).hexdigest()):
        raise Refused(f"this file is in {window.name} already: nothing was changed")


def _responses(
    window: Window, instrument: Instrument, keyed: Mapping[UUID, Row], channel: str
) -> list[Response]:
    return [
        Response(
            window.id, row.site_id, key, row.language, channel, packing.pack(instrument, row.answers.choices)
        )
        for key, row in keyed.items()
    ]


def _comments(keyed: Mapping[UUID, Row]) -> list[NewComment]:
    return [
        NewComment(row.site_id, item, text)
        for row in keyed.values()
        for item, text in row.answers.comments.items()
    ]
