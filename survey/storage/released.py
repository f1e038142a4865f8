"""Releases as they were stored: a head, the figures of each site row, and raw counts that never leave."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, select

from survey.storage.tables import ReleasePartRow, ReleaseRow

# What the column holds: a larger number is asked for in an address, and is no release.
LARGEST_NUMBER = 2**31 - 1


# The columns of a release without its figures, in the order of ``StoredRelease``.
_COLUMNS = (ReleaseRow.id, ReleaseRow.number, ReleaseRow.made_on, ReleaseRow.audited, ReleaseRow.head)


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """A release without its figures; ``head`` is the document that says what they are of."""

    id: int
    number: int
    made_on: date
    audited: bool
    head: str


def numbers(db: Connection, window_id: int) -> tuple[int, ...]:
    """The numbers of a window's releases, the first one first."""
    query = select(ReleaseRow.number).where(ReleaseRow.window_id == window_id).order_by(ReleaseRow.number)
    return tuple(db.execute(query).scalars())


def heads(db: Connection, window_id: int) -> tuple[StoredRelease, ...]:
    """The releases of a window, the first one first."""
    query = select(*_COLUMNS).where(ReleaseRow.window_id == window_id).order_by(ReleaseRow.number)
    return tuple(StoredRelease(*row) for row in db.execute(query))


def find(db: Connection, window_id: int, number: int | None = None) -> StoredRelease | None:
    """A release of a window (the newest if no number is given), or None."""
    query = select(*_COLUMNS).where(ReleaseRow.window_id == window_id)
    if number is not None:
        if not 0 < number <= LARGEST_NUMBER:
            return None
        query = query.where(ReleaseRow.number == number)
    row = db.execute(query.order_by(ReleaseRow.number.desc()).limit(1)).first()
    return StoredRelease(*row) if row else None


def parts(db: Connection, release_id: int, sites: Collection[str] | None = None) -> dict[str, str]:
    """The documents with the figures of a release, by part: these parts, or all of them."""
    query = select(ReleasePartRow.site, ReleasePartRow.document).where(
        ReleasePartRow.release_id == release_id
    )
    if sites is not None:
        query = query.where(ReleasePartRow.site.in_(sites))
    return {site: document for site, document in db.execute(query.order_by(ReleasePartRow.site))}  # noqa: C416


def add(
    db: Connection,
    window_id: int,
    *,
    made_on: date,
    audited: bool,
    head: str,
    unprotected: str,
    documents: Mapping[str, str],
) -> int:
    """Store a release under the window's next number, and return that number.

    Two releases of one window made at once can not both take a number: the second fails whole.
    """
    last = db.execute(select(func.max(ReleaseRow.number)).where(ReleaseRow.window_id == window_id)).scalar()
    number = (last or 0) + 1
    added = db.execute(
        insert(ReleaseRow)
        .values(
            window_id=window_id,
            number=number,
            made_on=made_on,
            audited=audited,
            head=head,
            unprotected=unprotected,
        )
        .returning(ReleaseRow.id)
    )
    release_id = int(added.scalar_one())
    db.execute(
        insert(ReleasePartRow),
        [
            {"release_id": release_id, "site": site, "document": document}
            for site, document in documents.items()
        ],
    )
    return number
