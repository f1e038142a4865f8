"""Failures are forced on a real server; then its log, and PostgreSQL's, are searched for what they may never hold."""

import os
import resource
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from builders_codes import make
from builders_collection import Place, place
from builders_instruments import instrument
from serving import Phone, Server, form, served
from sqlalchemy import text

from survey import household_codes
from survey.collection.receipts import Receipt
from survey.instruments import packing
from survey.storage import Store

WORDS, CODE, AGENT = "CanaryComment", "CanaryCode", "CanaryAgent/1.0"
ADDRESS, FORWARDED = "127.0.0.77", "203.0.113.77"
ANSWERS = {"q.welcome": "4", "q.respect": "0", "q.took_part": ["event", "helped"], "q.comment": WORDS}
PACKED = packing.pack(
    instrument(), {"q.welcome": ["4"], "q.respect": ["0"], "q.took_part": ["event", "helped"]}
)
HEADERS = {"User-Agent": AGENT, "X-Forwarded-For": FORWARDED, "Forwarded": f"for={FORWARDED}"}


def test_no_log_holds_an_answer_an_address_or_an_agent_whatever_fails(database_url, tmp_path):
    store = Store(database_url)
    at = place(store)
    codes = make(store, at.window, at.pine, 100)
    log = tmp_path / "log"
    with served(database_url, log, workers=2, application="campaigns.impatient:app") as server:
        family = _Family(server, at, codes)
        assert isinstance(family.sends(), Receipt)
        assert family.sends(ANSWERS | {"q.welcome": CODE}) == 422
        assert family.sends(ANSWERS | {"q.comment": WORDS * 50_000}) == 413
        with _locked(store):
            assert family.sends() == 503
        with _full(store, server):
            assert any(family.sends() == 503 for _ in range(40))
        with _violated(store):
            assert family.sends() == 503
        with _locked(store):
            family.is_cut_off_by_a_kill()
        assert isinstance(family.sends(), Receipt)
        own = [*map(str, family.keys), *codes, *map(household_codes.shown, codes)]
    told = log.read_text() + _log_of_postgresql(store)
    store.close()

    assert "failed" in told
    assert "Unexpected exit" in told
    for never in (WORDS, CODE, AGENT, ADDRESS, FORWARDED, PACKED, *own):
        assert never not in told


class _Family:
    """Somebody whose words, address and browser can be told from everybody else's."""

    def __init__(self, server: Server, at: Place, codes: list[str]) -> None:
        self.keys = []
        self._codes = iter(codes)
        self._server = server
        self._at = at

    def sends(self, answers=ANSWERS):
        self.keys.append(uuid4())
        code = household_codes.shown(next(self._codes))
        body = form(self._at.window.id, self.keys[-1], answers | {"code": code})
        # Workers that were killed take long to come back on a busy machine.
        for _ in range(600):
            with Phone(self._server.port, come_from=ADDRESS) as phone:
                told = phone.send("/s/pine/small", body, **HEADERS)
            if told is not None:
                return told
            time.sleep(0.1)
        return None

    def is_cut_off_by_a_kill(self) -> None:
        """Every worker is killed while this survey waits for the database."""
        sending = Thread(target=self.sends)
        sending.start()
        time.sleep(0.15)
        for worker in self._server.workers():
            os.kill(worker, signal.SIGKILL)
        sending.join()


@contextmanager
def _locked(store: Store) -> Iterator[None]:
    """Somebody else holds what a submission needs."""
    with store.engine.connect() as db:
        if not store.is_sqlite:
            db.execute(text("LOCK TABLE response IN ACCESS EXCLUSIVE MODE"))
        else:
            db.begin()
        yield
        db.rollback()


@contextmanager
def _full(store: Store, server: Server) -> Iterator[None]:
    """The disk takes no more; where PostgreSQL serves other tests too, it only says so."""
    if not store.is_sqlite:
        with _refusing(store, "response", "53100"):
            yield
        return
    workers = server.workers()
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in workers}
    for pid in workers:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (65_536, before[pid][1]))
    yield
    for pid in workers:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before[pid])


@contextmanager
def _violated(store: Store) -> Iterator[None]:
    """The row of a comment breaks a constraint, which a database reports with the row in its hand."""
    if not store.is_sqlite:
        with store.writing() as db:
            db.execute(text("ALTER TABLE comment ADD CONSTRAINT short CHECK (length(text) < 5) NOT VALID"))
        yield
        with store.writing() as db:
            db.execute(text("ALTER TABLE comment DROP CONSTRAINT short"))
        return
    with store.writing() as db:
        db.execute(
            text(
                "CREATE TRIGGER short BEFORE INSERT ON comment"
                " BEGIN SELECT RAISE(ABORT, 'constraint failed'); END"
            )
        )
    yield
    with store.writing() as db:
        db.execute(text("DROP TRIGGER short"))


@contextmanager
def _refusing(store: Store, table: str, state: str) -> Iterator[None]:
    """PostgreSQL refuses every row of a table with this SQLSTATE, naming the row in the error's detail."""
    with store.writing() as db:
        db.execute(
            text(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                f" RAISE EXCEPTION 'no space left' USING ERRCODE = '{state}', DETAIL = NEW::text; END $$"
            )
        )
        db.execute(
            text(f"CREATE TRIGGER refuse BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()")
        )
    yield
    with store.writing() as db:
        db.execute(text("DROP FUNCTION refuse CASCADE"))


def _log_of_postgresql(store: Store) -> str:
    """What the server has written so far, where it runs on this machine and was started by these tests."""
    if store.is_sqlite:
        return ""
    with store.reading() as db:
        folder = Path(str(db.execute(text("SHOW data_directory")).scalar_one()))
    if not (folder / "log").is_file():
        pytest.skip("the log of this PostgreSQL is not where it can be read")
    told = (folder / "log").read_text()
    assert "violates check constraint" in told
    return told
