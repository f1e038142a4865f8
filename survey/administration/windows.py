"""Opening windows, extending them, closing and sealing them for good, and removing one that was a mistake."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from survey.administration import instruments
from survey.administration.faults import N_, Refused
from survey.catalogue import Catalogue
from survey.storage import Store, sealing, sites, windows
from survey.storage.sites import Site
from survey.storage.windows import Window, WindowState

# As many adults as may want to answer for one household.
MOST_CODE_USES = 10


@dataclass(frozen=True, slots=True)
class Closed:
    """A window that is closed and sealed: what it was before, and the last day it would have taken answers."""

    window: Window
    was: WindowState
    until: date

    @property
    def days_cut_off(self) -> int:
        """How many days, grace included, it took answers for less than was announced."""
        closed_on = self.window.closed_on or self.until
        return max(0, (self.until - closed_on).days)


def open_window(  # noqa: PLR0917 - what the command says, in its order
    store: Store,
    catalogue: Catalogue,
    name: str,
    survey: str,
    opens: date,
    closes: date,
    site_slugs: Collection[str],
    today: date,
    code_uses: int = 0,
) -> Window:
    """Open a survey at these sites (all there are, where none is named) from one day to another, both inclusive.

    The window keeps the survey as it reads now. Past dates are taken, for answers collected
    elsewhere. With ``code_uses``, it takes household codes, each so often. Raises ``Refused`` where
    it can not be opened; then nothing is changed.
    """
    if not _NAME.fullmatch(name):
        raise Refused(
            N_(
                "A window's name is 1 to 80 letters without accents, digits, dots, hyphens, underscores and spaces."
            )
        )
    if closes < opens:
        raise Refused(
            N_("The window would close on %(closes)s, before it opens on %(opens)s."),
            closes=closes,
            opens=opens,
        )
    _refuse_too_far(closes, today)
    if not 0 <= code_uses <= MOST_CODE_USES:
        raise Refused(
            N_("A household code can be used from 1 to %(most)s times; 0 is for a window without codes."),
            most=MOST_CODE_USES,
        )
    with store.writing() as db:
        windows.wait_for_turn(db)
        if windows.find(db, name):
            raise Refused(N_("There is a window %(name)s already."), name=name)
        instrument_id = instruments.use(db, catalogue, survey)
        chosen = _sites(db, site_slugs)
        _refuse_overlap(db, survey, (opens, closes), chosen)
        window_id = windows.create(
            db,
            name=name,
            instrument_id=instrument_id,
            opens=opens,
            closes=closes,
            site_ids=[site.id for site in chosen],
            code_uses=code_uses,
        )
        return _existing(windows.by_id(db, window_id), name)


def extend(store: Store, name: str, closes: date, today: date) -> Window:
    """Let a window close on a later day; raises ``Refused`` where it can not."""
    with store.writing() as db:
        windows.wait_for_turn(db)
        window = _existing(windows.find(db, name), name)
        _refuse_sealed(window)
        if window.closed_on is not None:
            raise Refused(N_("%(name)s was closed on %(day)s, for good."), name=name, day=window.closed_on)
        if closes <= window.closes:
            raise Refused(
                N_("%(name)s closes on %(day)s already: an extension ends later."),
                name=name,
                day=window.closes,
            )
        _refuse_too_far(closes, today)
        present = windows.sites_of(db, window.id)
        _refuse_overlap(db, window.survey, (window.opens, closes), present, besides=window)
        windows.set_closes(db, window.id, closes)
        return _existing(windows.find(db, name), name)


def close(store: Store, name: str, today: date) -> Closed:
    """Close a window for good and seal it, cutting off what is left of its dates and its grace.

    When this returns, nothing in the database tells in which order its answers came. Run again after
    an interruption, it finishes. Raises ``Refused`` where there is nothing to close.
    """
    with store.reading() as db:
        window = _existing(windows.find(db, name), name)
    _refuse_sealed(window)
    was = windows.state(window, today)
    if was is WindowState.SCHEDULED:
        raise Refused(
            N_("%(name)s opens on %(day)s: there is nothing to close yet."), name=name, day=window.opens
        )
    try:
        sealing.seal(store, window.id, today)
    except sealing.PaperWaits as waits:
        raise Refused(
            N_(
                "%(name)s was not closed. Surveys on paper are keyed in and not stored yet at %(sites)s. "
                "Finish or delete these stacks first."
            ),
            name=name,
            sites=", ".join(waits.at),
        ) from waits
    except sealing.Interrupted as blocked:
        raise Refused(
            N_(
                "%(name)s is closed but not sealed yet: %(reason)s. Close it again to finish; "
                "it can not be released before."
            ),
            name=name,
            reason=blocked,
        ) from blocked
    with store.reading() as db:
        return Closed(_existing(windows.find(db, name), name), was, window.grace_ends)


def remove(store: Store, name: str) -> None:
    """Forget a window that was opened by mistake; raises ``Refused`` where it holds answers."""
    with store.writing() as db:
        windows.wait_for_turn(db)
        window = _existing(windows.find(db, name), name)
        windows.wait_for_holders(db, window.id)
        if window.sealed_on is not None or windows.has_answers(db, window.id):
            raise Refused(N_("%(name)s holds answers and can not be removed."), name=name)
        windows.remove(db, window.id)


_FARTHEST = timedelta(days=731)
_NAME = re.compile(r"[A-Za-z0-9._-]([A-Za-z0-9._ -]{0,78}[A-Za-z0-9._-])?")


def _existing(window: Window | None, name: str) -> Window:
    if window is None:
        raise Refused(N_("There is no window %(name)s."), name=name)
    return window


def _refuse_too_far(closes: date, today: date) -> None:
    if closes > today + _FARTHEST:
        raise Refused(
            N_("The window would close on %(closes)s, more than two years from now: is the year right?"),
            closes=closes,
        )


def _refuse_sealed(window: Window) -> None:
    if window.sealed_on is not None:
        raise Refused(N_("%(name)s was sealed on %(day)s, for good."), name=window.name, day=window.sealed_on)


def _sites(db: Connection, slugs: Collection[str]) -> tuple[Site, ...]:
    """The sites with these slugs, or all of them where none is named."""
    known = sites.all_sites(db)
    if not known:
        raise Refused(N_("There are no sites yet: import them first."))
    unknown = sorted(set(slugs) - {site.slug for site in known})
    if unknown:
        raise Refused(N_("There is no site with the slug %(slugs)s."), slugs=", ".join(unknown))
    return tuple(site for site in known if site.slug in slugs or not slugs)


def _refuse_overlap(
    db: Connection,
    survey: str,
    dates: tuple[date, date],
    chosen: Sequence[Site],
    besides: Window | None = None,
) -> None:
    """Refuse dates on which one of these sites would have two windows of one survey."""
    opens, closes = dates
    wanted = {site.id: site for site in chosen}
    for other in windows.all_windows(db):
        if other.survey != survey or other == besides:
            continue
        if other.opens > closes or _last_day(other) < opens:
            continue
        shared = [site.slug for site in windows.sites_of(db, other.id) if site.id in wanted]
        if shared:
            raise Refused(
                N_(
                    "The window %(other)s has the same survey from %(opens)s to %(closes)s at %(sites)s: "
                    "a site can have only one at a time."
                ),
                other=other.name,
                opens=other.opens,
                closes=other.closes,
                sites=", ".join(shared),
            )


def _last_day(window: Window) -> date:
    """The last whole day a window took or takes answers begun on it."""
    if window.closed_on is None:
        return window.closes
    return min(window.closes, window.closed_on - timedelta(days=1))
