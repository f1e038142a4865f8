"""Sealing: before it, planted comments lead back to their answers; after it, no attack does better than guessing."""

import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from threading import Thread
from uuid import UUID, uuid4

import builders_instruments
import builders_storage
import pytest
from campaigns import sealing_on_postgresql, sealing_on_sqlite, sealing_plant
from campaigns.sealing_plant import plant
from sqlalchemy import text

from survey.administration import windows as administration
from survey.storage import Store, comments, responses, sealing, sites, windows
from survey.storage.responses import Response
from survey.storage.tables import ResponseRow
from survey.storage.windows import WindowState

AFTER = date(2026, 12, 8)
TESTS = Path(__file__).parent.parent


@pytest.mark.parametrize("imported", [False, True], ids=["sent one by one", "imported"])
def test_after_sealing_no_attack_links_comments_better_than_guessing(store, database_url, imported):
    planted = plant(store, 300, schools=6, imported=imported)
    before = attacks(store, database_url, planted)

    sealing.seal(store, planted.window.id, AFTER)

    # On SQLite an import is one commit, whose rows lie in the order of their keys already.
    if not (imported and store.is_sqlite):
        assert max(worth.linked / worth.of for worth in before) > 0.6
    assert [str(worth) for worth in attacks(store, database_url, planted) if worth.beats_chance] == []
    assert copies(store, database_url, planted) == 0


def test_sealing_changes_nothing_but_the_order(store):
    planted = plant(store, 60, schools=2)
    other = plant(store, 20, schools=2, seed=2)
    before = everything(store, planted), everything(store, other)

    sealing.seal(store, planted.window.id, AFTER)

    assert (everything(store, planted), everything(store, other)) == before


def test_a_window_is_marked_sealed_and_closed_on_the_day(store):
    window = plant(store, 3, schools=1).window

    sealing.seal(store, window.id, AFTER)

    with store.reading() as db:
        sealed = windows.by_id(db, window.id)
    assert (sealed.closed_on, sealed.sealed_on) == (AFTER, AFTER)


def test_tables_of_answers_have_no_rowid_on_sqlite(sqlite_database):
    with sqlite3.connect(sqlite_database.removeprefix("sqlite:///")) as db:
        for table in ("response", "comment", "participation", "imported_file"):
            with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
                db.execute(f"SELECT rowid FROM {table}")
    db.close()


def test_a_survey_sent_while_a_window_is_sealed_is_stored_before_or_refused(store, database_url):
    for number in range(3):
        builders_storage.a_site(store, f"school-{number}")
    window = builders_storage.a_window(store, builders_instruments.instrument())
    senders = [sender(database_url, window.name, seed) for seed in range(3)]
    wait_for_answers(store, window.id, 60)

    administration.close(store, window.name, sealing_plant.DURING)

    lines = [line for each in senders for line in each.communicate(timeout=60)[0].split("\n") if line]
    received = {UUID(line) for line in lines if line != "too late"}
    assert lines.count("too late") == 3
    with store.reading() as db:
        assert {row.key for row in rows(db, window.id)} == received
        if not store.is_sqlite:
            assert db.execute(text("SELECT count(DISTINCT xmin::text) FROM response")).scalar() == 1


def test_sealing_waits_for_an_answer_that_is_being_stored(store):
    planted = plant(store, 10, schools=1)
    family = planted.families[0]
    late = Response(planted.window.id, family.site_id, uuid4(), "en", "link", family.packed)
    closing = Thread(target=sealing.seal, args=(store, planted.window.id, AFTER))

    with store.writing() as db:
        windows.hold_open(db, planted.window.id)
        closing.start()
        closing.join(timeout=0.5)
        began = not closing.is_alive()
        responses.insert(db, late)
    closing.join()

    assert not began
    with store.reading() as db:
        assert late.key in {row.key for row in rows(db, planted.window.id)}
        if not store.is_sqlite:
            assert db.execute(text("SELECT count(DISTINCT xmin::text) FROM response")).scalar() == 1


