"""Distributions: no printed part, and no sum of printed parts, undoes a cap."""

import pytest
from builders_instruments import instrument, option
from hypothesis import given
from hypothesis import strategies as st

from survey.analysis import distribution, numbers
from survey.analysis.distribution import Part
from survey.instruments.model import Item, ItemType
from survey.wording import Wording

AGREE = instrument().item("q.welcome")
CHECK_ALL = instrument().item("q.took_part")
OWN = Item(
    "own",
    ItemType.SINGLE,
    Wording("Which?", "¿Cuál?"),
    tuple(option(code, code, code) for code in "abcd"),
)


def test_options_of_a_scale_are_printed_apart():
    parts = distribution.parts(AGREE, (40, 30, 20, 10, 7), 100)

    assert parts == [Part("4", 40, ""), Part("3", 30, ""), Part("2", 20, ""), Part("1", 10, "")]


def test_a_side_with_a_capped_option_is_one_figure():
    parts = distribution.parts(AGREE, (40, 30, 28, 2, 0), 100)

    assert parts == [Part("4", 40, ""), Part("3", 30, ""), Part("2+1", 30, "side_together")]


def test_both_sides_are_one_capped_figure_where_nearly_all_agree():
    parts = distribution.parts(AGREE, (50, 48, 1, 1, 0), 100)

    assert parts == [Part("4+3", 98, "nearly_all"), Part("2+1", 2, "almost_none")]


def test_an_option_almost_nobody_chose_joins_the_next_smallest():
    parts = distribution.parts(OWN, (50, 30, 18, 2), 100)

    assert parts == [Part("a", 50, ""), Part("b", 30, ""), Part("c+d", 20, "side_together")]


def test_options_join_until_they_are_enough():
    parts = distribution.parts(OWN, (96, 2, 1, 1), 100)

    assert parts == [Part("a", 96, ""), Part("b+c+d", 4, "side_together")]


def test_where_nearly_all_chose_one_option_the_others_are_almost_none():
    parts = distribution.parts(OWN, (1, 98, 1, 0), 100)

    assert parts == [Part("a+c+d", 2, "almost_none"), Part("b", 98, "nearly_all")]


def test_each_answer_of_a_check_all_has_its_own_cap():
    parts = distribution.parts(CHECK_ALL, (60, 30, 2, 10), 80)

    assert parts == [
        Part("met_teacher", 60, ""),
        Part("event", 30, ""),
        Part("helped", 2, "almost_none"),
        Part("none", 10, ""),
    ]


def split(n, ways):
    return st.lists(st.integers(0, n), min_size=ways - 1, max_size=ways - 1).map(
        lambda cuts: [b - a for a, b in zip([0, *sorted(cuts)], [*sorted(cuts), n], strict=True)]
    )


@pytest.mark.parametrize("item", [AGREE, OWN], ids=["scale", "own options"])
@given(data=st.data())
def test_no_printed_part_can_be_subtracted_to_a_capped_one(item, data):
    n = data.draw(st.integers(11, 400))
    counts = data.draw(split(n, 4)) + [0] * (len(item.options) - 4)

    parts = distribution.parts(item, counts, n)

    assert sum(part.people for part in parts) == n
    assert all(
        numbers.cap(part.people, n) == ("" if part.reason == "side_together" else part.reason)
        for part in parts
    )
    # Either everything is capped, or nothing is: what remains of 100 % tells no capped part.
    assert len({part.reason in ("nearly_all", "almost_none") for part in parts}) == 1
