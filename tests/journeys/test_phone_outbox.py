"""Sending from a phone: whatever the network does, exactly one row, or a visible "not sent yet" and nothing lost."""

import re
from dataclasses import dataclass
from datetime import date

import builders_family as built
import pytest
from axe_playwright_python.sync_playwright import Axe
from campaigns.phone_network import Fault, Network
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

COMMENT = "Más zanahorias, «por favor»"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
expect.set_options(timeout=60_000)
NOT_SENT = {"en": "Not sent yet", "es": "Todavía no se ha enviado"}
# What is stored under any name of this site, and under which.
STORED = """async () => {
  const found = { ...localStorage, ...sessionStorage }
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise(done => indexedDB.open(name).onsuccess = event => done(event.target.result))
    for (const kind of database.objectStoreNames) {
      const store = database.transaction(kind).objectStore(kind)
      const [names, all] = [store.getAllKeys(), store.getAll()]
      await new Promise(done => all.onsuccess = done)
      names.result.forEach((name, at) => found[name] = all.result[at])
    }
    database.close()
  }
  return found
}"""
CACHED_PAGES = """async () => {
  const cache = await caches.open("puente")
  const pages = (await cache.keys()).filter(request => request.url.includes("/s/"))
  return (await Promise.all(pages.map(async request => (await cache.match(request)).text()))).join("\\n")
}"""
CACHED = """async () => {
  const cache = await caches.open("puente")
  return (await cache.keys()).map(request => request.url.replace(location.origin, "")).sort()
}"""
BLOCKED = """for (const name of ["localStorage", "sessionStorage", "indexedDB"])
  Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError") } })"""
# Room for a draft, and for nothing that is sealed.
FULL = """for (const [kind, method] of [[Storage, "setItem"], [IDBObjectStore, "put"]]) {
  const kept = kind.prototype[method]
  kind.prototype[method] = function (...given) {
    if (given.some(each => String(each).startsWith("puente.sealed."))) throw new DOMException("full", "QuotaExceededError")
    return kept.apply(this, given)
  }
}"""


@dataclass(frozen=True)
class Reached:
    port: int


@dataclass
class Home:
    """A family's phone, the network it is on, and the school's server behind that."""

    family: object
    network: Network
    context: object
    page: object

    def open(self, address="", language="es"):
        self.page.goto(f"{self.network.address}{address or self.family.address}?l={language}")

    def answer(self, comment=COMMENT):
        """Begin, answer one question and write a comment."""
        self.page.locator("a[href='#p1']").click()
        self.page.locator("[name='q.welcome'][value='4']").check()
        self.page.locator("[name='q.comment']").evaluate(
            "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', { bubbles: true })) }",
            comment,
        )

    def send(self):
        """Press Send, wherever in the survey the phone is."""
        self.page.locator("#send .go").evaluate("button => button.click()")

    def is_told(self, words):
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def goes_offline(self):
        self.context.set_offline(True)

    def comes_online(self):
        self.context.set_offline(False)

    def sends_until_received(self, words="Received"):
        """Let everything through, and press what sends again until it is received."""
        self.network.posts.clear()
        heading = self.page.get_by_role("heading", level=1)
        while heading.inner_text() != words:
            self.page.evaluate("for (const button of document.querySelectorAll('#again')) button.click()")
            self.page.wait_for_timeout(50)

    def stored(self):
        """What the phone keeps, but for the notes of receipts that were shown a moment ago."""
        found = self.page.evaluate(STORED)
        return {name: text for name, text in found.items() if not name.startswith("puente.arrived.")}

    def bodies(self):
        return [post.body for post in self.network.posted]

    def can_open_offline(self):
        """Wait until the worker keeps both languages."""
        self.keeps(3)

    def keeps(self, number):
        """Wait until the worker keeps so many answers of the server."""
        while len(self.page.evaluate(CACHED)) != number:
            self.page.wait_for_timeout(50)


