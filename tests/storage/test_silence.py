"""Errors of a database never hold an answer, a comment or a key, whatever went wrong."""

import os
import traceback
from pathlib import Path
from uuid import UUID, uuid4

import builders_instruments
import builders_storage
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from survey.storage.tables import CommentRow, ResponseRow

KEY = UUID("11111111-2222-4333-8444-555555555555")
ANSWERS, WORDS = "4532-SECRETANSWERS", "SECRETWORDS about my child"


def response(**changes):
    row = {
        "window_id": 1,
        "site_id": 1,
        "key": KEY,
        "language": "en",
        "channel": "link",
        "answers": ANSWERS,
        **changes,
    }
    return ResponseRow.__table__.insert().values(row)


def comment(**changes):
    row = {"window_id": 1, "site_id": 1, "key": KEY, "item": "q.more", "text": WORDS, **changes}
    return CommentRow.__table__.insert().values(row)


FAILURES = {
    "a key that is there already": response(),
    "a window that does not exist": response(key=uuid4(), window_id=9),
    "no language": response(key=uuid4(), language=None),
    "a comment without an item": comment(item=None),
    "a comment at no site": comment(site_id=9),
}
REFUSED_VALUES = {
    "too long": response(key=uuid4(), language=WORDS),
    "no text at all": comment(text=f"{WORDS}\x00"),
    "no character": comment(text=f"{WORDS}\ud800"),
}


@pytest.mark.parametrize("statement", FAILURES.values(), ids=FAILURES)
def test_a_failed_constraint_is_told_without_the_row(filled, statement):
    told = told_by(filled, statement)

    assert "IntegrityError" in told
    assert_silent(told)


@pytest.mark.parametrize("statement", REFUSED_VALUES.values(), ids=REFUSED_VALUES)
def test_a_value_that_postgresql_does_not_take_is_not_told(postgresql_store, statement):
    filled_with_one_of_each(postgresql_store)

    assert_silent(told_by(postgresql_store, statement))


def test_a_message_that_quotes_a_value_is_not_told(postgresql_store):
    told = told_by(
        postgresql_store, text("SELECT CAST(:words AS integer)").bindparams(words="a quoted value")
    )

    assert "SQLSTATE 22P02" in told
    assert "quoted" not in told


def test_text_that_sqlite_can_not_decode_is_not_told(sqlite_store):
    told = told_by(sqlite_store, text(f"SELECT CAST(x'{WORDS.encode().hex()}ff' AS text)"))

    assert "is not UTF-8" in told
    assert_silent(told)


def test_the_log_of_the_server_holds_no_row(postgresql_store):
    filled_with_one_of_each(postgresql_store)
    before = log_of(postgresql_store)
    for statement in (*FAILURES.values(), *REFUSED_VALUES.values()):
        told_by(postgresql_store, statement)

    log = log_of(postgresql_store).removeprefix(before)

    assert "violates" in log
    assert_silent(log)


@pytest.fixture
def filled(store):
    filled_with_one_of_each(store)
    return store


def filled_with_one_of_each(store):
    builders_storage.a_site(store)
    builders_storage.a_window(store, builders_instruments.instrument())
    with store.writing() as db:
        db.execute(response())
        db.execute(comment())


def told_by(store, statement):
    """Everything that a log could show of the exception: its text, its causes and theirs."""
    try:
        with store.writing() as db:
            db.execute(statement).all()
    except (DBAPIError, ValueError) as fault:
        return "".join(traceback.format_exception(fault)) + str(fault) + str(fault.__cause__)
    pytest.fail("the database took it")


def log_of(store):
    """What the server wrote into the files of its folder; skips where it writes elsewhere."""
    with store.reading() as db:
        folder = Path(db.execute(text("SHOW data_directory")).scalar())
    if not os.access(folder, os.R_OK):
        pytest.skip("the server's folder is not on this machine")
    logs = [file for file in folder.rglob("*log") if file.is_file()] + list(folder.glob("log/*"))
    return "".join(file.read_text(errors="replace") for file in logs)


def assert_silent(told):
    assert "SECRET" not in told
    assert str(KEY) not in told
    assert KEY.hex not in told
