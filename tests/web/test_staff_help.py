"""Surveys with somebody of the school at hand: what handing the phone over ends, and what it begins."""

import re
from datetime import date

import builders_instruments
import builders_staff
import pytest
from builders_staff import DISTRICT, ROBLES, is_signed_in, signed_in, store_of
from builders_storage import a_window

from survey.settings import Settings
from survey.storage import sites

TODAY = date(2026, 11, 12)


@pytest.fixture
def app(sqlite_database):
    settings = Settings(
        database_url=sqlite_database, secret_key="x" * 40, today=TODAY, public_url="https://survey.example"
    )
    with builders_staff.serving(settings) as app:
        yield app


@pytest.fixture
def window(app):
    return a_window(store_of(app), builders_instruments.instrument(), name="fall")


def hand_over(window, slug="los-robles"):
    return f"/staff/windows/{window.id}/sites/{slug}/hand-over"


def test_handing_over_begins_a_survey_of_the_school_in_the_familys_language(app, window):
    liaison = signed_in(app, ROBLES)

    answer = liaison.post(hand_over(window), {"l": "es"})

    assert answer.status_code == 303
    assert answer.location.startswith(f"/s/los-robles/small?k={window.id}.")
    assert answer.location.endswith("&l=es")
    assert app.test_client().get(answer.location).status_code == 200


def test_handing_over_takes_the_cookie_away_and_makes_every_copy_of_it_worthless(app, window):
    liaison, copy = signed_in(app, ROBLES), signed_in(app, ROBLES)
    before = liaison.client.get_cookie("__Host-puente")

    answer = liaison.post(hand_over(window), {"l": "en"})

    assert before is not None
    assert liaison.client.get_cookie("__Host-puente") is None
    assert "Expires=Thu, 01 Jan 1970" in answer.headers["Set-Cookie"]
    liaison.client.set_cookie("__Host-puente", before.value)
    assert not is_signed_in(liaison)
    assert not is_signed_in(copy)


def test_nothing_of_the_liaison_is_on_the_familys_page(app, window):
    liaison = signed_in(app, ROBLES)

    page = liaison.client.get(liaison.post(hand_over(window), {"l": "en"}).location)

    assert ROBLES not in page.text
    assert "/staff" not in page.text
    assert "Set-Cookie" not in page.headers


def test_a_liaison_who_names_no_language_stays_signed_in(app, window):
    liaison = signed_in(app, ROBLES)

    answer = liaison.post(hand_over(window), {"l": "fr"})

    assert answer.status_code == 400
    assert is_signed_in(liaison)


def test_nothing_is_handed_over_where_no_survey_can_be_started(app):
    over = a_window(
        store_of(app), builders_instruments.instrument(), opens=date(2026, 10, 1), closes=date(2026, 11, 10)
    )
    liaison = signed_in(app, ROBLES)

    answer = liaison.post(hand_over(over), {"l": "en"})

    assert answer.location == f"/staff/windows/{over.id}/sites/los-robles/help"
    assert is_signed_in(liaison)
    assert "hand-over" not in liaison.get(answer.location).text


def test_whoever_has_one_school_and_one_survey_is_led_straight_there(app, window):
    liaison = signed_in(app, ROBLES)

    assert liaison.get("/staff/help").location == f"/staff/windows/{window.id}/sites/los-robles/help"


def test_the_district_chooses_among_all_schools_of_a_window(app):
    with store_of(app).reading() as db:
        pine = sites.find(db, "pine"), sites.find(db, "canyon")
    a_window(store_of(app), builders_instruments.instrument(), sites=pine)
    district = signed_in(app, DISTRICT)

    page = district.get("/staff/help").text

    assert "Pine School" in page
    assert "Canyon School" in page
    assert "Los Robles" not in page


def test_the_addresses_for_a_tablet_are_the_installations_own_and_spanish_comes_first(app, window):
    page = signed_in(app, ROBLES).get(f"/staff/windows/{window.id}/sites/los-robles/help?l=en").text

    shown = re.findall(r"<code>(https://survey\.example/s/los-robles/small\?k=[^<]*)</code>", page)
    assert [address.rpartition("l=")[2] for address in shown] == ["es", "en"]
    assert page.count("<svg") >= len(shown)
    assert "PUBLIC_URL" not in page


def test_a_tablet_is_not_set_up_before_the_installation_has_an_address(sqlite_database):
    settings = Settings(database_url=sqlite_database, secret_key="x" * 40, today=TODAY)
    with builders_staff.serving(settings) as app:
        window = a_window(store_of(app), builders_instruments.instrument(), name="fall")
        page = signed_in(app, ROBLES).get(f"/staff/windows/{window.id}/sites/los-robles/help").text

    assert "PUBLIC_URL" in page
