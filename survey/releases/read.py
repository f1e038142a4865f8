"""Reading releases that were made: their heads for a list, and figures of one site row or of all."""

from dataclasses import replace

from survey.figures import Release, Responses
from survey.releases import frozen
from survey.storage import Store, released, windows
from survey.storage.released import StoredRelease


def numbers(store: Store, window: str) -> tuple[int, ...]:
    """The numbers of a window's releases, the first one first; none for a window that has none."""
    with store.reading() as db:
        found = windows.find(db, window)
        return released.numbers(db, found.id) if found else ()


def newest(store: Store, window: str) -> tuple[Release, ...]:
    """The newest release of each set of responses of a window, without figures: the coded before the open ones."""
    with store.reading() as db:
        found = windows.find(db, window)
        heads = [_head(stored) for stored in released.heads(db, found.id)] if found else []
    by_set = {release.responses: release for release in heads}
    return tuple(by_set[which] for which in Responses if which in by_set)


def latest(store: Store, window: str) -> Release | None:
    """The release of a window that is looked at first, without its figures, or None: that of coded responses, if any."""
    return next(iter(newest(store, window)), None)


def head(store: Store, window: str, number: int | None = None) -> Release | None:
    """A release of a window (the newest if no number is given) without its figures, or None."""
    with store.reading() as db:
        found = windows.find(db, window)
        stored = released.find(db, found.id, number) if found else None
        return _head(stored) if stored else None


def with_figures(
    store: Store, window: str, number: int | None = None, site: str | None = None, *, pairs: bool = False
) -> Release | None:
    """A release with groups and figures of one site row, of the district (""), or of everything (None).

    ``site`` is the slug of a site row or of any school in it. The district's figures by two
    breakdowns at once are many, and come only with ``pairs`` or with everything. None for a
    release or a site that does not exist.
    """
    with store.reading() as db:
        found = windows.find(db, window)
        stored = released.find(db, found.id, number) if found else None
        if stored is None:
            return None
        release = _head(stored)
        wanted = None
        if site is not None:
            row = release.site(site)
            if row is None:
                return None
            wanted = [frozen.part_of(row)] + ([frozen.PAIRS] if pairs and site == "" else [])
        return frozen.with_parts(release, released.parts(db, stored.id, wanted))


def _head(stored: StoredRelease) -> Release:
    release = frozen.read_head(stored.head)
    return replace(release, number=stored.number, made_on=stored.made_on, audited=stored.audited)
