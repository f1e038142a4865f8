"""Household codes: every slip of one character is found, what was meant is read, and what is kept tells nothing."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import household_codes
from survey.household_codes import ALPHABET, LENGTH, RANDOM, Slip

SECRET = "a secret for tests, and for nothing else"
characters = st.text(ALPHABET, min_size=RANDOM, max_size=RANDOM)
codes = characters.map(lambda text: text + household_codes.check_character(text))


def test_codes_have_forty_bits_and_more_of_chance():
    assert len(ALPHABET) ** RANDOM > 2**44


def test_a_thousand_codes_are_all_different_and_all_read_back():
    made = {household_codes.new() for _ in range(1000)}

    assert len(made) == 1000
    assert all(household_codes.read(household_codes.shown(code)).code == code for code in made)


def test_every_character_comes_about_equally_often():
    drawn = "".join(household_codes.new()[:RANDOM] for _ in range(2000))

    # 581 of each on average; a fair draw strays this far less than once in a billion.
    assert all(420 < drawn.count(character) < 750 for character in ALPHABET)


def test_a_code_is_shown_in_two_groups():
    assert household_codes.shown("K7QF2MXRAE") == "K7QF2-MXRAE"


@given(codes, st.data())
def test_every_wrong_character_is_found(code, data):
    at = data.draw(st.integers(0, LENGTH - 1))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(code[at], "")))

    assert household_codes.read(code[:at] + wrong + code[at + 1 :]).slip is Slip.CHECK


@given(codes)
def test_every_two_characters_exchanged_are_found(code):
    for one, other in itertools.combinations(range(LENGTH), 2):
        swapped = list(code)
        swapped[one], swapped[other] = code[other], code[one]
        if swapped != list(code):
            assert household_codes.read("".join(swapped)).slip is Slip.CHECK


@pytest.mark.parametrize(
    "typed",
    [
        "k7qf2-mxrae",
        " K7QF2 MXRAE\t",
        "K7-QF-2M-XR-AE",
        "K7QF2–MXRAE",  # noqa: RUF001 - a dash as phones put it
        "K7QF2\u2011MXRAE\u200b",
        "K7QF2_MXRAE\r\n",
        "Ｋ７ＱＦ２ＭＸＲＡＥ",  # noqa: RUF001 - wide letters, as some keyboards give them
    ],
)
def test_case_spaces_dashes_and_wide_letters_do_not_matter(typed):
    assert household_codes.read(typed).code == "K7QF2MXRAE"


@pytest.mark.parametrize(
    ("typed", "slip", "unused", "count"),
    [
        ("", Slip.LENGTH, "", 0),
        ("K7QF2", Slip.LENGTH, "", 5),
        ("K7QF2-MXRAE-2", Slip.LENGTH, "", 11),
        ("KOQF2-MXRI1", Slip.CHARACTERS, "OI1", 10),
        ("0000000000", Slip.CHARACTERS, "0", 10),
        ("Ñ*/", Slip.CHARACTERS, "Ñ*/", 3),
        ("K7QF2-MXRA\udce9", Slip.CHARACTERS, "\udce9", 10),
    ],
)
def test_what_is_wrong_with_what_was_typed_is_told(typed, slip, unused, count):
    read = household_codes.read(typed)

    assert (read.code, read.slip, read.unused, read.count) == (None, slip, unused, count)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_a_code_or_a_slip(typed):
    read = household_codes.read(typed)

    assert (read.code is None) != (read.slip is None)


def test_what_is_kept_differs_by_secret_window_site_and_code():
    kept = {
        household_codes.digest(*of)
        for of in itertools.product((SECRET, SECRET[::-1]), (1, 2), (1, 2), ("K7QF2MXRAE", "K7QF2MXRAD"))
    }

    assert len(kept) == 16
    assert all(len(digest) == 64 for digest in kept)


@given(codes)
def test_what_is_kept_of_a_code_begins_with_what_is_kept_of_its_beginning(code):
    beginning = household_codes.prefix_digest(SECRET, 1, 2, code)

    assert household_codes.digest(SECRET, 1, 2, code).startswith(beginning)
    assert beginning == household_codes.prefix_digest(SECRET, 1, 2, code[:4] + "222222")
    assert beginning != household_codes.prefix_digest(SECRET, 1, 3, code)
