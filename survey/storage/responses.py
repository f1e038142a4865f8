"""Packed responses: put in once for each key, read for a release, marked with the release that first counted them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Insert, Table, func, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from survey.figures import Responses
from survey.storage.tables import ImportedFileRow, ResponseRow

# The channel of what came with a household code; all other channels are open.
CODE = "code"


@dataclass(frozen=True, slots=True)
class Response:
    """One response as it is put in. ``language`` is "" where it is not known."""

    window_id: int
    site_id: int
    key: UUID
    language: str
    channel: str
    answers: str


class Packed(NamedTuple):
    """One response as a release counts it: without its key, which nothing that counts needs."""

    site_id: int
    language: str
    channel: str
    answers: str


def insert(db: Connection, response: Response) -> bool:
    """Put a response in; False, changing nothing, where the window has one with this key at this site.

    On PostgreSQL this waits for a transaction that is putting the same key in, so that after False
    ``packed_of`` finds what that one stored.
    """
    return db.execute(_INSERT[db.dialect.name], _values(response)).rowcount == 1


def insert_all(db: Connection, responses: Sequence[Response]) -> None:
    """Put many new responses in; a key that is there already is an error and nothing is stored."""
    if responses:
        db.execute(_TABLE.insert(), [_values(response) for response in responses])


def packed_of(db: Connection, window_id: int, site_id: int, key: UUID) -> str | None:
    """The packed answers stored under this key, or None."""
    return db.execute(
        select(ResponseRow.answers).where(
            ResponseRow.window_id == window_id, ResponseRow.site_id == site_id, ResponseRow.key == key
        )
    ).scalar()


def stored_under(db: Connection, window_id: int, keys: Collection[UUID]) -> dict[UUID, tuple[int, str]]:
    """Those of these keys that the window has at any site, with the site and the packed answers."""
    rows = db.execute(
        select(ResponseRow.key, ResponseRow.site_id, ResponseRow.answers)
        .where(ResponseRow.window_id == window_id)
        .order_by(ResponseRow.site_id, ResponseRow.key)
    )
    return {row.key: (row.site_id, row.answers) for row in rows if row.key in keys}


def remember_file(db: Connection, window_id: int, digest: str) -> bool:
    """Remember that a file of answers is in; False where it was in before."""
    statement = _REMEMBER[db.dialect.name]
    return db.execute(statement, {"window_id": window_id, "digest": digest}).rowcount == 1


def counts(db: Connection, window_id: int, which: Responses = Responses.ALL) -> dict[int, int]:
    """How many of these responses each site has in a window; sites with none are left out."""
    rows = db.execute(
        select(ResponseRow.site_id, func.count())
        .where(ResponseRow.window_id == window_id, _are(which))
        .group_by(ResponseRow.site_id)
        .order_by(ResponseRow.site_id)
    )
    return dict(rows.all())


def packed(
    db: Connection, window_id: int, which: Responses = Responses.ALL, *, uncounted: bool = False
) -> Iterator[Packed]:
    """These responses of a window by site: all of them, or those that no release has counted yet.

    Within a site they come in the order of their random keys.
    """
    query = (
        select(ResponseRow.site_id, ResponseRow.language, ResponseRow.channel, ResponseRow.answers)
        .where(ResponseRow.window_id == window_id, _are(which))
        .order_by(ResponseRow.site_id, ResponseRow.key)
    )
    if uncounted:
        query = query.where(ResponseRow.batch.is_(None))
    return (Packed._make(row) for row in db.execute(query))


def mark_batch(db: Connection, window_id: int, number: int, which: Responses = Responses.ALL) -> int:
    """Say of these responses, where no release has counted them, that ``number`` is the first; how many they were."""
    return db.execute(
        update(ResponseRow)
        .where(ResponseRow.window_id == window_id, ResponseRow.batch.is_(None), _are(which))
        .values(batch=number)
    ).rowcount


def _are(which: Responses) -> ColumnElement[bool]:
    if which is Responses.ALL:
        return true()
    return ResponseRow.channel == CODE if which is Responses.CODED else ResponseRow.channel != CODE


_TABLE = ResponseRow.metadata.tables[ResponseRow.__tablename__]
_FILES = ImportedFileRow.metadata.tables[ImportedFileRow.__tablename__]


def _put_once(table: Table) -> dict[str, Insert]:
    """For each kind of database, the statement that puts a row in unless its key is there, and counts it."""
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True),
        "postgresql": postgresql.insert(table)
        .on_conflict_do_nothing()
        .execution_options(preserve_rowcount=True),
    }


_INSERT = _put_once(_TABLE)
_REMEMBER = _put_once(_FILES)


def _values(response: Response) -> dict[str, object]:
    return {
        "window_id": response.window_id,
        "site_id": response.site_id,
        "key": response.key,
        "language": response.language,
        "channel": response.channel,
        "answers": response.answers,
    }
