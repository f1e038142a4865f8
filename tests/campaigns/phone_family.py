"""A family with a phone: a real Chromium on a profile of its own, used as fingers would, and killed when told."""

import json
import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl

from playwright.sync_api import BrowserContext, Error, Page, Playwright

# Nothing here depends on how long something takes; this is when a session is given up.
PATIENCE = 60.0

# Which part is shown, and which holds an item: 0 is what stands before the questions, the last is Send.
_PARTS = "[...document.querySelectorAll('#p0, section, #end')]"
_SHOWN = f"() => {_PARTS}.findIndex(part => !part.hidden && part.getClientRects().length)"
_HOLDS = f"css => {_PARTS}.findIndex(part => part.querySelector(css))"
_KEPT = """async () => {
  const kept = {};
  try { Object.assign(kept, localStorage) } catch {}
  try {
    for (const {name} of await indexedDB.databases()) await new Promise((done, failed) => {
      const opening = indexedDB.open(name);
      opening.onerror = failed;
      opening.onsuccess = () => {
        const shelves = [...opening.result.objectStoreNames];
        const reading = opening.result.transaction(shelves);
        for (const shelf of shelves) reading.objectStore(shelf).openCursor().onsuccess = ({target: {result}}) => {
          if (result) kept[result.key] = result.value, result.continue();
        };
        reading.oncomplete = () => (opening.result.close(), done());
      };
    });
  } catch {}
  return kept;
}"""
_ANSWERS = """() => [...new FormData(document.getElementById("f"))].filter(([name, value]) => name.includes(".") && value)"""
_DOCUMENT = "() => performance.timeOrigin"
_SAID = """() => {
  if (document.querySelector("#again, .wait button")) return "waiting";
  if (document.querySelector("main .got h1, .wait b")) return "received";
  if (document.querySelector("#drafts")) return "drafts";
  if (document.querySelector("main > .first > .say[role]") && !document.querySelector("#f")) return "gone";
  return document.querySelector("#f") ? "survey" : "between";
}"""
_BEGUN = "!document.getElementById('f') || document.querySelector('#f .foot, #drafts')"
_OPENS = """async () => Boolean(navigator.serviceWorker.controller
  && (await caches.keys()).length && await caches.match(location.pathname + "?l=" + document.documentElement.lang))"""
_FULL = """() => {
  for (let size = 1 << 20; size >= 1; size = size >> 1)
    try { for (let n = 0; ; n++) localStorage.setItem(`other.${size}.${n}`, "x".repeat(size)) } catch {}
}"""


