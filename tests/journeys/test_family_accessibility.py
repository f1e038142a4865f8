"""Every page of a family's as it is without the module, in both languages, on the narrowest phone: what a machine can check."""

from datetime import date

import builders_family as built
import builders_instruments
import builders_storage
import pytest
from axe_playwright_python.sync_playwright import Axe

from survey.storage import installation
from survey.web import create_app
from survey.web.family import preview_url

pytestmark = pytest.mark.browser

# WCAG 2.0 to 2.2 at A and AA, and what is only good practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = {
    "the schools": "/s",
    "the start": "/s/los-robles",
    "the privacy notice": "/s/los-robles/privacy",
    "the engagement survey": "/s/los-robles/engagement",
    "the climate survey": "/s/los-robles/climate",
    "closed": "/s/los-robles/closed",
    "not open yet": "/s/los-robles/coming",
    "nothing open": "/s/la-loma",
    "not found": "/s/los-robles/nothing",
}
# How each page that answers a post comes to be: its status, and the fields that are changed before it is sent.
POSTED = {
    "faults": (422, {"q.welcome": "9", "q.took_part": ["event", "helped", "none"], "q.comment": "x" * 201}),
    "nothing sent": (200, {"stay": "1"}),
    "cut short": (400, {"end": ""}),
    "another person": (409, {"q.welcome": "4", "sent before": "1"}),
    "received": (201, {"q.welcome": "4"}),
    "received before": (201, {"q.welcome": "4", "sent before": "4"}),
    "a preview sent": (200, {"preview": "1"}),
}
# Everything that can be pressed and is less than 44 pixels high or wide.
TARGETS = """() => [...document.querySelectorAll('a, button, fieldset label, textarea')]
    .filter(e => e.checkVisibility({visibilityProperty: true}))
    .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
    .filter(([_, box]) => box.height < SMALLEST || box.width < SMALLEST).map(([html]) => html)"""
TARGETS = TARGETS.replace("SMALLEST", "44")
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Every word of which a part stands on another line.
BROKEN = """() => {
    const broken = [], range = document.createRange()
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text; (text = texts.nextNode());) {
        if (!text.parentElement.checkVisibility() || text.parentElement.matches('script, style, textarea')) continue
        for (const word of text.data.matchAll(/[^\\s-]+/g)) {
            range.setStart(text, word.index)
            range.setEnd(text, word.index + word[0].length)
            if (new Set([...range.getClientRects()].map(line => line.top)).size > 1) broken.push(word[0])
        }
    }
    return [...new Set(broken)]
}"""
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"


@pytest.fixture(scope="module")
def served(sqlite_template, tmp_path_factory):
    file = tmp_path_factory.mktemp("family") / "puente.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    app = create_app(built.settings_of(f"sqlite:///{file}"))
    store = app.extensions["puente"].store
    robles = built.a_school(store)
    built.both_surveys(store)
    builders_storage.a_site(store, "la-loma", "La Loma High School")
    windows = {"small": date(2026, 11, 1), "closed": date(2026, 9, 1), "coming": date(2027, 3, 1)}
    for survey, opens in windows.items():
        instrument = builders_instruments.instrument(survey=survey)
        closes = opens.replace(day=28)
        builders_storage.a_window(store, instrument, name=survey, opens=opens, closes=closes, sites=[robles])
    with store.writing() as db:
        installation.set_made_up(db)
    with built.serving(app) as port:
        yield app, f"http://127.0.0.1:{port}"
    store.close()


@pytest.fixture
def narrow(browser):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    # Where the module does not come, the page is one long form; test_phone_steps looks at what it makes of it.
    context.route("**/phone.js*", lambda route: route.abort())
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_violation_no_sideways_scroll_and_no_small_target(narrow, served, name, language):
    narrow.goto(f"{served[1]}{PAGES[name]}?l={language}")

    assert found_wrong(narrow, language) == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", POSTED)
def test_so_has_every_page_that_answers_a_post(narrow, served, name, language):
    post(narrow, served, POSTED[name], language)

    assert found_wrong(narrow, language) == []


