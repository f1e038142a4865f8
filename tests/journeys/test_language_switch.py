"""The language is switched on every part of the survey, there and back: no answer, place or comment is lost."""

import time
from dataclasses import dataclass

import builders_family as built
import pytest
from campaigns.phone_network import Network

from survey.web import create_app

pytestmark = pytest.mark.browser

COMMENT = "Más zanahorias, «por favor».\n\n  Gracias & adiós"

PARTS = "[...document.querySelectorAll('#p0, section, #end')]"
SHOWN = f"() => {PARTS}.findIndex(part => !part.hidden)"
# What is given, in order: the fields of the page itself apart.
GIVEN = """() => [...new FormData(document.getElementById("f"))]
  .filter(([name, value]) => name.includes(".") && value).map(pair => pair.join("=")).sort()"""
KEPT_TO_OPEN = """async () => {
  const kept = await Promise.all(["en", "es"].map(language => caches.match(`${location.pathname}?l=${language}`)));
  return navigator.serviceWorker.controller && kept.every(Boolean);
}"""


@dataclass
class Home:
    port: int


@pytest.fixture
def network(sqlite_database):
    app = create_app(built.settings_of(sqlite_database))
    store = app.extensions["puente"].store
    built.a_school(store)
    built.both_surveys(store)
    with built.serving(app) as port, Network(Home(port)) as network:
        yield network
    store.close()


@pytest.fixture(params=["engagement", "climate"])
def address(request, network):
    return f"{network.address}/s/los-robles/{request.param}"


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-US")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone_without_script(browser):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="en-US", java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("has_signal", [True, False], ids=["online", "offline"])
def test_the_language_switches_on_every_part_and_nothing_is_lost(phone, address, network, has_signal):
    phone.goto(f"{address}?l=en")
    phone.locator(".foot").first.wait_for(state="attached")
    parts = phone.evaluate(f"() => {PARTS}.length")
    if not has_signal:
        # Both languages are fetched with the first answer.
        to(phone, 1)
        answer(phone, phone.locator("#p1"))
        until(phone, KEPT_TO_OPEN)
        network.is_away = True

    for place in range(0 if has_signal else 1, parts):
        to(phone, place)
        here = phone.locator("#p0, section, #end").nth(place)
        if 0 < place < parts - 1:
            answer(phone, here)
        before = given(phone)
        for language in ("es", "en"):
            phone.locator(f"[name=lang][value={language}]").locator("visible=true").first.click()
            phone.wait_for_function("wanted => document.documentElement.lang === wanted", arg=language)
            assert (phone.evaluate(SHOWN), given(phone)) == (place, before)

    assert len(before) >= parts - 2
    assert any(COMMENT.splitlines()[0] in line for line in before)


def test_what_is_needed_without_a_signal_is_fetched_again_with_the_next_answer(phone, address, network):
    network.never = "/worker.js"
    phone.goto(f"{address}?l=en")
    to(phone, 1)
    phone.locator("#p1 input").first.check()
    give_up = time.monotonic() + 60
    while not any(passed.path == "/worker.js" for passed in network.passed):
        assert time.monotonic() < give_up
        phone.wait_for_timeout(50)

    network.never = None
    while not phone.evaluate(KEPT_TO_OPEN):
        assert time.monotonic() < give_up
        # Each time another answer than the one before.
        phone.locator("#q1 input:not(:checked)").first.check()
        phone.wait_for_timeout(200)


def test_the_language_switches_on_every_part_without_a_script(phone_without_script, address):
    phone = phone_without_script
    phone.goto(f"{address}?l=en")
    parts = phone.locator("section").count()

    for place in range(1, parts + 1):
        here = phone.locator(f"#p{place}")
        answer(phone, here)
        before = given(phone)
        for language in ("es", "en"):
            here.locator(f"[name=lang][value={language}]").click()
            phone.locator(f"html[lang={language}]").wait_for(state="attached")
            assert given(phone) == before
            assert here.locator("h2").is_visible()
            assert -100 < here.bounding_box()["y"] < 300

    assert len(before) >= parts
    assert any(COMMENT.splitlines()[0] in line for line in before)


def test_without_a_script_and_a_signal_loading_again_brings_everything(
    phone_without_script, address, network
):
    phone = phone_without_script
    phone.goto(f"{address}?l=en")
    answer(phone, phone.locator("#p2"))
    before = given(phone)
    network.takes_posts = False
    phone.locator("#p2 [name=lang]").click()
    phone.wait_for_url("chrome-error://**")

    network.takes_posts = True
    phone.reload()

    assert phone.locator("html").get_attribute("lang") == "es"
    assert given(phone) == before


def to(phone, place):
    """Show this part, by the buttons of the page."""
    while (now := phone.evaluate(SHOWN)) != place:
        asked = phone.locator(".ask-again .go").locator("visible=true")
        on = phone.locator("[href='#p1'], .foot .go").locator("visible=true")
        (asked if asked.count() else on).first.click()
        assert now < place


def until(phone, claim):
    """Wait until what is promised is true."""
    give_up = time.monotonic() + 60
    while not phone.evaluate(claim):
        assert time.monotonic() < give_up
        phone.wait_for_timeout(50)


def answer(phone, part):
    """The first answer of each question that can be seen in a part, and a comment where one is asked."""
    for group in part.locator("fieldset").locator("visible=true").all():
        group.locator("input").first.check()
    for box in part.locator("textarea").locator("visible=true").all():
        box.fill(COMMENT)
        box.blur()


def given(phone):
    return phone.evaluate(GIVEN)
