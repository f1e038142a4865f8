"""Flyers: one sheet each, in both languages, with codes that a phone reads from a poor copy of it."""

from datetime import date

import pytest
from builders_printed import (
    HOSTILE,
    SHEETS,
    addresses,
    copied,
    fonts,
    handout,
    is_tagged,
    letters,
    metadata,
    pictures,
    sizes,
    text,
)

from survey.documents import flyers
from survey.documents.flyers import Kind
from survey.documents.typesetting import Paper
from survey.wording import Wording

COPIES = {Kind.PAGE: 1, Kind.HALF: 2, Kind.QUARTER: 4, Kind.CARD: 8}
SPANISH = "https://encuesta.costaclara.example/s/los-robles/engagement?l=es"
ENGLISH = "https://encuesta.costaclara.example/s/los-robles/engagement?l=en"


@pytest.fixture(scope="module")
def made():
    """Every flyer on every paper."""
    return {(kind, paper): flyers.to_pdf(handout(), kind, paper) for kind in Kind for paper in Paper}


every = pytest.mark.parametrize(("kind", "paper"), [(kind, paper) for kind in Kind for paper in Paper])


@every
def test_a_flyer_is_one_sheet_of_its_paper(made, kind, paper):
    assert sizes(made[kind, paper]) == [SHEETS[paper]]


@every
def test_each_code_opens_the_survey_in_the_language_of_its_half(made, kind, paper):
    (picture,) = pictures(made[kind, paper])

    assert addresses(picture) == [ENGLISH] * COPIES[kind] + [SPANISH] * COPIES[kind]


@every
def test_every_code_is_read_from_a_poor_copy(made, kind, paper):
    (picture,) = pictures(made[kind, paper])

    assert addresses(copied(picture)) == [ENGLISH] * COPIES[kind] + [SPANISH] * COPIES[kind]


def test_spanish_is_on_the_left_and_english_on_the_right(made):
    (picture,) = pictures(made[Kind.PAGE, Paper.LETTER])
    width, height = picture.size

    assert addresses(picture.crop((0, 0, width // 2, height))) == [SPANISH]
    assert addresses(picture.crop((width // 2, 0, width, height))) == [ENGLISH]


@every
def test_it_says_where_and_until_when_in_both_languages(made, kind, paper):
    said = text(made[kind, paper])

    assert said.startswith("Los Robles Elementary School")
    assert "¿Cómo va nuestra escuela? Díganos." in said
    assert "How is our school doing? Tell us." in said
    assert "Hasta el 4 de diciembre de 2026" in said
    assert "Until December 4, 2026" in said
    assert said.count("encuesta.costaclara.example/s/los-robles") == COPIES[kind]
    assert "puente" not in said.lower()


@pytest.mark.parametrize("kind", [Kind.PAGE, Kind.HALF, Kind.QUARTER])
def test_all_but_the_cards_say_whom_to_ask(made, kind):
    said = text(made[kind, Paper.LETTER])

    assert said.count("Elena Ruiz, 310-555-0142") == 2 * COPIES[kind]
    assert "¿Prefiere papel, o contestar con alguien?" in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"contact": ""}, ["310-555-0142"]),
        ({"phone": ""}, ["Elena Ruiz"]),
        (
            {"contact": "", "phone": " "},
            ["Pregunte en la oficina de la escuela.", "Ask at the school office."],
        ),
    ],
)
def test_whom_to_ask_is_told_as_far_as_it_is_known(changes, said):
    printed = text(flyers.to_pdf(handout(**changes), Kind.PAGE, Paper.LETTER))

    assert all(words in printed for words in said)


@pytest.mark.parametrize(
    ("closes", "spanish", "english"),
    [
        (
            date(2026, 12, 4),
            "Del 9 de noviembre al 4 de diciembre de 2026",
            "From November 9 to December 4, 2026",
        ),
        (
            date(2027, 1, 29),
            "Del 9 de noviembre de 2026 al 29 de enero de 2027",
            "From November 9, 2026 to January 29, 2027",
        ),
    ],
)
def test_before_the_window_opens_it_says_from_when(closes, spanish, english):
    said = text(flyers.to_pdf(handout(is_coming=True, closes=closes), Kind.PAGE, Paper.LETTER))

    assert spanish in said
    assert english in said


def test_a_made_up_school_is_marked_as_invented():
    said = text(flyers.to_pdf(handout(is_made_up=True), Kind.CARD, Paper.A4))

    assert "Muestra: escuela inventada · Sample: invented school" in said


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_school_is_called_what_it_is_called_on_one_sheet(name, kind):
    pdf = flyers.to_pdf(handout(school=name, contact=name, phone=name[:40]), kind, Paper.LETTER)

    assert sizes(pdf) == [SHEETS["letter"]]
    assert letters(text(pdf)).count(letters(name)) >= COPIES[kind]
    assert addresses(pictures(pdf)[0]) == [ENGLISH] * COPIES[kind] + [SPANISH] * COPIES[kind]


@pytest.mark.parametrize("kind", Kind)
def test_a_long_address_is_printed_whole_and_read(kind):
    address = f"https://encuestas.distrito-escolar-unificado-de-costa-clara.example/s/{'los-robles-' * 6}"
    pdf = flyers.to_pdf(handout(address=address, scanned=f"{address}/engagement"), kind, Paper.A4)

    assert letters(address.removeprefix("https://")) in letters(text(pdf)), text(pdf)
    assert set(addresses(pictures(pdf)[0])) == {f"{address}/engagement?l=es", f"{address}/engagement?l=en"}


@every
def test_it_is_tagged_with_title_and_language_and_brings_its_fonts(made, kind, paper):
    pdf = made[kind, paper]

    assert is_tagged(pdf)
    assert b"pdfuaid:part" in pdf
    assert b"/Lang(es-US)" in pdf
    assert b"/Lang(en-US)" in pdf
    assert metadata(pdf)["Title"].startswith("Encuesta sobre la participación de las familias")
    assert all(fonts(pdf).values())


def test_copies_on_a_sheet_are_read_aloud_once(made):
    spoken = [made[kind, Paper.LETTER].count(b"/Figure") for kind in Kind]

    assert spoken == [spoken[0]] * len(Kind)


def test_a_name_in_letters_that_no_font_has_is_still_printed_and_claims_nothing():
    pdf = flyers.to_pdf(handout(school="陽光小學"), Kind.PAGE, Paper.LETTER)

    assert b"pdfuaid:part" not in pdf
    assert addresses(pictures(pdf)[0]) == [ENGLISH, SPANISH]


def test_the_same_flyer_is_made_twice_the_same(made):
    assert flyers.to_pdf(handout(), Kind.PAGE, Paper.LETTER) == made[Kind.PAGE, Paper.LETTER]


def test_a_survey_without_notices_has_a_flyer_too():
    bare = handout(notices=(), thanks=None, title=Wording("S", "E"))

    assert sizes(flyers.to_pdf(bare, Kind.PAGE, Paper.A4)) == [SHEETS["a4"]]
