"""CSV files as spreadsheets write them, and everything that can be wrong with one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.administration import csv_file
from survey.administration.faults import ImportFaults

REQUIRED, OPTIONAL = ("slug", "name"), ("phone",)


def rows(content):
    found, faults = csv_file.read(content, REQUIRED, OPTIONAL)
    assert faults == []
    return [row.fields for row in found]


def faults(content):
    try:
        return [str(fault) for fault in csv_file.read(content, REQUIRED, OPTIONAL)[1]]
    except ImportFaults as found:
        return str(found).split("\n")


@pytest.mark.parametrize(
    "content",
    [
        b"slug,name\npine,Pine\n",
        b"\xef\xbb\xbfslug,name\r\npine,Pine\r\n",
        b"slug,name\rpine,Pine",
        b'"slug","name"\n"pine","Pine"\n',
        b" Slug , NAME \n pine , Pine \n",
        b"\nslug,name\n\npine,Pine\n,\n \n",
        "slug,name\npine,Pine\n",
    ],
    ids=["plain", "with BOM and CRLF", "old Macintosh", "quoted", "spaces", "blank lines", "text"],
)
def test_what_spreadsheets_write_is_read(content):
    assert rows(content) == [{"slug": "pine", "name": "Pine"}]


def test_quoted_fields_hold_commas_and_quotation_marks():
    assert rows(b'slug,name\npine,"Pine, the ""old"" one"\n') == [
        {"slug": "pine", "name": 'Pine, the "old" one'}
    ]


def test_letters_outside_ascii_are_read():
    assert rows("slug,name\npine,Peñón\n".encode())[0]["name"] == "Peñón"


def test_columns_may_come_in_any_order_with_or_without_the_optional_ones():
    assert rows(b"phone,name,slug\n1,Pine,pine\n") == [{"phone": "1", "name": "Pine", "slug": "pine"}]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b"\n\n,,\n", "The file is empty"),
        (b"slug,name\n", "The file has a header and no rows"),
        (
            b"slug;name\npine;Pine\n",
            "line 1: The columns are not separated by commas. Save the file with commas",
        ),
        (b"slug\tname\n", "line 1: The columns are not separated by commas. Save the file with commas"),
        (b"slug\npine\n", "line 1, name: The column is missing"),
        (b"slug,name,slug\na,b,c\n", "line 1, slug: The column is there twice"),
        (
            b"slug,name,colour\na,b,c\n",
            "line 1, colour: There is no such column; the columns are slug, name, phone",
        ),
        (
            b"slug,name\npine,Pi\xf1\xf3n\n",
            "line 2: The file is not UTF-8. When saving it in a spreadsheet, choose CSV UTF-8",
        ),
        (
            "slug,name\npine,Pine\n".encode("utf-16"),
            "line 1: The file is not UTF-8. When saving it in a spreadsheet, choose CSV UTF-8",
        ),
        (b"slug,name\npine\n", "line 2: The line has 1 fields; the header has 2"),
        (b"slug,name\npine,Pine,1\n", "line 2: The line has 3 fields; the header has 2"),
        (
            b'slug,name\noak,Oak\npine,"Pine\nbirch,Birch\n',
            "line 3: The line is no CSV: a quotation mark is left open, or something follows a closing one",
        ),
        (
            b'slug,name\npine,"Pine"x\n',
            "line 2: The line is no CSV: a quotation mark is left open, or something follows a closing one",
        ),
        (
            b'slug,name\npine,"Pi\nne"\n',
            "line 2, name: There is a line break or another control character in it",
        ),
        (
            b"slug,name\npine,Pi\x00ne\n",
            "line 2, name: There is a line break or another control character in it",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(content, told):
    assert faults(content) == [told]


def test_everything_wrong_is_told_at_once_and_lines_are_counted_through_quoted_breaks():
    assert faults(b'slug,name\n"pi\nne",Pine\noak\n\nbirch,Birch,1\n') == [
        "line 2, slug: There is a line break or another control character in it",
        "line 4: The line has 1 fields; the header has 2",
        "line 6: The line has 3 fields; the header has 2",
    ]


def test_a_field_beyond_any_length_is_a_fault_and_no_crash():
    assert "line 2: The line is no CSV" in faults(b"slug,name\npine," + b"x" * 200_000)[0]


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_no_file_at_all_makes_it_raise_anything_else(content):
    faults(content)
