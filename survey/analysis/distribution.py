"""The distribution of one item in one group: which options are printed apart, and which as one figure."""

from collections.abc import Sequence
from typing import NamedTuple

from survey.analysis import numbers
from survey.instruments.model import Item, ItemType, Option

SIDE_TOGETHER = "side_together"


class Part(NamedTuple):
    """One figure of a distribution: its option code(s), how many chose them, and why it is not simply printed."""

    option: str
    people: int
    reason: str


def favorable(item: Item, counts: Sequence[int]) -> int:
    """How many chose an option that the scale marks as favorable."""
    return sum(n for option, n in zip(item.options, counts, strict=True) if option.favorable)


def parts(item: Item, counts: Sequence[int], n: int) -> list[Part]:
    """The parts of an item's distribution among ``n`` valid answers; no sum of them undoes a cap."""
    chosen = [(o, count) for o, count in zip(item.options, counts, strict=True) if o.is_valid]
    if item.type is ItemType.MULTI:
        return [Part(option.code, count, numbers.cap(count, n)) for option, count in chosen]
    if item.is_scored:
        sides = [[pair for pair in chosen if bool(pair[0].favorable) is liked] for liked in (True, False)]
        return [part for side in sides if side for part in _side(side, n)]
    return _merged(chosen, n)


def _side(side: list[tuple[Option, int]], n: int) -> list[Part]:
    """The favorable options or the others: each apart, or all as one where one of them is capped."""
    together = Part("+".join(o.code for o, _ in side), sum(count for _, count in side), "")
    capped = numbers.cap(together.people, n)
    if capped or len(side) == 1:
        return [together._replace(reason=capped)]
    if any(numbers.cap(count, n) for _, count in side):
        return [together._replace(reason=SIDE_TOGETHER)]
    return [Part(option.code, count, "") for option, count in side]


def _merged(chosen: list[tuple[Option, int]], n: int) -> list[Part]:
    """Options that no scale orders: while one is almost nobody's, it is one figure with the next smallest."""
    groups = [(count, [number]) for number, (_, count) in enumerate(chosen)]
    while len(groups) > 2 and numbers.cap(min(groups)[0], n):
        groups.sort()
        (one, ones), (other, others), *rest = groups
        groups = [(one + other, sorted(ones + others)), *rest]
    # Of two groups with one capped, the other is capped at the other end: both are printed as that.
    found = []
    for count, members in sorted(groups, key=lambda group: group[1]):
        code = "+".join(chosen[number][0].code for number in members)
        reason = numbers.cap(count, n) or (SIDE_TOGETHER if len(members) > 1 else "")
        found.append(Part(code, count, reason))
    return found
