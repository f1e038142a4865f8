"""Planted families: each with answers and a comment of their own, sent interleaved over the schools, one at a time."""

from dataclasses import dataclass
from datetime import date
from random import Random
from unittest.mock import patch
from uuid import UUID

import builders_storage

from survey import catalogue
from survey.collection import submit
from survey.collection.submit import Outcome
from survey.instruments import packing
from survey.instruments.answers import Answers
from survey.instruments.model import Instrument, ItemType
from survey.storage import Store, comments, responses, windows
from survey.storage.comments import NewComment
from survey.storage.responses import Response
from survey.storage.windows import Window

DURING = date(2026, 11, 12)
SECRET = "a secret for tests, and for nothing else"
LETTERS = "abcdefghijklmnopqrstuvwxyz     "


@dataclass(frozen=True, slots=True)
class Family:
    """What one family sent, in the order of arrival: how it is found again in rows and in raw bytes."""

    site_id: int
    key: UUID
    packed: str
    comment: str


@dataclass(frozen=True, slots=True)
class Planted:
    """A window full of families whose comments are known to belong to their answers."""

    window: Window
    families: tuple[Family, ...]

    @property
    def chance(self) -> float:
        """How many comments are linked rightly, on average, by guessing within each school."""
        return len({family.site_id for family in self.families})


def plant(store: Store, n: int, schools: int, seed: int = 1, *, imported: bool = False) -> Planted:
    """Let ``n`` families answer, one transaction each, or all in one as an import of a file does."""
    chance = Random(seed)
    sites = [builders_storage.a_site(store, f"planted-{number}") for number in range(schools)]
    instrument = catalogue.load().instruments["engagement"]
    window = builders_storage.a_window(store, instrument, name=f"planted-{seed}", sites=sites)
    text_item = next(item.id for item in instrument.items() if item.type is ItemType.TEXT)
    sent = [(chance.choice(sites), _key(chance), _answers(instrument, text_item, chance)) for _ in range(n)]
    with patch("survey.storage.comments.uuid4", lambda: _key(chance)):
        if imported:
            _import(store, window, sent, instrument)
        else:
            for site, key, answers in sent:
                submission = submit.submit(
                    store,
                    SECRET,
                    window,
                    site,
                    key=key,
                    answers=answers,
                    language="es",
                    channel="link",
                    today=DURING,
                    started=True,
                )
                assert submission.outcome is Outcome.RECEIVED
    families = [
        Family(site.id, key, packing.pack(instrument, answers.choices), answers.comments[text_item])
        for site, key, answers in sent
    ]
    return Planted(window, tuple(families))


def _import(store: Store, window: Window, sent, instrument: Instrument) -> None:
    with store.writing() as db:
        windows.hold_open(db, window.id)
        responses.insert_all(
            db,
            [
                Response(window.id, site.id, key, "", "paper", packing.pack(instrument, answers.choices))
                for site, key, answers in sent
            ],
        )
        comments.insert(
            db,
            window.id,
            [NewComment(site.id, *comment) for site, _, a in sent for comment in a.comments.items()],
        )


def _answers(instrument: Instrument, text_item: str, chance: Random) -> Answers:
    choices = {
        item.id: (chance.choice(item.options).code,)
        for item in instrument.items()
        if item.type is not ItemType.TEXT and item.shown_if is None
    }
    # Some comments are too long for PostgreSQL to keep beside the row.
    length = chance.choice((20, 60, 200, 600, 2600))
    words = "".join(chance.choice(LETTERS) for _ in range(length))
    return Answers(choices, {text_item: f"{chance.getrandbits(64):016x} {words}"})


def _key(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
