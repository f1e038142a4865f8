"""What every page of a family's begins with: a site with all its windows, by one statement that is built once."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from survey.storage import sites, windows
from survey.storage.sites import Site
from survey.storage.tables import InstallationRow, InstrumentRow, SiteRow, WindowRow, WindowSiteRow
from survey.storage.windows import Window


@dataclass(frozen=True, slots=True)
class Entrance:
    """A site, its windows by the day they open, in whatever state, and whether all of it is made up."""

    site: Site
    windows: tuple[Window, ...]
    is_made_up: bool


def find(db: Connection, slug: str) -> Entrance | None:
    """The entrance of the site with this slug, or None."""
    rows = db.execute(_BY_SLUG, {"slug": slug}).all()
    if not rows:
        return None
    return Entrance(
        site=Site(*rows[0][1:_SITE_ENDS]),
        windows=tuple(Window(*row[_SITE_ENDS:]) for row in rows if row[_SITE_ENDS] is not None),
        is_made_up=bool(rows[0][0]),
    )


# Building a statement takes longer than running it, and this one is run for every page of every family.
_SITE_ENDS = 1 + len(sites.COLUMNS)
_BY_SLUG = (
    select(
        select(InstallationRow.made_up).limit(1).scalar_subquery(),
        *sites.COLUMNS,
        *windows.COLUMNS,
    )
    .select_from(SiteRow)
    .outerjoin(WindowSiteRow, WindowSiteRow.site_id == SiteRow.id)
    .outerjoin(WindowRow, WindowRow.id == WindowSiteRow.window_id)
    .outerjoin(InstrumentRow, InstrumentRow.id == WindowRow.instrument_id)
    .where(SiteRow.slug == bindparam("slug"))
    .order_by(WindowRow.opens, WindowRow.name)
)
