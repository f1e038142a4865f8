"""What a family's survey costs a phone that never saw it before, in bytes: counted on the wire, headers and all."""

import builders_family as built
import pytest
import walking
from budgets.relay import relayed
from serving import served

from survey.web import create_app, phone

PAGE, SCRIPTS, JOURNEY, REQUESTS, AFTERWARDS = 10_000, 12_000, 25_000, 5, 15_000


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_whole_survey_from_the_code_on_the_wall_to_the_receipt_stays_within_its_bytes(
    browser, sqlite_database, tmp_path, language
):
    walking.a_district(sqlite_database)
    with served(sqlite_database, tmp_path / "log", workers=1) as server, relayed(server.port) as wire:
        context = browser.new_context(**walking.PHONE)
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        address = f"http://127.0.0.1:{wire.port}"

        page.goto(f"{address}/s/los-robles?l={language}")
        page.locator(".door[href*=engagement]").click()
        page.locator("html.js").wait_for(state="attached")
        walking.begin(page, language)
        before_an_answer = list(wire.exchanges)
        walking.go_through(page, language)
        walking.send(page, language)
        page.wait_for_load_state("networkidle")
        fonts = page.evaluate("document.fonts.size")
        context.close()

    journey = [e for e in wire.exchanges if e.is_journey]
    afterwards = [e for e in wire.exchanges if not e.is_journey]
    told = wire.told()
    (survey,) = [e for e in journey if e.path.startswith("/s/los-robles/") and e.method == "GET"]
    assert survey.to_phone <= PAGE, told
    assert sum(e.to_phone for e in journey) <= JOURNEY, told
    assert len(journey) <= REQUESTS, told
    # The worker's, and the page in the other language: after the first answer.
    assert sum(e.to_phone for e in afterwards) <= AFTERWARDS, told
    assert [e for e in before_an_answer if not e.is_journey] == [], told
    assert [url for url in asked if not url.startswith((f"{address}/", "blob:", "data:"))] == []
    assert fonts == 0


def test_all_scripts_of_a_family_together_stay_within_their_bytes(sqlite_database):
    pytest.importorskip("minify", reason="no build of tdewolff-minify for this machine")
    app = create_app(built.settings_of(sqlite_database))
    browser = app.test_client()
    sizes = {
        encoding: sum(
            len(browser.get(path, headers={"Accept-Encoding": encoding}).data)
            for path in (f"/phone.js?{phone.module().digest}", "/worker.js")
        )
        for encoding in ("br, gzip", "identity")
    }
    app.extensions["puente"].store.close()

    # The module alone keeps to it as gzip too. The worker comes after the first answer and holds its words
    # in two languages; with it, all there is stays within 12 times 1,024.
    assert len(phone.module().gzipped) <= SCRIPTS
    assert 0 < sizes["br, gzip"] <= 12 * 1024, sizes
