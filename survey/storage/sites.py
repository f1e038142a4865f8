"""The district's sites: each school, and whom its families ask."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from survey.storage.tables import SiteRow


@dataclass(frozen=True, slots=True)
class Site:
    """A school. ``id`` is 0 until it is stored; "" stands for what is not known."""

    id: int
    slug: str
    name: str
    cds_code: str = ""
    contact: str = ""
    phone: str = ""


COLUMNS = (SiteRow.id, SiteRow.slug, SiteRow.name, SiteRow.cds_code, SiteRow.contact, SiteRow.phone)


def all_sites(db: Connection) -> tuple[Site, ...]:
    """Every site, by name."""
    return tuple(Site(*row) for row in db.execute(select(*COLUMNS).order_by(SiteRow.name, SiteRow.slug)))


def find(db: Connection, slug: str) -> Site | None:
    """The site with this slug, or None."""
    row = db.execute(select(*COLUMNS).where(SiteRow.slug == slug)).first()
    return Site(*row) if row else None


def put(db: Connection, sites: Iterable[Site]) -> None:
    """Store each site under its slug: a new one is added, a known one takes the new name and particulars."""
    known = set(db.execute(select(SiteRow.slug)).scalars())
    for site in sites:
        particulars = {
            "name": site.name,
            "cds_code": site.cds_code,
            "contact": site.contact,
            "phone": site.phone,
        }
        if site.slug in known:
            db.execute(update(SiteRow).where(SiteRow.slug == site.slug).values(particulars))
        else:
            db.execute(insert(SiteRow).values(slug=site.slug, **particulars))
            known.add(site.slug)
