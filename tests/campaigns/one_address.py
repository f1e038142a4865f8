"""Families with codes behind one address, as on an evening at school, while somebody there guesses codes without end."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from uuid import uuid4

from builders_codes import make, uses_left, wrong_like
from builders_collection import place
from serving import Phone, form, served

from survey import household_codes
from survey.collection.receipts import Receipt
from survey.storage import Store, responses

# So many from each guesser, however fast the families are.
FEWEST_GUESSES = 40


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: receipts and what families got instead, coded rows, codes left, and what guesses got."""

    receipts: int
    instead: list[int | None]
    coded: int
    uses_left: int
    guesses: dict[int | None, int]
    seconds: float


def run(database_url: str, log: Path, *, families: int, at_once: int = 8, guessers: int = 2) -> Told:
    """Let so many families send, each with a code of its own, all from the address that the guesses come from."""
    store = Store(database_url)
    at = place(store)
    codes = make(store, at.window, at.pine, families + 1)
    seen = codes.pop()
    began = time.monotonic()
    with served(database_url, log, workers=2) as server:
        stop = Event()
        path = f"/s/pine/{at.window.survey}"

        def send(code: str) -> Receipt | int | None:
            with Phone(server.port, timeout=60) as phone:
                return phone.send(path, _body(at.window.id, household_codes.shown(code)))

        def guess(_guesser: int) -> list[int | None]:
            # By turns like a code that somebody has seen a part of, and like none at all.
            alike, told = wrong_like(seen), []
            with Phone(server.port, timeout=60) as phone:
                while not stop.is_set() or len(told) < FEWEST_GUESSES:
                    told.append(phone.send(path, _body(at.window.id, next(alike))))
                    told.append(phone.send(path, _body(at.window.id, household_codes.new())))
            return told

        with ThreadPoolExecutor(guessers) as guessing, ThreadPoolExecutor(at_once) as sending:
            tries = [guessing.submit(guess, number) for number in range(guessers)]
            try:
                answers = list(sending.map(send, codes))
            finally:
                stop.set()
            guessed = [status for each in tries for status in each.result()]
    with store.reading() as db:
        coded = sum(row.channel == "code" for row in responses.packed(db, at.window.id))
    told = Told(
        receipts=sum(isinstance(answer, Receipt) for answer in answers),
        instead=[answer for answer in answers if not isinstance(answer, Receipt)],
        coded=coded,
        uses_left=sum(uses_left(store, at.window)),
        guesses={status: guessed.count(status) for status in guessed},
        seconds=time.monotonic() - began,
    )
    store.close()
    return told


def _body(window_id: int, code: str) -> bytes:
    return form(window_id, uuid4(), {"q.welcome": "4", "code": code})
