"""Keying in paper by the web: what the page may send, and what is said where a stack can not go on."""

import json
import re
from datetime import date
from uuid import uuid4

import builders_instruments
import builders_staff
import pytest
from builders_staff import ROBLES, signed_in, store_of
from builders_storage import a_window

from survey.collection.paper import Desk
from survey.settings import Settings
from survey.storage import responses, sites, windows

TODAY = date(2026, 11, 12)


@pytest.fixture
def app(sqlite_database):
    settings = Settings(database_url=sqlite_database, secret_key="x" * 40, today=TODAY)
    with builders_staff.serving(settings) as app:
        yield app


@pytest.fixture
def desk(app):
    store = store_of(app)
    window = a_window(store, builders_instruments.instrument(), name="fall")
    with store.reading() as db:
        return Desk(store, window, sites.find(db, "los-robles"), TODAY)


@pytest.fixture
def stack(desk):
    return desk.begin("Monday", 2).id


@pytest.fixture
def liaison(app):
    return signed_in(app, ROBLES)


def path(desk, more=""):
    return f"/staff/windows/{desk.window.id}/sites/los-robles/paper{more}"


def a_sheet(**changes):
    sheet = {"number": 1, "key": str(uuid4()), "language": "es", "second": False}
    return {**sheet, "answers": {"q.welcome": ["1"]}, **changes}


def save(liaison, desk, stack, sheet):
    token = {"X-CSRFToken": liaison.token()}
    return liaison.client.post(path(desk, f"/{stack}/keying"), json=sheet, headers=token)


def test_a_saved_sheet_is_answered_with_the_numbers_that_are_left(liaison, desk, stack):
    answer = save(liaison, desk, stack, a_sheet())

    assert (answer.status_code, answer.json) == (200, {"left": [2]})


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 0},
        {"number": "1"},
        {"number": 501},
        {"key": "x"},
        {"key": None},
        {"language": "fr"},
        {"language": ["es"]},
        {"answers": []},
        {"answers": {"q.welcome": "1"}},
        {"answers": {"q.welcome": [1]}},
    ],
    ids=str,
)
def test_what_the_page_never_sends_is_refused(liaison, desk, stack, wrong):
    assert save(liaison, desk, stack, a_sheet(**wrong)).status_code == 400
    assert desk.stack(stack)[1] == ()


@pytest.mark.parametrize(
    "wrong", [{"q.welcome": ["99"]}, {"q.nothing": ["1"]}, {"q.comment": ["x" * 300]}], ids=str
)
def test_an_answer_that_can_not_be_taken_is_named_and_nothing_is_kept(liaison, desk, stack, wrong):
    answer = save(liaison, desk, stack, a_sheet(answers=wrong))

    assert answer.status_code == 422
    assert answer.json["item"] in (*wrong, None)
    assert desk.stack(stack)[1] == ()


def test_a_number_that_somebody_else_keyed_is_not_overwritten(liaison, desk, stack):
    save(liaison, desk, stack, a_sheet())

    answer = save(liaison, desk, stack, a_sheet())

    assert answer.status_code == 409
    assert answer.json["isTaken"]
    assert answer.json["left"] == [2]


@pytest.mark.parametrize("declared", ["", "0", "501", "many", "-1", "٣", "1" * 50])
def test_a_stack_needs_a_number_of_sheets(liaison, desk, declared):
    answer = liaison.post(path(desk), {"declared": declared, "name": "Monday"})

    assert answer.status_code == 422
    assert "Please count the surveys" in answer.text
    assert desk.stacks() == {}


def test_a_stack_is_deleted_only_by_whoever_understands_what_that_means(liaison, desk, stack):
    assert liaison.post(path(desk, f"/{stack}"), {"do": "delete"}).status_code == 400

    answer = liaison.post(path(desk, f"/{stack}"), {"do": "delete", "understood": "1"})

    assert answer.location == path(desk)
    assert desk.stacks() == {}


def test_finishing_a_stack_twice_is_told_in_words(liaison, desk):
    stack = desk.begin("Monday", 1).id
    save(liaison, desk, stack, a_sheet())
    liaison.post(path(desk, f"/{stack}"), {"do": "check"})
    save(liaison, desk, stack, a_sheet(second=True))
    for _ in range(2):
        answer = liaison.post(path(desk, f"/{stack}"), {"do": "finish"})

    assert answer.location == path(desk)
    assert "This stack is not here any more" in liaison.get(path(desk)).text
    with desk.store.reading() as db:
        assert responses.counts(db, desk.window.id) == {desk.site.id: 1}


