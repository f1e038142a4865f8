"""The paper questionnaire: every question of the survey in both languages, and what a keyer types for each answer."""

from dataclasses import replace
from datetime import date

import builders_instruments
import pytest
from builders_printed import (
    HOSTILE,
    SHEETS,
    fonts,
    handout,
    is_tagged,
    letters,
    metadata,
    sizes,
    sizes_of_letters,
    text,
    texts,
)

from survey import catalogue
from survey.documents import questionnaire
from survey.documents.questionnaire import Sheet
from survey.documents.typesetting import Paper
from survey.instruments.model import ItemType, Option
from survey.wording import Wording

SURVEYS = ("engagement", "climate")
# A keyer's numbers are smaller than what families read.
KEYS_AND_FOOTERS = (8.5, 9.0)


def a_sheet(instrument, **changes):
    about = handout(title=instrument.title, notices=(), **changes)
    return Sheet(about, "fall-2026", 11)


def printed(instrument, paper=Paper.LETTER, languages=("es", "en"), **changes):
    return questionnaire.to_pdf(a_sheet(instrument, **changes), instrument, paper, languages)


@pytest.fixture(scope="module")
def instruments():
    """Both surveys that come with the program."""
    return catalogue.load(None).instruments


@pytest.fixture(scope="module")
def made(instruments):
    """Both, on both papers."""
    return {(survey, paper): printed(instruments[survey], paper) for survey in SURVEYS for paper in Paper}


every = pytest.mark.parametrize(
    ("survey", "paper"), [(survey, paper) for survey in SURVEYS for paper in Paper]
)


@every
def test_each_language_is_two_sheets_printed_on_both_sides(made, survey, paper):
    assert sizes(made[survey, paper]) == [SHEETS[paper]] * 8


@every
def test_every_word_of_the_survey_is_printed_in_both_languages(made, instruments, survey, paper):
    instrument = instruments[survey]
    pages = texts(made[survey, paper])
    said = {"es": letters(" ".join(pages[:4])), "en": letters(" ".join(pages[4:]))}

    for language, printed in said.items():
        for section in instrument.sections:
            assert letters(section.title[language]) in printed
        for item in instrument.items():
            assert letters(item.text[language]) in printed, item.id
            assert all(letters(option.text[language]) in printed for option in item.options)
        for notice in instrument.notices:
            assert letters(notice[language].replace("{min_group}", "11")) in printed


@every
def test_questions_are_numbered_as_on_the_phone(made, instruments, survey, paper):
    printed = letters(text(made[survey, paper]))

    for number, item in enumerate(instruments[survey].items(), 1):
        assert letters(f"{number}. {item.text.es}") in printed
        assert letters(f"{number}. {item.text.en}") in printed


@every
def test_the_key_of_an_answer_stands_before_it(made, instruments, survey, paper):
    printed = letters(text(made[survey, paper]))

    for item in instruments[survey].items():
        for position, option in enumerate(item.options):
            assert letters(questionnaire.key(position) + option.text.es) in printed


@every
def test_what_families_read_is_eleven_points_or_more(made, survey, paper):
    assert [size for size in sizes_of_letters(made[survey, paper]) if size < 11] == list(KEYS_AND_FOOTERS)


def test_keys_are_the_digits_and_then_the_letters():
    assert [questionnaire.key(position) for position in (0, 8, 9, 10, 34)] == ["1", "9", "a", "b", "z"]
    assert questionnaire.key(35) == ""


def test_a_question_for_some_says_for_whom(made):
    said = text(made["climate", Paper.LETTER])

    assert said.count("Solo si contestó “Sí” a la pregunta 23.") == 2
    assert said.count("Only if you answered “Yes” to question 23.") == 2


def test_every_page_has_its_number_the_version_and_a_place_for_the_number_of_the_sheet(made, instruments):
    pages = texts(made["engagement", Paper.LETTER])
    version = instruments["engagement"].version

    for number, page in enumerate(pages[:4], 1):
        assert f"Página {number} de 4" in page
        assert f"versión {version} · fall-2026" in page
        assert page.count("Hoja n.º") == 1
    for number, page in enumerate(pages[4:], 1):
        assert f"Page {number} of 4" in page
        assert f"version {version} · fall-2026" in page
        assert page.count("Sheet no.") == 1


def test_it_says_where_to_return_it_and_asks_for_no_name(made):
    said = text(made["engagement", Paper.LETTER])

    assert "Entregue estas hojas en la oficina de la escuela a más tardar el 4 de diciembre de 2026." in said
    assert "Return these pages to the school office by December 4, 2026." in said
    assert "No escriba su nombre." in said
    assert "Do not write your name." in said
    assert "Elena Ruiz, 310-555-0142" in said
    assert "puente" not in said.lower()


@pytest.mark.parametrize(("language", "other"), [("es", "en"), ("en", "es")])
def test_one_language_can_be_printed_alone(instruments, language, other):
    instrument = instruments["climate"]

    pdf = printed(instrument, languages=(language,))

    assert len(sizes(pdf)) == 4
    assert letters(instrument.title[language]) in letters(text(pdf))
    assert letters(instrument.title[other]) not in letters(text(pdf))


def test_each_language_begins_on_a_sheet_of_its_own():
    small = builders_instruments.instrument()

    pages = texts(printed(replace(small, sections=small.sections[:1])))

    assert "Página 1 de 1" in pages[0]
    assert pages[1] == ""
    assert "Page 1 of 1" in pages[2]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_school_is_called_what_it_is_called(name):
    said = letters(text(printed(builders_instruments.instrument(), school=name, contact=name)))

    assert said.count(letters(name)) >= 4


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_a_question_is_printed_as_it_is_written(words):
    small = builders_instruments.instrument()
    first, *others = small.sections[0].items
    asked = replace(
        first,
        text=Wording(words, words),
        options=tuple(
            replace(option, text=Wording(f"{option.code}: {words}", f"{option.code}: {words}"))
            for option in first.options
        ),
    )
    section = replace(small.sections[0], items=(asked, *others))

    said = letters(text(printed(replace(small, sections=(section, *small.sections[1:])))))

    assert said.count(letters(words)) >= 2 * (1 + len(first.options))


def test_a_question_with_many_answers_is_printed_whole():
    small = builders_instruments.instrument()
    many = tuple(Option(str(n), "x", Wording(f"Answer {n}.", f"Respuesta {n}.")) for n in range(60))
    asked = next(item for item in small.items() if item.type is ItemType.MULTI)
    section = replace(small.sections[0], items=(replace(asked, options=many),))

    pdf = printed(replace(small, sections=(section,)))

    said = text(pdf)
    assert all(f"Respuesta {n}." in said for n in range(60))
    assert len(sizes(pdf)) > 2


def test_a_date_far_away_and_no_one_to_ask_change_nothing_else():
    said = text(printed(builders_instruments.instrument(), closes=date(2027, 1, 31), contact="", phone=""))

    assert "a más tardar el 31 de enero de 2027" in said
    assert "Pregunte en la oficina de la escuela." in said


def test_it_is_tagged_with_title_and_language_and_brings_its_fonts(made):
    pdf = made["engagement", Paper.A4]

    assert is_tagged(pdf)
    assert b"pdfuaid:part" in pdf
    assert "Encuesta sobre la participación de las familias" in metadata(pdf)["Title"]
    assert all(fonts(pdf).values())
