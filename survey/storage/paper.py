"""Stacks of surveys on paper while they are keyed in: the sheets of each, until they are stored as responses."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from survey.storage.tables import PaperSheetRow, PaperStackRow, SiteRow


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack of paper: ``declared`` is how many sheets somebody counted in it.

    While it ``is_checking``, its sheets are not changed: a sample of them is keyed a second time.
    """

    id: int
    window_id: int
    site_id: int
    name: str
    declared: int
    is_checking: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a stack. ``key`` tells whether a sheet that is saved again is the same one.

    ``second`` is what the second keying of a sampled sheet gave, ``differed`` in how many items; once
    these are settled, ``answers`` and ``second`` are the same.
    """

    number: int
    key: UUID
    language: str
    answers: str = field(repr=False)
    comments: dict[str, str] = field(default_factory=dict, repr=False)
    is_sampled: bool = False
    second: str | None = field(default=None, repr=False)
    differed: int | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to be done about it."""
        return not self.is_sampled or self.second == self.answers


def add_stack(db: Connection, stack: Stack) -> Stack:
    """Put a new stack in; it comes back with its id."""
    added = db.execute(
        insert(PaperStackRow)
        .values(
            window_id=stack.window_id,
            site_id=stack.site_id,
            name=stack.name,
            declared=stack.declared,
            checking=stack.is_checking,
        )
        .returning(PaperStackRow.id)
    )
    return replace(stack, id=int(added.scalar_one()))


def hold(db: Connection, window_id: int, site_id: int, stack_id: int) -> Stack | None:
    """The stack with this id at this site, or None; nobody else changes it until this transaction ends."""
    query = select(*_STACK).where(
        PaperStackRow.window_id == window_id, PaperStackRow.site_id == site_id, PaperStackRow.id == stack_id
    )
    # On SQLite, where there is one writer at a time, this asks for nothing.
    row = db.execute(query.with_for_update()).first()
    return Stack(*row) if row else None


def stacks(db: Connection, window_id: int, site_id: int) -> dict[Stack, int]:
    """The stacks of a site, the oldest first, with how many sheets of each are keyed in."""
    query = (
        select(*_STACK, func.count(PaperSheetRow.number))
        .outerjoin(PaperSheetRow, PaperSheetRow.stack_id == PaperStackRow.id)
        .where(PaperStackRow.window_id == window_id, PaperStackRow.site_id == site_id)
        .group_by(*_STACK)
        .order_by(PaperStackRow.id)
    )
    return {Stack(*row[:-1]): row[-1] for row in db.execute(query)}


def set_stack(db: Connection, stack: Stack) -> None:
    """Let a stack read so."""
    db.execute(
        update(PaperStackRow)
        .where(PaperStackRow.id == stack.id)
        .values(name=stack.name, declared=stack.declared, checking=stack.is_checking)
    )


def sheets(db: Connection, stack: Stack) -> tuple[Sheet, ...]:
    """The sheets of a stack, in its order."""
    rows = db.execute(select(*_SHEET).where(*_of(stack)).order_by(PaperSheetRow.number))
    return tuple(
        Sheet(
            row.number,
            row.key,
            row.language,
            row.answers,
            json.loads(row.comments),
            row.sampled,
            row.second,
            row.differed,
        )
        for row in rows
    )


def put_sheet(db: Connection, stack: Stack, sheet: Sheet) -> None:
    """Let the sheet with this number be this one, whether there was one or not."""
    remove_sheet(db, stack, sheet.number)
    db.execute(
        insert(PaperSheetRow).values(
            window_id=stack.window_id,
            stack_id=stack.id,
            number=sheet.number,
            key=sheet.key,
            language=sheet.language,
            answers=sheet.answers,
            comments=json.dumps(sheet.comments, ensure_ascii=False),
            sampled=sheet.is_sampled,
            second=sheet.second,
            differed=sheet.differed,
        )
    )


def remove_sheet(db: Connection, stack: Stack, number: int) -> None:
    """Forget a sheet; the numbers of the others stay."""
    db.execute(delete(PaperSheetRow).where(*_of(stack), PaperSheetRow.number == number))


def set_sample(db: Connection, stack: Stack, numbers: Collection[int]) -> None:
    """Let these sheets be the ones that are keyed a second time, and none of them keyed again yet."""
    fresh = {"second": None, "differed": None}
    db.execute(update(PaperSheetRow).where(*_of(stack)).values(sampled=False, **fresh))
    db.execute(
        update(PaperSheetRow).where(*_of(stack), PaperSheetRow.number.in_(numbers)).values(sampled=True)
    )


def remove_stack(db: Connection, stack: Stack) -> None:
    """Forget a stack with all its sheets."""
    db.execute(delete(PaperSheetRow).where(*_of(stack)))
    db.execute(delete(PaperStackRow).where(PaperStackRow.id == stack.id))


def waiting(db: Connection, window_id: int) -> dict[str, int]:
    """How many sheets of a window are keyed in and not stored as responses yet, by the names of their sites."""
    query = (
        select(SiteRow.name, func.count(PaperSheetRow.number))
        .join(PaperStackRow, PaperStackRow.site_id == SiteRow.id)
        .join(PaperSheetRow, PaperSheetRow.stack_id == PaperStackRow.id)
        .where(PaperStackRow.window_id == window_id)
        .group_by(SiteRow.name)
        .order_by(SiteRow.name)
    )
    return dict(db.execute(query).all())


def remove_stacks(db: Connection, window_id: int) -> None:
    """Forget every stack of a window."""
    db.execute(delete(PaperSheetRow).where(PaperSheetRow.window_id == window_id))
    db.execute(delete(PaperStackRow).where(PaperStackRow.window_id == window_id))


_STACK = (
    PaperStackRow.id,
    PaperStackRow.window_id,
    PaperStackRow.site_id,
    PaperStackRow.name,
    PaperStackRow.declared,
    PaperStackRow.checking,
)
_SHEET = (
    PaperSheetRow.number,
    PaperSheetRow.key,
    PaperSheetRow.language,
    PaperSheetRow.answers,
    PaperSheetRow.comments,
    PaperSheetRow.sampled,
    PaperSheetRow.second,
    PaperSheetRow.differed,
)


def _of(stack: Stack) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return PaperSheetRow.window_id == stack.window_id, PaperSheetRow.stack_id == stack.id
