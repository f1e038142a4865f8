"""A window at two schools, ready to take answers: on any database, with any instrument."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from builders_instruments import instrument

from survey.collection import submit
from survey.collection.submit import Submission
from survey.instruments.answers import Answers
from survey.instruments.model import Instrument
from survey.storage import Store, instruments, sites, windows
from survey.storage.sites import Site
from survey.storage.windows import Window

SECRET = "a secret for tests, and for nothing else"
OPENS, CLOSES = date(2026, 11, 2), date(2026, 11, 20)
BEFORE, DURING = date(2026, 11, 1), date(2026, 11, 12)
IN_GRACE, AFTER_GRACE = date(2026, 11, 27), date(2026, 11, 28)


class Place(NamedTuple):
    """A window and two schools it is open at."""

    window: Window
    pine: Site
    oak: Site


def place(
    store: Store, name: str = "fall-2026", asking: Instrument | None = None, code_uses: int = 1
) -> Place:
    """A window of the small instrument (or another) at Pine and Oak."""
    with store.writing() as db:
        sites.put(db, [Site(0, "pine", "Pine Elementary"), Site(0, "oak", "Oak Middle School")])
        pine, oak = sites.find(db, "pine"), sites.find(db, "oak")
        asked = asking or instrument()
        known = instruments.find(db, asked.survey, asked.version)
        window_id = windows.create(
            db,
            name=name,
            instrument_id=known.id if known else instruments.add(db, asked),
            opens=OPENS,
            closes=CLOSES,
            site_ids=[pine.id, oak.id],
            code_uses=code_uses,
        )
        return Place(windows.by_id(db, window_id), pine, oak)


def sent(store: Store, at: Place, key: UUID, answers: Answers, today: date = DURING, **told) -> Submission:
    """What comes of sending answers to Pine on a day, by link and in English unless told."""
    site = told.pop("site", at.pine)
    particulars = {"language": "en", "channel": "link", "started": False, **told}
    return submit.submit(store, SECRET, at.window, site, key=key, answers=answers, today=today, **particulars)
