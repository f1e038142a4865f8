"""How many surveys each site has so far, in steps, as they stood once today: all that is told while a window is open."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from survey.storage.tables import ParticipationRow


def of_day(db: Connection, window_id: int, day: date) -> dict[int, int] | None:
    """How many surveys each site is known to have by what was counted on this day, or None if nothing was."""
    query = (
        select(ParticipationRow.site_id, ParticipationRow.at_least)
        .where(ParticipationRow.window_id == window_id, ParticipationRow.counted_on == day)
        .order_by(ParticipationRow.site_id)
    )
    return {site: count for site, count in db.execute(query)} or None  # noqa: C416


def replace(db: Connection, window_id: int, day: date, at_least: Mapping[int, int]) -> None:
    """Forget what was counted before and keep this."""
    db.execute(delete(ParticipationRow).where(ParticipationRow.window_id == window_id))
    if at_least:
        db.execute(
            insert(ParticipationRow),
            [
                {"window_id": window_id, "site_id": site_id, "counted_on": day, "at_least": number}
                for site_id, number in at_least.items()
            ],
        )