def test_finishing_a_stack_that_is_gone_leads_away_in_a_closed_window_too(liaison, desk, stack):
    desk.delete(stack)
    with desk.store.writing() as db:
        windows.set_closed(db, desk.window.id, TODAY)

    answer = liaison.post(path(desk, f"/{stack}"), {"do": "finish"})

    assert (answer.status_code, answer.location) == (303, path(desk))
    assert "This stack is not here any more" in liaison.get(path(desk)).text


def test_what_differs_is_not_settled_half(liaison, desk):
    stack = desk.begin("Monday", 1).id
    save(liaison, desk, stack, a_sheet(answers={"q.welcome": ["1"], "q.respect": ["1"]}))
    liaison.post(path(desk, f"/{stack}"), {"do": "check"})
    save(liaison, desk, stack, a_sheet(second=True, answers={"q.welcome": ["2"], "q.respect": ["2"]}))

    answer = liaison.post(path(desk, f"/{stack}"), {"do": "settle", "number": "1", "q.welcome": "first"})

    assert answer.status_code == 422
    assert not desk.stack(stack)[1][0].is_settled


def test_the_second_keying_is_blind(liaison, desk):
    stack = desk.begin("Monday", 1).id
    save(liaison, desk, stack, a_sheet(answers={"q.comment": ["zanahorias"], "q.welcome": ["1"]}))
    liaison.post(path(desk, f"/{stack}"), {"do": "check"})

    page = liaison.get(path(desk, f"/{stack}/keying?sheet=1"))

    told = json.loads(re.search(r'id="keying">(.*?)</script>', page.text)[1])
    assert told["sheet"] is None
    assert "zanahorias" not in page.text
    assert {item["type"] for item in told["items"]} == {"single", "multi"}


def test_the_second_keying_is_told_the_language_that_the_first_found(liaison, desk):
    stack = desk.begin("Monday", 2).id
    save(liaison, desk, stack, a_sheet(number=1, language="en"))
    save(liaison, desk, stack, a_sheet(number=2, language="es"))
    liaison.post(path(desk, f"/{stack}"), {"do": "check"})

    page = liaison.get(path(desk, f"/{stack}/keying"))

    told = json.loads(re.search(r'id="keying">(.*?)</script>', page.text)[1])
    assert told["spoken"] == {"1": "en", "2": "es"}
    assert "The second keying begins with question 1" in page.text


@pytest.mark.parametrize(("surveys", "is_advised"), [(3, False), (4, True)])
def test_other_surveys_are_worth_a_look_only_where_there_are_others(liaison, desk, surveys, is_advised):
    stack = desk.begin("Monday", surveys).id
    for number in range(1, surveys + 1):
        save(liaison, desk, stack, a_sheet(number=number))
    liaison.post(path(desk, f"/{stack}"), {"do": "check"})
    for sheet in desk.stack(stack)[1]:
        if sheet.is_sampled:
            wrong = a_sheet(number=sheet.number, second=True, answers={"q.welcome": ["2"]})
            save(liaison, desk, stack, wrong)

    page = liaison.get(path(desk, f"/{stack}"))

    assert "answers differed between the two keyings" in page.text
    assert ("look at the other surveys" in page.text) is is_advised


def test_a_survey_of_several_sheets_counts_once(liaison, desk, stack):
    for page in (liaison.get(path(desk)).text, liaison.get(path(desk, f"/{stack}")).text):
        assert "How many surveys are in the stack?" in page
        assert "How many sheets" not in page


def test_a_window_that_is_not_closed_over_paper_says_at_which_school(app, desk, stack, liaison):
    save(liaison, desk, stack, a_sheet())
    district = signed_in(app, builders_staff.DISTRICT)

    answer = district.post(f"/staff/windows/{desk.window.id}/close", {"understood": "1"})

    assert answer.status_code == 422
    assert "at Los Robles Elementary School. Finish or delete these stacks first." in answer.text
    with desk.store.reading() as db:
        assert windows.by_id(db, desk.window.id).closed_on is None
