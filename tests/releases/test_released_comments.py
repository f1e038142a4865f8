"""Comments: after sealing, of sites with k respondents, in no order, and for the site only what was let through."""

import pytest
from builders_sealed import answer, answered, seal

from survey.releases import comments

WORDS = [f"words {number}" for number in range(12)]


@pytest.fixture
def at(store):
    """Pine has 30 respondents and twelve comments; Oak has ten, one comment, and a survey sent empty."""
    at = answered(store, pine=18, oak=9)
    for number, words in enumerate(WORDS):
        answer(store, at, f"writer {number}", {"q.welcome": ("3",)}, {"q.comment": words})
    answer(store, at, "at oak", {"q.welcome": ("3",)}, {"q.comment": "from Oak"}, site=at.oak)
    answer(store, at, "empty", {}, {"q.comment": "words alone"}, site=at.oak)
    return at


def read(store, site="pine"):
    return comments.of_site(store, "fall-2026", site, 11)


def mark(store, decisions, site="pine", window="fall-2026"):
    return comments.mark_all(store, window, site, decisions, 11)


def test_nothing_is_read_before_the_window_is_sealed(store, at):
    assert read(store) is None
    assert comments.readable_sites(store, "fall-2026", 11) == ()


def test_comments_of_a_site_with_k_respondents_are_read(store, at):
    seal(store, at)

    assert sorted(each.text for each in read(store)) == sorted(WORDS)
    assert [site.slug for site in comments.readable_sites(store, "fall-2026", 11)] == ["pine"]


def test_a_site_with_fewer_respondents_has_none_whatever_was_sent_empty(store, at):
    seal(store, at)

    assert read(store, "oak") is None


def test_comments_come_in_another_order_each_time(store, at):
    seal(store, at)

    orders = {tuple(each.text for each in read(store)) for _ in range(5)}

    assert len(orders) > 1


def test_a_site_sees_only_what_the_district_lets_through(store, at):
    seal(store, at)
    yes, no, *_ = read(store)

    assert mark(store, {yes.key: True, no.key: False}) == 2

    (seen,) = comments.shown_to_site(store, "fall-2026", "pine", 11)
    assert (seen.text, seen.shown) == (yes.text, True)
    assert len(read(store)) == 12


def test_a_mark_can_be_taken_back(store, at):
    seal(store, at)
    first, *_ = read(store)
    mark(store, {first.key: True})

    mark(store, {first.key: False})

    assert comments.shown_to_site(store, "fall-2026", "pine", 11) == ()


def test_what_may_not_be_read_can_not_be_marked(store, at):
    seal(store, at)
    first, *_ = read(store)

    assert mark(store, {first.key: True}, site="oak") == 0
    assert mark(store, {first.key: True}, window="nowhere") == 0
    assert comments.shown_to_site(store, "fall-2026", "oak", 11) is None
