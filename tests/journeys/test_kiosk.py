"""A device of the school in a browser: it warns, forgets each family before the next, and loses no finished survey."""

import json
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

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
# The names under which this site keeps anything.
STORED = """async () => {
  const found = Object.keys(localStorage)
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise(done => indexedDB.open(name).onsuccess = event => done(event.target.result))
    for (const kind of database.objectStoreNames) {
      const all = database.transaction(kind).objectStore(kind).getAllKeys()
      await new Promise(done => all.onsuccess = done)
      found.push(...all.result)
    }
    database.close()
  }
  return found
}"""


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

    def refuse_next(self, outcome):
        """Let the next survey that is sent meet this refusal, as the server words it; those after it are taken."""
        self.bodies = []

        def refuse(route):
            self.bodies.append(route.request.post_data)
            if len(self.bodies) > 1:
                return route.continue_()
            if outcome == "too_late":
                status, page = 410, "<h1>This survey is over</h1>"
            else:
                status, page = 422, route.fetch(post_data=self.bodies[0] + "&stay=1").text()
                page = page.partition("<main>")[2].partition("</main>")[0]
            told = {"key": dict(parse_qsl(self.bodies[0]))["key"], "outcome": outcome, "page": page}
            return route.fulfill(status=status, content_type=built.REFUSAL_TYPE, body=json.dumps(told))

        self.page.route(lambda url: "n=" in url, refuse)

    def sent_once_more(self):
        """What was sent after the refusal, as soon as it was."""
        for _ in range(600):
            self.leave_alone(1)
            if len(self.bodies) > 1:
                return self.bodies[1]
            self.page.wait_for_timeout(100)
        return pytest.fail("it was not sent once more")

    def sealed(self):
        """The keys of what the tablet keeps to be sent."""
        return [name for name in self.page.evaluate(STORED) if name.startswith("puente.sealed.")]

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


def test_a_refused_survey_is_on_the_page_of_its_family_alone(tablet):
    tablet.open().answer()
    tablet.refuse_next("too_late")
    tablet.send()
    expect(tablet.page.get_by_role("heading", level=1)).to_have_text("This survey is over")

    assert tablet.sealed() == []
    tablet.leave_alone(61)

    tablet.is_blank()


def test_a_survey_with_a_code_that_can_not_be_used_can_be_mended_by_its_family_alone(tablet):
    tablet.open().answer()
    tablet.refuse_next("code_spent")
    tablet.send()
    expect(tablet.page.locator("[name='q.comment']")).to_have_value(CANARY)

    assert tablet.sealed() == []
    tablet.leave_alone(61)

    tablet.is_blank()


def test_a_survey_whose_code_is_refused_later_is_sent_without_it(tablet):
    tablet.open().answer()
    tablet.context.set_offline(True)
    tablet.send()
    tablet.page.get_by_role("link", name="Next family").click()
    expect(tablet.page.locator(".wait")).to_contain_text("1 survey on this phone has not been sent.")
    tablet.refuse_next("code_unknown")
    tablet.context.set_offline(False)
    sent = tablet.sent_once_more()

    assert sent.startswith("open=1&")
    expect(tablet.page.locator(".wait")).not_to_contain_text("has not been sent")
    assert tablet.channels() == ["kiosk"]
    assert tablet.sealed() == []


def test_a_survey_that_is_refused_later_is_named_to_nobody_and_kept_nowhere(tablet):
    tablet.open().answer()
    tablet.context.set_offline(True)
    tablet.send()
    tablet.page.get_by_role("link", name="Next family").click()
    expect(tablet.page.locator(".wait")).to_contain_text("1 survey on this phone has not been sent.")
    tablet.refuse_next("too_late")
    tablet.context.set_offline(False)

    expect(tablet.page.locator(".wait")).to_have_text("")
    assert tablet.sealed() == []


def test_an_ordinary_page_of_the_tablet_opens_no_survey_that_waits(tablet):
    tablet.open().answer()
    tablet.page.route(lambda url: "n=" in url, lambda route: route.abort())
    tablet.send()
    expect(tablet.page.get_by_role("heading", level=1)).to_have_text("Not sent yet")
    (name,) = tablet.sealed()

    key = name.rpartition(".")[2]
    tablet.page.goto(f"{tablet.host}{tablet.family.address}?l=en#s={key}")

    expect(tablet.page.locator(".wait")).to_contain_text("1 survey on this phone has not been sent.")
    tablet.is_blank()


@pytest.mark.parametrize("language", ["en", "es"])
def test_where_a_family_begins_no_rule_is_broken(tablet, language):
    tablet.open(language)
    tablet.page.locator("summary").click()
    tablet.page.clock.resume()

    assert Axe().run(tablet.page, options=RULES).response["violations"] == []


def test_a_page_that_came_with_answers_is_not_taken_for_a_blank_one(tablet):
    tablet.open().answer()
    # As a browser posts it while the module is not there yet.
    tablet.page.locator("#f").evaluate("form => { form.elements.end.value = '0'; form.submit() }")
    expect(tablet.page.get_by_text("Only a part of your answers arrived here.")).to_be_visible()
    tablet.page.locator("html.js").wait_for()
    expect(tablet.page.locator("[name='q.comment']")).to_have_value(CANARY)
    tablet.page.mouse.click(5, 5)
    tablet.context.set_offline(True)

    tablet.leave_alone(61)

    expect(tablet.page.locator("textarea")).to_have_count(0)
    assert CANARY not in tablet.page.content()


def test_a_voice_that_goes_on_reading_does_not_hold_the_page_for_long(tablet):
    tablet.context.add_init_script("Object.defineProperty(speechSynthesis, 'speaking', { get: () => true })")
    tablet.open().answer()

    tablet.leave_alone(179)
    expect(tablet.warning).to_have_count(0)
    tablet.leave_alone(42)
    expect(tablet.warning).to_be_visible()
    tablet.leave_alone(20)

    tablet.is_blank()


def test_after_a_minute_it_speaks_the_language_of_its_address_again(tablet):
    tablet.open("es")
    tablet.page.locator("#p0 [name=lang]").click()
    expect(tablet.page.locator("html")).to_have_attribute("lang", "en")

    tablet.leave_alone(61)

    expect(tablet.page.locator("html")).to_have_attribute("lang", "es")
    tablet.is_blank()


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
