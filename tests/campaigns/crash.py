"""Workers are killed while families send and try again: every receipt has its row, and no row is there twice."""

import os
import random
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from uuid import UUID, uuid4

from builders_collection import SECRET, place
from serving import Phone, Server, form, served

from survey.collection import receipts
from survey.collection.receipts import Receipt
from survey.instruments import packing
from survey.storage import Store, comments, responses, windows

# Granian takes two deaths of the same worker within 5.5 s for a program that can not start, and ends;
# the service manager of docs/deploy would start it again.
YOUNG = 6.0
# By then a worker answers: to kill one that is still loading would show nothing.
LOADING = 2.5


@dataclass(frozen=True, slots=True)
class Told:
    """What a campaign saw. ``tries`` are posts that got no receipt, by what they got (None: no answer)."""

    kills: int
    receipts: int
    genuine: bool
    rows: int
    comments: int
    rows_missing: int
    rows_changed: int
    tries: dict[int | None, int]
    went_on: bool
    seconds: float


@dataclass(slots=True)
class _Family:
    """Somebody who sends one survey after another, each until a receipt comes."""

    port: int
    path: str
    window_id: int
    chosen: dict[UUID, str] = field(default_factory=dict)
    received: list[Receipt] = field(default_factory=list)
    tries: dict[int | None, int] = field(default_factory=dict)

    def send_until(self, stop: Event, give_up: float) -> None:
        with Phone(self.port, timeout=5) as phone:
            while not stop.is_set() and time.monotonic() < give_up:
                self._send_one(phone, give_up)
                time.sleep(random.uniform(0, 0.02))

    def send_one(self, give_up: float) -> None:
        with Phone(self.port, timeout=5) as phone:
            self._send_one(phone, give_up)

    def _send_one(self, phone: Phone, give_up: float) -> None:
        key, choice = uuid4(), random.choice("43210")
        self.chosen[key] = choice
        body = form(self.window_id, key, {"q.welcome": choice, "q.comment": f"words of {key}"})
        while not isinstance(answer := phone.send(self.path, body), Receipt):
            self.tries[answer] = self.tries.get(answer, 0) + 1
            if time.monotonic() > give_up:
                return
            time.sleep(random.uniform(0.01, 0.1))
        self.received.append(answer)


def run(
    database_url: str, log: Path, *, kills: int, families: int = 20, workers: int = 3, pause: float = 0.6
) -> Told:
    """Kill so many random workers, one every ``pause`` seconds or so, while so many families send."""
    store = Store(database_url)
    at = place(store)
    began = time.monotonic()
    give_up = began + 120 + kills * (pause + 5)
    stop = Event()
    with served(database_url, log, workers=workers) as server:
        sending = [_Family(server.port, f"/s/pine/{at.window.survey}", at.window.id) for _ in range(families)]
        threads = [Thread(target=family.send_until, args=(stop, give_up)) for family in sending]
        for thread in threads:
            thread.start()
        killed = _kill(server, kills, workers, pause)
        stop.set()
        for thread in threads:
            thread.join()
        # A connection that waited for a killed worker is reset: the last family tries again, as any would.
        last = _Family(server.port, sending[0].path, at.window.id)
        last.send_one(time.monotonic() + 30)
        went_on = bool(last.received) and server.process.poll() is None
        sending.append(last)
    told = [receipt for family in sending for receipt in family.received]
    chosen = {key: choice for family in sending for key, choice in family.chosen.items()}
    with store.reading() as db:
        instrument = windows.instrument(db, at.window)
        stored = responses.stored_under(db, at.window.id, chosen.keys())
        counted = responses.counts(db, at.window.id)[at.pine.id]
        comment_count = len(comments.of_site(db, at.window.id, at.pine.id))
    store.close()
    return Told(
        kills=killed,
        receipts=len(told),
        genuine=all(receipts.is_genuine(SECRET, receipt) for receipt in told),
        rows=counted,
        comments=comment_count,
        rows_missing=sum(receipt.key not in stored for receipt in told),
        rows_changed=sum(
            packed != packing.pack(instrument, {"q.welcome": (chosen[key],)})
            for key, (_, packed) in stored.items()
        ),
        tries={what: sum(f.tries.get(what, 0) for f in sending) for f in sending for what in f.tries},
        went_on=went_on,
        seconds=time.monotonic() - began,
    )


def _kill(server: Server, kills: int, workers: int, pause: float) -> int:
    """Kill random workers with SIGKILL; how many were."""
    killed = 0
    first_seen = dict.fromkeys(server.workers(), 0.0)
    while killed < kills and server.process.poll() is None:
        time.sleep(random.uniform(0.5, 1.5) * pause)
        alive = server.workers()
        now = time.monotonic()
        for pid in alive:
            first_seen.setdefault(pid, now)
        loaded = [pid for pid in alive if now - first_seen[pid] > LOADING]
        able = [pid for pid in loaded if pid != alive[-1] or now - first_seen[pid] > YOUNG]
        # Somebody is left who answers, or this would only count how long a worker takes to load.
        if len(alive) < workers or len(loaded) < 2 or not able:
            continue
        os.kill(random.choice(able), signal.SIGKILL)
        killed += 1
    return killed
