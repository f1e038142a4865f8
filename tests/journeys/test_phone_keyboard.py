"""A whole survey by keyboard alone, at 320 pixels and at 400 % zoom: every stop is seen, nothing traps, and it arrives."""

import pytest
import states
import walking

pytestmark = pytest.mark.browser

# A window of 1280 by 1024 at 400 % is a page of 320 by 256.
SCREENS = {
    "320 pixels": {"viewport": {"width": 320, "height": 640}},
    "400 percent": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
}
STOP = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect()
    const ring = [null, '::before'].map(part => getComputedStyle(e, part).outlineStyle)
    return {
        tag: e.tagName, type: e.type || '', name: e.name || '', value: e.value || '',
        words: e.textContent.trim().replace(/\\s+/g, ' '),
        isAnswered: !!e.closest('fieldset')?.querySelector(':checked'),
        isSeen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        hasRing: ring.includes('solid'),
    }
}"""


@pytest.fixture
def district(sqlite_database):
    with states.a_district(sqlite_database) as district:
        yield district


@pytest.mark.parametrize(("screen", "language"), [("320 pixels", "en"), ("400 percent", "es")])
def test_a_whole_survey_is_answered_and_sent_by_keyboard(browser, district, screen, language):
    words = walking.WORDS[language]
    context = browser.new_context(**SCREENS[screen])
    page = context.new_page()
    page.goto(f"{district.address}/s/los-robles/engagement?l={language}")
    page.locator("html.js").wait_for(state="attached")
    chosen, hidden, too_wide = set(), [], []

    tab_to(page, words["start"], hidden)
    page.keyboard.press("Enter")
    while not page.locator("#end").is_visible():
        part = walking.part(page).get_attribute("id")
        assert page.evaluate("document.activeElement.matches('h1, h2')")
        too_wide += [part] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []
        chosen |= answer(page, words, hidden)
        page.keyboard.press("Enter")
        page.wait_for_function("part => document.getElementById(part).hidden", arg=part)
    tab_to(page, words["send"], hidden)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=words["received"], exact=True).wait_for()
    focused = page.evaluate("document.activeElement.textContent.trim()")
    context.close()

    assert hidden == []
    assert too_wide == []
    assert focused == words["received"]
    assert stored(district) == [(language, chosen)]
    assert len(chosen) == 36


def answer(page, words, hidden):
    """Answer every question of the part, up to the button that leads on, which is in focus then: what was chosen."""
    chosen = set()
    for _ in range(200):
        stop = tab(page, hidden)
        if stop["words"] in (words["next"], words["review"]):
            return chosen
        if stop["tag"] == "TEXTAREA":
            page.keyboard.type("ñ, á")
            chosen.add((stop["name"], "ñ, á"))
        elif stop["type"] in ("radio", "checkbox") and not stop["isAnswered"]:
            page.keyboard.press("Space")
            if stop["type"] == "radio":
                page.keyboard.press("ArrowDown")
            now = page.evaluate(STOP)
            chosen.add((now["name"], now["value"]))
    raise AssertionError("the keyboard does not leave this part")


def tab_to(page, words, hidden):
    """Go on by Tab to what says this."""
    for _ in range(200):
        if tab(page, hidden)["words"] == words:
            return
    raise AssertionError(f"the keyboard does not reach {words}")


def tab(page, hidden):
    """The next stop; ``hidden`` is given those that are not seen to be one."""
    page.keyboard.press("Tab")
    stop = page.evaluate(STOP)
    if stop["tag"] != "BODY" and not (stop["isSeen"] and stop["hasRing"]):
        hidden.append(stop)
    return stop


def stored(district):
    """Every response as its language and what was chosen in it, comments included."""
    return states.stored(district, "fall engagement")
