"""A copy of a database in use: whole, private, and never half there."""

import stat

import builders_storage
import pytest
from campaigns import sealing_on_sqlite
from campaigns.sealing_plant import plant

from survey.storage import Store, backup, sites


def test_a_copy_made_during_a_read_and_a_write_holds_everything_committed(sqlite_store, tmp_path):
    site = builders_storage.a_site(sqlite_store)
    with sqlite_store.reading() as reading, sqlite_store.writing() as writing:
        sites.all_sites(reading)
        sites.put(writing, [sites.Site(0, "not-yet", "Not yet")])
        backup.copy(sqlite_store, tmp_path / "copy.sqlite")

    copy = Store(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    with copy.reading() as db:
        assert sites.all_sites(db) == (site,)
    copy.close()


def test_a_copy_holds_no_order_of_arrival_though_its_window_is_not_sealed(sqlite_store, tmp_path):
    planted = plant(sqlite_store, 200, schools=4)

    backup.copy(sqlite_store, tmp_path / "copy.sqlite")

    attacks = sealing_on_sqlite.attacks(tmp_path / "copy.sqlite", planted)
    assert [str(worth) for worth in attacks if worth.beats_chance] == []


def test_a_copy_is_for_its_owner_alone(sqlite_store, tmp_path):
    backup.copy(sqlite_store, tmp_path / "copy.sqlite")

    assert stat.S_IMODE((tmp_path / "copy.sqlite").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_left_alone(sqlite_store, tmp_path):
    (tmp_path / "copy.sqlite").write_text("mine")

    with pytest.raises(FileExistsError):
        backup.copy(sqlite_store, tmp_path / "copy.sqlite")

    assert (tmp_path / "copy.sqlite").read_text() == "mine"


def test_postgresql_is_copied_with_its_own_tools(postgresql_store, tmp_path):
    with pytest.raises(backup.NoCopyHere, match="pg_dump"):
        backup.copy(postgresql_store, tmp_path / "copy")

    assert not (tmp_path / "copy").exists()