@pytest.mark.parametrize(
    "look", [{"color_scheme": "dark"}, {"contrast": "more"}, {"forced_colors": "active"}]
)
@pytest.mark.parametrize("name", ["faults", "received"])
def test_so_has_a_page_in_other_colours(narrow, served, name, look):
    narrow.emulate_media(**look)
    post(narrow, served, POSTED[name], "es")

    assert found_wrong(narrow, "es") == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_wider_spacing_and_letters_of_twice_the_size_leave_nothing_beside_the_screen_and_words_whole(
    narrow, served, language
):
    narrow.goto(f"{served[1]}/s/los-robles/engagement?l={language}")
    narrow.evaluate(f"""() => {{
        document.adoptedStyleSheets = [new CSSStyleSheet()]
        document.adoptedStyleSheets[0].replaceSync({SPACED!r})
    }}""")
    width_of_spaced = narrow.evaluate(TOO_WIDE)
    narrow.reload()
    narrow.context.new_cdp_session(narrow).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})

    assert (width_of_spaced, narrow.evaluate(TOO_WIDE)) == (0, 0)
    # Phones know where a longer one than these may be parted; this browser does not.
    assert [word for word in narrow.evaluate(BROKEN) if len(word) < 12] == []
    assert narrow.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"


def test_on_paper_there_is_nothing_to_press(narrow, served):
    narrow.goto(f"{served[1]}/s/los-robles/engagement?l=en")
    narrow.emulate_media(media="print")

    assert [button for button in narrow.locator("button").all() if button.is_visible()] == []
    assert narrow.locator("#q1 legend").is_visible()


def test_everything_can_be_reached_and_seen_by_keyboard(narrow, served):
    narrow.goto(f"{served[1]}/s/los-robles/engagement?l=en")
    seen = []
    for _ in range(300):
        narrow.keyboard.press("Tab")
        focused = narrow.evaluate("""() => {
            const e = document.activeElement, box = e.getBoundingClientRect()
            const ring = [e, '::before'].map((_, i) => getComputedStyle(e, i ? '::before' : null).outlineStyle)
            return [e.name || e.tagName, box.bottom > 0 && box.top < innerHeight, ring.includes('solid')]
        }""")
        if focused[0] == "BODY":
            break
        seen.append(focused)

    names = {name for name, *_ in seen}
    assert {"lang", "eng.01", "eng.20", "eng.30", "demo.race"} <= names
    assert [each for each in seen if not (each[1] and each[2])] == []


def post(page, served, posted, language):
    """Show what the server answers to the survey with these fields changed."""
    app, address = served
    status, fields = posted
    changes = dict(fields)
    path = f"/s/los-robles/small?l={language}"
    if changes.pop("preview", None):
        with app.test_request_context():
            path = _preview(app, language)
    page.goto(f"{address}{path}")
    before = changes.pop("sent before", None)
    page.evaluate(
        """changes => {
            const form = document.getElementById('f')
            for (const [name, values] of Object.entries(changes)) {
                form.querySelectorAll(`[name="${name}"]`).forEach(e => e.remove())
                for (const value of [values].flat()) {
                    const field = Object.assign(document.createElement('input'), {type: 'hidden', name, value})
                    form.prepend(field)
                }
            }
        }""",
        changes,
    )
    if before:
        sent = {name: page.locator(f"#f [name={name}]").get_attribute("value") for name in ("key", "w", "l")}
        response = page.request.post(f"{address}{path}", form={**sent, "q.welcome": before, "end": "1"})
        assert response.status == 201
    with page.expect_navigation() as answered:
        page.evaluate("document.getElementById('f').submit()")
    assert answered.value.status == status


def found_wrong(page, language):
    """What is wrong with the page that is shown."""
    told = Axe().run(page, options=RULES).response
    assert len(told["passes"]) > 10
    wrong = [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in told["violations"]]
    wrong += [f"small: {html}" for html in page.evaluate(TARGETS)]
    if page.evaluate(TOO_WIDE) > 0:
        wrong.append("wider than the screen")
    if page.locator("html").get_attribute("lang") != language:
        wrong.append("another language")
    return wrong


def _preview(app, language):
    store = app.extensions["puente"].store
    with store.reading() as db:
        window = next(w for w in builders_storage.windows.all_windows(db) if w.survey == "small")
        site = builders_storage.sites.find(db, "los-robles")
    return preview_url(window, site, language)
