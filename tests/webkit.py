"""A WebKit to drive as families' iPhones would: WebKitGTK's own browser, by the plain WebDriver protocol."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_direct = build_opener(ProxyHandler({}))


class Refused(Exception):
    """The browser could not do what it was asked."""


@dataclass(frozen=True, slots=True)
class Page:
    """The one page of a browser."""

    session: str

    def open(self, address: str) -> None:
        """Load an address, whole."""
        self._ask("POST", "/url", {"url": address})

    def back(self) -> None:
        """Press Back."""
        self._ask("POST", "/back", {})

    def forward(self) -> None:
        """Press Forward."""
        self._ask("POST", "/forward", {})

    def reload(self) -> None:
        """Press Reload."""
        self._ask("POST", "/refresh", {})

    def script(self, text: str, *given: object) -> Any:
        """What a script returns, which may be a promise's value."""
        return self._ask("POST", "/execute/sync", {"script": text, "args": list(given)})

    def press(self, css: str) -> None:
        """Press the first element that can be seen under this selector, as a finger would."""
        for found in self._ask("POST", "/elements", {"using": "css selector", "value": css}):
            if self._ask("GET", f"/element/{found[_ELEMENT]}/displayed"):
                self._ask("POST", f"/element/{found[_ELEMENT]}/click", {})
                return
        raise Refused(f"nothing to press: {css}")

    def until(self, claim: str, *given: object, seconds: float = 30) -> Any:
        """Wait until this expression is true on whatever page is shown; what it is then."""
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            with suppress(Refused):
                if found := self.script(f"return {claim}", *given):
                    return found
            time.sleep(0.05)
        raise Refused(f"never true: {claim}; the page: {self.script('return document.body.innerText')}")

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        return _ask(method, self.session + path, body)


def missing() -> str | None:
    """What is not installed here; None where a browser can be opened."""
    if not shutil.which("WebKitWebDriver"):
        return "no WebKit: install Debian's package webkit2gtk-driver"
    if not shutil.which("Xvfb"):
        return "no screen for WebKit: install Debian's package xvfb"
    return None if _browser() else "no WebKit: its MiniBrowser is not where Debian puts it"


@contextmanager
def opened(*, scripts: bool = True) -> Iterator[Page]:
    """A fresh browser on a screen of its own; with ``scripts`` off the pages' own do not run."""
    with _screen() as display, _driver(display) as address:
        # Only markup's scripts are turned off: the driver speaks to the page by others.
        settings = ["--automation", f"--enable-javascript-markup={str(scripts).lower()}"]
        options = {
            "webkitgtk:browserOptions": {"binary": str(_browser()), "args": settings},
            "acceptInsecureCerts": True,
        }
        told = _ask("POST", f"{address}/session", {"capabilities": {"alwaysMatch": options}})
        page = Page(f"{address}/session/{told['sessionId']}")
        try:
            yield page
        finally:
            _ask("DELETE", page.session)


def _browser() -> Path | None:
    return next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)


@contextmanager
def _screen() -> Iterator[str]:
    """A screen nobody sees, by its name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "500x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        _end(process)


@contextmanager
def _driver(display: str) -> Iterator[str]:
    """The address of a driver whose browser is shown on this screen."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    # A machine without a graphics card, and without a desktop's services.
    quiet = {"WEBKIT_DISABLE_COMPOSITING_MODE": "1", "LIBGL_ALWAYS_SOFTWARE": "1", "NO_AT_BRIDGE": "1"}
    process = subprocess.Popen(
        ["WebKitWebDriver", "--host=127.0.0.1", f"--port={port}"],
        env={**os.environ, **quiet, "DISPLAY": display, "GDK_BACKEND": "x11"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        _end(process)


def _wait_for(port: int) -> None:
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise Refused("the driver did not start")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    process.kill()
    process.wait()


def _ask(method: str, address: str, body: object = None) -> Any:
    sent = None if body is None else json.dumps(body).encode()
    request = Request(address, sent, {"Content-Type": "application/json"}, method=method)
    try:
        with _direct.open(request, timeout=120) as response:
            return json.load(response)["value"]
    except HTTPError as refusal:
        with refusal:
            raise Refused(json.load(refusal)["value"]["message"]) from None
    except (URLError, TimeoutError) as gone:
        raise Refused(str(gone)) from gone
