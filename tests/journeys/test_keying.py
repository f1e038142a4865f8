"""A stack of paper in a browser: keyed in by keyboard alone, checked, stored, and never lost to a bad connection."""

from datetime import date

import builders_instruments
import builders_staff
import pytest
from axe_playwright_python.sync_playwright import Axe
from builders_staff import DISTRICT, ROBLES, store_of
from builders_storage import a_window
from playwright.sync_api import expect

from survey.administration import staff
from survey.instruments import packing
from survey.settings import Settings
from survey.storage import comments, responses, windows

pytestmark = pytest.mark.browser
# A loaded machine is slow, not wrong.
expect.set_options(timeout=60_000)

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Spanish; q.welcome 4, q.respect blank, learning English, so q.english is asked; text; two of the check-all;
# what was written; two of the background and one left blank.
SHEET = ["2", "1", " ", "1", "2", "1", "1", "2", "Enter", "+Más juntas", "Enter", "2", "1", "2", "Enter", " "]
WORDS = "Más juntas"


@pytest.fixture
def app(sqlite_database):
    settings = Settings(database_url=sqlite_database, secret_key="x" * 40, today=date(2026, 11, 12))
    with builders_staff.serving(settings) as app:
        app.window = a_window(store_of(app), builders_instruments.instrument(), name="fall")
        yield app


@pytest.fixture
def address(app):
    with builders_staff.on_a_port(app) as address:
        yield address


@pytest.fixture
def page(app, address, browser):
    context = browser.new_context(locale="en", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, app, address, ROBLES)
    yield page
    context.close()


def sign_in(page, app, address, who):
    page.goto(f"{address}/staff/link/{staff.new_link(store_of(app), who, staff.utc_now())}")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def paper(app, address, more=""):
    return f"{address}/staff/windows/{app.window.id}/sites/los-robles/paper{more}"


def begin(page, app, address, sheets):
    page.goto(paper(app, address))
    expect(page.locator("#declared")).to_be_focused()
    page.keyboard.type(str(sheets))
    page.keyboard.press("Enter")
    expect(page.locator("#now")).to_be_focused()


def key_in(page, keys=SHEET, sheet=0):
    """Key a sheet up to its review; ``sheet`` is the one that the page must be at."""
    if sheet:
        expect(page.locator("#sheet")).to_contain_text(f"urvey {sheet} ")
    for key in keys:
        if key.startswith("+"):
            page.keyboard.type(key[1:])
        else:
            page.keyboard.press(key)
    expect(page.locator("#review, .review").first).to_be_visible()


def stored(app):
    with store_of(app).reading() as db:
        instrument = windows.instrument(db, app.window)
        rows = list(responses.packed(db, app.window.id))
        site = next(one for one in windows.sites_of(db, app.window.id) if one.slug == "los-robles")
        words = [comment.text for comment in comments.of_site(db, app.window.id, site.id)]
    return [(row.language, row.channel, packing.unpack(instrument, row.answers)) for row in rows], words


