"""The staff's way through, in a browser: from a link to a password, from a window to its results."""

from datetime import date

import builders_staff
import pytest
from builders_staff import DISTRICT, ROBLES, store_of
from playwright.sync_api import expect

from survey.administration import staff
from survey.settings import Settings

pytestmark = pytest.mark.browser

TODAY = date(2026, 11, 12)
PASSWORD = "cuatro palabras sin relación"


@pytest.fixture
def served(sqlite_database):
    settings = Settings(database_url=sqlite_database, secret_key="x" * 40, today=TODAY)
    with builders_staff.serving(settings) as app, builders_staff.on_a_port(app) as address:
        yield app, address


@pytest.fixture(params=[True, False], ids=["javascript", "no javascript"])
def page(browser, request):
    context = browser.new_context(java_script_enabled=request.param, locale="en")
    yield context.new_page()
    context.close()


def follow_link(page, served, email):
    app, address = served
    page.goto(f"{address}/staff/link/{staff.new_link(store_of(app), email, staff.utc_now())}")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def test_a_principal_sets_a_password_reads_results_and_downloads_them(page, served):
    builders_staff.released(store_of(served[0]))
    follow_link(page, served, ROBLES)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set this password").click()
    expect(page.get_by_role("status")).to_contain_text("Your password is set.")
    page.get_by_role("button", name="Sign out").click()

    page.get_by_label("Email").fill(ROBLES)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Los Robles Elementary School").click()
    expect(page.locator(".lead")).to_have_text("178 surveys were counted, 43 for every 100 families.")

    page.get_by_label("Show groups under each question").select_option("language")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("article").first).to_contain_text("Spanish")

    page.get_by_role("button", name="Español").click()
    expect(page.locator("article").first).to_contain_text("El director o la directora")
    assert "by=language" in page.url
    page.get_by_role("button", name="English").click()

    with page.expect_download() as download:
        page.get_by_role("link", name="All figures (CSV)").click()
    assert download.value.suggested_filename == "engagement-2026-release-1-los-robles.csv"

    page.get_by_role("link", name="By framework").click()
    page.get_by_role("link", name="Family Engagement Framework").click()
    expect(page.get_by_role("heading", name="Leaders listen to families.")).to_be_visible()


def test_the_district_opens_a_window_looks_at_it_and_closes_it(page, served):
    follow_link(page, served, DISTRICT)
    page.get_by_role("link", name="Surveys").click()
    page.get_by_role("link", name="Open a window").click()
    page.get_by_label("Name").fill("fall-2026")
    page.get_by_label("Family Engagement Survey").check()
    page.get_by_label("First day").fill("2026-11-10")
    page.get_by_label("Last day").fill("2026-11-20")
    page.get_by_label("Pine School").uncheck()
    page.get_by_role("button", name="Set up this window").click()
    expect(page.get_by_role("heading", name="fall-2026")).to_be_visible()
    expect(page.get_by_text("Pine School")).to_have_count(0)

    page.get_by_role("link", name="Preview Canyon School").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Family Engagement Survey")
    page.go_back()

    page.get_by_role("link", name="Who has answered").click()
    expect(page.locator(".lead")).to_contain_text("fewer than 11 surveys so far")
    page.go_back()

    page.get_by_role("link", name="Close this window").click()
    page.get_by_label("I understand").check()
    page.get_by_role("button", name="Close and seal now").click()
    expect(page.get_by_text("The window is closed and sealed.")).to_be_visible()

    page.get_by_role("link", name="Make a release").click()
    expect(page.get_by_role("heading", name="Look at this first")).to_be_visible()
    page.get_by_role("button", name="Make a release").click()
    expect(page.get_by_role("alert")).to_contain_text("Fewer than 11 families answered")
