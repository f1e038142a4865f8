"""Packed responses in the store: once for each key, by site, marked by the release that first counts them."""

from uuid import UUID, uuid4

import pytest
from builders_collection import place
from sqlalchemy.exc import IntegrityError

from survey.storage import responses
from survey.storage.responses import Packed, Response

KEY = UUID("1f0c4b7e-9d52-4a3c-8e6f-2b7a90c1d3e4")


def response(at, site=None, key=None, answers="4"):
    return Response(at.window.id, (site or at.pine).id, key or uuid4(), "en", "link", answers)


def test_a_key_is_put_in_once_and_its_first_answers_are_kept(store):
    at = place(store)
    with store.writing() as db:
        assert responses.insert(db, response(at, key=KEY, answers="4"))
        assert not responses.insert(db, response(at, key=KEY, answers="1"))

    with store.reading() as db:
        assert responses.packed_of(db, at.window.id, at.pine.id, KEY) == "4"
        assert responses.packed_of(db, at.window.id, at.oak.id, KEY) is None


def test_many_go_in_together_or_not_at_all(store):
    at = place(store)
    with store.writing() as db:
        responses.insert(db, response(at, key=KEY))

    with pytest.raises(IntegrityError), store.writing() as db:
        responses.insert_all(db, [response(at), response(at, key=KEY)])

    with store.reading() as db:
        assert responses.counts(db, at.window.id) == {at.pine.id: 1}


def test_responses_are_counted_by_site(store):
    at = place(store)
    with store.writing() as db:
        responses.insert_all(db, [response(at), response(at), response(at, at.oak)])

    with store.reading() as db:
        assert responses.counts(db, at.window.id) == {at.pine.id: 2, at.oak.id: 1}


def test_another_window_is_not_counted_in(store):
    fall, spring = place(store), place(store, "spring-2027")
    with store.writing() as db:
        responses.insert_all(db, [response(fall), response(spring), response(spring)])

    with store.reading() as db:
        assert responses.counts(db, fall.window.id) == {fall.pine.id: 1}
        assert len(list(responses.packed(db, spring.window.id))) == 2


def test_a_release_marks_only_what_no_release_has_counted(store):
    at = place(store)
    with store.writing() as db:
        responses.insert_all(db, [response(at, answers="4"), response(at, answers="4")])
        assert responses.mark_batch(db, at.window.id, 1) == 2
        responses.insert(db, response(at, at.oak, answers="1"))

    with store.reading() as db:
        assert list(responses.packed(db, at.window.id, uncounted=True)) == [
            Packed(at.oak.id, "en", "link", "1")
        ]
        assert len(list(responses.packed(db, at.window.id))) == 3

    with store.writing() as db:
        assert responses.mark_batch(db, at.window.id, 2) == 1
        assert responses.mark_batch(db, at.window.id, 3) == 0


def test_a_response_is_found_by_its_key_at_whatever_site(store):
    at = place(store)
    with store.writing() as db:
        responses.insert_all(db, [response(at, at.oak, KEY, "1"), response(at)])

    with store.reading() as db:
        assert responses.stored_under(db, at.window.id, {KEY, uuid4()}) == {KEY: (at.oak.id, "1")}


def test_a_file_is_remembered_for_its_window(store):
    fall, spring = place(store), place(store, "spring-2027")
    with store.writing() as db:
        assert responses.remember_file(db, fall.window.id, "ab" * 32)
        assert not responses.remember_file(db, fall.window.id, "ab" * 32)
        assert responses.remember_file(db, spring.window.id, "ab" * 32)