@pytest.fixture
def family(sqlite_database):
    with built.a_family(built.settings_of(sqlite_database)) as family:
        yield family


@pytest.fixture
def home(family, browser):
    with built.serving(family.app) as port, Network(Reached(port)) as network:
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, locale="es-US", is_mobile=True, has_touch=True
        )
        yield Home(family, network, context, context.new_page())
        context.close()


def test_a_survey_filled_and_sent_without_a_signal_is_sent_by_itself_when_there_is_one(home):
    home.open()
    home.answer()
    home.goes_offline()
    home.send()
    home.is_told(NOT_SENT["es"])
    expect(home.page.get_by_text("seguras en este teléfono")).to_be_visible()
    assert home.family.responses() == []

    home.comes_online()

    home.is_told("Recibido")
    assert len(home.family.responses()) == 1
    assert home.family.comments() == [COMMENT]


@pytest.mark.parametrize(
    ("fault", "stored"),
    [
        (Fault.CUT_BEFORE, 0),
        (Fault.CUT_REQUEST, 0),
        (Fault.PORTAL, 0),
        (Fault.PORTAL_CREATED, 0),
        (Fault.REDIRECTED, 0),
        (Fault.BUSY, 0),
        (Fault.LOST, 1),
        (Fault.CUT_REPLY, 1),
        (Fault.PORTAL_AFTER, 1),
        (Fault.WRONG_KEY, 1),
        (Fault.WRONG_TYPE, 1),
    ],
)
def test_what_is_no_whole_receipt_for_this_survey_is_not_sent_yet(home, fault, stored):
    # A browser sends again by itself what was cut on a connection it had used before, and so does the page.
    home.network.posts.extend([fault] * 20)
    home.open(language="en")
    home.answer()

    home.send()
    home.is_told(NOT_SENT["en"])
    rows = len(home.family.responses())
    home.sends_until_received()

    assert rows == stored
    assert len(home.family.responses()) == 1
    assert ("had already arrived" in home.page.inner_text("main")) == bool(stored)
    assert len(set(home.bodies())) == 1
    assert home.stored() == {}


def test_it_tries_again_by_itself_with_the_same_bytes(home):
    home.network.posts.extend([Fault.BUSY, Fault.PORTAL_AFTER])
    home.page.clock.install()
    home.open(language="en")
    home.answer()
    home.send()
    home.is_told(NOT_SENT["en"])

    for _ in range(2):
        posted = len(home.network.posted)
        while len(home.network.posted) == posted:
            home.page.clock.run_for(1000)
    home.is_told("Received")

    assert len(home.bodies()) == 3
    assert len(set(home.bodies())) == 1
    assert len(home.family.responses()) == 1


def test_two_taps_are_one_survey(home):
    home.open(language="en")
    home.answer()
    while home.page.locator("#send .go").is_hidden():
        home.page.locator(".ask-again .go, .foot .go").locator("visible=true").first.click()

    home.page.locator("#send .go").dblclick(no_wait_after=True)
    home.is_told("Received")

    assert len(home.bodies()) == len(home.family.responses()) == 1


def test_before_send_it_says_what_happens_without_a_signal(home):
    home.open(language="en")
    expect(home.page.locator("html")).to_have_class("js")

    words = home.page.locator("#send").text_content()

    assert "After that they cannot be changed." in words
    assert "keeps your answers as you sent them, and sends them later" in words
    assert home.page.locator("#send .plain").evaluate("p => getComputedStyle(p).display") == "none"


def test_two_tabs_send_one_survey_and_both_know(home):
    home.open(language="en")
    home.answer()
    home.goes_offline()
    home.send()
    home.is_told(NOT_SENT["en"])
    other = home.context.new_page()
    home.comes_online()
    other.goto(f"{home.network.address}/s/los-robles?l=en")

    home.is_told("Received")
    assert len(home.family.responses()) == 1
    assert home.stored() == {}


