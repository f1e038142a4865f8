"""Releases in the store: numbered, found by number, read part by part."""

from datetime import date

import pytest
from builders_instruments import instrument
from builders_storage import a_site, a_window
from sqlalchemy.exc import IntegrityError

from survey.storage import released


def add(store, window, **changes):
    told = {"made_on": date(2026, 11, 12), "audited": False, "head": "{}", "unprotected": "{}"}
    with store.writing() as db:
        return released.add(
            db, window.id, **{**told, "documents": {"": "district", "oak": "of Oak"}, **changes}
        )


@pytest.fixture
def window(store):
    a_site(store, "oak")
    return a_window(store, instrument())


def test_releases_of_a_window_are_numbered_from_one(store, window):
    assert (add(store, window), add(store, window)) == (1, 2)

    with store.reading() as db:
        assert released.numbers(db, window.id) == (1, 2)


def test_the_newest_release_is_found_unless_a_number_is_given(store, window):
    add(store, window, head="first")
    add(store, window, head="second", audited=True)

    with store.reading() as db:
        assert released.find(db, window.id).head == "second"
        assert released.find(db, window.id).audited
        assert released.find(db, window.id, 1).head == "first"
        assert released.find(db, window.id, 3) is None


def test_a_window_without_release_has_none(store, window):
    with store.reading() as db:
        assert released.numbers(db, window.id) == ()
        assert released.find(db, window.id) is None


def test_parts_are_read_by_name_or_all(store, window):
    add(store, window)

    with store.reading() as db:
        release = released.find(db, window.id)
        assert released.parts(db, release.id) == {"": "district", "oak": "of Oak"}
        assert released.parts(db, release.id, ["oak"]) == {"oak": "of Oak"}
        assert released.parts(db, release.id, ["pine"]) == {}


def test_a_release_is_stored_whole_or_not_at_all(store, window):
    with pytest.raises(IntegrityError):
        add(store, window, documents={"": None})

    with store.reading() as db:
        assert released.numbers(db, window.id) == ()


@pytest.mark.parametrize("number", [-1, 0, 2**31, 2**63, 2**64])
def test_a_number_that_no_release_can_have_is_none(store, window, number):
    add(store, window)

    with store.reading() as db:
        assert released.find(db, window.id, number) is None
