"""Families answer on real browsers while phone, network and server fail: each survey is one row, or is shown as not sent."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Self

from builders_collection import CLOSES, OPENS
from campaigns.phone_family import Phone
from campaigns.phone_network import Network
from campaigns.phone_plan import Kind, Plan
from campaigns.phone_session import Ended, Session
from playwright.sync_api import sync_playwright
from serving import Server, served

from survey.instruments import packing
from survey.instruments.model import Instrument, ItemType
from survey.storage import Store, comments, instruments, sites, windows
from survey.storage.sites import Site
from survey.storage.windows import Window

AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Told:
    """What a campaign saw, session by session."""

    ended: tuple[Ended, ...]
    seconds: float

    @property
    def broken(self) -> list[str]:
        """Every rule that a session broke, with all that is needed to have the session again."""
        return [
            f"{each.plan}\n  {'; '.join(each.steps)}\n  BROKEN: {rule}"
            for each in self.ended
            for rule in each.broken
        ]

    @property
    def figures(self) -> str:
        """How much was tried, in a line."""
        posts = sum(each.posts for each in self.ended)
        waited = sum(each.waited for each in self.ended)
        return f"{len(self.ended)} sessions, {posts} posts, {waited} not sent at first, {self.seconds:.0f} s"


@dataclass(slots=True)
class Home:
    """The server of all phones, which can be killed whole and started again; it is elsewhere then."""

    database_url: str
    log: Path
    server: Server = field(init=False)
    _running: ExitStack = field(default_factory=ExitStack)
    _lock: Lock = field(default_factory=Lock)

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    @property
    def port(self) -> int:
        """Where it is now."""
        return self.server.port

    def kill(self) -> None:
        """Every process of it dies at once; it is back when this returns."""
        with self._lock:
            os.killpg(self.server.process.pid, signal.SIGKILL)
            self._running.close()
            self._start()

    def _start(self) -> None:
        serving = served(self.database_url, self.log, workers=2)
        self.server = self._running.enter_context(serving)


@dataclass(frozen=True, slots=True)
class District:
    """A school for each session, all in one window: what is stored at a school was sent in its session."""

    store: Store
    window: Window
    instrument: Instrument
    comment: str
    schools: tuple[Site, ...]

    def stored(self, school: Site) -> list[dict[str, tuple[str, ...]]]:
        """The answers of each response of that school."""
        with self.store.reading() as db:
            rows = (
                db.exec_driver_sql(f"SELECT answers FROM response WHERE site_id = {school.id}")
                .scalars()
                .all()
            )
        unpacked = [packing.unpack(self.instrument, packed) for packed in rows]
        return [{item: tuple(codes) for item, codes in answers.items() if codes} for answers in unpacked]

    def comments(self, school: Site) -> list[str]:
        """The comments of that school."""
        with self.store.reading() as db:
            return [each.text for each in comments.of_site(db, self.window.id, school.id)]


def run(
    database_url: str,
    folder: Path,
    launch: dict[str, Any],
    instrument: Instrument,
    plans: Sequence[Plan],
    *,
    tell: Callable[[Ended], object] = repr,
) -> Told:
    """Play every plan, two at once; ``tell`` hears of each session when it has ended."""
    store = Store(database_url)
    district = _district(store, instrument, len(plans))
    began = time.monotonic()
    with Home(database_url, folder / "log") as home, ThreadPoolExecutor(AT_ONCE) as pool:
        work = list(zip(plans, district.schools, strict=True))

        def some(first: int) -> list[Ended]:
            ended = []
            with sync_playwright() as playwright:
                for each, school in work[first::AT_ONCE]:
                    phone = Phone(playwright, launch, folder / school.slug, blocked=each.kind is Kind.BLOCKED)
                    with Network(home, keeps_alive=each.seed % 2 == 0) as network, phone:
                        ended.append(Session(each, school, home, network, district, phone).play())
                    tell(ended[-1])
                    shutil.rmtree(phone.profile, ignore_errors=True)
            return ended

        ended = [each for mine in pool.map(some, range(AT_ONCE)) for each in mine]
    store.close()
    return Told(tuple(ended), time.monotonic() - began)


def _district(store: Store, instrument: Instrument, schools: int) -> District:
    with store.writing() as db:
        sites.put(db, [Site(0, f"school-{n}", f"School {n}") for n in range(schools)])
        known = tuple(sites.find(db, f"school-{n}") for n in range(schools))
        window_id = windows.create(
            db,
            name="fall-2026",
            instrument_id=instruments.add(db, instrument),
            opens=OPENS,
            closes=CLOSES,
            site_ids=[site.id for site in known],
        )
        comment = next(item.id for item in instrument.items() if item.type is ItemType.TEXT)
        return District(store, windows.by_id(db, window_id), instrument, comment, known)