def test_a_second_tab_with_the_same_draft_shows_no_answer_once_it_is_sealed(home):
    home.open(language="en")
    home.answer()
    other = home.context.new_page()
    other.goto(f"{home.network.address}{home.family.address}?l=en")
    other.get_by_role("button", name="Continue").click()

    home.send()
    home.is_told("Received")

    expect(other.locator("#f")).to_have_count(0)
    assert COMMENT not in other.content()
    assert len(home.family.responses()) == 1


def test_without_locks_a_lease_keeps_to_one_uploader(home):
    home.context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    home.network.posts.extend([Fault.PORTAL_AFTER] * 20)
    home.open(language="en")
    home.answer()
    home.send()
    home.is_told(NOT_SENT["en"])

    home.sends_until_received()

    assert len(home.family.responses()) == 1
    assert home.stored() == {}


@pytest.mark.parametrize("trouble", ["blocked", "full", "keeps nothing"])
def test_what_the_phone_can_not_keep_lives_in_the_page_and_is_sent_by_itself(home, trouble):
    if trouble != "keeps nothing":
        home.context.add_init_script({"blocked": BLOCKED, "full": FULL}[trouble])
    home.open(language="en")
    home.answer()
    if trouble == "keeps nothing":
        home.page.get_by_role("button", name="keep nothing").click()
    home.goes_offline()
    home.send()

    home.is_told(NOT_SENT["en"])
    expect(home.page.get_by_text("Keep this page open")).to_be_visible()
    expect(home.page.get_by_role("link", name="Start for another person")).to_have_count(0)
    if trouble == "full":
        assert COMMENT in "".join(home.stored().values()), "the draft is gone"
    home.comes_online()
    home.is_told("Received")

    assert len(home.family.responses()) == 1
    assert trouble == "blocked" or home.stored() == {}


def test_it_is_sent_from_any_page_which_says_so_and_shows_no_answer(home):
    home.network.posts.extend([Fault.BUSY] * 20)
    home.open()
    home.answer()
    home.send()
    home.is_told(NOT_SENT["es"])

    home.open("/s/los-robles", language="en")
    line = home.page.get_by_role("status").filter(has_text="has not been sent")
    expect(line).to_contain_text("1 survey on this phone has not been sent.")
    assert COMMENT not in home.page.content()
    home.network.posts.clear()
    home.page.get_by_role("button", name="Send now").click()

    expect(home.page.get_by_role("status").first).to_contain_text("Received: Encuesta pequeña")
    assert len(home.family.responses()) == 1


def test_what_had_to_be_kept_elsewhere_is_found_and_sent(home):
    home.open(language="en")
    home.answer()
    home.network.posts.extend([Fault.BUSY] * 20)
    home.send()
    home.is_told(NOT_SENT["en"])
    ((name, text),) = home.stored().items()
    home.page.evaluate(
        """async ([name, text]) => {
          const opened = await new Promise(done => indexedDB.open("puente").onsuccess = e => done(e.target.result))
          for (const kind of opened.objectStoreNames)
            opened.transaction(kind, "readwrite").objectStore(kind).delete(name)
          opened.close()
          localStorage.setItem(name, text)
        }""",
        [name, text],
    )
    home.network.posts.clear()

    home.open("/s/los-robles", language="en")

    expect(home.page.locator(".wait")).to_contain_text("Received: Small Survey")
    assert len(home.family.responses()) == 1
    assert home.stored() == {}


def test_several_surveys_wait_and_all_are_sent(home):
    home.open(language="en")
    home.answer("first")
    home.can_open_offline()
    home.goes_offline()
    home.send()
    home.is_told(NOT_SENT["en"])

    home.page.get_by_role("link", name="Start for another person").click()
    home.answer("second")
    home.send()
    home.is_told(NOT_SENT["en"])
    home.page.reload()
    expect(home.page.get_by_role("status").first).to_contain_text(
        "2 surveys on this phone have not been sent."
    )
    home.comes_online()

    expect(home.page.locator(".wait b")).to_have_count(2)
    assert home.family.comments() == ["first", "second"]


