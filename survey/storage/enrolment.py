"""How many families or pupils each site has, as the district last said."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from survey.storage.tables import EnrolmentRow, SiteRow

UNITS = ("families", "pupils")


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A count of families or pupils at the site with this slug; "" as language or grade band means all of them."""

    site: str
    unit: str
    home_language: str
    grade_band: str
    count: int


def replace(db: Connection, rows: Sequence[Enrolment]) -> None:
    """Forget what was known of enrolment and keep these rows; KeyError for a site that does not exist."""
    ids = {slug: site_id for slug, site_id in db.execute(select(SiteRow.slug, SiteRow.id))}  # noqa: C416
    db.execute(delete(EnrolmentRow))
    if rows:
        db.execute(
            insert(EnrolmentRow),
            [
                {
                    "site_id": ids[row.site],
                    "unit": row.unit,
                    "home_language": row.home_language,
                    "grade_band": row.grade_band,
                    "count": row.count,
                }
                for row in rows
            ],
        )


def all_rows(db: Connection) -> tuple[Enrolment, ...]:
    """Everything known of enrolment, by site, unit, language and grade band."""
    order = (SiteRow.slug, EnrolmentRow.unit, EnrolmentRow.home_language, EnrolmentRow.grade_band)
    rows = select(*order, EnrolmentRow.count).join(SiteRow, SiteRow.id == EnrolmentRow.site_id)
    return tuple(Enrolment(*row) for row in db.execute(rows.order_by(*order)))


def totals(db: Connection, first: str = "families") -> dict[str, tuple[int, str]]:
    """How many each site has in all, and of which unit: ``first`` where it was counted, the other one otherwise."""
    found: dict[str, tuple[int, str]] = {}
    for row in sorted(all_rows(db), key=lambda row: row.unit != first):
        if not row.home_language and not row.grade_band:
            found.setdefault(row.site, (row.count, row.unit))
    return found
