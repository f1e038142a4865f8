"""Windows: the dates one instrument is open at some sites, and in which state that leaves each of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Integer, Select, bindparam, delete, exists, func, insert, select, update

from survey.instruments.model import Instrument
from survey.storage import instruments, sites
from survey.storage.sites import Site
from survey.storage.tables import (
    InstrumentRow,
    PaperSheetRow,
    ReleaseRow,
    ResponseRow,
    SiteRow,
    WindowRow,
    WindowSiteRow,
)

# Surveys begun before the close are taken for this long after it.
GRACE_DAYS = 7
# Counting, releasing and deciding what to do about it take a school this long after a window closes.
MONTHS_UNTIL_SHARED = 2


class WindowState(StrEnum):
    """What may be done with a window today."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    GRACE = "grace"
    ENDED = "ended"
    SEALED = "sealed"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Window:
    """One window. ``closed_on`` is the day it was closed for good, by hand or to seal it; both dates are inclusive.

    ``digest`` tells how its instrument reads today. ``code_uses`` is how often each household code may
    be used, 0 where the window has none.
    """

    id: int
    name: str
    survey: str
    version: str
    instrument_id: int
    opens: date
    closes: date
    closed_on: date | None
    sealed_on: date | None
    released: bool
    digest: str
    code_uses: int = 0

    @property
    def grace_ends(self) -> date:
        """The last day on which a survey begun before the close is taken."""
        return self.closes + min(timedelta(days=GRACE_DAYS), date.max - self.closes)

    @property
    def shared_in(self) -> date:
        """The first day of the month in which the school tells families what they said and what will change."""
        year, month = divmod(self.closes.year * 12 + self.closes.month - 1 + MONTHS_UNTIL_SHARED, 12)
        return date(year, month + 1, 1)


# The columns of a window where WindowRow and InstrumentRow are joined, in the order of ``Window``.
COLUMNS = (
    WindowRow.id,
    WindowRow.name,
    InstrumentRow.survey,
    InstrumentRow.version,
    WindowRow.instrument_id,
    WindowRow.opens,
    WindowRow.closes,
    WindowRow.closed_on,
    WindowRow.sealed_on,
    exists().where(ReleaseRow.window_id == WindowRow.id),
    InstrumentRow.digest,
    WindowRow.code_uses,
)


def state(window: Window, today: date) -> WindowState:
    """The state of a window on this day. One that was closed by hand has ended, whatever its dates."""
    if window.sealed_on is not None:
        return WindowState.RELEASED if window.released else WindowState.SEALED
    if window.closed_on is not None or today > window.grace_ends:
        return WindowState.ENDED
    if today < window.opens:
        return WindowState.SCHEDULED
    return WindowState.OPEN if today <= window.closes else WindowState.GRACE


def find(db: Connection, name: str) -> Window | None:
    """The window with this name, or None."""
    row = db.execute(_windows().where(WindowRow.name == name)).first()
    return Window(*row) if row else None


def by_id(db: Connection, window_id: int) -> Window | None:
    """The window with this id, or None."""
    row = db.execute(_BY_ID, {"window_id": window_id}).first()
    return Window(*row) if row else None


def all_windows(db: Connection) -> tuple[Window, ...]:
    """Every window, by the day it opens."""
    return tuple(Window(*row) for row in db.execute(_windows().order_by(WindowRow.opens, WindowRow.name)))


def at_site(db: Connection, site_id: int) -> tuple[Window, ...]:
    """Every window of this site, in whatever state, by the day it opens."""
    there = _windows().join(WindowSiteRow, WindowSiteRow.window_id == WindowRow.id)
    there = there.where(WindowSiteRow.site_id == site_id).order_by(WindowRow.opens, WindowRow.name)
    return tuple(Window(*row) for row in db.execute(there))


