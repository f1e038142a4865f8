"""Sending with a household code: spent and stored together or neither, exactly as often as it may be, under any load."""

from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from uuid import uuid4

import pytest
from builders_codes import keep, make, uses_left, wrong_like
from builders_collection import AFTER_GRACE, place, sent

from survey import household_codes
from survey.collection import guessing
from survey.collection.guessing import WRONG_ALIKE
from survey.collection.submit import Outcome
from survey.instruments.answers import Answers
from survey.storage import Store, comments, responses

PLEASED = Answers({"q.welcome": ("4",)}, {"q.comment": "words"})
CROSS = Answers({"q.welcome": ("1",)}, {})


def channels(store, at):
    with store.reading() as db:
        return [row.channel for row in responses.packed(db, at.window.id)]


def words(store, at):
    with store.reading() as db:
        return len(comments.of_site(db, at.window.id, at.pine.id))


def test_what_is_sent_with_a_code_is_stored_as_coded_and_the_code_is_spent(store):
    at = place(store)
    code, _other = make(store, at.window, at.pine, 2)

    submission = sent(store, at, uuid4(), PLEASED, code=household_codes.shown(code).lower())

    assert submission.outcome is Outcome.RECEIVED
    assert submission.receipt
    assert channels(store, at) == ["code"]
    assert uses_left(store, at.window) == [0, 1]


def test_what_is_sent_without_a_code_keeps_its_channel_and_spends_none(store):
    at = place(store)
    make(store, at.window, at.pine)

    sent(store, at, uuid4(), PLEASED, channel="kiosk")

    assert channels(store, at) == ["kiosk"]
    assert uses_left(store, at.window) == [1]


def test_a_code_for_two_adults_takes_two_surveys_and_no_third(store):
    at = place(store, code_uses=2)
    (code,) = make(store, at.window, at.pine, uses=2)

    outcomes = [sent(store, at, uuid4(), PLEASED, code=code).outcome for _ in range(3)]

    assert outcomes == [Outcome.RECEIVED, Outcome.RECEIVED, Outcome.CODE_SPENT]
    assert channels(store, at) == ["code", "code"]


def test_nothing_is_stored_of_what_is_sent_with_a_spent_code(store):
    at = place(store)
    (code,) = make(store, at.window, at.pine)
    sent(store, at, uuid4(), CROSS, code=code)

    refused = sent(store, at, uuid4(), PLEASED, code=code)

    assert refused.outcome is Outcome.CODE_SPENT
    assert refused.receipt is None
    assert channels(store, at) == ["code"]
    assert words(store, at) == 0


@pytest.mark.parametrize("typed", ["", "  ", "K7QF2", "K7QF2-MXRA9", "KOQF2-MXRAE", "x" * 1000, "\udce9"])
def test_what_can_be_no_code_is_unknown_and_stores_nothing(store, typed):
    at = place(store)
    make(store, at.window, at.pine)

    assert sent(store, at, uuid4(), PLEASED, code=typed).outcome is Outcome.CODE_UNKNOWN
    assert channels(store, at) == []


def test_a_code_is_unknown_at_another_site_and_in_another_window(store):
    at, other = place(store), place(store, "spring-2027")
    (code,) = make(store, at.window, at.pine)

    assert sent(store, at, uuid4(), PLEASED, code=code, site=at.oak).outcome is Outcome.CODE_UNKNOWN
    assert sent(store, other, uuid4(), PLEASED, code=code).outcome is Outcome.CODE_UNKNOWN
    assert uses_left(store, at.window) == [1]


def test_a_window_without_codes_knows_none(store):
    at = place(store, code_uses=0)
    (code,) = make(store, at.window, at.pine)

    assert sent(store, at, uuid4(), PLEASED, code=code).outcome is Outcome.CODE_UNKNOWN


def test_what_a_code_was_refused_for_can_be_sent_without_one_under_the_same_key(store):
    at, key = place(store), uuid4()
    sent(store, at, key, PLEASED, code=household_codes.new())

    again = sent(store, at, key, PLEASED)

    assert again.outcome is Outcome.RECEIVED
    assert channels(store, at) == ["link"]


