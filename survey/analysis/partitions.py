"""Breakdowns as partitions: every respondent in exactly one group of each, put there once, before any counting."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from survey.analysis import answer_table, labels
from survey.analysis.answer_table import MISSING, AnswerTable, Ints
from survey.figures import Breakdown
from survey.instruments.model import Item, ItemType, Role, Use
from survey.wording import LANGUAGES, Wording

# Where fewer than one in this many did not say, they are counted with a group that everybody knows.
FEW_NOT_STATED = 20


@dataclass(frozen=True, slots=True)
class Partition:
    """A breakdown and, for each respondent, the number of the group in it."""

    breakdown: Breakdown
    codes: Ints


def make(table: AnswerTable, rows: Ints, minimum: int) -> tuple[Partition, ...]:
    """The breakdowns that have two groups or more; ``rows`` is the site row of each respondent."""
    drafts = [_of_item(table, item) for item in table.instrument.items() if item.use is not Use.NONE]
    drafts.append(_of_column("language", labels.LANGUAGE, labels.LANGUAGES, table.language, LANGUAGES))
    drafts.append(
        _of_column("channel", labels.CHANNEL, labels.CHANNELS, table.channel, tuple(labels.CHANNELS))
    )
    made = (_put_together(_small_bands(_not_stated(d, rows), rows, minimum), minimum) for d in drafts)
    return tuple(partition for partition in made if len(partition.breakdown.groups) > 1)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A partition in the making: ``groups`` by number, ``codes`` with ``MISSING`` where nothing was said."""

    id: str
    text: Wording
    groups: tuple[tuple[str, Wording], ...]
    codes: Ints
    is_asked: bool = True
    is_band: bool = False
    district_only: bool = False
    notes: tuple[tuple[str, str], ...] = ()

    def noted(self, key: str, group: str = "") -> "_Draft":
        return replace(self, notes=(*self.notes, (key, group)))

    def sizes(self, among: Ints) -> Ints:
        """How many of these codes are in each group."""
        return np.bincount(among[among != MISSING], minlength=len(self.groups)).astype(np.int64)


def _of_item(table: AnswerTable, item: Item) -> _Draft:
    codes = answer_table.chosen(table, item)
    groups = [(option.code, option.text) for option in item.options if option.is_valid]
    if item.type is ItemType.MULTI:
        groups.append((labels.SEVERAL, labels.GROUPS[labels.SEVERAL]))
    # Options that are no valid answer have no group, so the numbers of those after them move up.
    numbers = np.cumsum([option.is_valid for option in item.options] + [True]) - 1
    codes = np.where(codes == MISSING, MISSING, numbers[codes])
    draft = _Draft(
        item.id,
        item.text,
        tuple(groups),
        codes,
        is_band=item.role is Role.GRADE_BAND,
        district_only=item.use is Use.DISTRICT_REPORTING_GROUP,
    )
    return draft.noted("several", labels.SEVERAL) if item.type is ItemType.MULTI else draft


def _of_column(
    breakdown: str, text: Wording, texts: dict[str, Wording], column: Iterable[str], order: Iterable[str]
) -> _Draft:
    values = np.array(list(column), dtype=np.str_)
    # What nobody used is no group: which languages and channels a district offers is no secret.
    used = [value for value in order if (values == value).any()]
    codes = np.full(len(values), MISSING, dtype=np.int64)
    for number, value in enumerate(used):
        codes[values == value] = number
    return _Draft(breakdown, text, tuple((value, texts[value]) for value in used), codes, is_asked=False)


def _not_stated(draft: _Draft, rows: Ints) -> _Draft:
    """Nobody is left out: who said nothing joins the largest group where they are few, and is a group elsewhere."""
    missing = draft.codes == MISSING
    if not draft.is_asked and not missing.any():
        return draft
    if FEW_NOT_STATED * int(missing.sum()) >= len(draft.codes):
        text = labels.GROUPS[labels.NOT_STATED] if draft.is_asked else labels.NOT_KNOWN
        codes = np.where(missing, len(draft.groups), draft.codes)
        draft = replace(draft, codes=codes, groups=(*draft.groups, (labels.NOT_STATED, text)))
        return draft.noted("not_stated_apart" if draft.is_asked else "not_known_apart", labels.NOT_STATED)
    everywhere = int(draft.sizes(draft.codes).argmax())
    codes = draft.codes.copy()
    if not draft.is_band:
        codes[missing] = everywhere
        note = "not_stated_with" if draft.is_asked else "not_known_with"
        return replace(draft, codes=codes).noted(note, draft.groups[everywhere][0])
    for row in np.unique(rows[missing]):
        sizes = draft.sizes(draft.codes[rows == row])
        codes[missing & (rows == row)] = int(sizes.argmax()) if sizes.any() else everywhere
    return replace(draft, codes=codes).noted("not_stated_with_largest")


def _small_bands(draft: _Draft, rows: Ints, minimum: int) -> _Draft:
    """Which grades a school has is known to all, so its small grade bands could not be hidden, only joined."""
    if not draft.is_band:
        return draft
    codes = draft.codes.copy()
    for row in np.unique(rows):
        there = rows == row
        sizes = draft.sizes(draft.codes[there])
        small = np.flatnonzero(sizes < minimum)
        codes[there & np.isin(draft.codes, small)] = int(sizes.argmax())
    return replace(draft, codes=codes).noted("small_band")


def _put_together(draft: _Draft, minimum: int) -> Partition:
    """The groups of the whole district: the smallest joins the next smallest until each has ``minimum``."""
    sizes = draft.sizes(draft.codes)
    groups = [(int(size), [number]) for number, size in enumerate(sizes)]
    while len(groups) > 1 and min(groups)[0] < minimum:
        groups.sort()
        (one, ones), (other, others), *rest = groups
        groups = [(one + other, sorted(ones + others)), *rest]
    groups.sort(key=lambda group: group[1])
    numbers = np.zeros(len(draft.groups), dtype=np.int64)
    ids: dict[str, dict[str, str]] = {}
    home: dict[str, str] = {}
    for number, (_, atoms) in enumerate(groups):
        numbers[atoms] = number
        name = "+".join(draft.groups[atom][0] for atom in atoms)
        texts = [draft.groups[atom][1] for atom in atoms]
        ids[name] = {language: " + ".join(text[language] for text in texts) for language in LANGUAGES}
        home |= {draft.groups[atom][0]: name for atom in atoms}
    notes = [(key, _parameters(home.get(group, ""), minimum)) for key, group in draft.notes]
    notes += [("put_together", _parameters(name, minimum)) for name in ids if name not in home]
    breakdown = Breakdown(
        id=draft.id,
        text={language: draft.text[language] for language in LANGUAGES},
        groups=ids,
        notes=tuple(notes),
        district_only=draft.district_only,
    )
    return Partition(breakdown, numbers[draft.codes])


def _parameters(group: str, minimum: int) -> dict[str, str]:
    return {"group": group, "minimum": str(minimum)}
