"""The store: durable, one writer at a time, reading changes nothing, and forked processes share nothing."""

import os
import sqlite3
import stat
import threading

import builders_storage
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from survey.storage import Store, UnknownDatabase, engines, sites


def test_what_is_written_is_there_for_the_next_reader(store):
    site = builders_storage.a_site(store)

    with store.reading() as db:
        assert sites.find(db, site.slug) == site


def test_a_block_that_raises_writes_nothing(store):
    with pytest.raises(DBAPIError), store.writing() as db:
        sites.put(db, [sites.Site(0, "half", "Half"), sites.Site(0, "other", None)])

    with store.reading() as db:
        assert sites.all_sites(db) == ()


def test_a_reader_can_change_nothing(store):
    with pytest.raises(DBAPIError, match=r"read.?only"), store.reading() as db:
        sites.put(db, [sites.Site(0, "pine", "Pine")])


def test_a_reader_sees_one_moment(store):
    builders_storage.a_site(store)

    with store.reading() as db:
        before = sites.all_sites(db)
        builders_storage.a_site(store)

        assert sites.all_sites(db) == before


def test_a_glance_sees_what_was_written(store):
    site = builders_storage.a_site(store)

    with store.glancing() as db:
        assert sites.find(db, site.slug) == site


def test_a_glance_is_spared_the_transaction_on_postgresql(postgresql_store):
    with postgresql_store.glancing() as db:
        began = {db.execute(text("SELECT now()")).scalar() for _ in range(2)}

    assert len(began) == 2


@pytest.mark.postgresql
def test_connections_that_the_server_ended_while_they_were_idle_are_opened_again(
    postgresql_database, monkeypatch
):
    monkeypatch.setattr(engines, "IDLE_SECONDS", 0)
    store, other = Store(postgresql_database), Store(postgresql_database)
    for _ in range(2):
        with store.writing() as db, store.reading() as another:
            assert db.execute(text("SELECT 1")).scalar() == another.execute(text("SELECT 1")).scalar()
        with other.reading() as db:
            ours = "datname = current_database() AND pid <> pg_backend_pid()"
            db.execute(text(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {ours}"))

        with store.reading() as db, store.writing() as another, store.glancing() as third:
            assert {use.execute(text("SELECT 1")).scalar() for use in (db, another, third)} == {1}
    store.close()
    other.close()


def test_no_update_is_lost_between_threads(store):
    site = builders_storage.a_site(store, phone="0")

    def add():
        for _ in range(20):
            with store.writing() as db:
                lock = "" if store.is_sqlite else " FOR UPDATE"
                phone = db.execute(text(f"SELECT phone FROM site{lock}")).scalar()
                db.execute(text("UPDATE site SET phone = :phone"), {"phone": str(int(phone) + 1)})

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with store.reading() as db:
        assert sites.find(db, site.slug).phone == "80"


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # from Python 3.12 on
def test_a_forked_process_uses_connections_of_its_own(store):
    builders_storage.a_site(store)
    with store.reading() as db:
        sites.all_sites(db)
    child = os.fork()
    if child == 0:
        os._exit(the_child_can_read_and_write(store))
    with store.writing() as db:
        sites.put(db, [sites.Site(0, "from-the-parent", "Parent")])

    assert os.waitpid(child, 0)[1] == 0
    with store.reading() as db:
        assert {"from-the-child", "from-the-parent"} <= {site.slug for site in sites.all_sites(db)}


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # from Python 3.12 on
def test_a_process_forked_during_a_write_does_not_keep_the_lock(sqlite_store):
    with sqlite_store.locked():
        child = os.fork()
        if child == 0:
            threading.Event().wait(5)
            os._exit(0)
    builders_storage.a_site(sqlite_store)
    os.kill(child, 9)

    assert os.waitpid(child, 0)[1] == 9


def test_commits_are_durable_and_deleted_bytes_are_cleared_on_sqlite(sqlite_store):
    with sqlite_store.writing() as db:
        found = {
            name: db.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


def test_sessions_are_durable_patient_and_silent_on_postgresql(postgresql_store):
    wanted = {
        "synchronous_commit": "on",
        "lock_timeout": "10s",
        "statement_timeout": "2min",
        "idle_in_transaction_session_timeout": "2min",
        "log_parameter_max_length_on_error": "0",
        "log_parameter_max_length": "0",
        "log_error_verbosity": "terse",
    }
    with postgresql_store.writing() as db:
        assert {name: db.execute(text(f"SHOW {name}")).scalar() for name in wanted} == wanted


def test_a_user_who_may_not_change_the_servers_log_is_served_all_the_same(postgresql_database):
    owner = Store(postgresql_database)
    with owner.writing() as db:
        db.execute(text("CREATE ROLE plain LOGIN"))
    plain = Store(postgresql_database.replace("//postgres:", "//plain:"))

    with plain.reading() as db:
        assert db.execute(text("SHOW lock_timeout")).scalar() == "10s"

    plain.close()
    with owner.writing() as db:
        db.execute(text("DROP ROLE plain"))
    owner.close()


def test_the_file_is_for_its_owner_alone(tmp_path):
    (tmp_path / "folder").mkdir()
    store = Store(f"sqlite:///{tmp_path / 'folder' / 'new.sqlite'}")
    with store.writing() as db:
        db.execute(text("CREATE TABLE t (id INTEGER)"))

    files = list((tmp_path / "folder").iterdir())

    assert len(files) >= 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    store.close()


@pytest.mark.parametrize("url", ["", "mysql://host/name", "sqlite://", "sqlite:///:memory:", "nonsense"])
def test_what_is_no_database_of_ours_is_told_in_words(url):
    with pytest.raises(UnknownDatabase, match="DATABASE_URL must be sqlite:///FILE or postgresql://"):
        Store(url)


def test_a_file_that_can_not_be_made_is_told_in_words(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(UnknownDatabase, match="can not be opened: "):
        Store(f"sqlite:///{tmp_path / 'file' / 'puente.sqlite'}")


def test_a_folder_that_is_not_there_is_told_and_not_made(tmp_path):
    with pytest.raises(UnknownDatabase, match=r"the folder .*/slip does not exist"):
        Store(f"sqlite:///{tmp_path / 'slip' / 'puente.sqlite'}")

    assert not (tmp_path / "slip").exists()


def the_child_can_read_and_write(store):
    try:
        with store.writing() as db:
            sites.put(db, [sites.Site(0, "from-the-child", "Child")])
        with store.reading() as db:
            return 0 if sites.find(db, "from-the-child") else 1
    except (DBAPIError, sqlite3.Error, OSError):
        return 2
