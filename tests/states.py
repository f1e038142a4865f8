"""Every state that a family can meet on its phone, each by its name: looked at by the tests, and kept as pictures."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

import builders_family as built
import builders_storage
import walking
from playwright.sync_api import Page, Route

from survey import catalogue
from survey.instruments import packing
from survey.storage import sites, windows
from survey.web import create_app
from survey.web.family import kiosk

NOON = datetime(2026, 11, 12, 12)  # noqa: DTZ001 - the browser's own time
# A Wi-Fi that lets nobody through without a tap answers everything, and with 200.
PORTAL = "<!doctype html><title>Free Wi-Fi</title><p>Welcome! Tap to continue.</p>"
COMMENT = {
    "en": "More carrots in the cafeteria, please.",
    "es": "Más zanahorias en la cafetería, por favor.",
}
BLOCKED = """for (const name of ["localStorage", "sessionStorage", "indexedDB"])
  Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError") } })"""


@dataclass(frozen=True, slots=True)
class District:
    """Los Robles with surveys in every state, and La Loma with none; where they are served."""

    app: object
    address: str

    @contextmanager
    def day(self, day: date) -> Iterator[None]:
        """Let it be another day inside the block."""
        before = self.app.extensions["puente"]
        self.app.extensions["puente"] = replace(
            before, settings=before.settings.model_copy(update={"today": day})
        )
        try:
            yield
        finally:
            self.app.extensions["puente"] = before


@contextmanager
def a_district(database_url: str) -> Iterator[District]:
    """Such a district, until the block ends."""
    app = create_app(built.settings_of(database_url))
    store = app.extensions["puente"].store
    robles = built.a_school(store)
    built.both_surveys(store, sites=[robles])
    builders_storage.a_site(store, "la-loma", "La Loma High School")
    marina = builders_storage.a_site(store, "marina", "Marina Middle School", contact="Mr. Reyes")
    surveys = catalogue.load(None).instruments
    engagement = surveys["engagement"]
    for survey, name, opens, open_at, uses in (
        ("engagement", "with codes", date(2026, 11, 1), [marina], 1),
        ("closed", "spring", date(2026, 9, 1), [robles], 0),
        ("coming", "next spring", date(2027, 3, 1), [robles], 0),
    ):
        asked = replace(engagement, survey=survey, version=f"{engagement.version} {name}")
        builders_storage.a_window(
            store,
            asked,
            name=name,
            opens=opens,
            closes=opens.replace(day=28),
            sites=open_at,
            code_uses=uses,
        )
    with built.serving(app) as port:
        yield District(app, f"http://127.0.0.1:{port}")
    store.close()


State = Callable[[Page, District, str], None]


def _at(path: str) -> State:
    def shown(page: Page, district: District, language: str) -> None:
        page.goto(f"{district.address}{path}?l={language}")

    return shown


def _survey(page: Page, district: District, language: str, school: str = "los-robles") -> None:
    page.goto(f"{district.address}/s/{school}/engagement?l={language}")
    page.locator("html.js").wait_for(state="attached")


def _first_part(page: Page, district: District, language: str) -> None:
    _survey(page, district, language)
    walking.begin(page, language)


def _part(number: int) -> State:
    def shown(page: Page, district: District, language: str) -> None:
        _first_part(page, district, language)
        for _ in range(number - 1):
            walking.go_on(page, language)

    return shown


def _answered(page: Page, district: District, language: str) -> None:
    _first_part(page, district, language)
    walking.answer_all(page)
    # Back to the top of the part, as it is looked at.
    page.locator("#q1 label").first.click()


def _blank(page: Page, district: District, language: str) -> None:
    _answered(page, district, language)
    page.locator("#q2").locator("[name=clear]").click()
    walking.press(page, walking.WORDS[language]["next"])
    page.locator(".ask-again").wait_for()


