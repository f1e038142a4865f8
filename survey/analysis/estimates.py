"""The figures of one item in one group, before anybody may see them: who is counted among how many."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.analysis import distribution, numbers
from survey.analysis.counting import Tally
from survey.figures import Measure
from survey.instruments.model import Item, Missing

TOO_FEW_ANSWERS = "too_few_answers"


@dataclass(frozen=True, slots=True)
class Estimate:
    """``people`` of ``n`` answers, or None where nothing may be shown; ``reason`` is a key of ``REASONS``."""

    measure: Measure
    option: str
    people: int | None
    n: int
    shows_n: bool
    reason: str


def headline(item: Item, reason: str) -> Estimate:
    """What stands for all figures of an item in a group where none is shown."""
    return Estimate(_measure(item), "", None, 0, shows_n=False, reason=reason)


def of_item(item: Item, tally: Tally, minimum: int) -> Iterator[Estimate]:
    """Percent favorable where the scale has it, the distribution, and how many did not know."""
    if tally.valid >= minimum:
        yield from _of_valid(item, tally, minimum)
    else:
        yield headline(item, TOO_FEW_ANSWERS)
    n = tally.valid + tally.dont_know
    if n >= minimum and any(option.missing is Missing.DONT_KNOW for option in item.options):
        shows_n = _may_tell(minimum, tally.size - n, tally.asked - n, tally.dont_know)
        capped = numbers.cap(tally.dont_know, n)
        yield Estimate(Measure.DONT_KNOW, "", tally.dont_know, n, shows_n, capped)


def _of_valid(item: Item, tally: Tally, minimum: int) -> Iterator[Estimate]:
    n = tally.valid
    shows_n = _may_tell(minimum, tally.size - n, tally.asked - n)
    if item.is_scored:
        people = distribution.favorable(item, tally.options)
        yield Estimate(Measure.FAVORABLE, "", people, n, shows_n, numbers.cap(people, n))
    for option, people, reason in distribution.parts(item, tally.options, n):
        yield Estimate(Measure.OPTION, option, people, n, shows_n, reason)


def _measure(item: Item) -> Measure:
    return Measure.FAVORABLE if item.is_scored else Measure.OPTION


def _may_tell(minimum: int, *rests: int) -> bool:
    """Whether a number may be printed beside one that is larger by each of these, or tells a small group."""
    return all(rest == 0 or rest >= minimum for rest in rests)
