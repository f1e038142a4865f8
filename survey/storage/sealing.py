"""Sealing: after it, nothing the database keeps tells in which order a window's answers came, or with which comments.

Rows that one PostgreSQL transaction wrote share a number, rows lie where they arrived, and
SQLite's log shows one commit at a time: any of these joins a comment to its answers. So each table
is rewritten by itself, in the order of its own random keys, and what the old rows left is cleared.
Household codes are destroyed: nobody needs them any more, and how many were made is known without them.
"""

import re
import time
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase

from survey.storage import codes, paper, windows
from survey.storage.store import Store
from survey.storage.tables import CommentRow, HouseholdCodeRow, PaperSheetRow, ResponseRow

# Nothing joins these but a site: each has random keys of its own. Sheets of paper and household codes
# are gone by then, and what their rows left is cleared.
SEALED: tuple[type[DeclarativeBase], ...] = (ResponseRow, CommentRow, PaperSheetRow, HouseholdCodeRow)
# How long to wait for other sessions of the database to let go of what sealing must clear.
PATIENCE = 60.0
PAUSE = 0.5
LOCK_MS = 5_000


class Interrupted(RuntimeError):
    """The window takes no answers any more but is not sealed; sealing again finishes it. Says why."""


class PaperWaits(RuntimeError):
    """Nothing was done: sheets of paper are keyed in and not stored as responses yet, so many ``at`` each site."""

    def __init__(self, at: Mapping[str, int]) -> None:
        super().__init__(f"{sum(at.values())} sheets of paper are not stored yet")
        self.at = at


def seal(store: Store, window_id: int, today: date, patience: float = PATIENCE) -> None:
    """Close a window for good and clear every trace of the order in which its answers came.

    An answer being stored at this moment is stored before it begins, or is refused. The window is
    marked sealed at the very end: after a crash, sealing again finishes. Raises ``Interrupted``
    where other sessions do not let go within ``patience`` seconds, and ``PaperWaits`` where that is so.
    """
    until = time.monotonic() + patience
    try:
        with store.writing() as db:
            windows.wait_for_holders(db, window_id)
            if at := paper.waiting(db, window_id):
                raise PaperWaits(at)
            paper.remove_stacks(db, window_id)
            codes.destroy(db, window_id)
            window = windows.by_id(db, window_id)
            if window is not None and window.closed_on is None:
                windows.set_closed(db, window_id, today)
        if store.is_sqlite:
            _vacuum_sqlite(store, until)
        else:
            for table in _tables():
                with store.writing() as db:
                    _rewrite(db, table, window_id)
            for table in _tables():
                _vacuum_postgresql(store, table, until)
        with store.writing() as db:
            windows.set_sealed(db, window_id, today)
    except OperationalError as fault:
        raise Interrupted(str(fault.orig)) from fault


def _tables() -> Iterator[Table]:
    for mapped in SEALED:
        yield mapped.metadata.tables[mapped.__tablename__]


def _rewrite(db: Connection, table: Table, window_id: int) -> None:
    """Take a window's rows out and put them back in the order of their keys, in one statement of one transaction."""
    db.execute(text("SET LOCAL statement_timeout = 0"))
    taken = delete(table).where(table.c.window_id == window_id).returning(*table.c).cte("taken")
    # To be sorted, all rows must have been taken out before the first is put back.
    ordered = select(taken).order_by(*(taken.c[column.name] for column in table.primary_key))
    db.execute(insert(table).from_select([column.name for column in table.c], ordered))


def _vacuum_postgresql(store: Store, table: Table, until: float) -> None:
    """Write a table anew without the rows that were taken out, waiting for whoever may still see those."""
    while True:
        try:
            left = _dead_rows_after_vacuum(store, table, until)
            reason = f"{left} old rows of {table.name} are still seen by other sessions of the database"
        except OperationalError as fault:
            left, reason = None, str(fault.orig)
        if left == 0:
            return
        if time.monotonic() >= until:
            raise Interrupted(reason)
        time.sleep(PAUSE)


def _dead_rows_after_vacuum(store: Store, table: Table, until: float) -> int:
    """How many old rows a full vacuum had to keep because a session that began before could still ask for them."""
    told: list[str] = []
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        driver: Any = db.connection.driver_connection
        # Out of the pool: what is set here must not outlive this connection.
        db.detach()
        # Families wait behind a vacuum that waits, so it gives way and tries again.
        wait = max(1, min(LOCK_MS, int(1000 * (until - time.monotonic()))))
        db.exec_driver_sql(f"SET lock_timeout = {wait}")
        db.exec_driver_sql("SET statement_timeout = 0")
        driver.add_notice_handler(lambda notice: told.append(notice.message_detail or ""))
        db.exec_driver_sql(f"VACUUM (FULL, VERBOSE) {table.name}")
    # Its first detail is "N dead row versions cannot be removed yet", in whatever language.
    counts = [re.search(r"[0-9]+", detail) for detail in told if detail]
    if not counts or counts[0] is None:
        raise Interrupted(f"the database's user must own the table {table.name}, or hold MAINTAIN on it")
    return int(counts[0].group())


def _vacuum_sqlite(store: Store, until: float) -> None:
    """Write the file anew in the order of keys, and empty the log of commits.

    Rows need no rewriting of their own: these tables have no rowid, and a vacuum lays each out by
    its primary key alone.
    """
    with store.locked(), store.engine.connect() as db:
        # On the driver's own connection, outside the transaction that the engine would begin.
        cursor = db.connection.cursor()
        # Out of the pool: what is set here must not outlive this connection.
        db.detach()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA busy_timeout = 0")
        while cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() >= until:
                raise Interrupted("another session of the database is still reading what was there before")
            time.sleep(PAUSE)
