"""What families wrote, on screen: read by the district after sealing, seen by a school only where it was let through."""

import re
from datetime import date
from uuid import UUID

import builders_instruments
import builders_staff
import pytest
from builders_staff import CANYON, DISTRICT, ROBLES, signed_in, store_of
from builders_storage import a_window

from survey.instruments.model import ItemType
from survey.instruments.packing import pack
from survey.settings import Settings
from survey.storage import comments, responses, sites, windows
from survey.storage.comments import NewComment
from survey.storage.responses import Response

DAY = date(2026, 11, 12)
WORDS = [f"Comment number {n}" for n in range(12)] + ["<script>alert(1)</script>", "two\nlines"]


@pytest.fixture
def app(database_url):
    settings = Settings(database_url=database_url, secret_key="x" * 40, today=DAY)
    with builders_staff.serving(settings) as app:
        yield app


@pytest.fixture
def window(app):
    """A sealed window: Los Robles with 20 families and words of theirs, Canyon with 5 and words too."""
    window = a_window(store_of(app), builders_instruments.instrument(), closed_on=DAY, sealed_on=DAY)
    with store_of(app).writing() as db:
        instrument = windows.instrument(db, window)
        rated = next(item for item in instrument.items() if item.is_rated and item.options)
        text = next(item for item in instrument.items() if item.type is ItemType.TEXT)
        packed = pack(instrument, {rated.id: (rated.options[0].code,)})
        for slug, families in (("los-robles", 20), ("canyon", 5)):
            site = sites.find(db, slug)
            sent = [
                Response(window.id, site.id, UUID(int=n + 1), "en", "link", packed) for n in range(families)
            ]
            responses.insert_all(db, sent)
            comments.insert(db, window.id, [NewComment(site.id, text.id, words) for words in WORDS])
    return window


def page(app, window, who=DISTRICT, slug="los-robles"):
    return signed_in(app, who).get(f"/staff/windows/{window.id}/sites/{slug}/comments").text


def order(html):
    return re.findall(r"Comment number \d+", html)


def keys(html):
    return dict(
        re.findall(
            r'<p class="text">([^<]*)</p>\s*<label class="choice"><input type="radio" name="([^"]+)"', html
        )
    )


def test_the_district_reads_every_comment_in_an_order_made_anew(app, window):
    once, again = order(page(app, window)), order(page(app, window))

    assert sorted(once) == sorted(again) == sorted(WORDS[:12])
    assert once != again


def test_nothing_stands_beside_a_comment_but_its_question(app, window):
    html = page(app, window)

    for told in ("English", "Spanish", "link", "paper", "2026-11"):
        assert told not in re.search(r"<fieldset.*</fieldset>", html, re.DOTALL)[0]


def test_words_of_families_are_escaped(app, window):
    html = page(app, window)

    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_comments_of_a_school_with_few_families_are_read_by_nobody(app, window):
    for who in (DISTRICT, CANYON):
        html = page(app, window, who, "canyon")

        assert "Comments cannot be read here." in html
        assert order(html) == []
    assert "Canyon" not in signed_in(app, DISTRICT).get(f"/staff/windows/{window.id}/comments").text


def test_comments_are_read_by_nobody_before_sealing(app, window):
    unsealed = a_window(store_of(app), builders_instruments.instrument(), name="unsealed")

    assert "Comments cannot be read here." in page(app, unsealed)


def test_a_school_sees_nothing_until_the_district_lets_it(app, window):
    assert order(page(app, window, ROBLES)) == []


def test_a_school_sees_what_the_district_lets_it_and_no_more(app, window):
    browser = signed_in(app, DISTRICT)
    known = keys(page(app, window))
    decisions = {known["Comment number 3"]: "show", known["Comment number 4"]: "keep"}

    browser.post(f"/staff/windows/{window.id}/sites/los-robles/comments/mark", decisions)

    assert order(page(app, window, ROBLES)) == ["Comment number 3"]
    assert f"{len(WORDS) - 2} are undecided" in page(app, window)


def test_a_decision_can_be_taken_back(app, window):
    browser = signed_in(app, DISTRICT)
    key = keys(page(app, window))["Comment number 3"]
    for decision in ("show", "keep"):
        browser.post(f"/staff/windows/{window.id}/sites/los-robles/comments/mark", {key: decision})

    assert order(page(app, window, ROBLES)) == []


@pytest.mark.parametrize(
    "sent", [{"not-a-key": "show"}, {str(UUID(int=7)): "show"}, {str(UUID(int=7)): "drop table"}, {}]
)
def test_a_decision_about_nothing_changes_nothing(app, window, sent):
    answer = signed_in(app, DISTRICT).post(f"/staff/windows/{window.id}/sites/los-robles/comments/mark", sent)

    assert answer.status_code == 303
    assert f"{len(WORDS)} are undecided" in page(app, window)


def test_a_comment_is_decided_under_its_own_school_only(app, window):
    key = keys(page(app, window))["Comment number 3"]

    signed_in(app, DISTRICT).post(f"/staff/windows/{window.id}/sites/mar-vista/comments/mark", {key: "show"})

    assert order(page(app, window, ROBLES)) == []
