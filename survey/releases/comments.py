"""Comments, as district staff reads them after sealing: without anything that tells who wrote them."""

import secrets
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Connection

from survey.analysis import answer_table
from survey.storage import Store, comments, responses, sites, windows
from survey.storage.comments import Comment
from survey.storage.sites import Site
from survey.storage.windows import Window

__all__ = ["Comment", "mark_all", "of_site", "readable_sites", "shown_to_site"]


def readable_sites(store: Store, window: str, minimum_group: int) -> tuple[Site, ...]:
    """The sites whose comments may be read, by name: of a sealed window, with ``minimum_group`` respondents or more."""
    with store.reading() as db:
        found = windows.find(db, window)
        if found is None or found.sealed_on is None:
            return ()
        return _readable(db, found, windows.sites_of(db, found.id), minimum_group)


def of_site(store: Store, window: str, site: str, minimum_group: int) -> tuple[Comment, ...] | None:
    """The comments of a site in an order made anew each time; None where they may not be read.

    For district staff only: also those nobody has decided on, and those the site may not see.
    """
    with store.reading() as db:
        found = _found(db, window, site, minimum_group)
        return _shuffled(comments.of_site(db, *found)) if found else None


def shown_to_site(store: Store, window: str, site: str, minimum_group: int) -> tuple[Comment, ...] | None:
    """The comments that district staff lets a site see, shuffled; None where none may be read."""
    every = of_site(store, window, site, minimum_group)
    return None if every is None else tuple(comment for comment in every if comment.shown)


def mark_all(store: Store, window: str, site: str, decisions: Mapping[UUID, bool], minimum_group: int) -> int:
    """Decide of several comments whether the site may see them; how many of them there are that may be read."""
    with store.writing() as db:
        found = _found(db, window, site, minimum_group)
        if found is None:
            return 0
        return sum(comments.set_shown(db, *found, key, shown=shown) for key, shown in decisions.items())


def _found(db: Connection, window: str, site: str, minimum_group: int) -> tuple[int, int] | None:
    """The ids of window and site, if comments of this site may be read."""
    found = windows.find(db, window)
    place = sites.find(db, site)
    if found is None or place is None or found.sealed_on is None:
        return None
    return (found.id, place.id) if _readable(db, found, [place], minimum_group) else None


def _readable(
    db: Connection, window: Window, places: tuple[Site, ...] | list[Site], minimum_group: int
) -> tuple[Site, ...]:
    rows = ((row.site_id, row.language, row.channel, row.answers) for row in responses.packed(db, window.id))
    table = answer_table.respondents(answer_table.read(windows.instrument(db, window), rows))
    return tuple(site for site in places if int((table.place == site.id).sum()) >= minimum_group)


def _shuffled(found: tuple[Comment, ...]) -> tuple[Comment, ...]:
    # Not even the order of their random keys, which stays: two readings must not line up.
    return tuple(secrets.SystemRandom().sample(found, len(found)))
