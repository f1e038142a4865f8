"""Which schools are counted together."""

from hypothesis import given
from hypothesis import strategies as st

from survey.analysis import schools

K = 11


def test_a_school_with_enough_respondents_is_a_row_of_its_own():
    assert schools.rows({"oak": 11, "pine": 40}, K) == (("oak",), ("pine",))


def test_schools_below_k_are_one_row():
    assert schools.rows({"oak": 6, "pine": 40, "elm": 5}, K) == (("pine",), ("elm", "oak"))


def test_the_smallest_other_school_joins_those_that_are_below_k_together():
    assert schools.rows({"oak": 3, "pine": 40, "elm": 12}, K) == (("pine",), ("elm", "oak"))


def test_a_school_nobody_answered_from_looks_like_a_small_one():
    assert schools.rows({"oak": 0, "pine": 40, "elm": 12}, K) == (("pine",), ("elm", "oak"))


def test_the_only_school_is_a_row():
    assert schools.rows({"oak": 15}, K) == (("oak",),)


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(0, 60), min_size=1))
def test_no_row_is_below_k_unless_the_district_is(respondents):
    rows = schools.rows(respondents, K)

    assert sorted(slug for row in rows for slug in row) == sorted(respondents)
    if sum(respondents.values()) >= K:
        assert all(sum(respondents[slug] for slug in row) >= K for row in rows)
