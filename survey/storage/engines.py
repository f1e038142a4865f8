"""How each kind of database is connected to: durable, one writer at a time on SQLite, and silent about rows."""

import os
import time
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import InvalidatePoolError

from survey.storage import silence

# How long a write may wait for another before it is refused: longer than any write here takes.
BUSY_MS = 10_000
# Longer than any statement here takes but sealing and migrations, which lift it.
STATEMENT_MS = 120_000
# No server ends and begins again within it.
IDLE_SECONDS = 1.0

# As many as a worker has threads in docs/deploy: what is opened beyond the pool is thrown away after each use.
THREADS = 32


def sqlite(url: URL, file: Path) -> tuple[Engine, Engine]:
    """The engine that writes and the one that can only read; the file is made for its owner's eyes only."""
    # SQLite gives its log the permissions of the file.
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    writer, reader = (
        create_engine(url, hide_parameters=True, pool_size=THREADS, max_overflow=32)
        for _ in ("writer", "reader")
    )
    for engine, begin in ((writer, "BEGIN IMMEDIATE"), (reader, "BEGIN")):
        _pragmas(engine, read_only=engine is reader)
        _begin_with(engine, begin)
        silence.keep(engine)
    return writer, reader


def postgresql(url: URL) -> tuple[Engine, Engine]:
    """The engine that writes and the one that can only read, which share their connections."""
    writer = create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        # What is read after a lock is awaited must be the newest, whatever the server's default.
        isolation_level="READ COMMITTED",
        pool_size=THREADS,
        max_overflow=32,
    )
    _settings(writer)
    _ask_the_idle(writer)
    silence.keep(writer)
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return writer, reader


def without_transactions(engine: Engine) -> Engine:
    """The same connections, for statements that stand alone: each costs one journey instead of three."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _pragmas(engine: Engine, *, read_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(dbapi: Any, _record: Any) -> None:
        # The driver would open transactions only at the first write, and lose updates: BEGIN is ours (below).
        dbapi.isolation_level = None
        # FULL: NORMAL lost thanked families in a simulated power cut.
        for pragma in (
            f"busy_timeout={BUSY_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"query_only={'ON' if read_only else 'OFF'}",
        ):
            dbapi.execute(f"PRAGMA {pragma}")


def _begin_with(engine: Engine, statement: str) -> None:
    @event.listens_for(engine, "begin")
    def on_begin(db: Connection) -> None:
        db.exec_driver_sql(statement)


def _ask_the_idle(engine: Engine) -> None:
    """Before a connection is used that was idle, see that the server is still there, or open another.

    To ask before every use would double the cost of a page, which is one statement.
    """

    @event.listens_for(engine, "checkin")
    def on_checkin(_dbapi: Any, record: Any) -> None:
        record.info[_IDLE_SINCE] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def on_checkout(dbapi: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get(_IDLE_SINCE, time.monotonic()) < IDLE_SECONDS:
            return
        try:
            dbapi.execute("")
            dbapi.rollback()
        except psycopg.OperationalError as gone:
            # The others were opened before it and are gone too.
            raise InvalidatePoolError from gone


_IDLE_SINCE = "idle_since"


def _settings(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(dbapi: Any, _record: Any) -> None:
        dbapi.execute(_SETTINGS)
        dbapi.commit()


# The server's log shows rows in the details of errors, and values where it logs statements. Only
# some users may turn that off for themselves; docs/privacy.md says how to turn it off for everyone.
_SETTINGS = f"""
DO $$
DECLARE
    setting text[];
BEGIN
    PERFORM set_config('synchronous_commit', 'on', false);
    PERFORM set_config('lock_timeout', '{BUSY_MS}', false);
    PERFORM set_config('statement_timeout', '{STATEMENT_MS}', false);
    PERFORM set_config('idle_in_transaction_session_timeout', '{STATEMENT_MS}', false);
    PERFORM set_config('log_parameter_max_length_on_error', '0', false);
    FOREACH setting SLICE 1 IN ARRAY ARRAY[
        ['log_error_verbosity', 'terse'], ['log_parameter_max_length', '0']
    ] LOOP
        BEGIN
            PERFORM set_config(setting[1], setting[2], false);
        EXCEPTION WHEN insufficient_privilege THEN
            NULL;
        END;
    END LOOP;
END $$
"""
