"""The survey on a device of the school: who may begin one, and that it stays one until it is sent."""

from datetime import date

import builders_family
import builders_storage
import pytest
from builders_family import a_family, settings_of

from survey.collection import receipts
from survey.web.family import kiosk

SECRET = builders_family.SECRET


@pytest.fixture
def family(sqlite_database):
    with a_family(settings_of(sqlite_database)) as family:
        yield family


def test_the_address_of_a_kiosk_begins_a_survey_and_says_that_it_forgets(family):
    page = family.get(address(family, "es"), "es").page

    assert "data-kiosk" in page.one("form", id="f").attributes
    assert page.one("body").attributes.get("data-kiosk") == address(family, "es")
    assert value(page, "w") == receipts.served(SECRET, family.window.id, "kiosk")


def test_an_ordinary_page_is_no_kiosk(family):
    page = family.get().page

    assert page.one("body").attributes.get("data-kiosk") is None
    assert value(page, "w") == receipts.served(SECRET, family.window.id)


@pytest.mark.parametrize("forged", ["", "1", "1.", "1.x", "ñ", "{id}.x", "{other}"])
def test_an_address_that_is_not_signed_for_this_window_and_site_is_not_there(family, forged):
    elsewhere = builders_storage.a_site(family.store, "oak")
    with family.app.test_request_context():
        other = kiosk.signature(family.window, elsewhere)

    k = forged.format(id=family.window.id, other=other)

    assert family.app.test_client().get(f"{family.address}?k={k}").status_code == 404


def test_what_is_sent_from_a_kiosk_is_stored_as_such(family):
    answer = family.post(kiosk_fields(family, {"q.welcome": "1"}))

    assert answer.status_code == 201
    assert [channel for _, _, channel in family.responses()] == ["kiosk"]


def test_a_link_can_not_pass_itself_off_as_a_kiosk(family):
    forged = family.served().replace(".", ".kiosk.")

    answer = family.post(family.fields({"q.welcome": "1"}, w=forged))

    assert answer.status_code == 400
    assert family.responses() == []


def test_the_receipt_leads_to_the_next_family_and_to_no_page_that_would_remember(family):
    page = family.post(kiosk_fields(family, {"q.welcome": "1"})).page

    assert page.one("a", id="next-family").attributes["href"] == address(family)
    onward = {a.attributes["href"] for a in page.all("a")} - {"tel:3105550142"}
    assert {href.partition("?")[0] for href in onward} == {family.address, f"/s/{family.site.slug}/privacy"}


@pytest.mark.parametrize(
    "shown_again", [{"lang": "es"}, {"clear": "q.welcome"}, {"stay": "1"}, {"q.welcome": "99"}], ids=str
)
def test_a_page_that_is_shown_again_is_still_a_kiosk(family, shown_again):
    page = family.post(kiosk_fields(family, {"q.welcome": "1"} | shown_again)).page

    assert "data-kiosk" in page.one("form", id="f").attributes
    assert "k=" in page.one("form", id="f").attributes["action"]
    assert value(page, "w") == receipts.served(SECRET, family.window.id, "kiosk")


def test_a_kiosk_begins_nothing_once_its_window_is_over(family):
    at = address(family)
    family.it_is(date(2026, 12, 1))

    page = family.get(at)

    assert page.page.all("form", id="f") == []


def test_pages_of_a_kiosk_and_of_a_link_are_not_taken_for_each_other(family):
    for _ in range(2):
        assert family.get(address(family)).page.one("body").attributes.get("data-kiosk")
        assert not family.get(family.address + "?l=en").page.one("body").attributes.get("data-kiosk")


def address(family, language="en"):
    with family.app.test_request_context():
        return kiosk.address(family.window, family.site, language)


def kiosk_fields(family, answers):
    return family.fields(answers, w=receipts.served(SECRET, family.window.id, "kiosk"))


def value(page, name):
    return page.one("input", name=name).attributes["value"]
