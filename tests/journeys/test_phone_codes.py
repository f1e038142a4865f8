"""A household code on a small phone: filled in by the link, looked over where it is typed, never costing an answer."""

import builders_family as built
import builders_instruments
import builders_storage
import pytest
from axe_playwright_python.sync_playwright import Axe
from builders_codes import make, uses_left
from playwright.sync_api import expect

from survey import household_codes
from survey.web import create_app

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def school(sqlite_template, tmp_path_factory):
    file = tmp_path_factory.mktemp("codes") / "puente.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    app = create_app(built.settings_of(f"sqlite:///{file}"))
    app.store = app.extensions["puente"].store
    app.site = built.a_school(app.store)
    app.window = builders_storage.a_window(app.store, builders_instruments.instrument(), code_uses=1)
    with built.serving(app) as port:
        app.url = f"http://127.0.0.1:{port}/s/los-robles/{app.window.survey}"
        yield app
    app.store.close()


@pytest.fixture
def code(school):
    return make(school.store, school.window, school.site)[0]


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="es-US")
    yield context.new_page()
    context.close()


def opened(phone, school, language="en", code=""):
    phone.goto(f"{school.url}?l={language}" + (f"#c={code}" if code else ""))
    expect(phone.locator(".js")).to_have_count(1)


def answer(phone):
    phone.get_by_role("link", name="Start").click()
    phone.locator("fieldset:visible label").first.click()


def to_send(phone):
    for _ in range(20):
        if phone.locator("#send").is_visible():
            return
        phone.locator(".foot .go:visible, .ask-again .go:visible").last.click()
    pytest.fail("the end of the survey did not come")


def field(phone):
    return phone.locator("#code")


def fault(phone):
    return phone.locator("#code-fault")


def test_a_code_in_the_link_is_filled_in_and_leaves_the_address_and_its_history(phone, school, code):
    asked = []
    phone.on("request", lambda request: asked.append(request.url + (request.post_data or "")))

    opened(phone, school, code=code)
    answer(phone)

    assert field(phone).input_value() == household_codes.shown(code)
    phone.go_back()
    assert code not in phone.url
    assert not [one for one in asked if code in one]


def test_a_link_that_was_only_opened_leaves_no_draft(phone, school, code):
    opened(phone, school, code=code)
    phone.goto("about:blank")

    opened(phone, school)

    expect(phone.locator("[href='#p1']")).to_be_visible()
    expect(phone.locator("#drafts")).to_have_count(0)


def test_another_households_link_begins_anew_where_a_code_is_filled_in(phone, school, code):
    opened(phone, school, code=code)
    answer(phone)
    other = household_codes.new()

    phone.evaluate("code => { location.hash = 'c=' + code }", other)

    expect(phone.locator("#drafts")).to_be_visible()


def test_a_survey_with_the_code_of_its_link_is_stored_as_coded(phone, school, code):
    opened(phone, school, code=code)
    answer(phone)
    to_send(phone)

    phone.locator("#send .go").click()

    expect(phone.get_by_role("heading", name="Received")).to_be_visible()
    with school.store.reading() as db:
        digest = household_codes.digest(built.SECRET, school.window.id, school.site.id, code)
        spent = db.exec_driver_sql("SELECT uses_left FROM household_code WHERE digest = ?", (digest,))
        assert spent.scalar() == 0


@pytest.mark.parametrize(
    ("language", "typed", "told"),
    [
        ("en", "K0QF2", "No code has the character 0."),
        ("es", "kiqf2-lxrae", "Ningún código tiene el carácter I L."),
        ("en", "K7QF2-MXRA9", "A character of this code is not right."),
        ("es", "K7QF2-MXRA9", "Un carácter de este código no es correcto."),
    ],
)
def test_a_slip_is_told_while_the_code_is_typed(phone, school, language, typed, told):
    opened(phone, school, language)
    phone.evaluate("for (const part of document.querySelectorAll('#f > *')) part.hidden = false")

    field(phone).press_sequentially(typed)

    expect(fault(phone)).to_contain_text(told)
    assert field(phone).evaluate("field => field.validity.valid") is False
    assert field(phone).get_attribute("aria-invalid") == "true"


def test_every_slip_of_one_character_is_found_on_the_phone_too(phone, school):
    code = "K7QF2MXRAE"
    opened(phone, school)
    slips = [
        code[:at] + other + code[at + 1 :]
        for at in range(len(code))
        for other in household_codes.ALPHABET
        if other != code[at]
    ]

    found = phone.evaluate(
        """slips => slips.filter(slip => {
          const field = document.getElementById("code")
          field.value = slip
          field.dispatchEvent(new Event("input", { bubbles: true }))
          return field.validity.valid
        })""",
        [*slips, code],
    )

    assert found == [code]


def test_a_part_of_a_code_is_told_when_the_field_is_left_and_nothing_when_it_is_empty(phone, school):
    opened(phone, school)
    answer(phone)
    to_send(phone)

    field(phone).press_sequentially("K7QF2")
    assert fault(phone).count() == 0
    field(phone).blur()
    expect(fault(phone)).to_have_text("A code has 10 characters.")
    field(phone).fill("")
    field(phone).blur()

    expect(fault(phone)).to_have_text("")
    assert field(phone).evaluate("field => field.validity.valid") is True


def test_a_slip_holds_send_back_until_it_is_mended(phone, school, code):
    opened(phone, school)
    answer(phone)
    to_send(phone)
    field(phone).fill(code[:-1])
    before = uses_left(school.store, school.window)

    phone.locator("#send .go").click()
    expect(field(phone)).to_be_focused()
    assert uses_left(school.store, school.window) == before
    field(phone).fill(code.lower())
    phone.locator("#send .go").click()

    expect(phone.get_by_role("heading", name="Received")).to_be_visible()


@pytest.mark.parametrize("without", [True, False], ids=["sent without a code", "sent with another code"])
def test_a_code_refused_at_send_costs_no_answer(phone, school, code, without):
    spare, unknown = code, household_codes.new()
    opened(phone, school, code=unknown)
    answer(phone)
    to_send(phone)
    phone.locator("#send .go").click()
    expect(phone.get_by_role("heading", name="Not sent yet: the code could not be used")).to_be_visible()
    assert phone.locator("fieldset input:checked").count() == 1
    violations = Axe().run(phone, options=RULES).response["violations"]
    assert [violation["id"] for violation in violations] == []

    if without:
        phone.get_by_role("button", name="Send without a code").click()
    else:
        field(phone).fill(spare)
        phone.locator(".err .go").click()

    expect(phone.get_by_role("heading", name="Received")).to_be_visible()


def test_the_code_stays_when_the_language_is_switched(phone, school, code):
    opened(phone, school, code=code)
    answer(phone)

    phone.locator("header [name=lang]").click()
    expect(phone.locator("html[lang=es]")).to_have_count(1)

    assert field(phone).input_value() == household_codes.shown(code)


def test_a_second_code_scanned_into_the_same_page_takes_the_place_of_the_first(phone, school, code):
    opened(phone, school, code=household_codes.new())

    phone.evaluate("code => location.hash = 'c=' + code", code)

    expect(field(phone)).to_have_value(household_codes.shown(code))
    assert "#" not in phone.url
