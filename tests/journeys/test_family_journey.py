"""A family's way through without JavaScript, or before the module has come, on a phone of 360 by 740."""

import re
from contextlib import suppress

import builders_family as built
import pytest
from playwright.sync_api import Error

from survey.instruments import packing
from survey.storage import windows
from survey.web import create_app

pytestmark = pytest.mark.browser

COMMENT = "Más zanahorias en la cafetería, «por favor».\n\n  Gracias & adiós"
CHOSEN = {
    "eng.01": "3",
    "eng.02": "0",
    "eng.05": "1",
    "eng.08": "4",
    "eng.13": "2",
    "eng.20": ["event", "class"],
    "eng.21": ["no_answer"],
    "demo.home_language": "en_es",
}
THEN_CHOSEN = {"eng.22": "4", "eng.29": ["text", "call", "paper"], "demo.grades": ["k_2", "g3_5"]}


@pytest.fixture
def app(sqlite_database):
    app = create_app(built.settings_of(sqlite_database))
    store = app.extensions["puente"].store
    built.a_school(store)
    built.both_surveys(store)
    yield app
    store.close()


@pytest.fixture
def address(app):
    with built.serving(app) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(params=[True, False], ids=["module lost", "script off"])
def phone(browser, request):
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        locale="es-US",
        java_script_enabled=request.param,
        is_mobile=True,
        has_touch=True,
    )
    context.route("**/phone.js*", lambda route: route.abort())
    yield context.new_page()
    context.close()


def test_a_family_answers_in_spanish_switches_to_english_half_way_and_is_received(phone, address, app):
    phone.goto(f"{address}/s/los-robles")
    phone.get_by_role("link", name="Encuesta sobre la participación de las familias").click()
    assert phone.locator("html").get_attribute("lang") == "es"
    choose(phone, CHOSEN)
    phone.locator("[name='eng.30']").fill(COMMENT)

    phone.locator("#p4").get_by_role("button", name="English").click()

    assert phone.locator("html").get_attribute("lang") == "en"
    assert phone.get_by_role("heading", name="Taking part").bounding_box()["y"] < 200
    assert chosen(phone) == {(item, code) for item, codes in CHOSEN.items() for code in each(codes)}
    assert phone.locator("[name='eng.30']").input_value() == COMMENT
    choose(phone, THEN_CHOSEN)
    phone.get_by_role("button", name="Send my answers").click()
    assert phone.get_by_role("heading", level=1).inner_text() == "Received"
    assert stored(app) == [("en", CHOSEN | THEN_CHOSEN)]
    assert comments(app) == [COMMENT]


def test_after_the_receipt_back_and_reload_show_nothing(phone, address, app):
    phone.goto(f"{address}/s/los-robles/engagement?l=es")
    choose(phone, CHOSEN)
    phone.locator("[name='eng.30']").fill(COMMENT)
    phone.locator("#p2").get_by_role("button", name="English").click()
    phone.get_by_role("button", name="Send my answers").click()
    phone.get_by_role("heading", name="Received").wait_for()

    phone.reload()
    shown = [phone.content()]
    for _ in range(2):
        # What was itself an answer to a post the browser does not show again unasked.
        with suppress(Error):
            phone.go_back()
        phone.locator("body").wait_for(state="attached")
        shown.append(phone.content())
        assert phone.locator("input:checked").count() == 0
        for box in phone.locator("textarea").all():
            assert box.input_value() == ""

    assert not [html for html in shown if "zanahorias" in html]
    assert len(stored(app)) == 1


def test_send_pressed_again_and_again_is_one_survey(phone, address, app):
    phone.goto(f"{address}/s/los-robles/engagement?l=en")
    choose(phone, CHOSEN)

    phone.get_by_role("button", name="Send my answers").dblclick(no_wait_after=True)
    phone.get_by_role("heading", name="Received").wait_for()
    phone.reload()

    assert phone.get_by_role("heading", level=1).inner_text() == "Received"
    assert len(stored(app)) == 1


def test_the_enter_key_in_a_question_neither_sends_nor_switches(phone, address, app):
    phone.goto(f"{address}/s/los-robles/engagement?l=es")
    choose(phone, CHOSEN)

    phone.locator("[name='eng.08'][value='4']").press("Enter")
    phone.locator("[autofocus]").wait_for()

    assert phone.locator("html").get_attribute("lang") == "es"
    assert chosen(phone) == {(item, code) for item, codes in CHOSEN.items() for code in each(codes)}
    assert stored(app) == []


def test_one_answer_can_be_cleared_and_the_page_comes_back_at_its_question(phone, address):
    phone.goto(f"{address}/s/los-robles/engagement?l=en")
    choose(phone, CHOSEN)

    phone.locator("#q13").get_by_role("button", name="Clear").click()
    phone.wait_for_url(re.compile("#q13$"))

    assert phone.locator("#q13 input:checked").count() == 0
    assert phone.locator("#q8 input:checked").count() == 1
    assert 0 <= phone.locator("#q13").bounding_box()["y"] < 200


