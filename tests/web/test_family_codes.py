"""The code on the family's page: there where a window has codes, never costing an answer, told in either language."""

import pytest
from builders_codes import make, uses_left, wrong_like
from builders_family import RECEIPT_TYPE, a_family, words

from survey import household_codes
from survey.collection.guessing import WRONG_ALIKE

ANSWERS = {"q.welcome": "4", "q.comment": "our words"}


@pytest.fixture
def family(settings):
    with a_family(settings, code_uses=1) as family:
        yield family


@pytest.fixture
def code(family):
    return make(family.store, family.window, family.site)[0]


def sent(family, typed, **own):
    return family.post(family.fields(ANSWERS, code=typed, **own), language="en")


def test_a_window_without_codes_asks_for_none(settings):
    with a_family(settings) as family:
        assert family.get(f"{family.address}?l=en").page.all("textarea", name="code") == []


def test_a_window_with_codes_asks_for_one_at_the_end_and_says_that_none_is_needed(family):
    page = family.get(f"{family.address}?l=en").page

    assert page.one("textarea", name="code").attributes["aria-describedby"] == "code-hint"
    assert "If you have none, leave this empty." in page.one("p", id="code-hint").text


def test_a_code_typed_any_way_is_taken(family, code):
    response = sent(family, f" {household_codes.shown(code).lower()} ")

    assert response.status_code == 201
    assert [row[2] for row in family.responses()] == ["code"]


def test_an_empty_code_is_no_code(family, code):
    assert sent(family, "  ").status_code == 201
    assert [row[2] for row in family.responses()] == ["link"]


def test_a_code_posted_where_the_window_has_none_is_left_alone(settings):
    with a_family(settings) as family:
        assert sent(family, "K7QF2-MXRAE").status_code == 201
        assert [row[2] for row in family.responses()] == ["link"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("KOQF2-MXRI1", "No code has the character O I 1."),
        ("K7QF2", "A code has 10 characters. Here there are 5."),
        ("K7QF2-MXRA9", "A character of this code is not right."),
        ("K7QF2-MXRAE", "This code is not for this survey at Los Robles Elementary School."),
    ],
)
def test_a_code_that_can_not_be_used_is_told_why_and_costs_no_answer(family, code, typed, told):
    response = sent(family, typed)

    assert response.status_code == 422
    assert told in words(response)
    assert "Not sent yet" in words(response)
    assert "our words" in response.text
    assert typed in response.text
    assert family.responses() == []
    assert uses_left(family.store, family.window) == [1]


def test_in_spanish_it_is_told_in_spanish(family):
    response = family.post(family.fields(ANSWERS, code="K7QF2-MXRAE", l="es"), language="es")

    assert "Este código no es para esta encuesta en Los Robles Elementary School." in words(response)


def test_a_spent_code_is_told_and_the_answers_can_be_sent_without_it(family, code):
    sent(family, code)
    fields = family.fields(ANSWERS, code=code)

    refused = family.post(fields, language="en")
    without = family.post({**fields, "open": "1"}, language="en")

    assert refused.status_code == 422
    assert "This code has already been used." in words(refused)
    assert refused.page.one("button", name="open").text == "Send without a code"
    assert without.status_code == 201
    assert sorted(row[2] for row in family.responses()) == ["code", "link"]


def test_after_many_wrong_codes_it_is_told_how_long_to_wait(family, code):
    for _, guess in zip(range(WRONG_ALIKE), wrong_like(code), strict=False):
        sent(family, guess)

    response = sent(family, code)

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 601
    assert "It can be tried again in" in words(response)
    assert "our words" in response.text


def test_a_program_is_told_the_outcome(family, code):
    sent(family, code)
    fields = family.fields(ANSWERS, code=code)

    response = family.post(fields, Accept=RECEIPT_TYPE)

    assert response.mimetype == "application/vnd.puente.refusal+json"
    assert (response.json["key"], response.json["outcome"]) == (fields["key"], "code_spent")
    assert "This code has already been used." in response.json["page"]


def test_the_code_stays_where_it_is_when_the_language_is_switched(family, code):
    response = family.post(family.fields(ANSWERS, code=code, lang="es"), language="es")

    assert response.status_code == 200
    assert response.page.one("textarea", name="code").text.strip() == code


def test_no_log_holds_a_code(family, code, caplog, capfd):
    caplog.set_level("DEBUG")

    sent(family, code)
    sent(family, code)

    out, err = capfd.readouterr()
    assert code not in caplog.text + out + err


def test_the_page_on_what_is_kept_tells_of_codes_where_there_are_any(family):
    assert "When it has closed, all codes are erased." in words(family.get("/s/los-robles/privacy?l=en"))


def test_it_does_not_where_there_are_none(settings):
    with a_family(settings) as family:
        assert "all codes are erased" not in words(family.get("/s/los-robles/privacy?l=en"))
