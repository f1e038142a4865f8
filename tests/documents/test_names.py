import pytest
from builders_releases import release

from survey.documents import printed
from survey.documents.names import Names
from survey.figures import Measure
from survey.wording import Wording

NAMES = Names(release())


@pytest.mark.parametrize(
    ("breakdown", "group", "en"),
    [
        ("", "", "All families who answered"),
        ("language", "es", "Spanish"),
        ("demo.home_language", "en_es+other", "English and Spanish about the same + Another language"),
        (
            "demo.home_language",
            "es+en_es+other",
            "Spanish + English and Spanish about the same + Another language",
        ),
        ("demo.home_language;language", "es;en", "Spanish; English"),
        ("demo.home_language;language", "es;en+en;es", "Spanish; English + English; Spanish"),
        ("demo.home_language;language", "es+en;en", "Spanish + English; English"),
        ("new", "x", "x"),
    ],
)
def test_a_group_is_named_however_it_was_put_together(breakdown, group, en):
    assert NAMES.group(breakdown, group).en == en


def test_two_breakdowns_at_once_have_both_names():
    assert NAMES.breakdown("demo.home_language;language").es == (
        "¿Qué idioma habla más su familia en casa?; Idioma en que se contestó"
    )


@pytest.mark.parametrize(
    ("measure", "option", "en"),
    [
        (Measure.FAVORABLE, "", "Favorable answers"),
        (Measure.OPTION, "4", "Strongly agree"),
        (Measure.OPTION, "2+1", "Disagree + Strongly disagree"),
        (Measure.OPTION, "", "Every answer"),
        (Measure.OPTION, "9", "9"),
        (Measure.DONT_KNOW, "", "I do not know or it does not apply"),
    ],
)
def test_a_figure_is_named_by_what_it_counts(measure, option, en):
    assert NAMES.answer("eng.25", measure, option).en == en


def test_a_question_without_a_dont_know_of_its_own_has_common_words():
    assert NAMES.answer("eng.21", Measure.DONT_KNOW) == printed.DONT_KNOW


def test_schools_put_together_are_listed_in_the_readers_language():
    assert NAMES.site("canyon+pine") == Wording(
        "Canyon School and Pine School together", "Canyon School y Pine School"
    )


@pytest.mark.parametrize("name", [NAMES.site, NAMES.question, NAMES.breakdown])
def test_what_a_release_does_not_know_is_its_own_name(name):
    assert name("unheard-of") == Wording("unheard-of", "unheard-of")
