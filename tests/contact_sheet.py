"""``make pictures``: every state of the family's pages in both languages, as pictures and as one page that shows them."""

import base64
import shutil
import sys
import tempfile
from pathlib import Path

import states
import walking
from playwright.sync_api import Browser, Page, sync_playwright

from survey.storage import Store, schema

DOCS = Path(__file__).resolve().parents[1] / "docs"
PICTURES = DOCS / "images" / "states"
LANGUAGES = ("en", "es")
CHROMIUM = {
    "executable_path": shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome"),
    "args": ["--no-sandbox", "--disable-gpu"],
}
INTRODUCTION = """# Pictures

Every state that a family can meet on a phone of 360 by 740, in both languages. Made by `make pictures` from the pages
themselves (`tests/states.py` says how each comes to be); the same states are held to the rules of accessibility by
`tests/journeys/test_phone_accessibility.py`.

"""


def take(browser: Browser, district: states.District, name: str, language: str) -> Path:
    """Take the picture of a state."""
    context = browser.new_context(**walking.PHONE)
    page = context.new_page()
    # A draft says when it was begun.
    page.clock.set_fixed_time(states.NOON)
    states.STATES[name](page, district, language)
    page.mouse.move(0, 0)
    file = PICTURES / f"{name.lower().replace(' ', '-')}.{language}.webp"
    file.write_bytes(_picture(page))
    context.close()
    return file


def sheet(taken: dict[str, list[Path]]) -> str:
    """The page that shows them, two states to a row."""
    rows = ["| | English | español | | English | español |", "| --- | --- | --- | --- | --- | --- |"]
    names = list(taken)
    for start in range(0, len(names), 2):
        cells = []
        for name in names[start : start + 2]:
            shown = (
                f'<img src="images/states/{file.name}" width="180" alt="{name}">' for file in taken[name]
            )
            cells += [f"**{name}**", *shown]
        rows.append("| " + " | ".join(cells + [""] * (6 - len(cells))) + " |")
    return INTRODUCTION + "\n".join(rows) + "\n"


def _picture(page: Page) -> bytes:
    """What the screen shows, as WebP, which no other way of taking it offers."""
    told = {"format": "webp", "quality": 60}
    shot = page.context.new_cdp_session(page).send("Page.captureScreenshot", told)
    return base64.b64decode(shot["data"])


def _main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.webp"):
        old.unlink()
    taken = {}
    with tempfile.TemporaryDirectory(prefix="puente-pictures-") as folder, sync_playwright() as playwright:
        url = f"sqlite:///{folder}/pictures.sqlite"
        store = Store(url)
        schema.upgrade(store)
        store.close()
        browser = playwright.chromium.launch(**CHROMIUM)
        with states.a_district(url) as district:
            for name in states.STATES:
                taken[name] = [take(browser, district, name, language) for language in LANGUAGES]
        browser.close()
    (DOCS / "pictures.md").write_text(sheet(taken), encoding="utf-8")
    size = sum(file.stat().st_size for files in taken.values() for file in files)
    sys.stdout.write(f"{len(taken)} states, {size / 1e6:.1f} MB in {PICTURES}\n")


if __name__ == "__main__":
    _main()
