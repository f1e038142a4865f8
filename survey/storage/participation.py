"""How many surveys each site has so far, in steps, as they stood once today: all that is told while a window is open."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from survey.storage.tables import ParticipationRow


def of_day(db: Connection, window_id: int, day: date) -> dict[int, int]:
    """How many surveys each site is known to have by what was counted on this day; sites not counted are left out."""
    query = (
        select(ParticipationRow.site_id, ParticipationRow.at_least)
        .where(ParticipationRow.window_id == window_id, ParticipationRow.counted_on == day)
        .order_by(ParticipationRow.site_id)
    )
    return dict(db.execute(query).all())


def keep(db: Connection, window_id: int, day: date, at_least: Mapping[int, int]) -> None:
    """Keep the counts of a day in place of earlier ones; a site that was counted on that day stays as it is."""
    if at_least:
        db.execute(
            _KEEP[db.dialect.name],
            [
                {"window_id": window_id, "site_id": site_id, "counted_on": day, "at_least": number}
                for site_id, number in sorted(at_least.items())
            ],
        )


_TABLE = ParticipationRow.metadata.tables[ParticipationRow.__tablename__]


def _upsert(insert: postgresql.Insert | sqlite.Insert) -> postgresql.Insert | sqlite.Insert:
    return insert.on_conflict_do_update(
        index_elements=["window_id", "site_id"],
        set_={"counted_on": insert.excluded.counted_on, "at_least": insert.excluded.at_least},
        # Two that ask first at the same time: what one of them was told stands for both.
        where=_TABLE.c.counted_on != insert.excluded.counted_on,
    )


_KEEP = {"sqlite": _upsert(sqlite.insert(_TABLE)), "postgresql": _upsert(postgresql.insert(_TABLE))}