@pytest.mark.parametrize("repeated_with", ["the same code", "another code", "no code", "nonsense"])
def test_a_repeat_gets_the_same_receipt_and_spends_nothing_whatever_its_code(store, repeated_with):
    at, key = place(store), uuid4()
    code, another = make(store, at.window, at.pine, 2)
    first = sent(store, at, key, PLEASED, code=code)
    codes = {"the same code": code, "another code": another, "no code": None, "nonsense": "K7"}

    again = sent(store, at, key, PLEASED, code=codes[repeated_with])

    assert (again.outcome, again.receipt) == (Outcome.REPEATED, first.receipt)
    assert uses_left(store, at.window) == [0, 1]
    assert channels(store, at) == ["code"]


def test_other_answers_under_a_known_key_are_a_conflict_and_spend_nothing(store):
    at, key = place(store), uuid4()
    code, another = make(store, at.window, at.pine, 2)
    sent(store, at, key, PLEASED, code=code)

    assert sent(store, at, key, CROSS, code=another).outcome is Outcome.CONFLICT
    assert uses_left(store, at.window) == [0, 1]


def test_what_comes_too_late_is_told_so_and_spends_nothing(store):
    at = place(store)
    (code,) = make(store, at.window, at.pine)

    assert sent(store, at, uuid4(), PLEASED, code=code, today=AFTER_GRACE).outcome is Outcome.TOO_LATE
    assert uses_left(store, at.window) == [1]


def test_after_a_few_guesses_codes_that_begin_alike_wait_and_others_do_not(store):
    at = place(store)
    code, other = make(store, at.window, at.pine, 2)

    guesses = [
        sent(store, at, uuid4(), CROSS, code=guess) for guess in islice(wrong_like(code), WRONG_ALIKE + 1)
    ]

    assert [each.outcome for each in guesses] == [Outcome.CODE_UNKNOWN] * WRONG_ALIKE + [Outcome.CODE_WAIT]
    assert 0 < guesses[-1].wait <= guessing.SECONDS + 1
    assert sent(store, at, uuid4(), PLEASED, code=code).outcome is Outcome.CODE_WAIT
    assert sent(store, at, uuid4(), PLEASED, code=other).outcome is Outcome.RECEIVED


def test_somebody_who_waits_for_a_code_gets_the_receipt_of_what_is_stored(store):
    at, key = place(store), uuid4()
    (code,) = make(store, at.window, at.pine)
    first = sent(store, at, key, PLEASED, code=code)
    for guess in islice(wrong_like(code), WRONG_ALIKE):
        sent(store, at, uuid4(), CROSS, code=guess)

    assert sent(store, at, key, PLEASED, code=code).receipt == first.receipt


def test_slips_and_codes_that_begin_like_none_use_up_no_guesses(store):
    at = place(store)
    (code,) = make(store, at.window, at.pine)
    slip = code[:-1] + household_codes.ALPHABET.replace(code[-1], "")[0]
    keep(store, at.window, at.oak, [code])

    for typed in [slip] * 10 + [household_codes.new() for _ in range(10)]:
        assert sent(store, at, uuid4(), PLEASED, code=typed).outcome is Outcome.CODE_UNKNOWN

    assert not guessing.pace_of(store)._all
    assert sent(store, at, uuid4(), PLEASED, code=code).outcome is Outcome.RECEIVED


def test_fifty_at_once_with_one_code_and_different_keys_are_one_coded_response(database_url):
    first, second = Store(database_url), Store(database_url)
    at = place(first)
    (code,) = make(first, at.window, at.pine)

    with ThreadPoolExecutor(16) as pool:
        tries = pool.map(lambda n: sent((first, second)[n % 2], at, uuid4(), PLEASED, code=code), range(50))
        outcomes = [each.outcome for each in tries]

    assert sorted(outcomes) == [Outcome.CODE_SPENT] * 49 + [Outcome.RECEIVED]
    assert channels(first, at) == ["code"]
    assert words(first, at) == 1
    assert uses_left(first, at.window) == [0]
    first.close()
    second.close()


def test_fifty_at_once_with_one_key_and_one_code_are_one_response_and_one_use(database_url):
    first, second = Store(database_url), Store(database_url)
    at, key = place(first, code_uses=2), uuid4()
    (code,) = make(first, at.window, at.pine, uses=2)

    with ThreadPoolExecutor(16) as pool:
        tries = pool.map(lambda n: sent((first, second)[n % 2], at, key, PLEASED, code=code), range(50))
        told = list(tries)

    assert sorted(each.outcome for each in told) == [Outcome.RECEIVED] + [Outcome.REPEATED] * 49
    assert len({each.receipt for each in told}) == 1
    assert channels(first, at) == ["code"]
    assert uses_left(first, at.window) == [1]
    first.close()
    second.close()
