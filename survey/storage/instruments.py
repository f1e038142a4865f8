"""Instruments as they were when a window was opened with them; pages and codebooks read these, never the files."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from survey.instruments.model import Instrument
from survey.storage.tables import InstrumentRow


@dataclass(frozen=True, slots=True)
class StoredInstrument:
    """Which instrument a version of a survey is, and the digest that a changed file would not have."""

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
    from survey.instruments import stored

    added = db.execute(
        insert(InstrumentRow)
        .values(
            survey=instrument.survey,
            version=instrument.version,
            digest=stored.digest(instrument),
            document=stored.to_json(instrument),
        )
        .returning(InstrumentRow.id)
    )
    return int(added.scalar_one())


def read(db: Connection, instrument_id: int, digest: str) -> Instrument:
    """The instrument with this id, which reads as ``digest`` tells; asked of the database once in a process."""
    from survey.instruments import stored

    if digest not in _parsed:
        document = select(InstrumentRow.document).where(InstrumentRow.id == instrument_id)
        if len(_parsed) >= MOST_PARSED:
            _parsed.clear()
        _parsed[digest] = stored.from_json(db.execute(document).scalar_one())
    return _parsed[digest]


# An installation uses two instruments a year. The digest covers everything in them, so it is the whole key.
MOST_PARSED = 64
_parsed: dict[str, Instrument] = {}
