"""The two engines of one database: one that writes, one writer at a time on SQLite, and one that only reads."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

# How long a write may wait for another before it is refused: longer than any write here takes.
BUSY_MS = 10_000


class UnknownDatabase(ValueError):
    """DATABASE_URL names neither SQLite nor PostgreSQL."""


class Store:
    """One database. Everything is done on a ``Connection`` handed out by ``reading`` or ``writing``."""

    def __init__(self, database_url: str) -> None:
        try:
            url = make_url(database_url)
        except ArgumentError as fault:
            raise UnknownDatabase(_WHAT_TO_WRITE) from fault
        if url.get_backend_name() == "sqlite":
            self._writer, self._reader = _sqlite_engines(url)
            self._lock_file: Path | None = Path(f"{url.database}.lock")
        elif url.get_backend_name() in ("postgresql", "postgres"):
            self._writer = self._reader = _postgresql_engine(url)
            self._lock_file = None
        else:
            raise UnknownDatabase(_WHAT_TO_WRITE)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is the embedded database."""
        return self._lock_file is not None

    @property
    def engine(self) -> Engine:
        """The engine that writes, for migrations and vacuuming."""
        return self._writer

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, durable when the block ends without an exception, rolled back whole otherwise."""
        with self.locked(), self._writer.begin() as db:
            yield db

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that can not change anything, seeing one moment of the database."""
        with self._reader.connect() as db:
            yield db

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes and threads from writing to SQLite; nothing on PostgreSQL, which needs no help."""
        if self._lock_file is None:
            yield
            return
        # Waiting in the kernel's queue is fair; SQLite's own back-off was tried and starved writers for 10 s.
        handle = os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def close(self) -> None:
        """Give every connection back."""
        self._writer.dispose()
        self._reader.dispose()


_WHAT_TO_WRITE = "DATABASE_URL must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"


def _sqlite_engines(url: URL) -> tuple[Engine, Engine]:
    if not url.database or url.database == ":memory:":
        raise UnknownDatabase(_WHAT_TO_WRITE)
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    writer = create_engine(url, hide_parameters=True, pool_size=4, max_overflow=60)
    reader = create_engine(url, hide_parameters=True, pool_size=4, max_overflow=60)
    for engine, begin in ((writer, "BEGIN IMMEDIATE"), (reader, "BEGIN")):
        _pragmas(engine, read_only=engine is reader)
        _begin_with(engine, begin)
    return writer, reader


def _pragmas(engine: Engine, *, read_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(dbapi: Any, _record: Any) -> None:
        # The driver would open transactions only at the first write, and lose updates: BEGIN is ours (below).
        dbapi.isolation_level = None
        # FULL: NORMAL lost thanked families in a simulated power cut.
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"busy_timeout={BUSY_MS}",
            f"query_only={'ON' if read_only else 'OFF'}",
        ):
            dbapi.execute(f"PRAGMA {pragma}")


def _begin_with(engine: Engine, statement: str) -> None:
    @event.listens_for(engine, "begin")
    def on_begin(db: Connection) -> None:
        db.exec_driver_sql(statement)


def _postgresql_engine(url: URL) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=8,
        max_overflow=56,
        pool_pre_ping=True,
    )