def sites_of(db: Connection, window_id: int) -> tuple[Site, ...]:
    """The sites a window is open at, by name."""
    there = select(*sites.COLUMNS).join(WindowSiteRow, WindowSiteRow.site_id == SiteRow.id)
    there = there.where(WindowSiteRow.window_id == window_id).order_by(SiteRow.name, SiteRow.slug)
    return tuple(Site(*row) for row in db.execute(there))


def instrument(db: Connection, window: Window) -> Instrument:
    """The instrument a window was opened with, as it reads today; parsed once in a process."""
    return instruments.read(db, window.instrument_id, window.digest)


def hold_open(db: Connection, window_id: int) -> None:
    """Keep a window from being closed until this transaction ends.

    Whoever stores an answer calls it first and judges the window's state after it, in the same
    transaction: then the answer is there before sealing begins, or is refused.
    """
    # On SQLite the one writer at a time is enough. In PostgreSQL's default isolation the state read
    # after the lock is the newest one.
    if db.dialect.name == "postgresql":
        db.execute(_HOLD, {"window_id": window_id})


def wait_for_holders(db: Connection, window_id: int) -> None:
    """Wait until no answer is being stored in a window, and keep new ones waiting until this transaction ends."""
    if db.dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(_WINDOW_LOCKS, window_id)))


def wait_for_turn(db: Connection) -> None:
    """Let one transaction at a time decide which windows there are, so that two can not pass each other's checks."""
    # No window has the id 0.
    wait_for_holders(db, 0)


def create(
    db: Connection,
    *,
    name: str,
    instrument_id: int,
    opens: date,
    closes: date,
    site_ids: Iterable[int],
    code_uses: int = 0,
) -> int:
    """Add a window at these sites and return its id."""
    values = {
        "name": name,
        "instrument_id": instrument_id,
        "opens": opens,
        "closes": closes,
        "code_uses": code_uses,
    }
    added = db.execute(insert(WindowRow).values(values).returning(WindowRow.id))
    window_id = int(added.scalar_one())
    db.execute(
        insert(WindowSiteRow), [{"window_id": window_id, "site_id": site_id} for site_id in sorted(site_ids)]
    )
    return window_id


def set_closes(db: Connection, window_id: int, closes: date) -> None:
    """Move the last day on which a survey can be begun."""
    db.execute(update(WindowRow).where(WindowRow.id == window_id).values(closes=closes))


def set_closed(db: Connection, window_id: int, closed_on: date) -> None:
    """Close a window for good: from this transaction on, no answer is taken."""
    db.execute(update(WindowRow).where(WindowRow.id == window_id).values(closed_on=closed_on))


def set_sealed(db: Connection, window_id: int, sealed_on: date) -> None:
    """Record that nothing in the database tells any more in which order the window's answers came."""
    db.execute(update(WindowRow).where(WindowRow.id == window_id).values(sealed_on=sealed_on))


def has_answers(db: Connection, window_id: int) -> bool:
    """Whether anything was ever stored in a window, or is keyed in from paper."""
    stored = exists().where(ResponseRow.window_id == window_id)
    keyed = exists().where(PaperSheetRow.window_id == window_id)
    return bool(db.execute(select(stored | keyed)).scalar_one())


def remove(db: Connection, window_id: int) -> None:
    """Forget a window that holds no answers; its instrument stays."""
    db.execute(delete(WindowRow).where(WindowRow.id == window_id))


# The first half of the key of every advisory lock on a window, so that other programs' locks do not meet ours.
_WINDOW_LOCKS = 0x50756E74


def _windows() -> Select[int, str, str, str, int, date, date, date | None, date | None, bool, str, int]:
    return select(*COLUMNS).join(InstrumentRow, InstrumentRow.id == WindowRow.instrument_id)


# Building a statement takes longer than running it, and these are run for every answer that is sent.
_BY_ID = _windows().where(WindowRow.id == bindparam("window_id"))
_HOLD = select(func.pg_advisory_xact_lock_shared(_WINDOW_LOCKS, bindparam("window_id", type_=Integer)))
