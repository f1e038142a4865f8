"""``make speed``: how fast a family's survey is on a slow phone with a weak signal; the table of docs/performance.md."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import walking
from playwright.sync_api import Browser, Page, sync_playwright
from serving import served

from survey.storage import Store, schema

TIMES = int(os.environ.get("TIMES", "5"))
LIGHTHOUSE = Path(__file__).resolve().parents[2] / "build" / "lighthouse"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
# What a page tells about itself while it is used; INP is its slowest interaction but for outliers, of which a
# survey has none.
WATCHED = """
  window.seen = { paint: 0, largest: 0, shift: 0, slowest: 0 }
  const watch = (type, see, more) => new PerformanceObserver(list => list.getEntries().forEach(see))
    .observe({ type, buffered: true, ...more })
  watch('paint', entry => { if (entry.name === 'first-contentful-paint') seen.paint = entry.startTime })
  watch('largest-contentful-paint', entry => { seen.largest = entry.startTime })
  watch('layout-shift', entry => { if (!entry.hadRecentInput) seen.shift += entry.value })
  watch('event', entry => { if (entry.interactionId) seen.slowest = Math.max(seen.slowest, entry.duration) },
    { durationThreshold: 16 })
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A network and a phone: bits a second, the round trip in ms, and how many times slower its processor is."""

    name: str
    bits: int
    round_trip: int
    processor: int


WEAK = Line("400 kbit/s, 400 ms, CPU 4x", 400_000, 400, 4)
SLOW_3G = Line("slow 3G: 400 kbit/s, 2,000 ms, CPU 4x", 400_000, 2000, 4)
WORST = Line("50 kbit/s, 800 ms, CPU 4x", 50_000, 800, 4)

Measured = dict[str, float]


def whole_survey(page: Page, address: str, language: str) -> Measured:
    """Open a survey, answer all of it and send it."""
    page.goto(address, wait_until="load")
    page.locator("html.js").wait_for(state="attached")
    page.wait_for_timeout(500)
    opened = page.evaluate("seen")
    walking.begin(page, language)
    walking.go_through(page, language)
    page.locator("#end button.go").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    used = page.evaluate("seen")
    return {
        "first paint": opened["paint"],
        "largest paint": opened["largest"],
        "shift": used["shift"],
        "interaction": used["slowest"],
    }


def first_paint(page: Page, address: str, _language: str) -> Measured:
    """Open a survey."""
    page.goto(address, wait_until="load")
    page.wait_for_function("seen.paint > 0")
    return {"first paint": page.evaluate("seen.paint")}


def first_question(page: Page, address: str, _language: str) -> Measured:
    """Open a survey and press Start as soon as it is there, until the first question is on the screen."""
    page.goto(address, wait_until="commit")
    page.locator("#p0 .go").click()
    page.wait_for_function(
        "() => { const box = document.querySelector('#q1 legend').getBoundingClientRect();"
        " return box.height > 0 && box.top < innerHeight && box.bottom > 0 }"
    )
    return {"first question": page.evaluate("performance.now()")}


LIMITS = {
    WEAK: {"largest paint": 2500, "shift": 0.05, "interaction": 200},
    SLOW_3G: {"first paint": 4500},
    WORST: {"first question": 8000},
}
RUNS: dict[Line, Callable[[Page, str, str], Measured]] = {
    WEAK: whole_survey,
    SLOW_3G: first_paint,
    WORST: first_question,
}


def measured(browser: Browser, line: Line, address: str, language: str) -> Measured:
    """The median of each figure over several phones, each of which sees the survey for the first time."""
    found: dict[str, list[float]] = {}
    for _ in range(TIMES):
        context = browser.new_context(**walking.PHONE)
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.add_init_script(WATCHED)
        cdp = context.new_cdp_session(page)
        cdp.send("Network.enable")
        a_second = line.bits / 8
        network = {"offline": False, "latency": line.round_trip, "uploadThroughput": a_second}
        cdp.send("Network.emulateNetworkConditions", {**network, "downloadThroughput": a_second})
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": line.processor})
        for name, figure in RUNS[line](page, address, language).items():
            found.setdefault(name, []).append(figure)
        context.close()
    return {name: statistics.median(figures) for name, figures in found.items()}


def lighthouse(address: str) -> Measured | None:
    """Lighthouse's scores for a page on a phone, the median of three; None where it can not be had."""
    if not (LIGHTHOUSE / "node_modules").exists():
        LIGHTHOUSE.mkdir(parents=True, exist_ok=True)
        wanted = ["npm", "install", "--no-fund", "--no-audit", "--silent", "lighthouse@12"]
        if subprocess.run(wanted, cwd=LIGHTHOUSE, check=False).returncode:
            return None
    program = str(LIGHTHOUSE / "node_modules" / ".bin" / "lighthouse")
    flags = f"--chrome-flags=--headless=new {' '.join(QUIET)}"
    only = "--only-categories=performance,accessibility,best-practices"
    scores: list[Measured] = []
    for _ in range(3):
        done = subprocess.run(
            [program, address, flags, only, "--output=json", "--quiet"],
            env={**os.environ, "CHROME_PATH": CHROMIUM},
            capture_output=True,
            check=True,
        )
        categories = json.loads(done.stdout)["categories"]
        scores.append({name: round(each["score"] * 100) for name, each in categories.items()})
    return {name: statistics.median(each[name] for each in scores) for name in scores[0]}


LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100}


def _main() -> None:
    beyond = []
    with tempfile.TemporaryDirectory(prefix="puente-speed-") as name, sync_playwright() as playwright:
        url = f"sqlite:///{name}/speed.sqlite"
        store = Store(url)
        schema.upgrade(store)
        store.close()
        walking.a_district(url)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        with served(url, Path(name) / "log", workers=1) as server:
            at = f"http://127.0.0.1:{server.port}/s/los-robles/engagement"
            for line, limits in LIMITS.items():
                for language in ("en", "es"):
                    figures = measured(browser, line, f"{at}?l={language}", language)
                    _print(f"{line.name}, {language}", figures, limits)
                    beyond += [(line.name, language, n) for n, limit in limits.items() if figures[n] > limit]
            browser.close()
            for language in ("en", "es"):
                scores = lighthouse(f"{at}?l={language}")
                if scores is None:
                    sys.stdout.write("Lighthouse could not be installed.\n")
                    break
                _print(f"Lighthouse, {language}", scores, LEAST)
                beyond += [("Lighthouse", language, n) for n, least in LEAST.items() if scores[n] < least]
    if beyond:
        sys.exit(f"Beyond the limits: {beyond}")


def _print(name: str, figures: Measured, limits: Measured) -> None:
    told = (f"{n} {figure:,.3g}" if figure < 1 else f"{n} {figure:,.0f}" for n, figure in figures.items())
    limit = ", ".join(f"{n} {limits[n]:,}" for n in figures if n in limits)
    sys.stdout.write(f"| {name} | {', '.join(told)} | {limit} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _main()
