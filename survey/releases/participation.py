"""Participation while a window is open: surveys so far at each site, in steps of k, counted once a day."""

from dataclasses import dataclass
from datetime import date

from survey.figures import Responses
from survey.storage import Store, enrolment, participation, responses, windows
from survey.storage.sites import Site
from survey.storage.windows import Window


@dataclass(frozen=True, slots=True)
class Participation:
    """What anybody may know of a site today: it has ``at_least`` so many surveys, of ``enrolled`` families or pupils.

    ``enrolled`` and ``unit`` are None where enrolment is not known.
    """

    site: Site
    at_least: int
    enrolled: int | None
    unit: str | None


def so_far(store: Store, window: str, minimum_group: int, today: date) -> tuple[Participation, ...]:
    """Each site of a window, by name; none for a window that does not exist.

    In a window with household codes, surveys with a code alone are counted: nobody can add to those.
    The first call of a day counts, and all others of that day see the same, whoever asks: numbers
    that moved within a day, or by less than ``minimum_group``, would tell who has just answered.
    """
    with store.reading() as db:
        found = windows.find(db, window)
        if found is None:
            return ()
        sites = windows.sites_of(db, found.id)
        enrolled = enrolment.totals(db)
        at_least = participation.of_day(db, found.id, today)
    if any(site.id not in at_least for site in sites):
        at_least = _count(store, found, sites, minimum_group, today)
    return tuple(
        Participation(site, at_least[site.id], *enrolled.get(site.slug, (None, None))) for site in sites
    )


def _count(store: Store, window: Window, sites: tuple[Site, ...], step: int, today: date) -> dict[int, int]:
    which = Responses.CODED if window.code_uses else Responses.ALL
    with store.writing() as db:
        counts = responses.counts(db, window.id, which)
        at_least = {site.id: counts.get(site.id, 0) // step * step for site in sites}
        participation.keep(db, window.id, today, at_least)
        # Somebody else may have asked first, and what they were told stands.
        return participation.of_day(db, window.id, today)
