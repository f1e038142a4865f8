"""The judge of answers: what it takes, what it refuses, and that no string makes it fall over."""

from itertools import chain

import pytest
from builders_instruments import instrument, scaled
from hypothesis import given
from hypothesis import strategies as st

from survey.instruments import answers
from survey.instruments.answers import Answers, Fault, FaultReason
from survey.instruments.model import Item, ItemType
from survey.wording import Wording

SMALL = instrument()
FIELDS = [item.id for item in SMALL.items()]
CODES = sorted({option.code for item in SMALL.items() for option in item.options})


def test_codes_come_in_the_order_of_the_options_whatever_order_they_were_sent_in():
    given_fields = {"q.took_part": ["helped", "met_teacher"], "q.welcome": ["4"]}

    read = answers.read(SMALL, given_fields)

    assert read == Answers({"q.took_part": ("met_teacher", "helped"), "q.welcome": ("4",)}, {})


@pytest.mark.parametrize("values", [[], [""]])
@pytest.mark.parametrize("field", ["q.welcome", "q.took_part", "q.comment"])
def test_an_empty_field_is_no_answer(field, values):
    assert answers.read(SMALL, {field: values}) == Answers({}, {})


@pytest.mark.parametrize(
    ("field", "values", "reason", "detail"),
    [
        ("q.welcome", ["9"], FaultReason.UNKNOWN_CODE, "4, 3, 2, 1, 0"),
        ("q.welcome", [" 4"], FaultReason.UNKNOWN_CODE, "4, 3, 2, 1, 0"),
        ("q.welcome", ["4", "4"], FaultReason.REPEATED, ""),
        ("q.welcome", ["4", "3"], FaultReason.REPEATED, ""),
        ("q.welcome", ["", "4"], FaultReason.REPEATED, ""),
        ("q.took_part", ["event", "event"], FaultReason.REPEATED, ""),
        ("q.took_part", ["event", "none"], FaultReason.EXCLUSIVE, "none"),
        ("q.took_part", ["event", "helped", "met_teacher"], FaultReason.TOO_MANY, "2"),
        ("q.comment", ["x" * 201], FaultReason.TOO_LONG, "200"),
        ("q.comment", ["one", "two"], FaultReason.REPEATED, ""),
        ("q.comment", ["half of a \ud83d"], FaultReason.UNREADABLE, ""),
    ],
)
def test_what_breaks_a_rule_is_a_fault_of_that_item(field, values, reason, detail):
    assert answers.read(SMALL, {field: values}) == (Fault(field, reason, detail),)


def test_a_field_that_is_no_item_is_a_fault():
    assert answers.read(SMALL, {"q.nothing": ["1"]}) == (Fault(None, FaultReason.UNKNOWN_FIELD, "q.nothing"),)


def test_every_fault_is_found_at_once():
    faults = answers.read(
        SMALL, {"q.welcome": ["9"], "q.respect": ["3"], "q.took_part": ["none", "event", "x"]}
    )

    assert [(fault.item, fault.reason) for fault in faults] == [
        ("q.welcome", FaultReason.UNKNOWN_CODE),
        ("q.took_part", FaultReason.UNKNOWN_CODE),
        ("q.took_part", FaultReason.EXCLUSIVE),
    ]


def test_no_fault_holds_what_was_answered():
    faults = answers.read(SMALL, {"q.welcome": ["my own words"], "q.comment": ["my own words " * 99]})

    assert "own words" not in str(faults)


def test_a_blank_comment_is_none():
    assert answers.read(SMALL, {"q.comment": [" \r\n\t\u00a0 "]}) == Answers({}, {})


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("two\r\nlines", "two\nlines"),
        ("two\rlines", "two\nlines"),
        ("two\x0blines", "two\nlines"),
        ("a nul\x00 and a bell\x07", "a nul and a bell"),
        ("  ¿Sí? ¡Ñandú! 👩‍👧 ", "¿Sí? ¡Ñandú! 👩‍👧"),
    ],
)
def test_a_comment_keeps_its_words_and_loses_what_nobody_sees(sent, kept):
    assert answers.read(SMALL, {"q.comment": [sent]}) == Answers({}, {"q.comment": kept})


def test_a_line_end_counts_as_one_character():
    text = "x\r\n" * 99 + "xx"

    assert isinstance(answers.read(SMALL, {"q.comment": [text]}), Answers)


def test_a_text_without_a_limit_of_its_own_may_have_2000_characters():
    comment = Item(id="q.words", type=ItemType.TEXT, text=Wording("Words", "Palabras"))
    one = instrument(sections=(SMALL.sections[0].__class__("s", Wording("S", "S"), (comment,)),))

    assert isinstance(answers.read(one, {"q.words": ["x" * 2000]}), Answers)
    assert answers.read(one, {"q.words": ["x" * 2001]}) == (Fault("q.words", FaultReason.TOO_LONG, "2000"),)


@given(
    st.dictionaries(
        st.one_of(st.sampled_from(FIELDS), st.text(st.characters(codec=None))),
        st.lists(st.one_of(st.sampled_from(CODES), st.text(st.characters(codec=None)))),
    )
)
def test_no_strings_make_it_raise_and_what_it_takes_any_database_can_hold(fields):
    read = answers.read(SMALL, fields)

    if isinstance(read, Answers):
        words = "".join(chain(read.comments.values(), *read.choices.values()))
        assert "\x00" not in words
        assert words.encode() is not None
    else:
        assert all(isinstance(fault, Fault) for fault in read)


def test_an_item_is_shown_only_after_the_answer_that_shows_it():
    assert "q.english" in answers.shown(SMALL, {"q.learning": ("1",)})
    assert "q.english" not in answers.shown(SMALL, {"q.learning": ("2",)})
    assert "q.english" not in answers.shown(SMALL, {})


def test_what_hangs_on_an_item_not_shown_is_not_shown_either():
    filters = SMALL.sections[0].items
    third = scaled("q.third", "Third", "Tercera", shown_if=filters[3].shown_if.__class__("q.english", "4"))
    chained = instrument(sections=(SMALL.sections[0].__class__("s", Wording("S", "S"), (*filters, third)),))

    assert "q.third" not in answers.shown(chained, {"q.learning": ("2",), "q.english": ("4",)})
