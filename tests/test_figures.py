"""Whole percents from counts."""

import pytest

from survey.figures import whole_percent


@pytest.mark.parametrize(
    ("count", "n", "percent"),
    [(1, 3, 33), (2, 3, 67), (1, 8, 13), (3, 8, 38), (1, 200, 1), (29, 200, 15), (0, 20, 0), (20, 20, 100)],
)
def test_percents_are_whole_and_halves_go_away_from_zero(count, n, percent):
    assert whole_percent(count, n) == percent


def test_a_half_that_a_float_misses_is_rounded_up():
    # 100 * 0.285 is 28.499999999999996 as a float.
    assert whole_percent(57, 200) == 29
