import re

import builders_hostile
import pytest

from survey.documents import harmless

SIGN_FIRST = re.compile("[\\s\\0\u200b\u202e\ufeff]*[=+@\uff0b\uff1d\uff20-]")


BEFORE = [
    *("", " ", "\t", "\r", "\n", "\0", "\u00a0", "\u200b", "\ufeff", "\u061c"),
    *("\u2066", "\u2067", "\u2068", "\u2069", "\u3000", "\u2003", "\U000e0020"),
    *("\u200b ", "\u200b\t", " \u200e\n\u3000", "\u2067 \u2069\u00a0"),
]


@pytest.mark.parametrize("hostile", ["=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\uff1d1", "-", "+1"])
@pytest.mark.parametrize("before", BEFORE, ids=ascii)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(hostile, before):
    assert harmless.text(before + hostile).startswith("'")


@pytest.mark.parametrize(
    "plain", ["My family feels welcome.", "¿Qué idioma?", "a=b", "eng.01", "k_2", "'=", ""]
)
def test_other_text_stays_as_it_is(plain):
    assert harmless.text(plain) == plain


@pytest.mark.parametrize("code", ["-1", "4", "-1.5"])
def test_a_code_that_is_a_number_stays_as_it_is(code):
    assert harmless.text(code) == code


def test_a_text_stays_in_its_row():
    assert harmless.text(" one\r\ntwo\tthree\0 ") == "one two three"


def test_none_of_500_hostile_texts_begins_with_a_sign_afterwards():
    hostile = set(builders_hostile.cells())

    assert len(hostile) == 500
    assert not [cell for cell in hostile if SIGN_FIRST.match(harmless.text(cell))]
