"""Runs migrations on a connection that ``survey.storage.schema`` (or the alembic command) provides."""

from alembic import context
from sqlalchemy import Connection

from survey.settings import Settings
from survey.storage import Store
from survey.storage.schema import configure, migrating
from survey.storage.tables import Base


def run() -> None:
    """Migrate on the given connection, or on the database of DATABASE_URL."""
    given = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    store = Store(Settings().database_url)
    with migrating(store) as db:
        migrate(db)
    store.close()


def migrate(db: Connection) -> None:
    """Run on this connection what the command asks for."""
    context.configure(connection=db, target_metadata=Base.metadata, **configure(db))
    with context.begin_transaction():
        context.run_migrations()


run()
