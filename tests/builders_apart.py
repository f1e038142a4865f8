"""A window with household codes: coded and open surveys in it, sealed, and what a script may add to the open ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from uuid import UUID

import builders_staff
from builders_collection import AFTER_GRACE, SECRET
from builders_instruments import background_section, instrument, scaled, school_section
from builders_storage import a_window
from sqlalchemy import Connection, delete, update

from survey.administration import windows
from survey.collection import submit
from survey.instruments import packing
from survey.instruments.answers import Answers
from survey.instruments.model import Instrument
from survey.storage import Store, responses, sites
from survey.storage import windows as stored
from survey.storage.tables import ReleasePartRow, ReleaseRow, ResponseRow, WindowRow
from survey.storage.windows import Window

CODED = {"los-robles": 220, "mar-vista": 150, "canyon": 9, "pine": 21}
OPEN = {"los-robles": 24, "mar-vista": 19, "canyon": 3}


def asking() -> Instrument:
    """Twelve rated questions on one scale, and what language is spoken at home."""
    rated = (scaled(f"q.{n:02}", f"Question {n}?", f"¿Pregunta {n}?") for n in range(1, 13))
    home = replace(background_section(), items=background_section().items[:1])
    return instrument(survey="twelve", sections=(replace(school_section(), items=tuple(rated)), home))


def with_codes(store: Store, coded=CODED, opened=OPEN, name="fall-2026", code_uses=1) -> Window:
    """An open window of the twelve questions at the four schools of ``builders_staff``, answered at random."""
    window = a_window(store, asking(), name=name, code_uses=code_uses)
    chance = Random(20261112)
    answer(store, window, coded, chance, "code")
    answer(store, window, opened, chance, "link")
    return window


def answer(store: Store, window: Window, families: dict[str, int], chance: Random, channel: str) -> None:
    """So many made-up families of each school, by one channel."""
    asked = asking()
    with store.writing() as db:
        for slug, count in families.items():
            site = sites.find(db, slug)
            responses.insert_all(
                db,
                [
                    responses.Response(
                        window.id,
                        site.id,
                        UUID(int=chance.getrandbits(128), version=4),
                        chance.choice(("en", "es")),
                        channel,
                        packing.pack(asked, builders_staff._answers(asked, chance)),
                    )
                    for _ in range(count)
                ],
            )


def script(store: Store, window: Window, posts: int, slugs=("los-robles", "mar-vista", "pine")) -> None:
    """Send the most favorable answers by the open link again and again, as a script would, to these schools in turn."""
    asked = asking()
    choices = {
        item.id: (next(option.code for option in item.options if option.favorable or not item.is_scored),)
        for item in asked.items()
        if item.options
    }
    chance = Random(7)
    with store.writing() as db:
        schools = [sites.find(db, slug) for slug in slugs]
        # A transaction of its own for each post takes a minute and proves nothing more.
        together = _InOneTransaction(db)
        for number in range(posts):
            sent = submit.submit(
                together,
                SECRET,
                window,
                schools[number % len(schools)],
                key=UUID(int=chance.getrandbits(128), version=4),
                answers=Answers(choices, {}),
                language="en",
                channel="link",
                today=window.opens,
                started=True,
            )
            assert sent.outcome is submit.Outcome.RECEIVED


def templates(store: Store, window: Window, slug: str, sets: int, times: int) -> None:
    """So many made-up families of a school, each sent several times by the open link."""
    for time in range(times):
        asked, chance, keys = asking(), Random(99), Random(f"keys {time}")
        packed = [packing.pack(asked, builders_staff._answers(asked, chance)) for _ in range(sets)]
        with store.writing() as db:
            site = sites.find(db, slug)
            key = [UUID(int=keys.getrandbits(128), version=4) for _ in packed]
            responses.insert_all(
                db,
                [
                    responses.Response(window.id, site.id, k, "en", "link", p)
                    for k, p in zip(key, packed, strict=True)
                ],
            )


def seal(store: Store, window: Window) -> Window:
    """The window, closed and sealed."""
    windows.close(store, window.name, AFTER_GRACE)
    with store.reading() as db:
        return stored.by_id(db, window.id)


def rewind(store: Store, window: Window) -> None:
    """Make a released window as it was before it was closed: only a test may."""
    with store.writing() as db:
        db.execute(delete(ReleasePartRow))
        db.execute(delete(ReleaseRow))
        db.execute(update(ResponseRow).values(batch=None))
        db.execute(update(WindowRow).where(WindowRow.id == window.id).values(closed_on=None, sealed_on=None))


class _InOneTransaction:
    """A store whose every writing is part of one transaction."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        yield self._db