def test_after_the_receipt_nothing_shows_an_answer_again(home):
    home.open()
    home.answer()
    home.page.locator("#p1 .foot .go").click()
    home.can_open_offline()
    home.send()
    home.is_told("Recibido")
    assert home.page.title() == "Recibido"
    shown = [home.page.content(), home.page.evaluate(CACHED_PAGES), str(home.stored())]

    home.page.reload()
    home.is_told("Recibido")
    shown.append(home.page.content())
    while home.page.url != "about:blank":
        home.page.go_back()
        home.page.locator("body").wait_for(state="attached")
        assert home.page.locator("input:checked").count() == 0
        shown.append(home.page.content())

    assert not [html for html in shown if COMMENT in html or "checked" in html.replace(":checked", "")]
    assert len(home.family.responses()) == 1


def test_the_receipt_can_be_read_in_the_other_language(home):
    home.open()
    home.answer()
    home.send()
    home.is_told("Recibido")

    home.page.get_by_role("button", name="English").click()
    home.is_told("Received")
    home.page.reload()

    home.is_told("Received")
    assert home.page.locator("html").get_attribute("lang") == "en"
    assert len(home.family.responses()) == 1


def test_another_adult_begins_on_a_blank_page(home):
    home.open(language="en")
    home.answer()
    home.send()
    home.is_told("Received")

    home.page.get_by_role("link", name="Start for another person").click()
    home.answer("somebody else")
    home.send()

    home.is_told("Received")
    assert home.family.comments() == sorted([COMMENT, "somebody else"])


def test_another_familys_draft_and_sealed_survey_stay(home):
    home.open(language="en")
    home.answer("a draft")
    home.page.reload()
    home.page.get_by_role("button", name="another person").click()
    home.answer()

    home.send()
    home.is_told("Received")

    kept = str(home.stored())
    assert "a draft" in kept
    assert COMMENT not in kept


def test_other_answers_under_a_key_that_is_stored_can_be_sent_as_another_persons(home):
    home.open(language="en")
    home.answer()
    fields = home.family.fields({"q.welcome": "1"}, key=home.page.locator("[name=key]").input_value())
    home.family.post(fields)

    home.send()
    expect(home.page.get_by_role("alert")).to_contain_text("These answers were not sent")
    home.page.get_by_role("button", name="another person").first.click()

    home.is_told("Received")
    assert len(home.family.responses()) == 2
    assert home.stored() == {}


def test_faults_come_back_with_everything_typed(home):
    home.open(language="en")
    home.answer()
    home.page.locator("[name='q.welcome']:checked").evaluate("input => (input.value = '9')")

    home.send()
    expect(home.page.get_by_role("alert")).to_contain_text("One answer needs another look")
    assert home.page.title().startswith("Error")
    assert home.page.locator("[name='q.comment']").input_value() == COMMENT
    home.page.reload()
    home.page.get_by_role("button", name="Continue").click()
    home.send()

    home.is_told("Received")
    assert home.family.comments() == [COMMENT]
    assert home.stored() == {}


def test_what_comes_too_late_says_so_and_stays_until_the_family_deletes_it(home):
    home.open(language="en")
    home.answer()
    home.goes_offline()
    home.send()
    home.is_told(NOT_SENT["en"])
    home.family.it_is(date(2026, 12, 20))
    home.comes_online()
    home.is_told("This survey arrived too late and was not counted")

    home.open("/s/los-robles", language="en")
    expect(home.page.locator(".wait")).to_contain_text("Arrived too late and was not counted: Small Survey")
    assert COMMENT not in home.page.content()
    home.page.get_by_role("link", name="Look at it").click()
    home.page.get_by_text("What you had answered").click()
    expect(home.page.get_by_text(COMMENT)).to_be_visible()
    home.page.get_by_role("button", name="Delete").click()

    expect(home.page).to_have_url(re.compile(r"/s/los-robles\?l=en$"))
    assert home.stored() == {}
    assert home.family.responses() == []