@pytest.mark.parametrize(
    "read", [lambda db, _: sites.all_sites(db), responses.counts], ids=["at this moment", "in these tables"]
)
def test_sealing_waits_for_whoever_still_sees_what_was_there_and_can_be_done_again(store, database_url, read):
    planted = plant(store, 30, schools=1)
    reader = Store(database_url)

    with reader.reading() as db:
        read(db, planted.window.id)
        with pytest.raises(sealing.Interrupted):
            sealing.seal(store, planted.window.id, AFTER, patience=0.0)
        assert state(store, planted.window.id) is WindowState.ENDED
    sealing.seal(store, planted.window.id, AFTER)

    reader.close()
    assert state(store, planted.window.id) is WindowState.SEALED
    assert [str(worth) for worth in attacks(store, database_url, planted) if worth.beats_chance] == []


@pytest.mark.parametrize("last", ["_rewrite", "_vacuum_postgresql", "_vacuum_sqlite"])
def test_sealing_that_was_killed_on_the_way_takes_no_answers_and_can_be_done_again(
    store, database_url, last, monkeypatch
):
    planted = plant(store, 30, schools=2)
    with monkeypatch.context() as patch:
        patch.setattr(sealing, last, killed)
        try:
            sealing.seal(store, planted.window.id, AFTER)
        except KeyboardInterrupt:
            assert state(store, planted.window.id) is WindowState.ENDED

    administration_closes_it_again(store, planted)

    assert state(store, planted.window.id) is WindowState.SEALED
    assert [str(worth) for worth in attacks(store, database_url, planted) if worth.beats_chance] == []


def test_who_may_not_vacuum_is_told_so(postgresql_database):
    owner = Store(postgresql_database)
    planted = plant(owner, 3, schools=1)
    with owner.writing() as db:
        db.execute(text("CREATE ROLE clerk LOGIN"))
        db.execute(text("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clerk"))
    clerk = Store(postgresql_database.replace("//postgres:", "//clerk:"))

    with pytest.raises(sealing.Interrupted, match="must own the table response"):
        sealing.seal(clerk, planted.window.id, AFTER, patience=0.0)

    clerk.close()
    with owner.writing() as db:
        db.execute(text("DROP OWNED BY clerk"))
        db.execute(text("DROP ROLE clerk"))
    owner.close()


def attacks(store, database_url, planted):
    if store.is_sqlite:
        return list(sealing_on_sqlite.attacks(Path(database_url.removeprefix("sqlite:///")), planted))
    return list(sealing_on_postgresql.attacks(store, planted))


def copies(store, database_url, planted):
    if store.is_sqlite:
        return sealing_on_sqlite.copies(Path(database_url.removeprefix("sqlite:///")), planted)
    return sealing_on_postgresql.copies(store, planted)


def everything(store, planted):
    with store.reading() as db:
        return rows(db, planted.window.id), [
            comments.of_site(db, planted.window.id, site.id)
            for site in windows.sites_of(db, planted.window.id)
        ]


def rows(db, window_id):
    table = ResponseRow.__table__
    return db.execute(table.select().where(table.c.window_id == window_id).order_by(table.c.key)).all()


def state(store, window_id):
    with store.reading() as db:
        return windows.state(windows.by_id(db, window_id), sealing_plant.DURING)


def killed(*_):
    raise KeyboardInterrupt


def administration_closes_it_again(store, planted):
    if state(store, planted.window.id) is WindowState.ENDED:
        administration.close(store, planted.window.name, AFTER)


def sender(database_url, window, seed):
    command = [sys.executable, "-m", "campaigns.sealing_race", database_url, window, str(seed)]
    return subprocess.Popen(command, cwd=TESTS, stdout=subprocess.PIPE, text=True)


def wait_for_answers(store, window_id, n):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with store.reading() as db:
            if sum(responses.counts(db, window_id).values()) >= n:
                return
        time.sleep(0.02)
    pytest.fail("the senders sent nothing")
