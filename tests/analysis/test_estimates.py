"""Estimates: bases, when n may be told, and don't know."""

import pytest
from builders_instruments import instrument

from survey.analysis import estimates
from survey.analysis.counting import Tally
from survey.figures import Measure

WELCOME, CONTACT = instrument().item("q.welcome"), instrument().item("q.contact")


def of_welcome(*options, asked=None, size=None):
    valid, dont_know = sum(options[:4]), options[4]
    asked = valid + dont_know if asked is None else asked
    tally = Tally(options, valid, dont_know, asked, asked if size is None else size)
    return {(e.measure, e.option): e for e in estimates.of_item(WELCOME, tally, 11)}


def test_percent_favorable_is_of_valid_answers():
    found = of_welcome(20, 10, 5, 15, 12)[Measure.FAVORABLE, ""]

    assert (found.people, found.n, found.reason) == (30, 50, "")


def test_fewer_than_k_valid_answers_are_no_base():
    (found,) = of_welcome(4, 2, 2, 2, 0, size=40).values()

    assert (found.measure, found.people, found.reason) == (Measure.FAVORABLE, None, "too_few_answers")


def test_dont_know_is_a_percent_of_all_who_chose_anything():
    found = of_welcome(20, 10, 5, 15, 12)[Measure.DONT_KNOW, ""]

    assert (found.people, found.n) == (12, 62)


def test_dont_know_has_a_base_of_its_own():
    found = of_welcome(2, 1, 1, 1, 15)

    assert found[Measure.FAVORABLE, ""].people is None
    assert found[Measure.DONT_KNOW, ""].people == 15


def test_an_item_without_that_option_has_no_dont_know():
    found = estimates.of_item(CONTACT, Tally((30, 20, 14), 50, 0, 64, 64), 11)

    assert {estimate.measure for estimate in found} == {Measure.OPTION}


@pytest.mark.parametrize(("left_out", "told"), [(0, True), (1, False), (10, False), (11, True)])
def test_n_is_told_where_those_left_out_are_none_or_k(left_out, told):
    found = of_welcome(20, 10, 5, 15, 0, asked=50 + left_out)

    assert found[Measure.FAVORABLE, ""].shows_n is told
    assert found[Measure.OPTION, "4"].shows_n is told


@pytest.mark.parametrize(("asked", "size", "told"), [(50, 60, False), (50, 61, True), (55, 70, False)])
def test_n_is_told_only_where_nobody_is_left_out_of_those_asked_nor_of_the_group(asked, size, told):
    found = of_welcome(20, 10, 5, 15, 0, asked=asked, size=size)

    assert found[Measure.FAVORABLE, ""].shows_n is told


@pytest.mark.parametrize(("dont_know", "told"), [(0, True), (5, False), (11, True)])
def test_the_n_of_dont_know_tells_how_many_these_are(dont_know, told):
    found = of_welcome(20, 10, 5, 15, dont_know)

    assert found[Measure.DONT_KNOW, ""].shows_n is told
