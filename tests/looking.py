"""What a machine can find wrong with a page as it stands in a browser, whatever state it is in."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# WCAG 2.0 to 2.2 at A and AA, and what is only good practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Everything that can be pressed and is less than 44 pixels high or wide.
SMALL = """() => [...document.querySelectorAll('a, button, fieldset label, textarea, summary, input[type=text]')]
    .filter(e => e.checkVisibility({visibilityProperty: true}))
    .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
    .filter(([_, box]) => box.height < 44 || box.width < 44).map(([html]) => html)"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Elements that hide a part of their own text, but for what only screen readers are told.
CUT_OFF = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.checkVisibility() && e.tagName !== 'TEXTAREA' && getComputedStyle(e).overflow === 'hidden')
    .filter(e => e.clientWidth > 1 && (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight))
    .map(e => e.outerHTML.slice(0, 80))"""
HEADINGS = """() => [...document.querySelectorAll('h1, [role=heading][aria-level="1"]')]
    .filter(e => e.checkVisibility() && (e.getAttribute('aria-level') || '1') === '1').length"""
# What has the focus, where its beginning is not on the screen.
OUT_OF_SIGHT = """() => [document.activeElement].filter(e => e !== document.body)
    .filter(e => e.getBoundingClientRect().top < 0 || e.getBoundingClientRect().top >= innerHeight)
    .map(e => e.outerHTML.slice(0, 80))"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""


def found_wrong(page: Page, language: str) -> list[str]:
    """What is wrong with the page that is shown, in words."""
    told = Axe().run(page, options=RULES).response
    wrong = [f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in told["violations"]]
    if len(told["passes"]) < 10:
        wrong.append("hardly anything to look at")
    wrong += [f"small: {html}" for html in page.evaluate(SMALL)]
    wrong += [f"out of sight: {html}" for html in page.evaluate(OUT_OF_SIGHT)]
    wrong += overflowing(page)
    if page.evaluate(HEADINGS) != 1:
        wrong.append(f"{page.evaluate(HEADINGS)} headings of the first level")
    if page.locator("html").get_attribute("lang") != language:
        wrong.append("another language")
    return wrong


def overflowing(page: Page) -> list[str]:
    """What is not all on the screen: beside it, or cut off."""
    wrong = ["wider than the screen"] if page.evaluate(TOO_WIDE) > 0 else []
    return wrong + [f"cut off: {html}" for html in page.evaluate(CUT_OFF)]


def space_out(page: Page) -> None:
    """Let text stand as far apart as readers may set it (WCAG 1.4.12)."""
    page.evaluate(
        """css => {
            const sheet = new CSSStyleSheet()
            sheet.replaceSync(css)
            document.adoptedStyleSheets = [sheet]
        }""",
        SPACED,
    )


def enlarge(page: Page) -> None:
    """Let letters be twice as large, as a phone's settings do."""
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
