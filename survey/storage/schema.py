"""Bringing a database to the shape the program needs, and asking whether it has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from survey.storage.store import Store

ROOT = Path(__file__).resolve().parent.parent.parent
MIGRATIONS = ROOT / "migrations"


class BrokenReferences(RuntimeError):
    """A migration would have left rows that point at nothing; it was rolled back."""


class UnknownVersion(RuntimeError):
    """The database was made by a newer version of the program than this one."""


def configure(db: Connection) -> dict[str, Any]:
    """What Alembic must know of this database: SQLite alters a table by copying it, whole or not at all."""
    is_sqlite = db.dialect.name == "sqlite"
    return {"render_as_batch": is_sqlite, "transactional_ddl": True, "compare_type": True}


def upgrade(store: Store, revision: str = "head") -> None:
    """Migrate up to ``revision``; a failed migration leaves the database as it was.

    Raises ``UnknownVersion`` where the database is newer than the program.
    """
    current = _revision(store)
    if current is not None and current not in {script.revision for script in _scripts().walk_revisions()}:
        raise UnknownVersion(
            f"The database was made by a newer version of Puente (its revision is {current}): install that one."
        )
    _migrate(store, command.upgrade, revision)


def downgrade(store: Store, revision: str) -> None:
    """Migrate down to ``revision`` ("base" removes every table)."""
    _migrate(store, command.downgrade, revision)


def is_current(store: Store) -> bool:
    """Whether the database has exactly the shape this program was written for."""
    return _revision(store) == _scripts().get_current_head()


def is_empty(store: Store) -> bool:
    """Whether the database was never migrated."""
    return _revision(store) is None


def existing(database_url: str) -> Store | None:
    """The store of a database that is there, answers, and has the right shape; asking makes no file."""
    if not _is_there(database_url):
        return None
    store = Store(database_url)
    try:
        if is_current(store):
            return store
    except DBAPIError:
        pass
    store.close()
    return None


@contextmanager
def migrating(store: Store) -> Iterator[Connection]:
    """A connection to alter tables on: one transaction, alone on the database, whole or not at all."""
    with store.locked(), store.engine.connect() as db:
        if store.is_sqlite:
            # With foreign keys on, copying a parent table would delete its children (tried).
            # On the driver's own connection, because SQLite ignores this inside a transaction.
            db.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            with db.begin():
                if not store.is_sqlite:
                    db.execute(text("SET LOCAL statement_timeout = 0"))
                    db.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
                yield db
                if store.is_sqlite and db.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise BrokenReferences("rows would point at nothing")
        finally:
            if store.is_sqlite:
                db.connection.cursor().execute("PRAGMA foreign_keys=ON")


# So that two processes that find the database empty do not both set it up.
_MIGRATION_LOCK = 0x50756E7465


def _config() -> Config:
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _revision(store: Store) -> str | None:
    with store.reading() as db:
        return MigrationContext.configure(db).get_current_revision()


def _migrate(store: Store, run: Any, revision: str) -> None:
    config = _config()
    with migrating(store) as db:
        config.attributes["connection"] = db
        run(config, revision)


def _is_there(database_url: str) -> bool:
    try:
        url = make_url(database_url)
    except ArgumentError:
        # The store says what is wrong with it.
        return True
    return url.get_backend_name() != "sqlite" or Path(url.database or "").is_file()
