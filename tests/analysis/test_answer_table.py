"""Packed responses as arrays: who is a respondent, what was chosen, what was shown."""

import pytest
from builders_analysis import Families, table
from builders_instruments import instrument

from survey.analysis import answer_table
from survey.instruments import packing


def test_a_respondent_answered_a_rated_item_whatever_the_answer():
    made = table(
        Families(1, {"q.welcome": "4"}),
        Families(2, {"q.welcome": "0"}),
        Families(3, {"q.contact": "no_answer"}),
        Families(4, {"q.took_part": "none"}),
    )

    assert len(answer_table.respondents(made)) == 10


def test_filters_and_background_alone_make_no_respondent():
    made = table(
        Families(5, {}), Families(6, {"q.learning": "1", "about.home_language": "es", "about.grades": "k_2"})
    )

    assert len(made) == 11
    assert len(answer_table.respondents(made)) == 0


def test_marks_are_one_column_for_each_option():
    made = table(Families(1, {"q.took_part": "event;helped", "q.welcome": "0"}), Families(1, {}))

    assert made.marked(instrument().item("q.took_part")).tolist() == [
        [False, True, True, False],
        [False, False, False, False],
    ]
    assert made.marked(instrument().item("q.welcome")).tolist() == [
        [False, False, False, False, True],
        [False] * 5,
    ]


def test_an_item_is_shown_to_those_whose_filter_says_so():
    made = table(Families(1, {"q.learning": "1"}), Families(1, {"q.learning": "2"}), Families(1, {}))

    assert made.shown(instrument().item("q.english")).tolist() == [True, False, False]
    assert made.shown(instrument().item("q.took_part")).all()


def test_answers_packed_for_another_instrument_are_refused():
    with pytest.raises(packing.Unreadable):
        answer_table.read(instrument(), [(0, "en", "link", "1")])
