"""Household codes as they are kept: spent no more often than they may be, void when asked, and counted without them."""

import pytest
from builders_collection import place
from sqlalchemy import select

from survey.storage import codes
from survey.storage.codes import Given, Spending
from survey.storage.tables import HouseholdCodeRow

ONE, OTHER = "a" * 64, "b" * 64


def spent(store, at, digest=ONE, site=None):
    with store.writing() as db:
        return codes.spend(db, at.window.id, (site or at.pine).id, digest)


def put(store, at, *digests, uses=1):
    with store.writing() as db:
        codes.put(db, at.window.id, at.pine.id, digests, uses)


def given(store, at):
    with store.reading() as db:
        return codes.given(db, at.window.id)


@pytest.mark.parametrize("uses", [1, 2])
def test_a_code_is_spent_as_often_as_it_may_be_used_and_no_more(store, uses):
    at = place(store)
    put(store, at, ONE, uses=uses)

    assert [spent(store, at) for _ in range(uses + 1)] == [Spending.SPENT] * uses + [Spending.NONE_LEFT]


def test_a_code_is_unknown_at_another_site_and_in_another_window(store):
    at, other = place(store), place(store, "spring-2027")
    put(store, at, ONE)

    assert spent(store, at, site=at.oak) is Spending.UNKNOWN
    assert spent(store, other) is Spending.UNKNOWN
    assert spent(store, at, OTHER) is Spending.UNKNOWN


def test_codes_are_found_by_how_they_begin(store):
    at = place(store)
    put(store, at, "0123" + "f" * 60, "0124" + "0" * 60)

    with store.reading() as db:
        found = [
            codes.has_beginning(db, at.window.id, at.pine.id, by) for by in ("0123", "0124", "0122", "0125")
        ]
        assert not codes.has_beginning(db, at.window.id, at.oak.id, "0123")
    assert found == [True, True, False, False]


def test_void_codes_are_unknown_and_spent_ones_stay_spent(store):
    at = place(store)
    put(store, at, ONE, OTHER)
    spent(store, at)

    with store.writing() as db:
        codes.void(db, at.window.id, at.pine.id)

    assert spent(store, at) is Spending.NONE_LEFT
    assert spent(store, at, OTHER) is Spending.UNKNOWN


def test_how_many_were_made_and_made_void_says_nothing_of_how_many_were_used(store):
    at = place(store)
    put(store, at, *(letter * 64 for letter in "abcde"))
    spent(store, at)
    with store.writing() as db:
        codes.void(db, at.window.id, at.pine.id)
    put(store, at, *(letter * 64 for letter in "fgh"))

    assert given(store, at) == {at.pine.id: Given(8, 5), at.oak.id: Given(0, 0)}
    assert given(store, at)[at.pine.id].current == 3


def test_the_counts_outlive_the_codes(store):
    at = place(store)
    put(store, at, ONE, OTHER)

    with store.writing() as db:
        codes.destroy(db, at.window.id)

    assert given(store, at)[at.pine.id] == Given(2, 0)
    with store.reading() as db:
        assert db.execute(select(HouseholdCodeRow.digest)).all() == []
