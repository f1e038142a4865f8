"""Sites, stored instruments and windows for tests, put straight into a store."""

from datetime import date
from itertools import count

from survey.storage import instruments, sites, windows

_serial = count(1)


def a_site(store, slug=None, name=None, **particulars):
    """A stored site; a slug and a name of its own unless they are given."""
    slug = slug or f"school-{next(_serial)}"
    site = sites.Site(0, slug, name or slug.replace("-", " ").title(), **particulars)
    with store.writing() as db:
        sites.put(db, [site])
        return sites.find(db, slug)


def a_window(
    store,
    instrument,
    *,
    name="spring-2026",
    opens=date(2026, 11, 1),
    closes=date(2026, 11, 30),
    sites=None,
    closed_on=None,
    sealed_on=None,
    code_uses=0,
):
    """A stored window of this instrument at these sites (all there are, unless given), which stores the instrument."""
    with store.writing() as db:
        known = instruments.find(db, instrument.survey, instrument.version)
        window_id = windows.create(
            db,
            name=name,
            instrument_id=known.id if known else instruments.add(db, instrument),
            opens=opens,
            closes=closes,
            site_ids=[site.id for site in (_all_sites(db) if sites is None else sites)],
            code_uses=code_uses,
        )
        if closed_on:
            windows.set_closed(db, window_id, closed_on)
        if sealed_on:
            windows.set_sealed(db, window_id, sealed_on)
        return windows.by_id(db, window_id)


def _all_sites(db):
    return sites.all_sites(db)
