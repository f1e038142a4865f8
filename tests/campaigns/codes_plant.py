"""Planted families with household codes, among others without, at schools where many more codes were handed out."""

from dataclasses import dataclass
from random import Random
from uuid import UUID

import builders_codes
import builders_storage
from campaigns.sealing_plant import DURING, SECRET, Family, Planted
from sqlalchemy import select

from survey import catalogue, household_codes
from survey.collection import submit
from survey.collection.submit import Outcome
from survey.instruments import packing
from survey.instruments.answers import Answers
from survey.storage import Store
from survey.storage.tables import HouseholdCodeRow, ResponseRow
from survey.storage.windows import Window

# For each family that answers with a code: so many without one, and so many codes that nobody uses.
OPEN = 0.3
UNUSED = 1.0
# What part of the families answers in the day between two dumps.
A_DAY = 0.03


@dataclass(frozen=True, slots=True)
class Dump:
    """What a copy of the database says, in no order: responses with what is told of them, and codes with their uses."""

    responses: dict[UUID, tuple[int, str, str, str]]
    codes: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class WithCodes:
    """Families whose codes are known to belong to their answers, and two dumps made a day apart while they answered.

    In each ``Family`` its code's digest stands where its comment would: that is what attacks link. Whoever holds
    the printed sheets and the secret can make the digest of every code.
    """

    planted: Planted
    evening: Dump
    next_evening: Dump


def plant(store: Store, n: int, schools: int, seed: int = 1) -> WithCodes:
    """Let ``n`` families answer with a code, one transaction each, in no order of schools, and others between them."""
    chance = Random(seed)
    sites = [builders_storage.a_site(store, f"planted-{number}") for number in range(schools)]
    instrument = catalogue.load().instruments["engagement"]
    window = builders_storage.a_window(store, instrument, name=f"planted-{seed}", sites=sites, code_uses=1)
    made = {site: _codes(chance, int(n * (1 + UNUSED) / schools)) for site in sites}
    for site, codes in made.items():
        builders_codes.keep(store, window, site, codes)
    handed_out = {site: chance.sample(codes, len(codes)) for site, codes in made.items()}
    dumps, families, answered = [], [], 0
    while answered < n:
        site = chance.choice(sites)
        if not handed_out[site]:
            continue
        is_open = chance.random() < OPEN / (1 + OPEN)
        code = None if is_open else handed_out[site].pop()
        family = _send(store, window, site, code, (chance, instrument))
        if family is not None:
            families.append(family)
            answered += 1
        if len(dumps) < 2 and answered >= n * (0.5 + len(dumps) * A_DAY):
            dumps.append(dump(store, window))
    return WithCodes(Planted(window, tuple(families)), *dumps)


def dump(store: Store, window: Window) -> Dump:
    """What a copy made at this moment holds."""
    with store.reading() as db:
        of_codes = select(HouseholdCodeRow).where(HouseholdCodeRow.window_id == window.id)
        of_responses = select(ResponseRow).where(ResponseRow.window_id == window.id)
        return Dump(
            {
                row.key: (row.site_id, row.answers, row.channel, row.language)
                for row in db.execute(of_responses)
            },
            {row.digest: (row.site_id, row.uses_left) for row in db.execute(of_codes)},
        )


def _send(store: Store, window: Window, site, code: str | None, by) -> Family | None:
    chance, instrument = by
    key = UUID(int=chance.getrandbits(128), version=4)
    answers = Answers(
        {
            item.id: (chance.choice(item.options).code,)
            for item in instrument.items()
            if item.options and item.shown_if is None
        },
        {},
    )
    submission = submit.submit(
        store,
        SECRET,
        window,
        site,
        key=key,
        answers=answers,
        language=chance.choice(("en", "es")),
        channel="link",
        today=DURING,
        started=True,
        code=code,
    )
    assert submission.outcome is Outcome.RECEIVED
    if code is None:
        return None
    digest = household_codes.digest(SECRET, window.id, site.id, code)
    return Family(site.id, key, packing.pack(instrument, answers.choices), digest)


def _codes(chance: Random, n: int) -> list[str]:
    """Codes that are the same whenever the campaign is run."""
    made = set()
    while len(made) < n:
        characters = "".join(chance.choices(household_codes.ALPHABET, k=household_codes.RANDOM))
        made.add(characters + household_codes.check_character(characters))
    return sorted(made)
