"""The instrument: one version of a questionnaire, as frozen values in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from survey.wording import Wording


class Missing(StrEnum):
    """Why an option that was chosen is no valid answer."""

    DONT_KNOW = "dont_know"
    DECLINED = "declined"


class ItemType(StrEnum):
    """How an item is answered."""

    SINGLE = "single"
    MULTI = "multi"
    TEXT = "text"


class Use(StrEnum):
    """Whether an item's options are groups that results are broken down by."""

    NONE = "none"
    REPORTING_GROUP = "reporting_group"
    DISTRICT_REPORTING_GROUP = "district_reporting_group"


class Role(StrEnum):
    """What a background item stands for where rules or enrolment name it."""

    HOME_LANGUAGE = "home_language"
    GRADE_BAND = "grade_band"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer choice.

    ``sign`` is the one character that stands for it in a packed response; it never changes once
    an instrument has been used. ``favorable`` is None where the scale marks no favorable codes.
    """

    code: str
    sign: str
    text: Wording
    favorable: bool | None = None
    missing: Missing | None = None
    exclusive: bool = False
    measures: tuple[str, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether choosing it is a valid answer, counted in the base of a figure."""
        return self.missing is None


@dataclass(frozen=True, slots=True)
class ShownIf:
    """The one answer to an earlier single-choice item that makes an item be shown."""

    item: str
    code: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question. ``indicators`` are ids of framework nodes; ``max_choices`` bounds a check-all."""

    id: str
    type: ItemType
    text: Wording
    options: tuple[Option, ...] = ()
    scale: str | None = None
    hint: Wording | None = None
    shown_if: ShownIf | None = None
    indicators: tuple[str, ...] = ()
    use: Use = Use.NONE
    role: Role | None = None
    max_choices: int | None = None
    max_length: int | None = None
    is_filter: bool = False
    is_background: bool = False

    @property
    def is_scored(self) -> bool:
        """Whether percent favorable is defined for it."""
        return self.type is ItemType.SINGLE and any(o.favorable is not None for o in self.options)

    @property
    def is_rated(self) -> bool:
        """Whether answering it makes a response count as a respondent: any choice item but filters and background."""
        return self.type is not ItemType.TEXT and not self.is_background and not self.is_filter

    def option(self, code: str) -> Option | None:
        """The option with this code, or None."""
        return next((o for o in self.options if o.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    """Items that are asked together, under one heading."""

    id: str
    title: Wording
    items: tuple[Item, ...]
    notice: Wording | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip of wording mended on a day after the instrument was first used: its place, language and both texts."""

    on: date
    path: str
    language: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A whole questionnaire, resolved: nothing in it refers to a file.

    ``sections`` end with the background blocks. ``notices`` are the texts before the first
    section, in order; ``closing`` holds the texts of the thank-you page by id. Texts may hold the
    placeholder ``{min_group}`` (and ``thanks`` holds ``{month}``), which pages fill in.
    ``corrections`` are the slips mended since it was first used, in order.
    """

    survey: str
    version: str
    title: Wording
    sections: tuple[Section, ...]
    status: str = ""
    notices: tuple[Wording, ...] = ()
    closing: dict[str, Wording] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    def items(self) -> Iterator[Item]:
        """Every item, in the order it is asked."""
        for section in self.sections:
            yield from section.items

    def item(self, item_id: str) -> Item | None:
        """The item with this id, or None."""
        return next((i for i in self.items() if i.id == item_id), None)
