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
    assert {href.partition("?")[0] for href in onward} == {family.address}
    assert all("k=" in href for href in onward)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_of_a_kiosk_leads_to_one_that_would_keep_a_draft(family, language):
    late = kiosk_fields(family, {"q.welcome": "1"}, l=language)
    begun = family.get(address(family, language), language)
    wrong = family.post(kiosk_fields(family, {"q.welcome": "99"}, l=language), language=language)
    done = family.post(kiosk_fields(family, {"q.welcome": "1"}, l=language), language=language)
    family.it_is(date(2027, 2, 1))
    over = family.get(address(family, language), language)
    too_late = family.post(late, language=language)

    assert [page.status_code for page in (begun, wrong, done, over, too_late)] == [200, 422, 201, 200, 410]
    for page in (begun, wrong, done, over, too_late):
        onward = [a.attributes["href"] for a in page.page.all("a")]
        assert [href for href in onward if not href.startswith(("tel:", "#")) and "k=" not in href] == []
    assert too_late.page.one("a", id="next-family").attributes["href"] == address(family, language)
    assert over.page.one("body").attributes.get("data-kiosk") == address(family, language)


def test_what_is_kept_can_be_read_on_the_page_itself(family):
    page = family.get(address(family), "en").page

    assert "What is not kept" in page.one("details").text


def test_both_languages_are_offered_where_a_family_begins(family):
    page = family.get(address(family), "en").page

    large = [button for button in page.all("button", name="lang") if button.attributes.get("class") == "go"]
    assert [button.attributes["value"] for button in large] == ["es"]


def test_a_page_that_is_not_known_any_more_is_still_a_kiosk(family):
    with family.app.test_request_context():
        k = kiosk.signature(family.window, family.site)
    fields = family.fields({"q.welcome": "1"}, w=f"{family.window.id}.kiosk.gone")

    page = family.post(fields, f"{family.address}?k={k}").page
    ordinary = family.post(fields, f"{family.address}?k={k}x").page

    assert "data-kiosk" in page.one("form", id="f").attributes
    assert "data-kiosk" not in ordinary.one("form", id="f").attributes


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


def kiosk_fields(family, answers, **own):
    return family.fields(answers, w=receipts.served(SECRET, family.window.id, "kiosk"), **own)


def value(page, name):
    return page.one("input", name=name).attributes["value"]
