"""Lines with the numbers they begin on, and why a file has none."""

import pytest

from survey import csv_lines
from survey.csv_lines import NotCsv, NotUtf8


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_line_is_known_by_the_number_it_begins_on(ending):
    text = ending.join(["\ufeffsite,name", "", 'pine,"Pine', 'Elementary"', " , ", "oak,Oak"])

    numbers = [number for number, _ in csv_lines.read(text)]

    assert numbers == [1, 3, 6]


def test_bytes_and_text_are_read_alike():
    text = '\ufeffsite,name\npeña," Peña "\n'

    assert (
        csv_lines.read(text.encode())
        == csv_lines.read(text)
        == [(1, ["site", "name"]), (2, ["peña", " Peña "])]
    )


@pytest.mark.parametrize(
    ("content", "problem", "line"),
    [(b"a,b\n1,2\n\xff,3\n", NotUtf8, 3), (b'a,b\n1,"2\n', NotCsv, 2), (b'a,b\n1,2\n"3"4,5\n', NotCsv, 3)],
)
def test_what_can_not_be_read_is_told_with_its_line(content, problem, line):
    with pytest.raises(problem) as told:
        csv_lines.read(content)

    assert told.value.line == line
