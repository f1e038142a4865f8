"""Bringing a database to the shape the program needs, and asking whether it has it."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from survey.storage.store import Store

ROOT = Path(__file__).resolve().parent.parent.parent


def configure(db: Connection) -> dict[str, Any]:
    """What Alembic must know of this database: SQLite alters a table by copying it, whole or not at all."""
    is_sqlite = db.dialect.name == "sqlite"
    return {"render_as_batch": is_sqlite, "transactional_ddl": True, "compare_type": True}


def upgrade(store: Store, revision: str = "head") -> None:
    """Migrate up to ``revision``; a failed migration leaves the database as it was."""
    _migrate(store, command.upgrade, revision)


def downgrade(store: Store, revision: str) -> None:
    """Migrate down to ``revision`` ("base" removes every table)."""
    _migrate(store, command.downgrade, revision)


def is_current(store: Store) -> bool:
    """Whether the database has exactly the shape this program was written for."""
    with store.reading() as db:
        return MigrationContext.configure(db).get_current_revision() == _scripts().get_current_head()


def is_empty(store: Store) -> bool:
    """Whether the database was never migrated."""
    with store.reading() as db:
        return MigrationContext.configure(db).get_current_revision() is None


def _config() -> Config:
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _migrate(store: Store, run: Any, revision: str) -> None:
    config = _config()
    with store.locked(), store.engine.connect() as db:
        if store.is_sqlite:
            # With foreign keys on, copying a parent table would delete its children (tried).
            # On the driver's own connection, because SQLite ignores this inside a transaction.
            db.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with db.begin():
            config.attributes["connection"] = db
            run(config, revision)
            if store.is_sqlite and db.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise BrokenReferences(revision)
        if store.is_sqlite:
            db.connection.cursor().execute("PRAGMA foreign_keys=ON")


class BrokenReferences(RuntimeError):
    """A migration would have left rows that point at nothing; it was rolled back."""
