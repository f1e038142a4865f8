"""YAML read as its writer would expect, or told as a problem with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.catalogue import documents


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 4", {"a": 4}),
        ("a: -1", {"a": -1}),
        ("a: 007", {"a": "007"}),
        ("a: 1.10", {"a": "1.10"}),
        ("a: 2026-11-12", {"a": "2026-11-12"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: " + "9" * 5000, {"a": "9" * 5000}),
        ("a: no", {"a": False}),
        ("a: On", {"a": True}),
        ("a: nO", {"a": "nO"}),
        ("a: 'no'", {"a": "no"}),
        ("a: ~", {"a": None}),
        ("a:", {"a": None}),
        ("a: ''", {"a": ""}),
        ("no: 1\n2: x", {"no": 1, "2": "x"}),
        ("a: >\n  one\n  two\n", {"a": "one two\n"}),
        ("a: <<", {"a": "<<"}),
        ("a: &x [1, {b: 2}]\nc: *x", {"a": [1, {"b": 2}], "c": [1, {"b": 2}]}),
        ("", None),
        ("# nothing\n", None),
    ],
)
def test_a_value_is_what_its_writer_would_expect(text, value):
    assert documents.parse(text) == (value, [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\na: 2", "line 2: a is written twice: keep one"),
        ("a: *x", "line 1: *x stands for nothing above it: write it out"),
        ("a: &x [*x]", "line 1: *x stands for nothing above it: write it out"),
        ("a: !!python/name:os.system", "line 1: tags (!) are not used here: put the text in quotes"),
        ("? [a]\n: b", "line 1: a key must be one word"),
        ("a: 1\n---\nb: 2", "line 2: a second document (---): write one in each file"),
        ("[" * 50, "line 1: nested too deep to be content: look for a stray bracket"),
        ("a: b: c", "line 1: not YAML: mapping values are not allowed in this context (a text with a colon belongs in quotes)"),
        ("a: 1\n\tb: 2", "line 2: not YAML: found a tab character that violates indentation (indent with spaces)"),
        ("\ta: 1", "line 1: not YAML: found character that cannot start any token (indent with spaces, never tabs, and put texts in quotes)"),
        ('a: "x', "line 1: not YAML: found unexpected end of stream (a quote is not closed)"),
        ('a: "x" y', "line 1: not YAML: did not find expected key (the indentation does not match the lines above, or a quote or bracket is missing)"),
        ("a: \x00", "a character that no text can hold: save the file as plain UTF-8 text"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_as_written_is_a_problem_with_its_line(text, problem):
    assert documents.parse(text)[1] == [problem]


def test_aliases_of_aliases_do_not_grow_without_end():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]

    assert documents.parse("\n".join(lines))[1] == ["line 6: more than 200,000 values: aliases of aliases?"]


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@`,?~ \n\t0.\x00é", max_size=60))
def test_no_text_at_all_is_an_error(text):
    value, problems = documents.parse(text)

    assert value is None or isinstance(value, str | int | list | dict)
    assert all(isinstance(problem, str) for problem in problems)
