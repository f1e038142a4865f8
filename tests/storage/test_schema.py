"""Migrations: head equals the models, every step goes down and up with rows in place, and none is ever half-done."""

import shutil
from datetime import date, datetime
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Boolean, Date, DateTime, Integer, String, Uuid, func, inspect, select, text

from survey.storage import schema
from survey.storage.tables import Base

TABLES = Base.metadata.sorted_tables


def test_the_newest_migration_equals_the_models(store):
    with store.engine.connect() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})

        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_migration_makes_the_constraints_of_the_models_under_their_names(store):
    with store.reading() as db:
        found = inspect(db)
        for table in TABLES:
            checks = {check["name"] for check in found.get_check_constraints(table.name)}
            foreign = {key["name"] for key in found.get_foreign_keys(table.name)}

            assert checks == {c.name for c in table.constraints if c.name and c.name.startswith("ck_")}
            assert foreign == {key.name for key in table.foreign_key_constraints}


def test_every_step_goes_down_and_up_again_with_rows_in_place(store):
    fill(store)
    revisions = [script.revision for script in schema._scripts().walk_revisions()]

    for revision in [*revisions[1:], "base"]:
        schema.downgrade(store, revision)
    schema.upgrade(store)

    assert schema.is_current(store)


def test_a_database_without_tables_is_empty_and_not_current(store):
    schema.downgrade(store, "base")

    assert schema.is_empty(store)
    assert not schema.is_current(store)


def test_upgrading_twice_changes_nothing(store):
    fill(store)

    schema.upgrade(store)

    assert counts(store) == dict.fromkeys((table.name for table in TABLES), 1)


def test_a_database_newer_than_the_program_is_refused(store):
    with store.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(schema.UnknownVersion, match="newer version of Puente"):
        schema.upgrade(store)


def test_altering_a_parent_table_keeps_its_children(store, next_migration):
    fill(store)
    before = counts(store)
    next_migration("""
    with op.batch_alter_table("site", recreate="always" if is_sqlite() else "auto") as site:
        site.alter_column("name", type_=sa.String(300), existing_type=sa.String(200), existing_nullable=False)
        site.add_column(sa.Column("town", sa.String(80), nullable=False, server_default=""))
    """)

    schema.upgrade(store)

    assert counts(store) == before


def test_a_migration_that_fails_leaves_the_database_as_it_was(store, next_migration):
    fill(store)
    before = counts(store)
    next_migration("""
    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("DELETE FROM enrolment")
    with op.batch_alter_table("site", recreate="always" if is_sqlite() else "auto") as site:
        site.add_column(sa.Column("town", sa.String(80)))
    raise RuntimeError("the migration fails at its end")
    """)

    with pytest.raises(RuntimeError, match="fails at its end"):
        schema.upgrade(store)

    assert counts(store) == before
    with store.reading() as db:
        assert not inspect(db).has_table("half")
        assert "town" not in {column["name"] for column in inspect(db).get_columns("site")}
    assert revision_of(store) == schema_head_before(store)


def test_a_migration_that_would_leave_rows_pointing_at_nothing_is_refused(sqlite_store, next_migration):
    fill(sqlite_store)
    before = counts(sqlite_store)
    next_migration('op.execute("DELETE FROM site")')

    with pytest.raises(schema.BrokenReferences):
        schema.upgrade(sqlite_store)

    assert counts(sqlite_store) == before


def test_foreign_keys_hold_again_after_a_migration_that_failed(sqlite_store, next_migration):
    next_migration('raise RuntimeError("at once")')

    with pytest.raises(RuntimeError, match="at once"):
        schema.upgrade(sqlite_store)

    with sqlite_store.writing() as db:
        assert db.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.fixture
def next_migration(tmp_path, monkeypatch):
    """Write the body of a migration that comes after the newest, in a folder of its own."""

    def write(body):
        head = schema._scripts().get_current_head()
        folder = tmp_path / "migrations"
        shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "9000_next.py").write_text(
            f"import sqlalchemy as sa\nfrom alembic import op\n\nrevision = '9000'\ndown_revision = '{head}'\n\n"
            "def is_sqlite():\n    return op.get_bind().dialect.name == 'sqlite'\n\n"
            f"def upgrade():\n    {body.strip()}\n"
        )
        monkeypatch.setattr(schema, "MIGRATIONS", folder)

    return write


def fill(store):
    """One row in every table, its parents first."""
    with store.writing() as db:
        for table in TABLES:
            db.execute(table.insert().values({column.name: a_value(column) for column in table.columns}))


def a_value(column):
    if column.name in ("unit", "role"):
        return {"unit": "families", "role": "site"}[column.name]
    if column.foreign_keys:
        return 1
    kinds = {
        Boolean: True,
        Integer: 1,
        Date: date(2026, 11, 12),
        DateTime: datetime(2026, 11, 12),  # noqa: DTZ001 - stored without a zone
        String: "x",
    }
    if isinstance(column.type, Uuid):
        return uuid4()
    return next(value for kind, value in kinds.items() if isinstance(column.type, kind))


def counts(store):
    with store.reading() as db:
        return {table.name: db.execute(select(func.count()).select_from(table)).scalar() for table in TABLES}


def revision_of(store):
    with store.reading() as db:
        return MigrationContext.configure(db).get_current_revision()


def schema_head_before(store):
    return next(script.down_revision for script in schema._scripts().walk_revisions())
