"""Ballot stuffing: whatever a script sends through the open link changes nothing of the coded release, and is seen."""

import re

import builders_apart
import builders_staff
import pytest
from builders_collection import AFTER_GRACE
from builders_staff import DISTRICT, signed_in, store_of

from survey import catalogue
from survey.figures import Responses
from survey.releases import make, screening
from survey.releases.screening import Signal
from survey.storage import enrolment
from survey.storage.enrolment import Enrolment

POSTS = 10_000
FAMILIES = {"los-robles": 320, "mar-vista": 260, "canyon": 30, "pine": 60}
RELEASE = "/releases/1"
OF_THE_RELEASE = [
    RELEASE,
    f"{RELEASE}/withheld",
    f"{RELEASE}/district",
    f"{RELEASE}/district?by=about.home_language;language",
    f"{RELEASE}/district/frameworks/fef",
    f"{RELEASE}/sites/los-robles",
    f"{RELEASE}/sites/pine?by=about.home_language",
    f"{RELEASE}/sites/mar-vista/frameworks",
    f"{RELEASE}/results.csv",
    f"{RELEASE}/results.xlsx",
    f"{RELEASE}/sites/los-robles/results.csv",
    f"{RELEASE}/sites/los-robles/results.xlsx",
]


@pytest.fixture
def app(settings):
    with builders_staff.serving(settings) as app:
        with store_of(app).writing() as db:
            enrolment.replace(db, [Enrolment(slug, "families", "", "", n) for slug, n in FAMILIES.items()])
        yield app


def released(store, window):
    builders_apart.seal(store, window)
    return make.make(
        store,
        window.name,
        catalogue.load().frameworks,
        11,
        AFTER_GRACE,
        district_name="Costa Clara",
        responses=Responses.CODED,
    )


def published(browser, window):
    """Every page and file of release 1, byte by byte but for the forms' tokens, which are new on every page."""
    found = {}
    for path in OF_THE_RELEASE:
        answer = browser.get(f"/staff/windows/{window.id}{path}")
        assert answer.status_code == 200, path
        found[path] = re.sub(rb'(name="csrf_token" value=)"[^"]+"', rb"\1", answer.data)
    return found


@pytest.mark.timeout(900)
def test_ten_thousand_scripted_open_posts_change_no_byte_of_the_coded_release_and_are_flagged(app):
    store, browser = store_of(app), signed_in(app, DISTRICT)
    window = builders_apart.with_codes(store)
    without = released(store, window)
    pages = published(browser, window)
    assert screening.screen(store, window.name, 11).flags == ()
    builders_apart.rewind(store, window)

    builders_apart.script(store, window, POSTS)

    assert released(store, window) == without
    assert without.district.respondents == 400
    again = published(browser, window)
    assert [path for path in pages if pages[path] != again[path]] == []
    flags = screening.screen(store, window.name, 11).flags
    flagged = {(flag.signal, flag.site.slug if flag.site else "") for flag in flags}
    stuffed = ("los-robles", "mar-vista", "pine")
    assert flagged == {(signal, slug) for signal in (Signal.ONE_SET, Signal.BEYOND) for slug in stuffed}
    shown = browser.get(f"/staff/windows/{window.id}/release").text
    assert "At least 10,043 surveys came by the open link, at school or on paper." in shown
    assert "Something stands out:" in shown
