"""The published figure and the release: what pages, files and charts render, and nothing else may."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey.frameworks import Framework
from survey.instruments.model import Instrument


class Level(StrEnum):
    """Whose answers a figure counts."""

    DISTRICT = "district"
    SITE = "site"


class Measure(StrEnum):
    """What a figure is the percent of."""

    FAVORABLE = "favorable"
    OPTION = "option"
    DONT_KNOW = "dont_know"


class FigureStatus(StrEnum):
    """Whether a figure may be read, and how."""

    PUBLISHED = "published"
    CAPPED = "capped"
    MERGED = "merged"
    WITHHELD = "withheld"
    NO_BASE = "no_base"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure after disclosure control.

    ``site`` is the slug of the site row, or "" for the district. ``breakdown`` names the
    background item(s), ``language`` or ``channel`` that ``group`` is a group of ("" and "" for
    everybody); two are joined by ``;``, groups merged into one by ``+``. ``option`` is the option
    code(s) of an option figure, joined by ``+`` where a side is printed as one. ``percent``,
    ``range_low`` and ``range_high`` are whole percents. ``n`` is the number of valid answers, or
    None where printing it could tell a small group. ``reason`` is a key of ``REASONS``, or "".
    """

    site: str
    level: Level
    item: str
    measure: Measure
    option: str
    breakdown: str
    group: str
    n: int | None
    percent: int | None
    range_low: int | None
    range_high: int | None
    status: FigureStatus
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of respondents of a site row: its size where it may be shown, else None."""

    site: str
    breakdown: str
    group: str
    n: int | None
    status: FigureStatus
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One school, or several small ones put together.

    ``slug`` is the school's, or their slugs joined by ``+``; ``respondents`` counts responses with
    at least one rated item answered. ``enrolled`` counts ``unit`` (families or pupils; None: not known).
    """

    slug: str
    name: str
    members: tuple[str, ...]
    respondents: int
    enrolled: int | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What groups a release breaks results down by, and how answers were put into them.

    ``groups`` are group ids in order, with their texts; ``notes`` are keys of ``REASONS`` that say
    what was put together ("several", "not_stated_with", ...) with their parameters.
    """

    id: str
    text: dict[str, str]
    groups: dict[str, dict[str, str]]
    notes: tuple[tuple[str, dict[str, str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """A release as it was stored: frozen, self-contained, in the order it is read.

    ``responses`` counts everything sent, ``respondents`` those counted. ``audited`` False means
    preliminary: not yet checked against subtraction, not for publication.
    """

    window: str
    number: int
    made_on: date
    audited: bool
    minimum_group: int
    instrument: Instrument
    frameworks: tuple[Framework, ...]
    breakdowns: tuple[Breakdown, ...]
    sites: tuple[SiteRow, ...]
    district: SiteRow
    made_up: bool
    channels: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    figures: tuple[Figure, ...] = ()


# Why a figure is capped, withheld or has no base: the key stored, and what files print in English
# (pages translate it). All hidden groups look alike: no reason tells a size.
REASONS = {
    "nearly_all": "nearly all",
    "almost_none": "almost none",
    "small_group": "not shown separately, to protect a small group",
    "too_few_answers": "too few answers to this question",
    "counted_together": "counted together, to protect a small group",
    "side_together": "these answers are printed as one figure, because one of them is nearly all or almost none",
}