def test_a_survey_filled_offline_after_the_close_is_taken_in_the_days_of_grace(home):
    home.open(language="en")
    home.answer("a first answer, so that the worker comes")
    home.can_open_offline()
    home.goes_offline()
    home.family.it_is(date(2026, 12, 7))

    home.page.reload()
    home.page.get_by_role("button", name="another person").click()
    home.answer()
    home.send()
    home.is_told(NOT_SENT["en"])
    home.comes_online()

    home.is_told("Received")
    assert home.family.comments() == [COMMENT]


def test_the_worker_opens_the_survey_in_both_languages_with_keys_of_its_own(home):
    home.open()
    home.answer()
    home.can_open_offline()
    home.goes_offline()

    home.page.get_by_role("button", name="English").first.click()
    expect(home.page.locator("html")).to_have_attribute("lang", "en")
    assert home.page.locator("[name='q.comment']").input_value() == COMMENT
    keys = set()
    for language in ("en", "es", "es"):
        home.open(language=language)
        assert home.page.locator("html").get_attribute("lang") == language
        keys.add(re.search('name="key" value="([^"]+)"', home.page.evaluate(PAGE_TEXT))[1])
        assert home.page.evaluate("getComputedStyle(document.querySelector('header')).position") == "relative"

    assert len(keys) == 3


def test_not_sent_yet_can_be_read_in_the_other_language_without_a_signal(home):
    home.open()
    home.answer()
    home.can_open_offline()
    home.goes_offline()
    home.send()
    home.is_told(NOT_SENT["es"])

    home.page.get_by_role("button", name="English").click()
    home.is_told(NOT_SENT["en"])
    home.comes_online()

    home.is_told("Recibido")
    assert home.page.locator("main").get_attribute("lang") == "es"
    assert len(home.family.responses()) == 1


def test_a_survey_that_is_over_is_kept_no_longer(home):
    home.open(language="en")
    home.answer()
    home.can_open_offline()
    home.family.it_is(date(2026, 12, 20))

    home.open(language="en")

    home.is_told("This survey is closed")
    home.keeps(1)


def test_without_a_signal_the_school_leads_to_its_survey_and_any_other_page_says_why_it_is_not_there(home):
    home.open(language="en")
    home.answer()
    home.can_open_offline()
    home.goes_offline()

    home.open("/s/los-robles", language="en")
    expect(home.page).to_have_url(re.compile("/s/los-robles/small"))
    home.open("/s/los-robles/privacy", language="es")

    home.is_told("Sin señal")


def test_what_the_worker_fetches_is_the_other_language_and_itself_in_15_000_bytes(home):
    home.open()
    fetched = len(home.network.passed)
    home.answer()
    home.can_open_offline()

    asked = [passed.path.partition("?")[0] for passed in home.network.passed[fetched:]]
    wire = 0
    for passed in home.network.passed[fetched:]:
        answer = home.family.app.test_client().get(passed.path, headers={"Accept-Encoding": "gzip"})
        wire += len(answer.data) + len(str(answer.headers))

    # The module is at hand, and asked for again only where the browser has not kept it.
    assert sorted(set(asked) - {"/phone.js"}) == ["/s/los-robles/small", "/worker.js"]
    assert wire < 15_000


def test_the_worker_keeps_blank_pages_only_and_fetches_them_once(home):
    home.open()
    home.answer()
    home.can_open_offline()
    kept = home.page.evaluate(CACHED)
    text = home.page.evaluate(CACHED_PAGES)
    fetched = len(home.network.passed)

    home.page.reload()
    home.page.get_by_role("button", name="Continuar").click()
    home.page.locator("[name='q.welcome'][value='1']").check()
    again = [passed.path for passed in home.network.passed[fetched:]]

    assert [path.partition("?")[0] for path in kept] == ["/phone.js", *["/s/los-robles/small"] * 2]
    assert COMMENT not in text
    assert " checked" not in text
    assert "/s/los-robles/small?l=en" not in again


