"""Packed responses: one character a column, nothing lost, nothing kept of what was not shown."""

import pytest
from builders_instruments import instrument
from hypothesis import given
from hypothesis import strategies as st

from survey.instruments import answers, packing
from survey.instruments.model import ItemType

SMALL = instrument()


def choices_of(item):
    codes = [option.code for option in item.options]
    if item.type is ItemType.SINGLE:
        return st.sampled_from([(), *((code,) for code in codes)])
    return st.sets(st.sampled_from(codes)).map(lambda chosen: tuple(c for c in codes if c in chosen))


any_choices = st.fixed_dictionaries(
    {item.id: choices_of(item) for item in SMALL.items() if item.type is not ItemType.TEXT}
)


def test_a_response_is_one_sign_for_each_choice_item_and_each_option_of_a_check_all():
    packed = packing.pack(
        SMALL,
        {
            "q.welcome": ("4",),
            "q.respect": ("0",),
            "q.learning": ("1",),
            "q.english": ("2",),
            "q.contact": ("no_answer",),
            "q.took_part": ("event",),
            "about.home_language": ("es",),
            "about.grades": ("no_answer",),
        },
    )

    assert packed == "4?12" + "!" + "0100" + "1" + "0001" + "-----"


def test_what_was_left_blank_and_what_was_not_shown_are_told_apart():
    unpacked = packing.unpack(SMALL, packing.pack(SMALL, {"q.learning": ("2",)}))

    assert unpacked["q.welcome"] == ()
    assert unpacked["q.took_part"] == ()
    assert unpacked["q.english"] is None


def test_an_answer_to_an_item_not_shown_is_left_out():
    assert packing.pack(SMALL, {"q.learning": ("2",), "q.english": ("4",)}) == packing.pack(
        SMALL, {"q.learning": ("2",)}
    )


def test_a_code_that_no_option_has_is_refused():
    with pytest.raises(KeyError):
        packing.pack(SMALL, {"q.welcome": ("9",)})


@pytest.mark.parametrize(
    "packed", ["", "4", "-" * 18, "-" * 20, "x" + "-" * 18, "-----" + "01x0" + "-" * 10, "é" + "-" * 18]
)
def test_a_string_that_this_instrument_did_not_pack_is_refused(packed):
    with pytest.raises(packing.Unreadable):
        packing.unpack(SMALL, packed)


@given(any_choices)
def test_unpacking_gives_back_what_was_chosen_wherever_it_was_shown(chosen):
    packed = packing.pack(SMALL, chosen)

    asked = answers.shown(SMALL, chosen)
    assert len(packed) == len(packing.columns(SMALL))
    assert packing.unpack(SMALL, packed) == {
        item: codes if item in asked else None for item, codes in chosen.items()
    }


@given(any_choices)
def test_each_column_says_what_its_character_stands_for(chosen):
    packed = packing.pack(SMALL, chosen)

    for column, sign in zip(packing.columns(SMALL), packed, strict=True):
        if sign in (packing.BLANK, packing.NOT_SHOWN):
            continue
        if column.option is not None:
            assert (sign == packing.MARKED) == (column.option.code in chosen[column.item.id])
        else:
            assert sign == column.item.option(chosen[column.item.id][0]).sign