def _too_many(page: Page, district: District, language: str) -> None:
    _part(6)(page, district, language)
    page.locator("#q30 textarea").fill(COMMENT[language])
    for label in page.locator("#q29 label").all()[:4]:
        label.click()
    page.locator("#q29 .bad").scroll_into_view_if_needed()


def _review(page: Page, district: District, language: str) -> None:
    _answered(page, district, language)
    walking.to_the_end(page, language)


def _review_of_nothing(page: Page, district: District, language: str) -> None:
    _first_part(page, district, language)
    walking.to_the_end(page, language)
    page.locator("#end").get_by_role("button", name=walking.WORDS[language]["send"], exact=True).click()
    page.locator(".ask-again").wait_for()


def _keep_nothing(page: Page, district: District, language: str) -> None:
    _first_part(page, district, language)
    page.locator(".kept button").locator("visible=true").click()
    page.locator(".kept").locator("visible=true").scroll_into_view_if_needed()


def _no_storage(page: Page, district: District, language: str) -> None:
    page.add_init_script(BLOCKED)
    _first_part(page, district, language)
    page.locator(".foot .go").locator("visible=true").focus()


def _draft(page: Page, district: District, language: str) -> None:
    _answered(page, district, language)
    page.evaluate("scrollTo(0, 1000)")
    page.reload()
    page.locator("#drafts").wait_for()


def _two_drafts(page: Page, district: District, language: str) -> None:
    _draft(page, district, language)
    page.locator("#drafts > button").click()
    walking.begin(page, language)
    walking.answer_all(page)
    page.reload()
    page.locator(".draft").nth(1).wait_for()


def _switched(page: Page, district: District, language: str) -> None:
    other = "en" if language == "es" else "es"
    _answered(page, district, other)
    page.locator("header [name=lang]").click()
    page.locator(f"html[lang={language}]").wait_for(state="attached")


def _not_switched(page: Page, district: District, language: str) -> None:
    _survey(page, district, language)
    page.route("**/s/*/*", lambda route: route.abort())
    walking.begin(page, language)
    page.locator("header [name=lang]").click()
    page.locator(".ask-again").wait_for()


def _received(page: Page, district: District, language: str) -> None:
    _review(page, district, language)
    walking.send(page, language)


def _sent_with(answer: Callable[[Route], None]) -> State:
    def shown(page: Page, district: District, language: str) -> None:
        _review(page, district, language)
        posts = "**/s/*/*"
        page.route(posts, lambda r: answer(r) if r.request.method == "POST" else r.fallback())
        page.locator("#end").get_by_role("button", name=walking.WORDS[language]["send"], exact=True).click()
        page.locator("#again").wait_for()

    return shown


def _waiting(page: Page, district: District, language: str) -> None:
    _sent_with(lambda route: route.abort())(page, district, language)
    page.goto(f"{district.address}/s/los-robles?l={language}")
    page.locator(".wait .say").wait_for()


def _no_signal(page: Page, district: District, language: str) -> None:
    _answered(page, district, language)
    page.evaluate("navigator.serviceWorker.ready.then(() => {})")
    page.wait_for_function(
        "async () => (await Promise.all((await caches.keys()).map(async n =>"
        " (await (await caches.open(n)).keys()).length))).some(n => n > 1)"
    )
    page.context.set_offline(True)
    page.goto(f"{district.address}/s/los-robles/privacy?l={language}")


def _another(page: Page, district: District, language: str) -> None:
    _review(page, district, language)
    form = {n: page.locator(f"#f [name={n}]").first.get_attribute("value") for n in ("key", "w")}
    path = f"{district.address}/s/los-robles/engagement"
    sent = page.request.post(path, form={**form, "l": language, "eng.01": "1", "end": "1"})
    assert sent.status == 201
    page.locator("#end").get_by_role("button", name=walking.WORDS[language]["send"], exact=True).click()
    page.locator("main .err").wait_for()


