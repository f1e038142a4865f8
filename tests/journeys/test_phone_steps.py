"""The survey with the module, on a small phone: one part at a time, the draft, both languages, the next school."""

import re
import time
from datetime import UTC, datetime, timedelta

import builders_family as built
import builders_storage
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from survey.web import create_app

pytestmark = pytest.mark.browser

COMMENT = "Más zanahorias,\n«por favor»"
NEXT = {"en": "Next", "es": "Siguiente"}
LAST_PART = 7
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
KEPT = """async () => {
  const kept = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(history.state)]
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise(done => indexedDB.open(name).onsuccess = event => done(event.target.result))
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll()
      await new Promise(done => all.onsuccess = done)
      kept.push(JSON.stringify(all.result))
    }
    database.close()
  }
  return kept.join("\\n")
}"""
BLOCKED = """for (const name of ["localStorage", "sessionStorage", "indexedDB"])
  Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError") } })"""
FULL = """for (const [kind, method] of [[Storage, "setItem"], [IDBObjectStore, "put"]])
  kind.prototype[method] = () => { throw new DOMException("full", "QuotaExceededError") }"""
VOICES = """window.spoken = []
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => VOICES.map(lang => ({ lang, localService: true })),
  speak: said => spoken.push([said.lang, said.text]),
  cancel: () => spoken.push("quiet"),
} })"""
SHIFT = """() => new Promise(done => {
  let moved = 0
  new PerformanceObserver(list => list.getEntries().forEach(entry => moved += entry.value))
    .observe({ type: "layout-shift", buffered: true })
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(moved), 100)))
})"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def school(sqlite_template, tmp_path_factory):
    file = tmp_path_factory.mktemp("steps") / "puente.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    app = create_app(built.settings_of(f"sqlite:///{file}"))
    store = app.extensions["puente"].store
    built.a_school(store)
    builders_storage.a_site(store, "marina", "Marina Middle School")
    built.both_surveys(store)
    with built.serving(app) as port:
        yield f"http://127.0.0.1:{port}"
    store.close()


@pytest.fixture
def open_phone(browser, school):
    """A phone with the survey open; ``script`` runs before any page of it."""
    phones = []

    def opened(language="en", *, script="", survey="engagement", width=360, **changes):
        screen = {"width": width, "height": 740}
        context = browser.new_context(
            viewport=screen, base_url=school, locale="es-US", has_touch=True, **changes
        )
        phones.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.failures = []
        page.on("pageerror", lambda fault: page.failures.append(str(fault)))
        page.on("console", lambda said: said.type == "error" and page.failures.append(said.text))
        page.goto(f"/s/los-robles/{survey}?l={language}")
        expect(page.locator(".js")).to_have_count(1)
        return page

    yield opened
    for context in phones:
        context.close()


# One part at a time


def test_the_module_loads_without_a_word_in_the_console(open_phone):
    page = open_phone()
    begin(page)

    assert page.failures == []


def test_only_the_introduction_is_there_first_then_only_the_part_one_is_in(open_phone):
    page = open_phone()

    assert shown_parts(page) == ["p0"]
    begin(page)
    for number in range(1, LAST_PART + 1):
        assert shown_parts(page) == [f"p{number}"]
        go_on(page)
    assert shown_parts(page) == ["end"]
    expect(page.get_by_role("button", name="Send my answers")).to_be_visible()


def test_each_part_says_in_words_which_it_is_and_its_heading_has_the_focus(open_phone):
    page = open_phone()

    begin(page)
    go_on(page)

    heading = page.locator("#p2 [role=heading][aria-level='1']")
    assert heading.inner_text().split("\n") == ["Part 2 of 6", "Helping your child learn"]
    expect(heading).to_be_focused()
    expect(page).to_have_title("Part 2 of 6: Helping your child learn")
    assert page.evaluate("scrollY") == 0


def test_back_and_on_lose_nothing(open_phone):
    page = open_phone()
    begin(page)
    answer(page, "eng.01", "3")
    go_on(page)
    answer(page, "eng.06", "2")
    back(page)
    answer(page, "eng.02", "0")
    go_on(page)
    for _ in range(5):
        go_on(page)
    back(page)

    assert chosen(page) == {("eng.01", "3"), ("eng.02", "0"), ("eng.06", "2")}


def test_the_phones_own_back_and_forward_go_through_the_parts_and_lose_nothing(open_phone):
    page = open_phone()
    begin(page)
    answer(page, "eng.01", "3")
    go_on(page)
    answer(page, "eng.06", "2")
    go_on(page)

    seen = []
    for turn in (page.go_back, page.go_back, page.go_forward, page.go_back, page.go_back):
        turn()
        seen += shown_parts(page)

    assert seen == ["p2", "p1", "p2", "p1", "p0"]
    assert chosen(page) == {("eng.01", "3"), ("eng.06", "2")}


def test_our_back_and_the_phones_agree(open_phone):
    page = open_phone()
    begin(page)
    go_on(page)
    go_on(page)
    back(page)
    expect(page.locator("#p2")).to_be_visible()

    page.go_back()

    expect(page.locator("#p1")).to_be_visible()


def test_choosing_an_answer_never_moves_the_page(open_phone):
    page = open_phone("es", survey="climate")
    begin(page)
    moved = []
    for _ in range(5):
        for question in page.locator("section:not([hidden]) fieldset").locator("visible=true").all():
            label = question.locator("label").nth(1)
            label.scroll_into_view_if_needed()
            before = page.evaluate("scrollY"), label.bounding_box()["y"]
            label.click()
            after = page.evaluate("scrollY"), label.bounding_box()["y"]
            if before != after:
                moved.append(label.inner_text())
        go_on(page)

    assert moved == []


def test_blanks_are_mentioned_once_and_never_stop_anybody(open_phone):
    page = open_phone()
    begin(page)
    answer(page, "eng.02", "3")

    page.get_by_role("button", name="Next").click()

    said = page.get_by_role("status").filter(has_text="You left 4 questions blank. You may leave them so.")
    expect(said).to_be_focused()
    page.get_by_role("button", name="Show me").click()
    expect(page.locator("[name='eng.01']").first).to_be_focused()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#p2")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#p3")).to_be_visible()


def test_one_blank_is_said_as_one_and_go_on_goes_on(open_phone):
    page = open_phone()
    begin(page)
    for item in ("eng.01", "eng.03", "eng.04", "eng.05"):
        answer(page, item, "0")

    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("You left one question blank. You may leave it so.")).to_be_visible()
    page.get_by_role("button", name="Go on").click()

    expect(page.locator("#p2")).to_be_visible()


def test_a_part_without_blanks_is_left_without_a_word(open_phone):
    page = open_phone()
    begin(page)
    for number in range(1, 6):
        answer(page, f"eng.0{number}", "0")

    page.get_by_role("button", name="Next").click()

    expect(page.locator("#p2")).to_be_visible()


def test_the_review_lists_every_question_with_its_answer_and_leads_to_it_and_back(open_phone):
    page = open_phone()
    begin(page)
    answer(page, "eng.01", "3")
    to_review(page)

    lines = page.locator("#review dl > div")
    assert lines.count() == 36
    assert "Often" in lines.nth(0).inner_text()
    assert "Not answered" in lines.nth(1).inner_text()
    expect(page.get_by_text("You answered 1 of 36 questions.")).to_be_visible()
    page.get_by_role("button", name="Change question 7", exact=True).click()
    expect(page.locator("[name='eng.07']").first).to_be_focused()
    answer(page, "eng.07", "2")
    page.get_by_role("button", name="Back to all my answers").click()
    assert "Just OK" in page.locator("#review dl > div").nth(6).inner_text()


def test_a_blank_survey_is_asked_about_once(open_phone):
    page = open_phone()
    begin(page)
    to_review(page)

    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("You have not answered any question")).to_be_visible()
    page.get_by_role("button", name="Send it blank").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Received")


def test_what_is_typed_too_long_or_marked_too_often_is_told_before_send(open_phone):
    page = open_phone()
    begin(page)
    to_part(page, 6)
    for code in ("text", "email", "call", "app"):
        answer(page, "eng.29", code)

    expect(page.locator("#q29 .bad")).to_have_text("Mark 3 answers at most.")
    page.locator("[name='eng.29'][value='app']").uncheck()
    expect(page.locator("#q29 .bad")).to_have_count(0)


def test_an_answer_that_stands_alone_takes_the_place_of_the_others(open_phone):
    page = open_phone()
    begin(page)
    to_part(page, 7)
    answer(page, "demo.programs", "el")
    answer(page, "demo.programs", "none")
    assert chosen(page) == {("demo.programs", "none")}

    answer(page, "demo.programs", "iep")

    assert chosen(page) == {("demo.programs", "iep")}


@pytest.mark.parametrize("kind", ["radio", "checkbox", "textarea"])
def test_every_kind_of_question_can_be_cleared_in_place(open_phone, kind):
    part, question, item = {"radio": (1, 2, "eng.02"), "checkbox": (6, 29, "eng.29")}.get(
        kind, (6, 30, "eng.30")
    )
    page = open_phone()
    begin(page)
    to_part(page, part)
    fields = page.locator(f"[name='{item}']")
    clear = page.locator(f"#q{question}").get_by_role("button", name="Clear", include_hidden=True)
    expect(clear).to_be_hidden()
    if kind == "textarea":
        fields.fill(COMMENT)
    else:
        fields.nth(1).check()
    address = page.url

    clear.click()

    assert chosen(page) == set()
    if kind == "textarea":
        expect(fields).to_have_value("")
    expect(clear).to_be_hidden()
    expect(fields.first).to_be_focused()
    assert page.url == address


def test_the_enter_key_in_a_group_of_answers_does_nothing(open_phone):
    page = open_phone()
    begin(page)
    answer(page, "eng.02", "3")
    before = page.evaluate("scrollY")

    page.locator("[name='eng.02'][value='3']").press("Enter")

    expect(page.locator("#p1")).to_be_visible()
    assert page.evaluate("scrollY") == before
    assert chosen(page) == {("eng.02", "3")}


@pytest.mark.parametrize("has", ["with", "without"])
def test_a_question_for_some_comes_and_goes_in_every_browser(open_phone, has):
    script = "CSS.supports = () => false" if has == "without" else ""
    page = open_phone(survey="climate", script=script)
    begin(page)
    rule = page.locator("[data-if='clim.el']").first
    to_part_of(page, rule)

    expect(rule).to_be_hidden()
    answer(page, "clim.el", "1")
    expect(rule).to_be_visible()
    answer(page, "clim.el", "0")

    expect(rule).to_be_hidden()


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_on_the_page_moves_when_the_module_comes(open_phone, language):
    page = open_phone(language)

    assert page.evaluate(SHIFT) == 0


def test_the_page_is_there_before_the_module_and_works_without_it(browser, school):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.route("**/phone.js*", lambda route: route.abort())

    page.goto(f"{school}/s/los-robles/engagement?l=en")
    page.get_by_role("link", name="Start").click()
    page.locator("[name='eng.01']").first.check()
    page.get_by_role("button", name="Send my answers").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Received")
    context.close()


def test_whoever_was_faster_than_the_module_stays_where_they_are(browser, school):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    held = []
    page.route("**/phone.js*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it calls
    page.goto(f"{school}/s/los-robles/engagement?l=en", wait_until="commit")
    page.locator("[name='eng.08'][value='3']").check()
    key = page.locator("[name=key]").input_value()

    held[0].continue_()

    expect(page.locator(".js")).to_have_count(1)
    assert shown_parts(page) == ["p2"]
    assert chosen(page) == {("eng.08", "3")}
    expect(page.locator("[name='eng.08'][value='3']")).to_be_in_viewport()
    assert page.locator("[name=key]").input_value() == key
    context.close()


# The draft


def test_after_a_reload_it_asks_before_any_answer_is_shown_and_goes_on_where_it_was(open_phone):
    page = open_phone()
    begin(page)
    answer(page, "eng.01", "3")
    to_part(page, 6)
    answer(page, "eng.29", "call")
    page.locator("[name='eng.30']").fill(COMMENT)

    page.reload()

    expect(page.get_by_role("heading", name="A survey was started on this phone")).to_be_visible()
    assert chosen(page) == set()
    assert "zanahorias" not in page.content()
    page.get_by_role("button", name="Continue").click()
    assert shown_parts(page) == ["p6"]
    assert chosen(page) == {("eng.01", "3"), ("eng.29", "call")}
    expect(page.locator("[name='eng.30']")).to_have_value(COMMENT)
    page.go_back()
    assert shown_parts(page) == ["p5"]


def test_text_is_kept_without_leaving_the_field(open_phone):
    page = open_phone()
    begin(page)
    to_part(page, 6)

    page.locator("[name='eng.31']").press_sequentially("hola")

    until = time.monotonic() + 60
    while "hola" not in page.evaluate(KEPT) and time.monotonic() < until:
        page.wait_for_timeout(100)
    assert "hola" in page.evaluate(KEPT)


def test_deleting_one_draft_leaves_the_others_and_each_says_when_it_was_begun(open_phone):
    page = open_phone()
    begin(page)
    answer(page, "eng.01", "3")
    page.reload()
    page.get_by_role("button", name="Start a new one for another person").click()
    begin(page)
    answer(page, "eng.01", "1")
    page.reload()

    expect(page.get_by_role("heading", name="2 surveys were started on this phone")).to_be_visible()
    assert len(re.findall(r"Started on \w+ \d+", page.locator("#drafts").inner_text())) == 2
    page.get_by_role("button", name="Delete").first.click()

    expect(page.get_by_role("button", name="Continue")).to_have_count(1)
    page.get_by_role("button", name="Continue").click()
    assert chosen(page) == {("eng.01", "1")}


def test_the_last_draft_deleted_leaves_a_new_survey_and_an_empty_phone(open_phone):
    page = open_phone()
    begin(page)
    answer(page, "eng.01", "3")
    page.reload()

    page.get_by_role("button", name="Delete").click()

    expect(page.get_by_role("link", name="Start")).to_be_visible()
    assert "eng.01" not in page.evaluate(KEPT)


def test_a_receipt_erases_this_draft_and_no_other(open_phone):
    page = open_phone()
    begin(page)
    answer(page, "eng.01", "3")
    page.reload()
    page.get_by_role("button", name="Start a new one for another person").click()
    begin(page)
    answer(page, "eng.02", "1")
    to_review(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Received")

    kept = page.evaluate(KEPT)

    assert "eng.01" in kept
    assert "eng.02" not in kept


def test_a_draft_is_gone_after_fourteen_days(open_phone):
    page = open_phone()
    begin(page)
    answer(page, "eng.01", "3")
    later = page.context.new_page()
    later.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=14, hours=1))

    later.goto(page.url)

    expect(later.get_by_role("link", name="Start")).to_be_visible()
    expect(later.locator(".js")).to_have_count(1)
    expect(later.locator("#drafts")).to_have_count(0)
    assert "eng.01" not in later.evaluate(KEPT)


@pytest.mark.parametrize("when", ["before the first answer", "later"])
def test_on_a_shared_phone_nothing_is_kept(open_phone, when):
    page = open_phone()
    if when == "later":
        begin(page)
        answer(page, "eng.01", "3")
        assert "eng.01" in page.evaluate(KEPT)
    page.get_by_role("button", name="Others use this phone: keep nothing").click()
    expect(page.get_by_text("Nothing is kept on this phone.")).to_be_visible()
    if when != "later":
        begin(page)
    answer(page, "eng.02", "3")
    go_on(page)

    assert "eng.0" not in page.evaluate(KEPT)
    page.reload()
    expect(page.get_by_role("link", name="Start")).to_be_visible()
    expect(page.locator("#drafts")).to_have_count(0)


@pytest.mark.parametrize("script", [BLOCKED, FULL], ids=["blocked", "full"])
def test_where_nothing_can_be_kept_it_says_so_and_everything_else_works(open_phone, script):
    page = open_phone(script=script)
    begin(page)
    answer(page, "eng.01", "3")
    expect(page.get_by_text("This phone cannot keep your answers.").locator("visible=true")).to_be_visible()
    to_review(page)

    page.get_by_role("button", name="Send my answers").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Received")


def test_a_draft_of_an_older_version_comes_back_as_far_as_it_can(open_phone):
    page = open_phone()
    begin(page)
    page.locator("#q1").evaluate(
        "q => q.insertAdjacentHTML('beforeend', '<label><input type=checkbox name=old.item value=1>Old</label>')"
    )
    answer(page, "old.item", "1")
    answer(page, "eng.01", "3")
    page.reload()

    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", name="This survey has changed since you started it")).to_be_visible()
    assert chosen(page) == {("eng.01", "3")}


def test_a_second_page_with_the_same_draft_is_told_when_the_first_has_sent_it(open_phone):
    page = open_phone()
    begin(page)
    answer(page, "eng.01", "3")
    second = page.context.new_page()
    second.goto(page.url)
    second.get_by_role("button", name="Continue").click()
    to_review(page)

    page.get_by_role("button", name="Send my answers").click()

    told = "This survey was sent or deleted in another window of this phone"
    expect(second.get_by_role("heading", name=told)).to_be_visible()
    assert "eng.01" not in second.content()


# The other language, in place


def test_the_language_changes_on_every_part_in_both_directions_and_nothing_is_lost(open_phone):
    page = open_phone("es")
    page.evaluate("window.isSame = true")
    begin(page)
    answer(page, "eng.01", "3")
    for number in range(1, LAST_PART + 2):
        place = "end" if number > LAST_PART else f"p{number}"
        if number == 6:
            page.locator("[name='eng.30']").fill(COMMENT)
        for language in ("en", "es"):
            switch(page, language)
            assert shown_parts(page) == [place]
            expect(page.locator("header [name=lang]")).to_be_focused()
            assert ("eng.01", "3") in chosen(page)
        if number <= LAST_PART:
            go_on(page, "es")

    expect(page.locator("[name='eng.30']")).to_have_value(COMMENT)
    assert page.evaluate("window.isSame") is True
    assert "Más zanahorias" in page.locator("#review").inner_text()
    page.get_by_role("button", name="Enviar mis respuestas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recibido")


def test_title_and_language_of_the_page_change_with_it(open_phone):
    page = open_phone("es")
    begin(page)

    switch(page, "en")

    expect(page).to_have_title("Part 1 of 6: Communication")
    assert "l=en" in page.url


def test_the_language_changes_where_a_draft_is_asked_about_and_shows_no_answer(open_phone):
    page = open_phone("es")
    begin(page)
    answer(page, "eng.01", "3")
    page.reload()
    expect(page.get_by_role("heading", name="En este teléfono se empezó una encuesta")).to_be_visible()

    switch(page, "en")

    expect(page.get_by_role("heading", name="A survey was started on this phone")).to_be_visible()
    assert chosen(page) == set()
    page.get_by_role("button", name="Continue").click()
    assert chosen(page) == {("eng.01", "3")}


def test_what_is_asked_about_blanks_is_asked_in_the_other_language(open_phone):
    page = open_phone("es")
    begin(page)
    page.get_by_role("button", name="Siguiente").click()
    expect(page.get_by_text("Dejó 5 preguntas en blanco. Puede dejarlas así.")).to_be_visible()

    switch(page, "en")

    expect(page.get_by_text("You left 5 questions blank. You may leave them so.")).to_be_visible()
    to_review(page)
    page.get_by_role("link", name="Go down to the button that sends them").click()
    expect(page.get_by_role("button", name="Send my answers")).to_be_focused()
    page.get_by_role("button", name="Send my answers").click()
    switch(page, "es")
    page.get_by_role("button", name="Enviarla en blanco").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recibido")


def test_the_language_changes_where_nothing_can_be_kept(open_phone):
    page = open_phone("es", script=BLOCKED)
    begin(page)
    answer(page, "eng.01", "3")

    switch(page, "en")

    assert shown_parts(page) == ["p1"]
    assert chosen(page) == {("eng.01", "3")}


def test_a_language_that_can_not_be_had_is_said_so_and_nothing_is_lost(open_phone):
    page = open_phone("es", service_workers="block")
    begin(page)
    answer(page, "eng.01", "3")
    page.route("**/s/**", lambda route: route.fulfill(status=200, body="<h1>Free Wi-Fi</h1>"))

    page.locator("header [name=lang]").click()

    expect(page.get_by_role("heading", name="No se pudo cargar el otro idioma")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "es"
    assert chosen(page) == {("eng.01", "3")}


# Listen


def test_each_question_can_be_heard_in_a_voice_of_its_language_and_stopped(open_phone):
    page = open_phone("es", script=VOICES.replace("VOICES", '["en-US", "es-ES", "es-MX"]'))
    begin(page)
    button = page.get_by_role("button", name="Escuchar: 1", exact=True)

    button.click()
    said = page.evaluate("spoken")
    expect(button).to_have_text("Parar")
    button.click()

    assert {lang for lang, _ in said} == {"es-MX"}
    assert [text for _, text in said][:2] == [
        "1. ¿Con qué frecuencia le da esta escuela información en un idioma que usted entiende?",
        "Siempre",
    ]
    assert page.evaluate("spoken").pop() == "quiet"
    expect(button).to_have_text("Escuchar")


@pytest.mark.parametrize("voices", ["[]", '["en-US"]'])
def test_without_a_voice_for_the_language_nothing_is_offered(open_phone, voices):
    page = open_phone("es", script=VOICES.replace("VOICES", voices))
    begin(page)

    expect(page.get_by_role("button", name="Escuchar")).to_have_count(0)


# Another school


def test_another_school_is_two_taps_away_and_what_stays_the_same_is_carried(open_phone):
    page = open_phone("es")
    begin(page)
    answer(page, "eng.01", "3")
    to_part(page, 7, "es")
    answer(page, "demo.home_language", "en_es")
    answer(page, "demo.grades", "k_2")
    to_review(page, "es")
    page.get_by_role("button", name="Enviar mis respuestas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recibido")

    page.get_by_role("link", name="Elegir otra escuela").click()
    page.get_by_role("link", name="Marina Middle School").click()

    expect(page.locator("header")).to_contain_text("Marina Middle School")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert "demo" not in page.evaluate(KEPT)
    begin(page)
    to_part(page, 7, "es")
    expect(page.get_by_text("Ya está puesto lo que contestó sobre su familia.")).to_be_visible()
    assert chosen(page) == {("demo.home_language", "en_es")}
    answer(page, "demo.home_language", "es")
    to_review(page, "es")
    page.get_by_role("button", name="Enviar mis respuestas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recibido")


def test_another_person_at_the_same_school_begins_on_a_page_that_knows_nothing(open_phone):
    page = open_phone()
    begin(page)
    to_part(page, 7)
    answer(page, "demo.home_language", "en_es")
    to_review(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Received")

    page.get_by_role("link", name="Start for another person").click()
    begin(page)
    to_part(page, 7)

    assert chosen(page) == set()


def test_on_a_shared_phone_nothing_is_carried(open_phone):
    page = open_phone()
    page.get_by_role("button", name="Others use this phone: keep nothing").click()
    begin(page)
    to_part(page, 7)
    answer(page, "demo.home_language", "en_es")
    to_review(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Received")

    page.get_by_role("link", name="Choose another school").click()
    page.get_by_role("link", name="Marina Middle School").click()
    expect(page.get_by_text("Nothing is kept on this phone.")).to_be_visible()
    begin(page)
    to_part(page, 7)

    assert chosen(page) == set()


# For everybody


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_state_has_a_violation_or_a_sideways_scroll_on_the_narrowest_phone(open_phone, language):
    page = open_phone(language, script=VOICES.replace("VOICES", '["en-US", "es-US"]'), width=320)
    wrong = {"introduction": found_wrong(page)}
    begin(page)
    wrong["a part"] = found_wrong(page)
    page.get_by_role("button", name=NEXT[language]).click()
    wrong["blanks"] = found_wrong(page)
    to_part(page, 6, language)
    for code in ("text", "email", "call", "app"):
        answer(page, "eng.29", code)
    wrong["too many"] = found_wrong(page)
    page.locator("[name='eng.29'][value='app']").uncheck()
    to_review(page, language)
    wrong["review"] = found_wrong(page)
    page.reload()
    expect(page.locator("#drafts")).to_be_visible()
    wrong["drafts"] = found_wrong(page)

    assert {state: faults for state, faults in wrong.items() if faults} == {}


def found_wrong(page):
    told = Axe().run(page, options=RULES).response
    wrong = [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in told["violations"]]
    return wrong + (["wider than the screen"] if page.evaluate(TOO_WIDE) > 0 else [])


def begin(page):
    page.locator("a[href='#p1']").click()
    expect(page.locator("#p1")).to_be_visible()


def go_on(page, language="en"):
    """On to the next part, past the word about blanks."""
    before = shown_parts(page)
    page.get_by_role("button", name=NEXT[language]).or_(page.locator(".foot .go")).first.click()
    if shown_parts(page) == before:
        page.locator(".ask-again .go").click()


def back(page):
    before = page.locator("section:not([hidden]), #end:not([hidden])").get_attribute("id")
    page.locator(".foot .two button").first.click()
    expect(page.locator(f"#{before}")).to_be_hidden()


def to_part(page, number, language="en"):
    while shown_parts(page) != [f"p{number}"]:
        go_on(page, language)


def to_part_of(page, question):
    number = question.evaluate("q => q.closest('section').id.slice(1)")
    to_part(page, int(number))


def to_review(page, language="en"):
    while not page.locator("#review").count():
        go_on(page, language)


def answer(page, item, code):
    page.locator(f"[name='{item}'][value='{code}']").check()


def chosen(page):
    return {
        tuple(one)
        for one in page.evaluate("[...document.querySelectorAll(':checked')].map(f => [f.name, f.value])")
    }


def shown_parts(page):
    return page.evaluate(
        "[...document.querySelectorAll('#p0, section, #end')].filter(p => !p.hidden).map(p => p.id)"
    )


def switch(page, language):
    page.locator("header [name=lang]").click()
    expect(page.locator(f"html[lang={language}]")).to_have_count(1)
