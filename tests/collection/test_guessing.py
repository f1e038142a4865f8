"""Guessing: a beginning is slowed after a few wrong codes, everybody only after many, and all is forgotten soon."""

import pytest

from survey.collection import guessing
from survey.collection.guessing import SECONDS, WRONG_ALIKE, WRONG_ALTOGETHER, Pace
from survey.storage import Store


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def pace(clock):
    return Pace(clock)


def test_a_few_wrong_codes_are_no_reason_to_wait(pace):
    for _ in range(WRONG_ALIKE - 1):
        pace.was_wrong("abcd")

    assert pace.seconds_to_wait("abcd") == 0


def test_after_a_few_wrong_codes_their_beginning_waits_and_no_other(pace):
    for _ in range(WRONG_ALIKE):
        pace.was_wrong("abcd")

    assert 0 < pace.seconds_to_wait("abcd") <= SECONDS + 1
    assert pace.seconds_to_wait("abce") == 0


def test_who_waited_as_long_as_told_is_let_through(pace, clock):
    for second in range(WRONG_ALIKE):
        clock.now += second
        pace.was_wrong("abcd")

    clock.now += pace.seconds_to_wait("abcd")

    assert pace.seconds_to_wait("abcd") == 0


def test_after_many_wrong_codes_a_beginning_waits_from_its_first_on(pace):
    for number in range(WRONG_ALTOGETHER):
        pace.was_wrong(f"{number:04}")

    assert pace.seconds_to_wait("0007") > 0
    assert pace.seconds_to_wait("abcd") == 0


def test_everything_is_forgotten_in_time(pace, clock):
    for number in range(2 * WRONG_ALTOGETHER):
        pace.was_wrong(f"{number:04}")

    clock.now += SECONDS + 1

    assert pace.seconds_to_wait("0007") == 0
    assert not pace._alike
    assert not pace._all


def test_each_database_has_a_pace_of_its_own(sqlite_database):
    first, second = Store(sqlite_database), Store(sqlite_database)

    assert guessing.pace_of(first) is guessing.pace_of(first)
    assert guessing.pace_of(first) is not guessing.pace_of(second)
    first.close()
    second.close()