@dataclass(slots=True)
class Phone:
    """Its browser, with one tab in hand, until the block ends; what is on its disk stays."""

    playwright: Playwright
    launch: dict[str, Any]
    profile: Path
    blocked: bool = False
    has_module: bool = True
    page: Page = field(init=False)
    _context: BrowserContext = field(init=False)
    _sent_from: float = 0

    def __enter__(self) -> Self:
        if self.blocked:
            settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
            (self.profile / "Default").mkdir(parents=True)
            (self.profile / "Default" / "Preferences").write_text(json.dumps(settings))
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Error):
            self._context.close()

    def open(self, address: str) -> None:
        """Load a page, again and again where the network is bad, until the survey or a page of ours is there."""
        until = time.monotonic() + PATIENCE
        while True:
            with suppress(Error):
                self.page.goto(address, wait_until="load")
                if self.page.locator("html[lang] main").count():
                    self.page.wait_for_function(_BEGUN if self.has_module else "true")
                    return
            if time.monotonic() > until:
                raise TimeoutError(f"never loaded: {address}")
            self.page.wait_for_timeout(100)

    def is_kept_to_open(self) -> bool:
        """Whether the survey can be opened without a signal."""
        return self.page.evaluate(_OPENS)

    def another_tab(self) -> Page:
        """A second tab; the one in hand is still ``page``."""
        return self._context.new_page()

    def kill_tab(self) -> None:
        """The process of the tab is killed, and a new tab is opened."""
        crashed = self.page
        with crashed.expect_event("crash"), suppress(Error):
            crashed.goto("chrome://crash")
        self.page = self._context.new_page()
        crashed.close()

    def kill_browser(self) -> None:
        """Everything of it is killed at once, and it is started again."""
        os.kill(self._process(), signal.SIGKILL)
        with suppress(Error):
            self._context.close()
        self._start()

    def signal(self, *, there: bool) -> None:
        """What the phone itself believes about the network."""
        self._context.set_offline(not there)

    def fill_up(self) -> None:
        """Leave no room in what this site may keep."""
        origin = "/".join(self.page.url.split("/")[:3])
        session = self._context.new_cdp_session(self.page)
        session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
        self.page.evaluate(_FULL)

    def begin(self) -> bool:
        """Go on with the survey that the phone has kept; False where it has none."""
        kept = self.page.locator("#drafts .draft .go")
        if not kept.count():
            return False
        kept.first.click()
        return True

    def choose(self, item: str, code: str) -> None:
        """Give an answer, in whichever part it is asked."""
        css = f"[name='{item}'][value='{code}']"
        self._to(css)
        self.page.locator(css).check()

    def write(self, item: str, text: str) -> None:
        """Write into a text question."""
        css = f"textarea[name='{item}']"
        self._to(css)
        self.page.locator(css).fill(text)

    def switch(self) -> None:
        """Change the language."""
        before = self.page.locator("html").get_attribute("lang")
        button = self.page.locator("[name=lang]").locator("visible=true").first
        button.click()
        self.page.wait_for_function("was => document.documentElement.lang !== was", arg=before)

    def to_send(self) -> None:
        """Go to the part where Send is."""
        self._to("#send .go")

    def send(self, *, taps: int = 1) -> None:
        """Press Send so many times in a row."""
        self._sent_from = self.page.evaluate(_DOCUMENT)
        # In the twinkling of an eye another tab may have sent it, and taken the button away.
        with suppress(Error):
            self.page.locator("#send .go").click(click_count=taps, delay=20, no_wait_after=True, timeout=5000)

    def send_from(self, tab: Page) -> None:
        """Press Send in another tab, and do not wait for what it does."""
        tab.evaluate("() => setTimeout(() => document.querySelector('#send .go').click(), 10) && 1")

    def answers(self) -> list[tuple[str, str]]:
        """What stands in the form, as names and values."""
        return sorted((name, value) for name, value in self.page.evaluate(_ANSWERS))

    def shown(self) -> str:
        """What the page says: "received", "waiting", "drafts", "survey", "gone" (another tab has it), or between."""
        with suppress(Error):
            if self.page.url.startswith("chrome-error:"):
                return "waiting"
            said = self.page.evaluate(_SAID)
            # Until the page that Send was pressed on has changed, it has not answered.
            return (
                "between" if said == "survey" and self.page.evaluate(_DOCUMENT) == self._sent_from else said
            )
        return "loading"

    def send_now(self) -> None:
        """Press what sends again; on a page of the browser's own, that is Reload."""
        with suppress(Error):
            if not self.has_module:
                self.page.reload(timeout=10000)
            else:
                self.page.locator("#again, .wait button").first.click(timeout=1000)

    def sealed(self) -> list[list[tuple[str, str]]]:
        """The answers of each survey that is kept to be sent."""
        bodies = [
            json.loads(text)["body"]
            for name, text in self.kept().items()
            if name.startswith("puente.sealed.")
        ]
        return [sorted(pair for pair in parse_qsl(body) if "." in pair[0]) for body in bodies]

    def text(self) -> str:
        """What the page says, from its beginning."""
        with suppress(Error):
            return self.page.evaluate("() => document.body.innerText.slice(0, 1500)")
        return "nothing that can be read"

    def kept(self) -> dict[str, str]:
        """Everything the site keeps on the phone."""
        return self.page.evaluate(_KEPT)

    def _to(self, css: str) -> None:
        until = time.monotonic() + PATIENCE
        wanted = self.page.evaluate(_HOLDS, css)
        while (now := self.page.evaluate(_SHOWN)) != wanted:
            if time.monotonic() > until:
                raise TimeoutError(f"never came to {css}")
            if self.page.locator(css).is_visible():
                return
            asked = self.page.locator(".ask-again .go")
            on = self.page.locator("[href='#p1'], .foot .go").locator("visible=true")
            back = self.page.locator(".foot .two button").locator("visible=true")
            for press in (asked, on) if now < wanted else (back,):
                if press.count():
                    press.first.click()
                    break

    def _start(self) -> None:
        kind = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
        self._context = self.playwright.chromium.launch_persistent_context(
            self.profile, locale="en-US", **kind, **self.launch
        )
        self._context.set_default_timeout(PATIENCE * 1000)
        self.page = self._context.pages[0]

    def _process(self) -> int:
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                said = (process / "cmdline").read_text(errors="replace").replace("\0", " ")
                if f"--user-data-dir={self.profile} " in said and "--type=" not in said:
                    return int(process.name)
        raise ProcessLookupError(f"no browser on {self.profile}")
