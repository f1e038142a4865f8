"""A device of the school in a browser: it warns, forgets each family before the next, and loses no finished survey."""

from datetime import datetime, timedelta

import builders_family as built
import builders_staff
import pytest
from axe_playwright_python.sync_playwright import Axe
from builders_staff import ROBLES, store_of
from builders_storage import a_window
from playwright.sync_api import expect

from survey import catalogue
from survey.administration import staff
from survey.settings import Settings
from survey.storage import responses
from survey.web.family import kiosk

pytestmark = pytest.mark.browser
# A loaded machine is slow, not wrong.
expect.set_options(timeout=60_000)

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NOON = datetime(2026, 11, 12, 12)  # noqa: DTZ001 - the browser's own time
CANARY = "zanahorias-7361"
ASKED = {"en": "Are you still there?", "es": "¿Sigue usted ahí?"}
# Whatever a family wrote is nowhere: not on the page, in its fields, or in anything the browser keeps.
EVERYTHING = """() => [document.documentElement.outerHTML, location.href, JSON.stringify(history.state),
  ...[...document.querySelectorAll("textarea, :checked")].map(field => field.value),
  JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})].join("\\n")"""


@pytest.fixture(scope="module")
def remembering(browser_type, browser_type_launch_args):
    """A browser with the back-forward cache on, as families have it."""
    browser = browser_type.launch(
        **browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()


@pytest.fixture
def family(sqlite_database):
    with built.a_family(built.settings_of(sqlite_database)) as family:
        yield family


@pytest.fixture
def tablet(family, remembering):
    with built.serving(family.app) as port:
        context = remembering.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
        yield Tablet(family, port, context)
        context.close()


class Tablet:
    """A tablet of the school whose clock stands still but where a test lets time pass."""

    def __init__(self, family, port, context):
        self.family, self.context, self.page = family, context, context.new_page()
        self.host = f"http://127.0.0.1:{port}"
        self.warning = self.page.get_by_role("alertdialog")

    def open(self, language="en"):
        with self.family.app.test_request_context():
            path = kiosk.address(self.family.window, self.family.site, language)
        self.page.clock.install(time=NOON)
        self.page.goto(self.host + path)
        self.page.locator("html.js").wait_for()
        self.page.clock.pause_at(NOON + timedelta(minutes=30))
        return self

    def answer(self):
        """Begin, answer a question, and write something that can be recognized."""
        self.page.locator("a[href='#p1']").click()
        self.page.locator("[name='q.welcome'][value='4']").check()
        self.page.locator("[name='q.comment']").evaluate(
            "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', { bubbles: true })) }",
            CANARY,
        )

    def send(self):
        self.page.locator("#send .go").evaluate("button => button.click()")

    def leave_alone(self, seconds):
        self.page.clock.run_for(seconds * 1000)

    def is_blank(self, *, at_start=True):
        """A survey that nobody has answered, at its beginning unless told."""
        expect(self.page.locator("html.js")).to_have_count(1)
        if at_start:
            expect(self.page.locator("a[href='#p1']")).to_be_visible()
        expect(self.page.locator("form :checked")).to_have_count(0)
        assert CANARY not in self.page.evaluate(EVERYTHING)

    def channels(self):
        with self.family.store.reading() as db:
            return [row.channel for row in responses.packed(db, self.family.window.id)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_warns_before_it_forgets_and_any_touch_goes_on(tablet, language):
    tablet.open(language).answer()

    tablet.leave_alone(39)
    expect(tablet.warning).to_have_count(0)
    tablet.leave_alone(2)

    expect(tablet.warning).to_have_accessible_name(ASKED[language])
    expect(tablet.page.get_by_role("alertdialog").get_by_role("button")).to_be_focused()
    tablet.page.mouse.click(5, 5)
    expect(tablet.warning).to_have_count(0)
    tablet.leave_alone(39)
    expect(tablet.page.locator("[name='q.welcome'][value='4']")).to_be_checked()
    expect(tablet.page.locator("[name='q.comment']")).to_have_value(CANARY)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_warning_breaks_no_rule(tablet, language):
    tablet.open(language).answer()
    tablet.leave_alone(41)
    expect(tablet.warning).to_be_visible()
    # What judges the page needs a clock that runs, however slow the machine is.
    tablet.page.evaluate(
        "() => { const last = setTimeout(() => 0); for (let n = 0; n < 999; n++) clearTimeout(last - n) }"
    )
    tablet.page.clock.resume()

    assert Axe().run(tablet.page, options=RULES).response["violations"] == []


@pytest.mark.parametrize("key", [" ", "Enter", "Escape", "2", "ArrowDown", "Tab"])
def test_the_key_that_ends_the_warning_does_nothing_else(tablet, key):
    tablet.open().answer()
    tablet.page.locator("[name='q.respect'][value='3']").focus()
    tablet.leave_alone(41)
    expect(tablet.warning).to_be_visible()

    tablet.page.keyboard.press(key)

    expect(tablet.warning).to_have_count(0)
    expect(tablet.page.locator("[name='q.respect']:checked")).to_have_count(0)
    expect(tablet.page.locator("[name='q.welcome'][value='4']")).to_be_checked()
    tablet.leave_alone(39)
    expect(tablet.warning).to_have_count(0)


def test_after_a_minute_without_a_touch_everything_is_forgotten(tablet):
    tablet.open().answer()

    tablet.leave_alone(61)

    tablet.is_blank()
    tablet.page.go_back()
    tablet.is_blank(at_start=False)


def test_who_wakes_the_device_late_finds_nothing(tablet):
    tablet.open().answer()

    tablet.page.clock.set_fixed_time(NOON + timedelta(minutes=45))
    tablet.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    tablet.is_blank()


def test_a_survey_that_nobody_has_begun_is_left_alone(tablet):
    tablet.open()

    tablet.leave_alone(300)

    expect(tablet.warning).to_have_count(0)


def test_after_the_receipt_the_next_family_finds_a_new_survey_and_back_shows_nothing(tablet):
    tablet.open().answer()
    tablet.send()
    expect(tablet.page.get_by_role("heading", level=1)).to_have_text("Received")
    assert CANARY not in tablet.page.evaluate(EVERYTHING)

    tablet.page.get_by_role("link", name="Next family").click()

    tablet.is_blank()
    tablet.page.go_back()
    tablet.is_blank(at_start=False)
    assert tablet.channels() == ["kiosk"]


def test_a_receipt_that_is_left_alone_gives_way_to_the_next_family(tablet):
    tablet.open().answer()
    tablet.send()
    expect(tablet.page.get_by_role("heading", level=1)).to_have_text("Received")

    tablet.leave_alone(61)

    tablet.is_blank()


def test_without_a_signal_a_finished_survey_waits_and_the_next_family_begins(tablet):
    tablet.open().answer()
    tablet.context.set_offline(True)
    tablet.send()
    expect(tablet.page.get_by_role("heading", level=1)).to_have_text("Not sent yet")

    tablet.page.get_by_role("link", name="Next family").click()

    expect(tablet.page.locator("form :checked")).to_have_count(0)
    expect(tablet.page.locator(".wait")).to_contain_text("1 survey on this phone has not been sent.")
    assert CANARY not in tablet.page.evaluate("document.documentElement.outerHTML")
    tablet.context.set_offline(False)
    expect(tablet.page.locator(".wait")).not_to_contain_text("has not been sent")
    assert tablet.channels() == ["kiosk"]


def test_the_next_family_without_a_signal_sends_a_survey_of_its_own(tablet):
    tablet.open().answer()
    tablet.context.set_offline(True)
    tablet.send()
    tablet.page.get_by_role("link", name="Next family").click()
    tablet.answer()
    tablet.context.set_offline(False)

    tablet.send()

    expect(tablet.page.get_by_role("heading", level=1)).to_have_text("Received")
    expect(tablet.page.locator(".wait")).not_to_contain_text("has not been sent")
    assert tablet.channels() == ["kiosk", "kiosk"]


def test_in_the_other_language_it_is_still_a_device_of_the_school(tablet):
    tablet.open().answer()

    tablet.page.get_by_role("button", name="Español").first.click()
    expect(tablet.page.locator("html")).to_have_attribute("lang", "es")
    expect(tablet.page.locator("[name='q.comment']")).to_have_value(CANARY)

    tablet.leave_alone(61)
    tablet.is_blank()


def test_without_javascript_it_says_that_it_can_not_forget_by_itself(family, browser):
    with built.serving(family.app) as port, family.app.test_request_context():
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}{kiosk.address(family.window, family.site, 'en')}")

        expect(page.get_by_text("it cannot forget by itself")).to_be_visible()
        context.close()


def test_a_phone_that_was_handed_over_shows_nothing_of_the_liaison(sqlite_database, remembering):
    settings = Settings(database_url=sqlite_database, secret_key="x" * 40, today=built.TODAY)
    with builders_staff.serving(settings) as app, builders_staff.on_a_port(app) as address:
        store = store_of(app)
        window = a_window(store, catalogue.load().instruments["climate"], name="fall")
        context = remembering.new_context(locale="en", viewport={"width": 360, "height": 740})
        page = context.new_page()
        sign_in(page, address, store)
        page.get_by_role("link", name="With families").click()
        page.get_by_role("button", name="Start in Spanish and hand the phone over").click()
        expect(page.locator("html")).to_have_attribute("lang", "es")
        assert context.cookies() == []
        assert ROBLES not in page.content()

        for _ in range(4):
            page.go_back()
            assert ROBLES not in page.content()
            assert "Los Robles Elementary School" not in page.content() or "/s/los-robles" in page.url
        page.goto(f"{address}/staff/windows/{window.id}/sites/los-robles/help")
        expect(page.get_by_label("Email")).to_be_visible()
        context.close()


def test_a_liaison_who_signs_in_again_can_not_get_at_what_a_family_answered(sqlite_database, remembering):
    settings = Settings(database_url=sqlite_database, secret_key=built.SECRET, today=built.TODAY)
    with builders_staff.serving(settings) as app, builders_staff.on_a_port(app) as address:
        store = store_of(app)
        a_window(store, catalogue.load().instruments["climate"], name="fall")
        context = remembering.new_context(locale="en", viewport={"width": 360, "height": 740})
        page = context.new_page()
        sign_in(page, address, store)
        page.get_by_role("link", name="With families").click()
        page.get_by_role("button", name="Start in English and hand the phone over").click()
        page.locator("html.js").wait_for()
        page.locator("a[href='#p1']").click()
        page.locator("#f input[type=radio]").nth(2).evaluate("radio => radio.click()")
        page.locator("#f textarea").first.evaluate(
            "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', { bubbles: true })) }",
            CANARY,
        )

        sign_in(page, address, store)

        for _ in range(5):
            page.go_back()
            assert CANARY not in page.evaluate(EVERYTHING)
        context.close()


def sign_in(page, address, store):
    page.goto(f"{address}/staff/link/{staff.new_link(store, ROBLES, staff.utc_now())}")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
