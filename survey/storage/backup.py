"""A copy of an SQLite database that is in use: whole, of one moment, and without the order in which answers came."""

import errno
import os
import sqlite3
from pathlib import Path

from survey.storage.store import Store


class NoCopyHere(RuntimeError):
    """PostgreSQL is copied with its own tools."""


def copy(store: Store, file: Path) -> None:
    """Write the database to a new file that only its owner may read, while others go on writing to it.

    Answers lie in the copy in the order of their random keys, whether or not their window is
    sealed. Raises ``FileExistsError``, ``OSError`` or ``NoCopyHere``; then there is no new file.
    """
    if not store.is_sqlite:
        raise NoCopyHere("This database is PostgreSQL: copy it with pg_dump.")
    # SQLite writes into a new file or an empty one, and would give a new one to every reader.
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with store.engine.connect() as db:
            # On the driver's own connection: a copy is made outside any transaction, beside other writers.
            db.connection.cursor().execute("VACUUM INTO ?", (str(file),))
        os.fsync(handle)
    except sqlite3.Error as fault:
        file.unlink(missing_ok=True)
        raise OSError(errno.EIO, str(fault)) from fault
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)
