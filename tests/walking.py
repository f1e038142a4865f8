"""A family's way through a survey, part by part, as the module shows it: for every test that walks the whole of it."""

import builders_family as built
from playwright.sync_api import Page

from survey.storage import Store, installation

# What is pressed on the way, in the words of each language.
WORDS = {
    "en": {
        "start": "Start",
        "next": "Next",
        "back": "Back",
        "review": "Look over your answers",
        "go_on": "Go on",
        "send": "Send my answers",
        "received": "Received",
        "other": "Español",
    },
    "es": {
        "start": "Empezar",
        "next": "Siguiente",
        "back": "Atrás",
        "review": "Revise sus respuestas",
        "go_on": "Seguir",
        "send": "Enviar mis respuestas",
        "received": "Recibido",
        "other": "English",
    },
}
PHONE = {"viewport": {"width": 360, "height": 740}, "locale": "es-US", "is_mobile": True, "has_touch": True}


def a_district(database_url: str, *, is_made_up: bool = False) -> None:
    """One school where both surveys are open."""
    store = Store(database_url)
    built.a_school(store)
    built.both_surveys(store)
    if is_made_up:
        with store.writing() as db:
            installation.set_made_up(db)
    store.close()


def part(page: Page):
    """What is shown of the survey: its beginning, a part, or the end."""
    return page.locator("#p0, section, #end").locator("visible=true").first


def press(page: Page, word: str) -> None:
    """Press the button or link that says so, in the part that is shown."""
    pressed = part(page).get_by_role("button", name=word, exact=True)
    pressed.or_(part(page).get_by_role("link", name=word, exact=True)).first.click()


def answer_all(page: Page) -> None:
    """Answer every question that is shown, by its first answer."""
    for question in part(page).locator("fieldset").locator("visible=true").all():
        question.locator("label").first.click()


def begin(page: Page, language: str) -> None:
    """From the beginning of a survey to its first part."""
    press(page, WORDS[language]["start"])
    page.locator("#p1").wait_for()


def go_through(page: Page, language: str, *, answering: bool = True) -> int:
    """From the first part to the end; how many parts were passed."""
    passed = 0
    while not page.locator("#end").is_visible():
        if answering:
            answer_all(page)
        go_on(page, language)
        passed += 1
    return passed


def send(page: Page, language: str) -> None:
    """Send, and wait for the receipt."""
    page.locator("#end").get_by_role("button", name=WORDS[language]["send"], exact=True).click()
    page.get_by_role("heading", name=WORDS[language]["received"], exact=True).wait_for()


def go_on(page: Page, language: str) -> None:
    """To the next part, whatever was left blank in this one."""
    words = WORDS[language]
    number = part(page).get_attribute("id")
    is_last = part(page).get_by_role("button", name=words["review"], exact=True).count() > 0
    press(page, words["review"] if is_last else words["next"])
    if part(page).get_attribute("id") == number:
        press(page, words["go_on"])


def to_the_end(page: Page, language: str) -> None:
    """From any part to Send, whatever is left blank."""
    while not page.locator("#end").is_visible():
        go_on(page, language)
