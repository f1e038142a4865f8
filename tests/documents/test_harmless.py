import builders_hostile
import pytest

from survey.documents import harmless


@pytest.mark.parametrize("hostile", ["=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\uff1d1", "-", "+1"])
@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", "\0", "\u00a0", "\u200b", "\ufeff"])
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


def test_the_hostile_texts_of_the_tests_are_hostile():
    assert len(set(builders_hostile.cells())) == 500
