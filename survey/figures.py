"""The published figure and the release: what pages, files and charts render, and nothing else may."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey.frameworks import Framework
from survey.instruments.model import Instrument


class Responses(StrEnum):
    """Which responses of a window a release holds: never coded and open ones together where a window has codes.

    Coded ones came with a household code; open ones by the link, a device at school, on paper, or from a file.
    """

    ALL = "all"
    CODED = "coded"
    OPEN = "open"


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

    ``slug`` is the school's, or their slugs joined by ``+`` ("" for the district); ``members`` are
    the slugs and ``member_names`` the names of its schools, in the same order; ``name`` is English
    where several are put together. ``respondents`` counts responses with at least one rated item
    answered. ``enrolled`` counts ``unit`` (families or pupils; None: not known).
    """

    slug: str
    name: str
    members: tuple[str, ...]
    respondents: int
    enrolled: int | None
    unit: str | None
    member_names: tuple[str, ...] = ()

    @property
    def is_together(self) -> bool:
        """Whether it is several small schools counted as one."""
        return self.slug != "" and len(self.members) > 1


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What groups a release breaks results down by, and how answers were put into them.

    ``groups`` are group ids in order, with their texts; ``notes`` are keys of ``NOTES`` with their
    parameters: ``group`` is a group id (print its ``label``), ``minimum`` a number.
    """

    id: str
    text: dict[str, str]
    groups: dict[str, dict[str, str]]
    notes: tuple[tuple[str, dict[str, str]], ...] = ()
    district_only: bool = False

    def label(self, group: str, language: str) -> str:
        """The text of a group of this breakdown, or of several merged into one (``a+b``)."""
        if group in self.groups:
            return self.groups[group][language]
        parts = group.split("+")
        # A group may itself be several answers put together, so the longest known id is taken first.
        for end in range(len(parts) - 1, 0, -1):
            head = "+".join(parts[:end])
            if head in self.groups:
                rest = self.label("+".join(parts[end:]), language)
                return f"{self.groups[head][language]} + {rest}"
        return group


@dataclass(frozen=True, slots=True)
class Release:
    """A release as it was stored: frozen, self-contained, in the order it is read.

    ``district.respondents`` are counted; ``sent_empty`` were sent with no rated item answered and
    are in no group (None: a number that could tell a small group). ``channels`` names the channel
    if all responses came by the same one. ``one_each`` says that each of them came with a code that
    could be used once. ``audited`` False means preliminary: not yet checked against subtraction, not
    for publication.
    """

    window: str
    opens: date
    closes: date
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
    sent_empty: int | None = None
    groups: tuple[Group, ...] = ()
    figures: tuple[Figure, ...] = ()
    responses: Responses = Responses.ALL
    one_each: bool = False

    def site(self, slug: str) -> SiteRow | None:
        """The site row that holds this school (or has this slug); the district for ""; or None."""
        if slug == "":
            return self.district
        return next((row for row in self.sites if slug == row.slug or slug in row.members), None)

    def breakdown(self, breakdown_id: str) -> Breakdown | None:
        """The breakdown with this id, or None."""
        return next((b for b in self.breakdowns if b.id == breakdown_id), None)


def whole_percent(part: int, whole: int) -> int:
    """How many percent of ``whole`` (more than 0) ``part`` is, halves away from zero.

    Every percent that is printed is rounded here, from counts: a float is off at some halves.
    """
    return (200 * part + whole) // (2 * whole)


# Why a figure is capped, withheld or has no base: the key stored, and what files print in English
# (pages translate it). All hidden groups look alike: no reason tells a size.
REASONS = {
    "nearly_all": "nearly all",
    "almost_none": "almost none",
    "small_group": "not shown separately, to protect a small group",
    "counted_together": "counted together with others, to protect a small group",
    "too_few_answers": "too few answers to this question",
    "few_asked": "too few families were asked this question, here or in a group beside this one",
    "side_together": "these answers are printed as one figure, because one of them is nearly all or almost none",
}

# What a breakdown put together, whether or not anybody was there: the rule is told, never a size.
NOTES = {
    "several": "Families who marked more than one answer are a group of their own: “%(group)s”.",
    "not_stated_with": "Anyone who did not answer this question is counted with the largest group, “%(group)s”.",
    "not_stated_with_largest": "Anyone who did not answer this question is counted with the largest group of the school.",
    "not_stated_apart": "Families who did not answer this question are a group of their own: “%(group)s”.",
    "not_known_with": "Surveys for which this is not known are counted with the largest group, “%(group)s”.",
    "not_known_apart": "Surveys for which this is not known are a group of their own: “%(group)s”.",
    "small_band": "At each school, a group of fewer than %(minimum)s families is counted with the largest group of the school.",
    "put_together": "Answers that fewer than %(minimum)s families gave in the whole district are counted together: “%(group)s”.",
}
