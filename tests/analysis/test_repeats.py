"""Repeated answers: what is counted, and that chance is not called anything else."""

from random import Random

import pytest
from builders_apart import asking

from survey.analysis import answer_table, repeats
from survey.instruments import packing

NAMES = [item.id for item in asking().items() if item.is_rated and item.options]


def table(rows):
    packed = [
        (place, "en", "link", packing.pack(asking(), {name: (code,) for name, code in chosen.items()}))
        for place, chosen in rows
    ]
    return answer_table.read(asking(), packed)


def answers(first, count=12):
    """The first answer to each of the first questions, and ``first`` to the very first."""
    chosen = {}
    for item in asking().items():
        if item.id in NAMES[:count]:
            chosen[item.id] = item.options[0].code
    return {**chosen, NAMES[0]: asking().item(NAMES[0]).options[first].code}


def test_the_commonest_set_and_those_that_agree_with_another_are_counted_by_school():
    found = repeats.of_places(
        table([(0, answers(0))] * 3 + [(0, answers(1))] * 2 + [(0, answers(2)), (1, answers(0))])
    )

    assert found == {0: repeats.Repeats(6, 3, 5), 1: repeats.Repeats(1, 1, 0)}


def test_what_a_family_says_about_itself_tells_two_apart_who_rate_alike():
    spanish = {**answers(0), "about.home_language": "es"}

    found = repeats.of_places(table([(0, answers(0)), (0, spanish)]))

    assert found == {0: repeats.Repeats(2, 2, 0)}


@pytest.mark.parametrize(("answered", "responses"), [(9, {}), (10, {0: repeats.Repeats(2, 2, 2)})])
def test_few_answers_agree_by_chance_and_say_nothing(answered, responses):
    assert repeats.of_places(table([(0, answers(0, answered))] * 2)) == responses


@pytest.mark.parametrize(
    ("part", "whole", "is_more"),
    [
        (0, 0, False),
        (1, 20, False),
        (11, 21, True),
        (11, 100, False),
        (22, 100, True),
        (60, 1000, False),
        (88, 1000, True),
        (10_000, 10_000, True),
    ],
)
def test_a_share_is_more_than_chance_only_well_above_it(part, whole, is_more):
    assert repeats.is_more_than_chance(part, whole, 0.05) is is_more


def test_chance_is_called_more_than_chance_less_than_once_in_ten_thousand_times():
    chance = Random(3)
    draws = [(n, sum(chance.random() < 0.05 for _ in range(n))) for n in (20, 60, 200) for _ in range(2000)]

    assert sum(repeats.is_more_than_chance(part, n, 0.05) for n, part in draws) <= 1