def _too_late(page: Page, district: District, language: str) -> None:
    _review(page, district, language)
    with district.day(date(2027, 1, 15)):
        page.locator("#end").get_by_role("button", name=walking.WORDS[language]["send"], exact=True).click()
        page.get_by_role("heading", level=1).filter(
            has_text="too late" if language == "en" else "tarde"
        ).wait_for()


def _code(page: Page, district: District, language: str) -> None:
    _survey(page, district, language, "marina")
    field = page.locator("#code")
    if not field.is_visible():
        walking.begin(page, language)
        walking.to_the_end(page, language)
    field.fill("K7QF2-MXRAA")
    field.blur()
    field.scroll_into_view_if_needed()


def _code_refused(page: Page, district: District, language: str) -> None:
    _survey(page, district, language, "marina")
    walking.begin(page, language)
    walking.answer_all(page)
    walking.to_the_end(page, language)
    page.locator("#code").fill("K7QF2-MXRAE")
    page.locator("#end").get_by_role("button", name=walking.WORDS[language]["send"], exact=True).click()
    page.locator("main .err").wait_for()


def _kiosk(page: Page, district: District, language: str) -> None:
    with district.app.test_request_context():
        store = district.app.extensions["puente"].store
        with store.reading() as db:
            window = windows.find(db, "fall engagement")
            path = kiosk.address(window, sites.find(db, "los-robles"), language)
    page.clock.install(time=NOON)
    page.goto(f"{district.address}{path}")
    page.locator("html.js").wait_for(state="attached")


def _kiosk_warning(page: Page, district: District, language: str) -> None:
    _kiosk(page, district, language)
    walking.begin(page, language)
    walking.answer_all(page)
    page.clock.run_for(41_000)
    page.get_by_role("alertdialog").wait_for()


# In the order in which a family may meet them.
STATES: dict[str, State] = {
    "schools": _at("/s"),
    "start": _at("/s/los-robles"),
    "nothing open": _at("/s/la-loma"),
    "not open yet": _at("/s/los-robles/coming"),
    "closed": _at("/s/los-robles/closed"),
    "unknown school": _at("/s/nowhere"),
    "privacy": _at("/s/los-robles/privacy"),
    "survey": _survey,
    "first part": _first_part,
    "first part answered": _answered,
    "part 2": _part(2),
    "part 3": _part(3),
    "part 4": _part(4),
    "part 5": _part(5),
    "part 6": _part(6),
    "about the family": _part(7),
    "questions left blank": _blank,
    "too many answers": _too_many,
    "keep nothing": _keep_nothing,
    "nothing can be kept": _no_storage,
    "language switched": _switched,
    "language not switched": _not_switched,
    "draft": _draft,
    "two drafts": _two_drafts,
    "review": _review,
    "nothing answered": _review_of_nothing,
    "received": _received,
    "no signal": _sent_with(lambda route: route.abort()),
    "login page of a Wi-Fi": _sent_with(lambda route: route.fulfill(body=PORTAL, content_type="text/html")),
    "one survey waiting": _waiting,
    "page without a signal": _no_signal,
    "another person": _another,
    "too late": _too_late,
    "code mistyped": _code,
    "code refused": _code_refused,
    "device of the school": _kiosk,
    "device left alone": _kiosk_warning,
}


def stored(district: District, window_name: str) -> list[tuple[str, set[tuple[str, str]]]]:
    """The responses of a window: the language, and each answer with its item; the comments with the last."""
    store = district.app.extensions["puente"].store
    with store.reading() as db:
        window = windows.find(db, window_name)
        instrument = windows.instrument(db, window)
        rows = db.exec_driver_sql(
            "SELECT language, answers FROM response WHERE window_id = ?", (window.id,)
        ).all()
        words = db.exec_driver_sql("SELECT item, text FROM comment WHERE window_id = ?", (window.id,)).all()
    found = [
        (
            language,
            {(item, code) for item, codes in packing.unpack(instrument, packed).items() for code in codes},
        )
        for language, packed in rows
    ]
    if found:
        found[-1][1].update((item, text) for item, text in words)
    return found
