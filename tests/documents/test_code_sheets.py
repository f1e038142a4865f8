"""Code sheets: a strip for each household, whose code is typed as it is read and scanned in either language."""

import pytest
from builders_printed import (
    HOSTILE,
    SHEETS,
    addresses,
    copied,
    handout,
    is_tagged,
    letters,
    pictures,
    sizes,
    text,
    texts,
)

from survey import household_codes
from survey.documents import code_sheets
from survey.documents.typesetting import Paper

CODES = ("K7QF2MXRA9", "34C635SYPK", "8TFKEYCFS9", "NDAHBXVRCF", "BN4SGKZPVY")


def scanned(code, language):
    return f"https://encuesta.costaclara.example/s/los-robles/engagement?l={language}#c={code}"


def both(codes):
    return sorted(scanned(code, language) for code in codes for language in ("en", "es"))


@pytest.fixture(scope="module", params=Paper)
def sheet(request):
    """Five codes, which are two sheets."""
    return request.param, code_sheets.to_pdf(handout(), CODES, 1, request.param)


def test_four_households_are_on_a_sheet(sheet):
    paper, pdf = sheet

    assert sizes(pdf) == [SHEETS[paper]] * 2


def test_each_household_has_its_code_in_print_and_in_the_fragment_of_both_addresses(sheet):
    _paper, pdf = sheet

    first, second = pictures(pdf)
    assert addresses(first) == both(CODES[:4])
    assert addresses(second) == both(CODES[4:])
    assert [
        text.count("-") and [code for code in CODES if f"{code[:5]}-{code[5:]}" in text]
        for text in texts(pdf)
    ] == [
        list(CODES[:4]),
        list(CODES[4:]),
    ]


def test_every_code_is_read_from_a_poor_copy(sheet):
    _paper, pdf = sheet

    assert addresses(copied(pictures(pdf)[0])) == both(CODES[:4])


def test_a_strip_holds_the_codes_of_one_household_alone(sheet):
    _paper, pdf = sheet
    picture = pictures(pdf)[0]
    width, height = picture.size

    strips = [picture.crop((0, n * height // 4, width, (n + 1) * height // 4)) for n in range(4)]
    assert [addresses(strip) for strip in strips] == [both([code]) for code in CODES[:4]]


def test_it_says_in_both_languages_what_the_code_is_for_and_what_becomes_of_it(sheet):
    _paper, pdf = sheet
    said = text(pdf)

    assert said.count("Este código sirve para una sola encuesta.") == len(CODES)
    assert said.count("This code is good for one survey.") == len(CODES)
    assert said.count("el código no se guarda con sus respuestas") == len(CODES)
    assert said.count("Hasta el 4 de diciembre de 2026 · Until December 4, 2026") == len(CODES)
    assert said.count("encuesta.costaclara.example/s/los-robles") == len(CODES)
    assert "puente" not in said.lower()


@pytest.mark.parametrize(
    ("uses", "spanish", "english"),
    [
        (2, "sirve para dos encuestas", "good for two surveys"),
        (10, "sirve para diez encuestas", "good for ten surveys"),
        (12, "sirve para 12 encuestas", "good for 12 surveys"),
    ],
)
def test_how_often_a_code_is_good_is_said_in_words(uses, spanish, english):
    said = text(code_sheets.to_pdf(handout(), CODES[:1], uses, Paper.LETTER))

    assert spanish in said
    assert english in said


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_school_is_called_what_it_is_called_on_its_strip(name):
    pdf = code_sheets.to_pdf(handout(school=name), CODES[:4], 2, Paper.LETTER)

    assert len(sizes(pdf)) == 1
    assert letters(text(pdf)).count(letters(name)) == 4
    assert addresses(pictures(pdf)[0]) == both(CODES[:4])


def test_codes_come_with_or_without_their_hyphen():
    plain = code_sheets.to_pdf(handout(), ["K7QF2MXRA9"], 1, Paper.LETTER)

    assert code_sheets.to_pdf(handout(), ["K7QF2-MXRA9"], 1, Paper.LETTER) == plain


def test_a_stack_has_every_code_once_in_its_order():
    alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    codes = [f"{alphabet[n // 31]}{alphabet[n % 31]}{'K7QF2MXR'}" for n in range(40)]

    said = text(code_sheets.to_pdf(handout(), codes, 1, Paper.LETTER))

    places = [said.find(household_codes.shown(code)) for code in codes]
    assert -1 not in places
    assert places == sorted(places)
    assert len(set(places)) == len(codes)


def test_it_is_tagged(sheet):
    _paper, pdf = sheet

    assert is_tagged(pdf)
    assert b"pdfuaid:part" in pdf


def test_no_codes_are_no_strips():
    assert "Su código" not in text(code_sheets.to_pdf(handout(), (), 1, Paper.LETTER))
