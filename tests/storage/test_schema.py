"""Migrations: head equals the models, and every step goes down again with rows in place."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from survey.storage import schema
from survey.storage.tables import Base


def test_the_newest_migration_equals_the_models(store):
    with store.engine.connect() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})

        assert compare_metadata(context, Base.metadata) == []


def test_down_to_nothing_and_up_again(store):
    schema.downgrade(store, "base")
    schema.upgrade(store)

    assert schema.is_current(store)
