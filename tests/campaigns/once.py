"""The same submission posted many times at once, to several processes: one row, and one receipt for everybody."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from uuid import UUID, uuid4

from builders_collection import SECRET, place
from serving import Phone, cpu_ms, form, served

from survey.collection import receipts
from survey.collection.receipts import Receipt
from survey.storage import Store, comments, responses


@dataclass(frozen=True, slots=True)
class Told:
    """What a campaign saw: rows and comments stored, receipts by key, and what posts without a receipt got.

    ``answering`` counts the processes that took part.
    """

    rows: int
    comments: int
    receipts: dict[UUID, set[Receipt]]
    without_receipt: list[int | None]
    answering: int
    seconds: float

    @property
    def genuine(self) -> bool:
        """Whether every key has one receipt and this installation signed it."""
        return all(
            len(told) == 1 and all(receipts.is_genuine(SECRET, receipt) for receipt in told)
            for told in self.receipts.values()
        )


def run(database_url: str, log: Path, *, submissions: int, copies: int, workers: int = 3) -> Told:
    """Post each of so many submissions in so many copies at the same moment, each on its own connection."""
    store = Store(database_url)
    at = place(store)
    began = time.monotonic()
    bodies = {key: form(at.window.id, key, _answers(key)) for key in (uuid4() for _ in range(submissions))}
    with served(database_url, log, workers=workers) as server:
        idle = {pid: cpu_ms(pid) for pid in server.workers()}
        answers = _post_all(server.port, f"/s/pine/{at.window.survey}", bodies, copies)
        answering = sum(cpu_ms(pid) > before for pid, before in idle.items())
    with store.reading() as db:
        told = Told(
            rows=responses.counts(db, at.window.id).get(at.pine.id, 0),
            comments=len(comments.of_site(db, at.window.id, at.pine.id)),
            receipts={key: {a for a in got if isinstance(a, Receipt)} for key, got in answers.items()},
            without_receipt=[a for got in answers.values() for a in got if not isinstance(a, Receipt)],
            answering=answering,
            seconds=time.monotonic() - began,
        )
    store.close()
    return told


def _post_all(
    port: int, path: str, bodies: dict[UUID, bytes], copies: int
) -> dict[UUID, list[Receipt | int | None]]:
    """Every copy of a submission is sent when all of its senders are ready; then comes the next submission."""
    ready = Barrier(copies)

    def send_each(_sender: int) -> list[Receipt | int | None]:
        got = []
        with Phone(port) as phone:
            for body in bodies.values():
                ready.wait(60)
                got.append(phone.send(path, body))
        return got

    with ThreadPoolExecutor(copies) as pool:
        by_sender = list(pool.map(send_each, range(copies)))
    return {key: [got[n] for got in by_sender] for n, key in enumerate(bodies)}


def _answers(key: UUID) -> dict[str, str | list[str]]:
    """What somebody chose and wrote, different for each key, always with a comment."""
    choose = random.Random(key.int)
    return {
        "q.welcome": choose.choice("43210"),
        "q.respect": choose.choice("43210"),
        "q.learning": choose.choice("120"),
        "q.took_part": choose.sample(["met_teacher", "event", "helped"], 2),
        "q.comment": f"words of {key}",
    }
