"""Instruments as they were when a window was opened with them; pages and codebooks read these, never the files."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from survey.instruments import stored
from survey.instruments.model import Instrument
from survey.storage.tables import InstrumentRow


@dataclass(frozen=True, slots=True)
class StoredInstrument:
    """Which instrument a version of a survey is, and the digest of its document, past corrections and all."""

    id: int
    digest: str


def find(db: Connection, survey: str, version: str) -> StoredInstrument | None:
    """The instrument that is stored for this version of a survey, or None if it was never used."""
    row = db.execute(
        select(InstrumentRow.id, InstrumentRow.digest).where(
            InstrumentRow.survey == survey, InstrumentRow.version == version
        )
    ).first()
    return StoredInstrument(*row) if row else None


def add(db: Connection, instrument: Instrument) -> int:
    """Store an instrument that no window used before, and return its id."""
    added = db.execute(insert(InstrumentRow).values(_values(instrument)).returning(InstrumentRow.id))
    return int(added.scalar_one())


def replace(db: Connection, instrument_id: int, instrument: Instrument) -> None:
    """Store an instrument whose words were corrected in the place of what it was."""
    db.execute(update(InstrumentRow).where(InstrumentRow.id == instrument_id).values(_values(instrument)))


def read(db: Connection, instrument_id: int, digest: str) -> Instrument:
    """The instrument with this id, which reads as ``digest`` tells; asked of the database once in a process."""
    found = _parsed.get(digest)
    if found is None:
        row = select(InstrumentRow.document).where(InstrumentRow.id == instrument_id)
        document = db.execute(row).scalar_one()
        found = stored.from_json(document)
        if len(_parsed) >= MOST_PARSED:
            _parsed.clear()
        # Under what was read, not what was asked for: words may have been corrected between the two.
        _parsed[_digest(document)] = found
    return found


# An installation uses two instruments a year. The digest covers the whole document, so it is the whole key.
MOST_PARSED = 64
_parsed: dict[str, Instrument] = {}


def _values(instrument: Instrument) -> dict[str, str]:
    document = stored.to_json(instrument)
    return {
        "survey": instrument.survey,
        "version": instrument.version,
        "digest": _digest(document),
        "document": document,
    }


def _digest(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()
