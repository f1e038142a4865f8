"""Making household codes: told once, kept unreadable, for one school in one window, and void when asked."""

from datetime import date
from uuid import uuid4

import builders_collection
import pytest
from builders_codes import uses_left
from builders_collection import AFTER_GRACE, BEFORE, DURING, IN_GRACE, SECRET, sent
from sqlalchemy import text

from survey import household_codes
from survey.administration import codes
from survey.administration import windows as administration
from survey.administration.faults import Refused
from survey.collection.submit import Outcome
from survey.instruments.answers import Answers
from survey.storage import codes as stored
from survey.storage import windows

ANSWERS = Answers({"q.welcome": ("4",)}, {})


@pytest.fixture
def at(store):
    return builders_collection.place(store)


@pytest.fixture
def key():
    return uuid4()


def made(store, count=3, *, name="fall-2026", slug="pine", today=DURING):
    return codes.make(store, SECRET, name, slug, count, today)


def given(store, at):
    with store.reading() as db:
        return stored.given(db, at.window.id)[at.pine.id]


def use(store, at, code, key):
    return sent(store, at, key, ANSWERS, code=code).outcome


def test_codes_are_made_and_can_be_used(store, at, key):
    first, *others = made(store)

    assert use(store, at, first, key) is Outcome.RECEIVED
    assert len({first, *others}) == 3
    assert uses_left(store, at.window) == [0, 1, 1]


def test_codes_are_kept_without_being_readable(store, at):
    codes_made = made(store, 50)

    with store.reading() as db:
        kept = str(db.execute(text("SELECT * FROM household_code")).all())
    assert not [code for code in codes_made if code in kept or household_codes.shown(code) in kept]


def test_codes_lie_in_another_order_than_they_are_printed(store, at):
    codes_made = made(store, 200)
    digests = [household_codes.digest(SECRET, at.window.id, at.pine.id, code) for code in codes_made]

    with store.reading() as db:
        order = "" if store.is_sqlite else " ORDER BY ctid"
        kept = list(db.execute(text(f"SELECT digest FROM household_code{order}")).scalars())
    assert kept == sorted(digests)
    assert kept != digests


def test_codes_made_before_stay_good(store, at, key):
    first = made(store)[0]

    made(store, 5)

    assert use(store, at, first, key) is Outcome.RECEIVED
    assert given(store, at).made == 8


def test_void_codes_can_not_be_used_and_new_ones_can(store, at, key):
    lost = made(store)[0]

    codes.void(store, "fall-2026", "pine", DURING)
    new = made(store)[0]

    assert use(store, at, lost, key) is Outcome.CODE_UNKNOWN
    assert use(store, at, new, key) is Outcome.RECEIVED
    assert (given(store, at).made, given(store, at).void, given(store, at).current) == (6, 3, 3)


def test_making_codes_void_leaves_the_responses_that_came_with_them(store, at, key):
    code = made(store)[0]
    use(store, at, code, key)

    codes.void(store, "fall-2026", "pine", DURING)

    assert use(store, at, code, key) is Outcome.REPEATED


@pytest.mark.parametrize("today", [BEFORE, DURING, IN_GRACE])
def test_codes_are_made_before_a_window_opens_and_until_its_grace_ends(store, at, today):
    assert len(made(store, today=today)) == 3


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"count": 0}, "from 1 to 5000"),
        ({"count": 5001}, "from 1 to 5000"),
        ({"name": "nope"}, "There is no window nope."),
        ({"slug": "elm"}, "fall-2026 is not open at a school with the slug elm."),
        ({"today": AFTER_GRACE}, "fall-2026 takes no more surveys"),
    ],
)
def test_what_can_not_be_made_is_told_and_changes_nothing(store, at, asked, told):
    with pytest.raises(Refused, match=told):
        made(store, **asked)

    assert given(store, at).made == 0


def test_a_window_without_codes_gets_none(store):
    builders_collection.place(store, code_uses=0)

    with pytest.raises(Refused, match="opened without household codes"):
        made(store)


def test_where_no_codes_are_none_are_made_void(store, at):
    with pytest.raises(Refused, match="Pine Elementary has no codes in fall-2026"):
        codes.void(store, "fall-2026", "pine", DURING)


def test_a_sealed_window_has_no_code_left_and_still_tells_how_many_were_made(store, at, key):
    code = made(store, 40)[0]
    use(store, at, code, key)

    administration.close(store, "fall-2026", date(2026, 11, 28))

    assert uses_left(store, at.window) == []
    assert given(store, at).made == 40
    with store.reading() as db:
        assert windows.find(db, "fall-2026").sealed_on
    with pytest.raises(Refused, match="takes no more surveys"):
        made(store)