def test_a_stack_is_keyed_in_checked_and_stored_without_a_mouse(page, app, address):
    begin(page, app, address, 3)
    for sheet in (1, 2, 3):
        key_in(page, sheet=sheet)
        page.keyboard.press("Enter")
    expect(page.get_by_text("3 of 3 surveys are keyed in.")).to_be_visible()

    # Each page begins at what comes next.
    expect(page.get_by_role("button", name="Begin the check")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Key them a second time")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("legend")).to_contain_text("1. ")
    expect(page.locator("legend")).to_have_attribute("lang", "es")
    # The second keying asks neither the language nor what was written.
    again = [key for key in SHEET[1:] if not key.startswith("+")]
    again.remove("Enter")
    for sheet in (1, 2, 3):
        expect(page.locator("#sheet")).to_have_text(f"Second keying: take survey {sheet} from the stack")
        wrong = sheet == 2
        key_in(page, ["2", *again[1:]] if wrong else again)
        page.keyboard.press("Enter")
    expect(page.get_by_text("3 of 3 surveys are keyed a second time.")).to_be_visible()
    expect(page.get_by_text("1 answer differs.")).to_be_visible()
    expect(page.get_by_label("first keying")).to_be_focused()
    page.keyboard.press(" ")
    page.get_by_role("button", name="This is what the paper says").press("Enter")
    expect(page.get_by_text("1 of 27 answers differed between the two keyings: 3.7%.")).to_be_visible()
    # What can not be undone is one key further.
    expect(page.get_by_role("heading", name="Finish the stack")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_have_text("The stack is stored: 3 surveys on paper.")
    sheets, words = stored(app)
    assert words == [WORDS] * 3
    assert [(language, channel) for language, channel, _ in sheets] == [("es", "paper")] * 3
    for _, _, answers in sheets:
        assert answers["q.welcome"] == sheets[0][2]["q.welcome"]
        assert answers["q.respect"] == ()
        assert answers["q.learning"] == ("1",)
        assert answers["q.took_part"] == ("met_teacher", "event")
        assert answers["about.grades"] == ("k_2", "g3_5")


def test_a_sheet_stays_on_the_page_until_it_is_saved(page, app, address):
    begin(page, app, address, 2)
    key_in(page, sheet=1)
    page.context.set_offline(True)

    page.keyboard.press("Enter")

    expect(page.locator("#told")).to_have_text(
        "Not saved: there is no connection. The survey is still here. Press Enter to try again."
    )
    expect(page.locator(".review").first).to_be_visible()
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(page.locator("#sheet")).to_have_text("Survey 2 of 2")
    expect(page.locator("#told")).to_have_text("Survey 1 is saved.")


def test_who_was_signed_out_meanwhile_loses_nothing(page, app, address):
    begin(page, app, address, 2)
    key_in(page, sheet=1)
    page.context.clear_cookies()

    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("Not saved: you are signed out.")
    other = page.context.new_page()
    sign_in(other, app, address, DISTRICT)
    page.keyboard.press("Enter")

    expect(page.locator("#sheet")).to_have_text("Survey 2 of 2")


def test_what_is_keyed_while_a_sheet_is_being_saved_belongs_to_the_next(page, app, address):
    begin(page, app, address, 2)
    key_in(page, sheet=1)
    waiting = []
    page.route("**/keying", lambda route: waiting.append(route) if route.request.method == "POST" else None)
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("Saving…")

    page.keyboard.press("1")
    page.keyboard.press("1")
    waiting[0].continue_()

    expect(page.locator("#sheet")).to_have_text("Survey 2 of 2")
    expect(page.locator("legend")).to_contain_text("2. We are treated with respect.")


def test_two_people_who_key_one_stack_do_not_lose_a_sheet(page, app, address):
    begin(page, app, address, 2)
    other = page.context.new_page()
    other.goto(page.url)
    key_in(page, sheet=1)
    key_in(other, sheet=1)
    page.keyboard.press("Enter")
    expect(page.locator("#sheet")).to_have_text("Survey 2 of 2")

    other.keyboard.press("Enter")
    expect(other.locator("#told")).to_contain_text("Press Enter to save this one as survey 2.")
    other.keyboard.press("Enter")

    expect(other.get_by_text("2 of 2 surveys are keyed in.")).to_be_visible()


def test_a_key_that_is_no_answer_or_is_held_down_answers_nothing(page, app, address):
    begin(page, app, address, 1)
    page.keyboard.press("1")
    expect(page.locator("legend")).to_contain_text("1. ")

    page.keyboard.press("9")
    expect(page.locator("#told")).to_have_text("No answer has the key 9.")
    page.keyboard.down("1")
    page.keyboard.down("1")
    page.keyboard.down("1")

    expect(page.locator("legend")).to_contain_text("2. ")


def test_backspace_goes_back_and_the_answer_is_still_there(page, app, address):
    begin(page, app, address, 1)
    for key in ("1", "3", "Backspace"):
        page.keyboard.press(key)

    expect(page.locator("#now input").nth(2)).to_be_checked()
    page.keyboard.press(" ")
    page.keyboard.press("Backspace")
    expect(page.locator("#now input:checked")).to_have_count(0)


def test_a_sheet_is_looked_at_again_and_changed(page, app, address):
    begin(page, app, address, 1)
    key_in(page, sheet=1)
    page.keyboard.press("Enter")

    page.get_by_role("link", name="Look at it 1").press("Enter")
    page.get_by_role("button", name="Change: 10.").press("Enter")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator(".review").last).to_contain_text("Apoyo para quienes aprenden inglés")
    page.keyboard.press("Enter")

    expect(page.get_by_text("1 of 1 surveys are keyed in.")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_of_paper_breaks_a_rule(app, address, browser, language):
    context = browser.new_context(locale=language, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, app, address, ROBLES)
    wrong = []

    def look(where):
        found = Axe().run(page, options=RULES).response["violations"]
        wrong.extend(f"{where}: {v['id']}: {v['nodes'][0]['html'][:160]}" for v in found)
        page.set_viewport_size({"width": 360, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0:
            wrong.append(f"{where}: wider than a phone")
        page.set_viewport_size({"width": 1280, "height": 900})

    page.goto(f"{address}/staff/help")
    look("with families")
    page.goto(paper(app, address))
    look("stacks")
    begin(page, app, address, 1)
    look("the language of a sheet")
    page.keyboard.press("2")
    look("a question")
    for key in SHEET[1:7]:
        page.keyboard.press(key)
    look("a check-all")
    for key in SHEET[7:9]:
        page.keyboard.press(key)
    look("what was written")
    key_in(page, SHEET[9:])
    look("the review")
    page.keyboard.press("Enter")
    page.locator("button[value=check]").click()
    look("the check")
    page.locator("a.go").click()
    expect(page.locator("#now")).to_be_focused()
    again = [key for key in SHEET[1:] if not key.startswith("+")]
    again.remove("Enter")
    key_in(page, ["3", *again[1:]])
    page.keyboard.press("Enter")
    expect(page.locator("button[value=settle]")).to_be_visible()
    look("what differs")
    context.close()

    assert wrong == []
