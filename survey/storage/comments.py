"""What families wrote, under keys of their own: put in, read by the district, marked as shown to the site or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Connection, select, update

from survey.storage.tables import CommentRow


class NewComment(NamedTuple):
    """A comment as it is put in."""

    site_id: int
    item: str
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as district staff reads it; ``shown`` is None until somebody has decided."""

    key: UUID
    item: str
    text: str
    shown: bool | None


def insert(db: Connection, window_id: int, comments: Sequence[NewComment]) -> None:
    """Put comments in, each under a new random key."""
    if comments:
        db.execute(
            _INSERT,
            [
                {
                    "window_id": window_id,
                    "site_id": comment.site_id,
                    "key": uuid4(),
                    "item": comment.item,
                    "text": comment.text,
                }
                for comment in comments
            ],
        )


def of_site(db: Connection, window_id: int, site_id: int) -> tuple[Comment, ...]:
    """The comments of a site, in the order of their random keys."""
    rows = db.execute(
        select(CommentRow.key, CommentRow.item, CommentRow.text, CommentRow.shown)
        .where(CommentRow.window_id == window_id, CommentRow.site_id == site_id)
        .order_by(CommentRow.key)
    )
    return tuple(Comment(*row) for row in rows)


def set_shown(db: Connection, window_id: int, site_id: int, key: UUID, *, shown: bool) -> bool:
    """Decide whether the site may see a comment; False where there is no such comment at this site."""
    return (
        db.execute(
            update(CommentRow)
            .where(CommentRow.window_id == window_id, CommentRow.site_id == site_id, CommentRow.key == key)
            .values(shown=shown)
        ).rowcount
        == 1
    )


# Building a statement takes longer than running it, and this one is run for every family that writes.
_INSERT = CommentRow.metadata.tables[CommentRow.__tablename__].insert()
