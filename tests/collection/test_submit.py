"""Sending: stored once under its key, answered with a receipt for ever, refused outside the window's time."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from builders_collection import AFTER_GRACE, BEFORE, CLOSES, DURING, IN_GRACE, OPENS, SECRET, place, sent
from sqlalchemy import event, text

from survey.collection import receipts
from survey.collection.submit import Outcome
from survey.instruments.answers import Answers
from survey.storage import Store, comments, responses, windows

PLEASED = Answers({"q.welcome": ("4",), "q.took_part": ("event",)}, {})
CROSS = Answers({"q.welcome": ("1",)}, {})


def stored(store, at, site=None):
    with store.reading() as db:
        return [row.answers for row in responses.packed(db, at.window.id) if site in (None, row.site_id)]


def words(store, at):
    with store.reading() as db:
        return [comment.text for comment in comments.of_site(db, at.window.id, at.pine.id)]


@contextmanager
def statements_of(store):
    """The statements that are run on a store, without those that only begin and end."""
    seen = []

    def note(_db, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    yield seen
    event.remove(store.engine, "before_cursor_execute", note)


def test_what_is_sent_is_stored_and_answered_with_a_receipt(store):
    at, key = place(store), uuid4()

    submission = sent(store, at, key, PLEASED, language="es", channel="kiosk")

    assert submission.outcome is Outcome.RECEIVED
    assert submission.receipt == receipts.sign(SECRET, key, "fall-2026", "pine")
    with store.reading() as db:
        assert list(responses.packed(db, at.window.id)) == [
            responses.Packed(at.pine.id, "es", "kiosk", "4--/" + "-" + "0100" + "-" * 10)
        ]


def test_the_same_answers_again_get_the_same_receipt_and_no_second_row(store):
    at, key = place(store), uuid4()
    first = sent(store, at, key, PLEASED)

    again = sent(store, at, key, PLEASED)

    assert again.outcome is Outcome.REPEATED
    assert again.receipt == first.receipt
    assert len(stored(store, at)) == 1


def test_other_answers_under_the_same_key_are_a_conflict_and_the_first_are_kept(store):
    at, key = place(store), uuid4()
    sent(store, at, key, PLEASED)
    before = stored(store, at)

    other = sent(store, at, key, CROSS)

    assert other.outcome is Outcome.CONFLICT
    assert other.receipt is None
    assert stored(store, at) == before


def test_a_repeat_stores_no_comment(store):
    at, key = place(store), uuid4()
    sent(store, at, key, Answers(PLEASED.choices, {"q.comment": "thank you"}))

    again = sent(store, at, key, Answers(PLEASED.choices, {"q.comment": "thank you, and more"}))

    assert again.outcome is Outcome.REPEATED
    assert words(store, at) == ["thank you"]


def test_a_conflict_stores_no_comment(store):
    at, key = place(store), uuid4()
    sent(store, at, key, PLEASED)

    sent(store, at, key, Answers(CROSS.choices, {"q.comment": "another person"}))

    assert words(store, at) == []


def test_the_same_key_at_another_site_is_another_response(store):
    at, key = place(store), uuid4()
    sent(store, at, key, PLEASED)

    elsewhere = sent(store, at, key, CROSS, site=at.oak)

    assert elsewhere.outcome is Outcome.RECEIVED
    assert len(stored(store, at)) == 2


def test_a_response_without_any_answer_is_stored(store):
    at = place(store)

    assert sent(store, at, uuid4(), Answers({}, {})).outcome is Outcome.RECEIVED
    assert len(stored(store, at)) == 1


@pytest.mark.parametrize(
    ("today", "started", "outcome"),
    [
        (BEFORE, False, Outcome.NOT_YET),
        (BEFORE, True, Outcome.NOT_YET),
        (OPENS, False, Outcome.RECEIVED),
        (CLOSES, False, Outcome.RECEIVED),
        (IN_GRACE, True, Outcome.RECEIVED),
        (IN_GRACE, False, Outcome.TOO_LATE),
        (AFTER_GRACE, True, Outcome.TOO_LATE),
    ],
)
def test_answers_are_taken_while_open_and_in_grace_where_begun_before_the_close(
    store, today, started, outcome
):
    at = place(store)

    submission = sent(store, at, uuid4(), PLEASED, today, started=started)

    assert submission.outcome is outcome
    assert (submission.receipt is not None) == (outcome is Outcome.RECEIVED)
    assert len(stored(store, at)) == (outcome is Outcome.RECEIVED)


def test_a_window_closed_since_the_page_was_served_takes_nothing(store):
    at = place(store)
    with store.writing() as db:
        windows.set_closed(db, at.window.id, DURING)

    assert sent(store, at, uuid4(), PLEASED, started=True).outcome is Outcome.TOO_LATE


def test_a_repeat_is_answered_with_its_receipt_after_the_window_was_sealed(store):
    at, key = place(store), uuid4()
    first = sent(store, at, key, PLEASED)
    with store.writing() as db:
        windows.set_closed(db, at.window.id, DURING)
        windows.set_sealed(db, at.window.id, DURING)

    late = sent(store, at, key, PLEASED, AFTER_GRACE)

    assert late.outcome is Outcome.REPEATED
    assert late.receipt == first.receipt


def test_other_answers_under_a_known_key_are_a_conflict_however_late(store):
    at, key = place(store), uuid4()
    sent(store, at, key, PLEASED)

    assert sent(store, at, key, CROSS, AFTER_GRACE).outcome is Outcome.CONFLICT


def test_an_answer_to_an_item_not_shown_is_not_stored(store):
    at, key = place(store), uuid4()
    shown, not_shown = {"q.learning": ("2",)}, {"q.learning": ("2",), "q.english": ("4",)}
    sent(store, at, key, Answers(not_shown, {}))

    assert sent(store, at, key, Answers(shown, {})).outcome is Outcome.REPEATED


def test_nothing_is_stored_of_a_submission_whose_comment_can_not_be(store):
    at = place(store)
    with store.writing() as db:
        db.execute(text("DROP TABLE comment"))

    with pytest.raises(Exception, match="comment"):
        sent(store, at, uuid4(), Answers(PLEASED.choices, {"q.comment": "words"}))

    assert stored(store, at) == []


def test_sending_takes_two_statements_beside_looking_at_the_window(store):
    at = place(store)
    sent(store, at, uuid4(), PLEASED)

    with statements_of(store) as statements:
        sent(store, at, uuid4(), Answers(PLEASED.choices, {"q.comment": "words"}))

    writes = [s for s in statements if s.startswith("INSERT")]
    reads = [s for s in statements if s.startswith("SELECT")]
    assert len(writes) == 2
    assert all("survey_window" in s or "advisory" in s or "instrument" in s for s in reads)
    assert not [s for s in statements if s.startswith(("UPDATE", "DELETE"))]


def test_many_at_once_with_one_key_are_one_row_and_one_receipt(database_url):
    first, second = Store(database_url), Store(database_url)
    at, key = place(first), uuid4()
    answers = Answers(PLEASED.choices, {"q.comment": "words"})

    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(lambda n: sent((first, second)[n % 2], at, key, answers), range(48)))

    assert len({result.receipt for result in results}) == 1
    assert [result.outcome for result in results].count(Outcome.RECEIVED) == 1
    assert len(stored(first, at)) == 1
    assert words(first, at) == ["words"]
    first.close()
    second.close()


def test_two_different_at_once_with_one_key_are_one_row_and_one_conflict(store):
    at = place(store)

    with ThreadPoolExecutor(2) as pool:
        for _ in range(20):
            key = uuid4()
            tries = [pool.submit(sent, store, at, key, answers) for answers in (PLEASED, CROSS)]
            assert {t.result().outcome for t in tries} == {Outcome.RECEIVED, Outcome.CONFLICT}

    assert len(stored(store, at)) == 20


def test_a_repeat_writes_nothing_at_all(sqlite_database):
    store = Store(sqlite_database)
    log = Path(f"{sqlite_database.removeprefix('sqlite:///')}-wal")
    at, key = place(store), uuid4()
    sent(store, at, key, PLEASED)
    before = log.stat().st_size

    sent(store, at, key, PLEASED)

    assert log.stat().st_size == before
    store.close()
