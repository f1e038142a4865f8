"""Participation in the store: the first count of a day stands, and a new day replaces it."""

from datetime import date

import pytest
from builders_instruments import instrument
from builders_storage import a_site, a_window

from survey.storage import participation

MONDAY, TUESDAY = date(2026, 11, 9), date(2026, 11, 10)


@pytest.fixture
def counted(store):
    """Keeps a count of a day, and tells what that day's count is then."""
    site = a_site(store)
    window = a_window(store, instrument())

    def counted(day, at_least):
        with store.writing() as db:
            participation.keep(db, window.id, day, {site.id: at_least})
            return participation.of_day(db, window.id, day)[site.id]

    return counted


def test_the_first_count_of_a_day_stands(counted):
    assert (counted(MONDAY, 11), counted(MONDAY, 22)) == (11, 11)


def test_a_new_day_replaces_it(counted):
    assert (counted(MONDAY, 11), counted(TUESDAY, 22)) == (11, 22)


def test_a_day_not_counted_has_none(store, counted):
    counted(MONDAY, 11)

    with store.reading() as db:
        assert participation.of_day(db, 1, TUESDAY) == {}
