"""What families read is easy to read: English at grade 6, Spanish at 65 of INFLESZ, nothing beyond 8 and 55."""

from dataclasses import replace

import builders_instruments
import pytest
from reading import texts
from reading.level import measured, syllables
from reading.table import beyond

from survey import catalogue
from survey.wording import Wording


def test_no_survey_and_no_part_of_one_is_too_hard_to_read():
    assert beyond(texts.of_surveys(catalogue.load(None))) == []


def test_no_text_of_the_families_pages_is_too_hard_to_read():
    assert beyond(texts.of_pages()) == []


@pytest.mark.parametrize(
    ("sentence", "words", "counted", "grade"),
    [
        # Both are worked in the article "Flesch-Kincaid readability tests" of the English Wikipedia.
        ("The cat sat on the mat.", 6, 6, -1.45),
        (
            "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
            13,
            24,
            11.3,
        ),
    ],
)
def test_published_english_examples_come_out_as_published(sentence, words, counted, grade):
    level = measured([sentence], "en")

    assert (level.words, level.syllables) == (words, counted)
    assert level.score == pytest.approx(grade, abs=0.05)


def test_inflesz_is_the_formula_of_szigriszt_pazos():
    # En un lu-gar de la Man-cha, de cu-yo nom-bre no quie-ro a-cor-dar-me, by hand.
    level = measured(["En un lugar de la Mancha, de cuyo nombre no quiero acordarme."], "es")

    assert (level.words, level.sentences, level.syllables) == (12, 1, 20)
    assert level.score == pytest.approx(206.835 - 62.3 * 20 / 12 - 12)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("amigo", 3),
        ("idea", 3),
        ("oye", 2),
        ("escuela", 3),
        ("participación", 5),
        ("ahí", 2),
        ("decían", 3),
        ("enviar", 2),
        ("queremos", 3),
        ("lingüística", 4),
        ("muy", 1),
        ("y", 1),
        ("bullying", 2),
        ("911", 1),
    ],
)
def test_spanish_words_fall_apart_as_the_academy_divides_them(word, count):
    assert syllables(word, "es") == count


def test_what_is_too_hard_is_told_with_its_words():
    hard = Wording(
        "Administrators systematically communicate extracurricular opportunities to constituencies.",
        "La administración comunica sistemáticamente oportunidades extracurriculares.",
    )
    instrument = builders_instruments.instrument(notices=(hard,))
    content = replace(catalogue.load(None), instruments={"small": instrument})

    told = beyond(texts.of_surveys(content))

    assert [line for line in told if "Administrators" in line]
    assert [line for line in told if "La administración" in line]
