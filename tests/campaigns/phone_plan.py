"""What is to happen in one session of a family with a phone: drawn from a seed, so that it can be had again."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from campaigns.phone_network import Fault

from survey.instruments.model import Instrument, ItemType


class Kind(StrEnum):
    """What a session is about; network faults at Send come on top of most."""

    FAULTS = "faults at Send"
    TAB_KILLED = "the tab killed"
    BROWSER_KILLED = "the whole browser killed"
    AWAY = "no signal for the whole survey"
    TAPPED_TWICE = "Send tapped twice"
    TWO_TABS = "two tabs"
    BLOCKED = "storage blocked"
    FULL = "storage full"
    RESTARTED = "the server killed at Send, and started again"
    SLOW = "a slow link"
    SCRIPT_LOST = "the module never arrives"


class Trouble(StrEnum):
    """What happens to the phone."""

    RELOAD = "reloaded"
    TAB_KILLED = "tab killed"
    BROWSER_KILLED = "browser killed"
    LANGUAGE = "language switched"


# A phone waits long for a reply that never comes: only sessions that are told to are given one.
AT_SEND = tuple(fault for fault in Fault if fault not in (Fault.SLOW, Fault.STALLED))
# What a browser without the module shows as a page of its own can say anything.
WITHOUT_MODULE = (Fault.CUT_BEFORE, Fault.CUT_REQUEST, Fault.LOST, Fault.CUT_REPLY)
LETTERS = "abcdefghijklmnopqrstuvwxyzáéñü ¿?&%+<>\n"


@dataclass(frozen=True, slots=True)
class Plan:
    """One session: ``while_filling`` happens after so many answers, ``while_waiting`` once Send was not answered.

    ``broken`` is what the module is to be without, to see that a session notices.
    """

    seed: int
    kind: Kind
    language: str
    answers: dict[str, tuple[str, ...]]
    comment: str
    pages: tuple[Fault, ...]
    posts: tuple[Fault, ...]
    while_filling: dict[int, Trouble]
    while_waiting: Trouble | None
    broken: str | None = None

    @property
    def keeps(self) -> bool:
        """Whether the phone lets the page keep anything."""
        return self.kind not in (Kind.BLOCKED, Kind.FULL, Kind.SCRIPT_LOST)


def plans(seeds: Sequence[int], instrument: Instrument) -> list[Plan]:
    """A session for each seed, of each kind in turn."""
    kinds = list(Kind)
    return [plan(seed, kinds[seed % len(kinds)], instrument) for seed in seeds]


def plan(seed: int, kind: Kind, instrument: Instrument) -> Plan:
    """The session of this kind that this seed gives."""
    draw = random.Random(f"{seed} {kind.name}")
    asked = [item for item in instrument.items() if item.type is not ItemType.TEXT and item.shown_if is None]
    chosen = sorted(draw.sample(range(len(asked)), draw.randint(3, 7)))
    posts = draw.choices(WITHOUT_MODULE if kind is Kind.SCRIPT_LOST else AT_SEND, k=draw.randint(1, 3))
    troubles = {Kind.TAB_KILLED: Trouble.TAB_KILLED, Kind.BROWSER_KILLED: Trouble.BROWSER_KILLED}
    while_filling: dict[int, Trouble] = {}
    while_waiting = None
    if kind in troubles:
        while_filling[draw.randint(1, len(chosen))] = troubles[kind]
        while_waiting = troubles[kind] if draw.random() < 0.7 else Trouble.RELOAD
    elif kind not in (Kind.BLOCKED, Kind.FULL, Kind.SCRIPT_LOST):
        if draw.random() < 0.3:
            while_filling[draw.randint(1, len(chosen))] = Trouble.RELOAD
        if draw.random() < 0.5:
            while_waiting = Trouble.RELOAD
    if draw.random() < 0.4:
        while_filling.setdefault(draw.randint(0, len(chosen)), Trouble.LANGUAGE)
    if kind is Kind.SLOW:
        posts = [Fault.SLOW, *posts[:1], Fault.SLOW]
    if kind is Kind.RESTARTED:
        posts = []
    return Plan(
        seed=seed,
        kind=kind,
        language=draw.choice(("en", "es")),
        answers={asked[n].id: (draw.choice([o.code for o in asked[n].options]),) for n in chosen},
        comment=f"{seed} {''.join(draw.choices(LETTERS, k=draw.randint(0, 60)))}".strip(),
        pages=tuple(draw.choices((Fault.CUT_BEFORE, Fault.PORTAL, Fault.SLOW), k=draw.randint(0, 2)))
        if kind is Kind.SLOW or draw.random() < 0.2
        else (),
        posts=tuple(posts),
        while_filling=while_filling,
        while_waiting=while_waiting,
    )
