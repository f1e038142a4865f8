"""Caps at both ends, and the Wilson interval."""

import pytest
from builders_analysis import numbers as whole
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from survey.analysis import numbers


@pytest.mark.parametrize(
    ("count", "n", "capped"),
    [
        (3, 11, "almost_none"),
        (4, 11, ""),
        (7, 11, ""),
        (8, 11, "nearly_all"),
        (16, 19, "nearly_all"),
        (15, 19, ""),
        (3, 20, "almost_none"),
        (4, 20, ""),
        (3, 39, "almost_none"),
        (4, 39, ""),
        (4, 80, "almost_none"),
        (5, 80, ""),
        (5, 100, ""),
        (3, 100, "almost_none"),
        (5, 299, "almost_none"),
        (6, 299, ""),
        (3, 300, "almost_none"),
        (4, 300, ""),
        (396, 400, "nearly_all"),
        (395, 400, ""),
        (0, 11, "almost_none"),
        (11, 11, "nearly_all"),
    ],
)
def test_a_figure_is_capped_where_nearly_everybody_or_nobody_is_in_it(count, n, capped):
    assert numbers.cap(count, n) == capped


@given(st.integers(10, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_nobody_who_knows_two_others_learns_a_third(counted):
    count, n = counted

    capped = numbers.cap(count, n)

    assert capped or 3 < count < n - 3
    assert numbers.cap(n - count, n) == {"nearly_all": "almost_none", "almost_none": "nearly_all"}.get(
        capped, ""
    )


@pytest.mark.parametrize(("count", "n", "low", "high"), [(18, 20, 0.6990, 0.9721), (0, 12, 0, 0.2425)])
def test_the_interval_is_the_one_of_the_reference_values(count, n, low, high):
    found = proportion_confint(count, n, alpha=0.05, method="wilson")

    assert found == pytest.approx((low, high), abs=0.00005)


def test_likely_ranges_are_whole_percents_of_that_interval():
    low, high = numbers.likely_ranges(whole(18, 40, 300), whole(20, 60, 400))

    assert list(zip(low, high, strict=True)) == [(70, 97), (54, 77), (71, 79)]


def test_no_figures_have_no_ranges():
    low, high = numbers.likely_ranges(whole(), whole())

    assert (len(low), len(high)) == (0, 0)
