"""Every staff page, in both languages, wide and on a phone: the rules a machine can check."""

from datetime import date

import builders_apart
import builders_staff
import pytest
from axe_playwright_python.sync_playwright import Axe
from builders_staff import DISTRICT, ROBLES, store_of
from builders_storage import a_window

from survey import catalogue
from survey.administration import staff
from survey.settings import Settings
from survey.storage import enrolment, installation

pytestmark = pytest.mark.browser

TODAY = date(2026, 11, 12)
# WCAG 2.0 to 2.2 at A and AA, and what is only good practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
RELEASE = "/staff/windows/{released}/releases/1"
OF_THE_DISTRICT = {
    "home": "/staff/",
    "windows": "/staff/windows",
    "an open window": "/staff/windows/{open}",
    "a released window": "/staff/windows/{released}",
    "opening a window": "/staff/windows/new",
    "closing a window": "/staff/windows/{open}/close",
    "participation": "/staff/windows/{open}/participation",
    "household codes": "/staff/windows/{open}/codes",
    "household codes of a sealed window": "/staff/windows/{coded}/codes",
    "making a release": "/staff/windows/{coded}/release",
    "results": "/staff/results",
    "a release": RELEASE,
    "what is withheld": f"{RELEASE}/withheld",
    "the district's results": f"{RELEASE}/district",
    "two breakdowns": f"{RELEASE}/district?by=demo.home_language;language",
    "comments to decide on": "/staff/windows/{real}/sites/los-robles/comments",
    "schools": "/staff/schools",
    "enrollment": "/staff/enrollment",
    "staff": "/staff/people",
    "removing someone": "/staff/people/remove?email=" + ROBLES,
}
OF_A_SCHOOL = {
    "home": "/staff/",
    "participation": "/staff/windows/{open}/participation",
    "flyers and paper": "/staff/windows/{open}/sites/los-robles/print",
    "a school's results": f"{RELEASE}/sites/los-robles",
    "a school's groups": f"{RELEASE}/sites/los-robles?by=demo.home_language",
    "frameworks": f"{RELEASE}/sites/los-robles/frameworks",
    "a framework": f"{RELEASE}/sites/los-robles/frameworks/fef",
    "comments": "/staff/windows/{real}/comments",
    "comments that are shown": "/staff/windows/{real}/sites/los-robles/comments",
    "account": "/staff/account",
}
# A whole survey of 36 questions takes some seconds to judge, so in the language with the longer words only.
WHOLE = {
    "a whole survey": "/staff/windows/{real}/releases/1/sites/los-robles",
    "a whole framework": "/staff/windows/{real}/releases/1/sites/los-robles/frameworks/fef",
}
OF_ANYONE = {"signing in": "/staff/sign-in", "a used link": "/staff/link/used", "not found": "/staff/nothing"}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Tables may be wider than a phone, inside a region that the keyboard reaches.
OUTSIDE_A_REGION = (
    "[...document.querySelectorAll('table')].filter(e => !e.closest('[role=region][tabindex=\"0\"]')).length"
)
SMALL = """() => [...document.querySelectorAll('button, .b, summary, select, nav a, .schools a, label.choice')]
    .filter(e => e.checkVisibility({visibilityProperty: true}))
    .filter(e => e.getBoundingClientRect().height < 44)
    .map(e => e.outerHTML.slice(0, 100))"""


@pytest.fixture(scope="module")
def served(sqlite_template, tmp_path_factory):
    file = tmp_path_factory.mktemp("staff") / "puente.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    settings = Settings(
        database_url=f"sqlite:///{file}",
        secret_key="x" * 40,
        district_name="Costa Clara Unified School District",
        today=TODAY,
    )
    with builders_staff.serving(settings) as app:
        store = store_of(app)
        with store.writing() as db:
            installation.set_made_up(db)
            counts = (("los-robles", 100), ("mar-vista", 90))
            enrolment.replace(db, [enrolment.Enrolment(s, "families", "", "", n) for s, n in counts])
        released = builders_staff.released(store)
        real = builders_staff.released_for_real(store, TODAY)
        climate = catalogue.load().instruments["climate"]
        open_now = a_window(store, climate, name="climate-now", opens=date(2026, 11, 2), code_uses=1)
        coded = builders_apart.with_codes(store, name="coded")
        builders_apart.script(store, coded, 300)
        builders_apart.seal(store, coded)
        ids = {"released": released.id, "real": real.id, "open": open_now.id, "coded": coded.id}
        with builders_staff.on_a_port(app) as address:
            yield app, address, ids


@pytest.fixture(scope="module", params=["en", "es"])
def language(request):
    return request.param


def signed_in_as(browser, served, email, language):
    app, address, _ = served
    context = browser.new_context(locale=language, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    token = staff.new_link(store_of(app), email, staff.utc_now())
    page.goto(f"{address}/staff/link/{token}")
    page.locator("main button").click()
    return page


@pytest.fixture(scope="module")
def district(browser, served, language):
    page = signed_in_as(browser, served, DISTRICT, language)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def principal(browser, served, language):
    page = signed_in_as(browser, served, ROBLES, language)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def stranger(browser, language):
    context = browser.new_context(locale=language)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", OF_THE_DISTRICT)
def test_no_page_of_the_district_breaks_a_rule(district, served, language, name):
    assert found_wrong(district, served, OF_THE_DISTRICT[name], language) == []


@pytest.mark.parametrize("name", OF_A_SCHOOL)
def test_no_page_of_a_school_breaks_a_rule(principal, served, language, name):
    assert found_wrong(principal, served, OF_A_SCHOOL[name], language) == []


@pytest.mark.parametrize("language", ["es"], indirect=True)
@pytest.mark.parametrize("name", WHOLE)
def test_no_page_of_a_whole_survey_breaks_a_rule(principal, served, language, name):
    assert found_wrong(principal, served, WHOLE[name], language) == []


@pytest.mark.parametrize("name", OF_ANYONE)
def test_no_page_of_anyone_breaks_a_rule(stranger, served, language, name):
    assert found_wrong(stranger, served, OF_ANYONE[name], language) == []


@pytest.mark.parametrize(
    "look", [{"color_scheme": "dark"}, {"contrast": "more"}, {"forced_colors": "active"}], ids=str
)
def test_results_break_no_rule_in_other_colours(principal, served, language, look):
    principal.emulate_media(**look)
    wrong = found_wrong(principal, served, OF_A_SCHOOL["a school's groups"], language)
    principal.emulate_media(color_scheme="light", contrast="no-preference", forced_colors="none")

    assert wrong == []


def found_wrong(page, served, path, language):
    """What is wrong with a page, wide with everything opened, and on a phone."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(served[1] + path.format(**served[2]))
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
    found = Axe().run(page, options=RULES).response["violations"]
    wrong = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]
    page.set_viewport_size({"width": 360, "height": 740})
    wrong += [f"small: {html}" for html in page.evaluate(SMALL)]
    if page.evaluate(TOO_WIDE) > 0:
        wrong.append("wider than a phone")
    if page.evaluate(OUTSIDE_A_REGION):
        wrong.append("a table that the keyboard can not scroll")
    if page.locator("html").get_attribute("lang") != language:
        wrong.append("another language")
    return wrong
