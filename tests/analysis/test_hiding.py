"""Hiding: nothing small is shown, and no total gives away what is hidden."""

from builders_analysis import K
from hypothesis import given
from hypothesis import strategies as st

from survey.analysis import hiding
from survey.analysis.lattice import Line


def two_way(rows):
    """The cells of a table, its margins after them, and a line for each row and column."""
    width = len(rows[0])
    cells = [count for row in rows for count in row]
    margins = [sum(row) for row in rows] + [sum(column) for column in zip(*rows, strict=True)]
    lines = [
        Line(len(cells) + number, tuple(range(number * width, (number + 1) * width)))
        for number in range(len(rows))
    ]
    lines += [
        Line(len(cells) + len(rows) + column, tuple(range(column, len(cells), width)))
        for column in range(width)
    ]
    return [*cells, *margins], lines


def hidden_in(rows, minimum=K):
    """The same table with None where a cell is hidden."""
    counts, lines = two_way(rows)
    size = len(rows) * len(rows[0])
    start = [count < minimum for count in counts[:size]] + [False] * (len(counts) - size)
    hidden = hiding.protect(counts, start, lines, minimum)
    width = len(rows[0])
    return [
        [None if hidden[r * width + c] else count for c, count in enumerate(row)]
        for r, row in enumerate(rows)
    ]


def test_a_table_without_small_groups_is_shown_whole():
    assert hidden_in([[20, 30], [40, 11]]) == [[20, 30], [40, 11]]


def test_the_smallest_beside_a_small_group_is_hidden_too():
    assert hidden_in([[5, 20, 30], [40, 41, 42], [50, 51, 52]]) == [
        [None, None, 30],
        [None, None, 42],
        [50, 51, 52],
    ]


def test_two_small_groups_of_fewer_than_k_need_a_third():
    assert hidden_in([[3, 4, 30, 50], [8, 9, 60, 70]]) == [[None, None, None, 50], [None, None, None, 70]]


def test_two_small_groups_of_k_together_need_no_other():
    assert hidden_in([[5, 6, 30], [6, 5, 40]]) == [[None, None, 30], [None, None, 40]]


def test_a_row_whose_hidden_groups_hold_nobody_is_left_alone():
    assert hidden_in([[0, 20, 30], [40, 41, 42]]) == [[None, 20, 30], [40, 41, 42]]


def test_a_single_row_of_large_groups_is_shown():
    assert hidden_in([[20, 30, 40]]) == [[20, 30, 40]]


def test_a_group_alone_in_its_row_and_column_ends_with_its_line_hidden():
    assert hidden_in([[4]]) == [[None]]


def test_what_is_in_a_hidden_total_is_hidden():
    counts, lines = two_way([[20, 30], [40, 50]])
    start = [False] * 4 + [True, False, False, False]

    hidden = hiding.protect(counts, start, lines, K)

    assert hidden[:4] == (True, True, True, True)


tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(st.integers(0, 25), st.integers(26, 300)), min_size=width, max_size=width),
        min_size=1,
        max_size=6,
    )
)


@given(tables, st.integers(2, 20))
def test_no_small_group_is_shown_and_every_line_keeps_two_hidden_or_all(rows, minimum):
    found = hidden_in(rows, minimum)

    lines = [
        *zip(rows, found, strict=True),
        *zip(zip(*rows, strict=True), zip(*found, strict=True), strict=True),
    ]
    for line, shown in lines:
        assert all(count is None or count >= minimum for count in shown)
        people = [count for count, seen in zip(line, shown, strict=True) if seen is None and count]
        assert (
            not people
            or all(count is None for count in shown)
            or (len(people) > 1 and sum(people) >= minimum)
        )


@given(tables)
def test_protecting_again_changes_nothing(rows):
    counts, lines = two_way(rows)
    once = hiding.protect(counts, [count < K for count in counts], lines, K)

    assert hiding.protect(counts, once, lines, K) == once