# The note that a receipt came is kept until it was seen for some seconds: here that time never passes.
UNSEEN = """const later = window.setTimeout
window.setTimeout = (task, pause, ...given) => pause === 3000 ? 0 : later(task, pause, ...given)"""


def test_a_receipt_that_came_while_its_page_was_left_is_told_on_the_next(home):
    home.page.add_init_script(UNSEEN)
    home.open()
    home.answer()
    home.send()
    home.is_told("Recibido")

    home.open()

    expect(home.page.locator(".wait")).to_contain_text("Recibido: ")


def test_a_receipt_that_was_seen_is_not_told_again(home):
    home.open()
    home.answer()
    home.send()
    home.is_told("Recibido")
    while home.page.evaluate(STORED):
        home.page.wait_for_timeout(100)

    home.open()

    expect(home.page.locator("a[href='#p1']")).to_be_visible()
    expect(home.page.locator(".wait")).to_be_empty()


def test_a_page_that_has_changed_takes_the_place_of_the_one_that_was_kept(home):
    home.open(language="en")
    home.answer()
    home.can_open_offline()
    built.a_school(home.family.store, name="Los Robles Academy")

    home.page.reload()
    home.page.get_by_role("button", name="another person").click()
    home.answer()

    while home.page.evaluate(CACHED_PAGES).count("<b>Los Robles Academy</b>") != 2:
        home.page.wait_for_timeout(50)
    assert len(home.page.evaluate(CACHED)) == 3


def test_a_login_page_is_never_kept(home, family):
    class WithLogin(Network):
        """A network that answers the second language with its own page."""

        def next_fault(self, method, path):
            return Fault.PORTAL if path.endswith("?l=en") else super().next_fault(method, path)

    with WithLogin(home.network.server) as network:
        home.page.goto(f"{network.address}{family.address}?l=es")
        home.answer()
        while not any(passed.fault for passed in network.passed):
            home.page.wait_for_timeout(50)
        home.page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        home.keeps(1)

    assert [path.partition("?")[0] for path in home.page.evaluate(CACHED)] == ["/phone.js"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_state_has_no_violation_on_the_narrowest_phone(home, language):
    home.page.set_viewport_size({"width": 320, "height": 640})
    home.network.posts.extend([Fault.BUSY] * 20)
    home.open(language=language)
    home.answer()
    home.can_open_offline()
    found = {}

    home.send()
    home.is_told(NOT_SENT[language])
    found["not sent"] = wrong(home.page)
    home.page.locator("#again").click()
    expect(home.page.locator("#again")).not_to_have_text(re.compile("…"))
    home.goes_offline()
    home.page.reload()
    expect(home.page.locator(".wait button")).to_be_visible()
    found["the line"] = wrong(home.page)
    home.open("/s/los-robles/privacy", language=language)
    found["no signal"] = wrong(home.page)
    home.network.posts.clear()
    home.comes_online()
    home.open(language=language)
    expect(home.page.locator(".wait b")).to_be_visible()
    home.answer()
    home.send()
    expect(home.page.locator(".got h1")).to_be_visible()
    found["received"] = wrong(home.page)

    assert {state: one for state, one in found.items() if one} == {}


PAGE_TEXT = "async () => (await fetch(location.href)).text()"
SMALL = """() => [...document.querySelectorAll('a, button')].filter(e => e.checkVisibility({visibilityProperty: true}))
    .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"""


def wrong(page):
    """What a machine finds wrong with the page: rules broken, a sideways scroll, what is too small to press."""
    broken = Axe().run(page, options=RULES).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = [(one["id"], one["nodes"][0]["html"]) for one in broken]
    return found + ([("too wide", wide)] if wide else []) + page.evaluate(SMALL)
