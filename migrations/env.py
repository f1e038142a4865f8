"""Runs migrations on a connection that ``survey.storage.schema`` (or the alembic command) provides."""

from alembic import context

from survey.settings import Settings
from survey.storage import Store
from survey.storage.schema import configure
from survey.storage.tables import Base


def run() -> None:
    """Migrate on the given connection, or on the one of DATABASE_URL."""
    given = context.config.attributes.get("connection")
    if given is not None:
        context.configure(connection=given, target_metadata=Base.metadata, **configure(given))
        with context.begin_transaction():
            context.run_migrations()
        return
    store = Store(Settings().database_url)
    with store.engine.connect() as db:
        context.configure(connection=db, target_metadata=Base.metadata, **configure(db))
        with context.begin_transaction():
            context.run_migrations()
    store.close()


run()
