"""``survey database``: upgrading, and copying a database that is in use."""

import builders_storage
import pytest
from sqlalchemy import text

from survey.cli import survey
from survey.settings import Settings
from survey.storage import schema
from survey.web import create_app


@pytest.fixture
def typed():
    """Run ``survey`` on a database."""

    def run(database_url, *arguments):
        settings = Settings(database_url=database_url, secret_key="a secret for tests, and for nothing else")
        app = create_app(settings)
        try:
            return app.test_cli_runner().invoke(survey, arguments)
        finally:
            app.extensions["puente"].store.close()

    return run


def test_upgrading_sets_an_empty_database_up(typed, database_url, store):
    schema.downgrade(store, "base")

    done = typed(database_url, "database", "upgrade")

    assert (done.exit_code, done.output) == (0, "The database is up to date now.\n")
    assert schema.is_current(store)


def test_upgrading_again_changes_nothing(typed, sqlite_database):
    assert typed(sqlite_database, "database", "upgrade").output == "The database was up to date.\n"


def test_a_newer_database_is_refused_by_every_command(typed, sqlite_database, sqlite_store):
    with sqlite_store.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    upgrade, other = typed(sqlite_database, "database", "upgrade"), typed(sqlite_database, "sites", "list")

    assert (upgrade.exit_code, other.exit_code) == (1, 1)
    assert "made by a newer version of Puente" in upgrade.stderr
    assert "made by another version of Puente" in other.stderr


def test_a_new_database_is_set_up_by_the_first_command(typed, tmp_path):
    done = typed(f"sqlite:///{tmp_path / 'new.sqlite'}", "sites", "list")

    assert (done.exit_code, done.output) == (0, "No sites yet: survey sites import FILE.csv\n")


def test_a_copy_is_a_database_of_its_own(typed, sqlite_database, sqlite_store, tmp_path):
    builders_storage.a_site(sqlite_store, "pine")

    done = typed(sqlite_database, "database", "backup", str(tmp_path / "copy.sqlite"))

    assert (done.exit_code, done.output) == (0, f"Copied to {tmp_path / 'copy.sqlite'}.\n")
    assert "pine" in typed(f"sqlite:///{tmp_path / 'copy.sqlite'}", "sites", "list").output


def test_a_copy_never_writes_over_a_file(typed, sqlite_database, tmp_path):
    (tmp_path / "copy.sqlite").touch()

    done = typed(sqlite_database, "database", "backup", str(tmp_path / "copy.sqlite"))

    assert (done.exit_code, done.stderr) == (
        1,
        f"Error: {tmp_path / 'copy.sqlite'} is there already: name a new file.\n",
    )


def test_a_folder_that_can_not_be_written_is_told(typed, sqlite_database, tmp_path):
    done = typed(sqlite_database, "database", "backup", str(tmp_path / "nowhere" / "copy.sqlite"))

    assert done.exit_code == 1
    assert "can not be written: No such file or directory." in done.stderr


def test_postgresql_is_told_to_use_its_own_tools(typed, postgresql_database, tmp_path):
    done = typed(postgresql_database, "database", "backup", str(tmp_path / "copy"))

    assert (done.exit_code, done.stderr) == (
        1,
        "Error: This database is PostgreSQL: copy it with pg_dump.\n",
    )
