"""The two engines of one database: one that writes, one writer at a time on SQLite, and one that only reads."""

import fcntl
import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from survey.storage import engines

# What any use of a store raises where the database can not be reached, or does not answer in time.
Unreachable = OperationalError


class UnknownDatabase(ValueError):
    """DATABASE_URL names neither SQLite nor PostgreSQL, or a file that can not be opened."""


class Store:
    """One database. Everything is done on a ``Connection`` handed out by ``reading`` or ``writing``.

    Threads and forked processes may share one; within a thread, ``writing`` and ``locked`` are not nested.
    """

    def __init__(self, database_url: str) -> None:
        try:
            url = make_url(database_url)
        except ArgumentError as fault:
            raise UnknownDatabase(_WHAT_TO_WRITE) from fault
        if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
            file = Path(str(url.database))
            if not file.parent.exists():
                raise UnknownDatabase(
                    f"{file} can not be made: the folder {file.parent} does not exist (see DATABASE_URL)"
                )
            try:
                self._writer, self._reader = engines.sqlite(url, file)
            except OSError as fault:
                raise UnknownDatabase(f"{file} can not be opened: {fault.strerror}") from fault
            self._lock_file: Path | None = file.with_name(f"{file.name}.lock")
        elif url.get_backend_name() in ("postgresql", "postgres"):
            self._writer, self._reader = engines.postgresql(url)
            self._lock_file = None
        else:
            raise UnknownDatabase(_WHAT_TO_WRITE)
        self._glancer = self._reader if self.is_sqlite else engines.without_transactions(self._writer)
        _leave_connections_to_the_parent(self)

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
    def glancing(self) -> Iterator[Connection]:
        """A connection for one statement that only reads: PostgreSQL is spared the transaction around it."""
        with self._glancer.connect() as db:
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
            # Unlocked, not only closed: a process forked meanwhile holds the same lock.
            fcntl.flock(handle, fcntl.LOCK_UN)
            os.close(handle)

    def forked(self) -> None:
        """In a new process, leave the connections to the one it was forked from."""
        self._writer.dispose(close=False)
        if self.is_sqlite:
            self._reader.dispose(close=False)

    def close(self) -> None:
        """Give every connection back."""
        self._writer.dispose()
        self._reader.dispose()


_WHAT_TO_WRITE = "DATABASE_URL must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"


def _leave_connections_to_the_parent(store: Store) -> None:
    # A weak reference, so that a store that nobody uses any more is not kept for forks to come.
    known = weakref.ref(store)

    def in_child() -> None:
        there = known()
        if there is not None:
            there.forked()

    os.register_at_fork(after_in_child=in_child)