@pytest.mark.parametrize(("question", "item"), [(29, "eng.29"), (30, "eng.30")])
def test_so_can_several_answers_and_a_comment(phone, address, question, item):
    phone.goto(f"{address}/s/los-robles/engagement?l=en")
    choose(phone, CHOSEN | {"eng.29": ["text", "call"]})
    phone.locator("[name='eng.30']").fill(COMMENT)

    phone.locator(f"#q{question}").get_by_role("button", name="Clear").click()
    phone.wait_for_url(re.compile(f"#q{question}$"))

    left = {name for name, _ in chosen(phone)}
    assert ("eng.29" in left) == (item != "eng.29")
    assert phone.locator("[name='eng.30']").input_value() == ("" if item == "eng.30" else COMMENT)
    assert "eng.08" in left


def test_clear_shows_once_something_is_chosen_without_moving_the_page(phone, address):
    phone.goto(f"{address}/s/los-robles/engagement?l=en")
    clear = phone.locator("#q1").get_by_role("button", name="Clear", include_hidden=True)
    height = phone.locator("#q1").bounding_box()["height"]

    hidden = not clear.is_visible()
    phone.locator("#q1 label").first.click()

    assert hidden
    assert clear.is_visible()
    assert phone.locator("#q1").bounding_box()["height"] == height


def test_a_question_for_some_appears_with_the_answer_it_depends_on(phone, address):
    phone.goto(f"{address}/s/los-robles/climate?l=en")
    asked = phone.locator("[name='clim.23']").first

    before = asked.is_visible()
    phone.locator("[name='clim.el'][value='1']").check()

    assert (before, asked.is_visible()) == (False, True)
    assert "Only if you answered “Yes” to question 23." in phone.locator("#q24").inner_text()


def test_a_fault_is_told_first_and_one_press_leads_to_its_question(phone, address, app):
    phone.goto(f"{address}/s/los-robles/engagement?l=en")
    choose(phone, CHOSEN | {"eng.29": ["text", "email", "call", "app"]})
    phone.locator("[name='eng.30']").fill(COMMENT)
    phone.get_by_role("button", name="Send my answers").click()

    phone.get_by_role("link", name="Question 29. Mark 3 answers at most.").click()

    assert 0 <= phone.locator("#q29").bounding_box()["y"] < 200
    assert phone.locator("[name='eng.30']").input_value() == COMMENT
    phone.locator("[name='eng.29'][value='app']").uncheck()
    phone.get_by_role("button", name="Send my answers").click()
    assert phone.get_by_role("heading", level=1).inner_text() == "Received"
    assert len(stored(app)) == 1


def test_another_person_on_the_same_page_can_send_their_own(phone, address, app):
    phone.goto(f"{address}/s/los-robles/engagement?l=en")
    choose(phone, CHOSEN)
    key = phone.locator("[name=key]").get_attribute("value")
    served = phone.locator("[name=w]").get_attribute("value")
    first = {"key": key, "w": served, "l": "en", "eng.01": "4", "end": "1"}
    assert phone.request.post(f"{address}/s/los-robles/engagement", form=first).status == 201

    phone.get_by_role("button", name="Send my answers").click()
    phone.get_by_role("button", name="This is another").first.click()

    assert phone.get_by_role("heading", level=1).inner_text() == "Received"
    assert len(stored(app)) == 2


def test_the_browser_forgets_the_page_behind_a_receipt(browser_type, browser_type_launch_args, address):
    # The tests' browser never keeps a page behind; families' browsers do.
    keeping = browser_type.launch(
        **browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"]
    )
    page = keeping.new_page(viewport={"width": 360, "height": 740})
    page.route("**/phone.js*", lambda route: route.abort())
    found = {}
    for after in ("leaving", "the receipt"):
        page.goto(f"{address}/s/los-robles/engagement?l=en")
        choose(page, CHOSEN)
        if after == "leaving":
            page.goto(f"{address}/s/los-robles?l=en")
        else:
            page.get_by_role("button", name="Send my answers").click()
            page.get_by_role("heading", name="Received").wait_for()
        page.go_back(wait_until="commit")
        page.locator("#q1").wait_for()
        found[after] = len(chosen(page))
    left = page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length")
    keeping.close()

    assert found == {"leaving": 9, "the receipt": 0}
    assert left == 0


def choose(page, answers):
    for item, codes in answers.items():
        for code in each(codes):
            page.locator(f"[name='{item}'][value='{code}']").check()


def chosen(page):
    marked = page.locator("input:checked").all()
    return {(each_one.get_attribute("name"), each_one.get_attribute("value")) for each_one in marked}


def each(codes):
    return [codes] if isinstance(codes, str) else codes


def stored(app):
    """What is stored: the language and the answers of each response, as ``choose`` takes them."""
    store = app.extensions["puente"].store
    with store.reading() as db:
        window = windows.find(db, "fall engagement")
        instrument = windows.instrument(db, window)
        rows = db.exec_driver_sql("SELECT language, answers FROM response").all()
    found = []
    for language, packed in rows:
        answers = packing.unpack(instrument, packed)
        kinds = {item.id: item.type.value for item in instrument.items()}
        given = {item: list(codes) for item, codes in answers.items() if codes}
        found.append((language, {i: c if kinds[i] == "multi" else c[0] for i, c in given.items()}))
    return found


def comments(app):
    with app.extensions["puente"].store.reading() as db:
        return list(db.exec_driver_sql("SELECT text FROM comment").scalars())
