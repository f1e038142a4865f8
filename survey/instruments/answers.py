"""The only judge of answers: raw strings become ``Answers``, or every fault in them; and which items are shown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from survey.instruments.model import Instrument, Item, ItemType

MAX_LENGTH = 2000


class FaultReason(StrEnum):
    """Why an answer can not be taken as it was given."""

    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_CODE = "unknown_code"
    REPEATED = "repeated"
    TOO_MANY = "too_many"
    EXCLUSIVE = "exclusive"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the answer to one item (None: with a field that is no item).

    ``detail`` states the rule (the codes there are, the longest text, the most choices) or names the
    unknown field; it never holds what was answered.
    """

    item: str | None
    reason: FaultReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What one respondent chose and wrote: only items answered, codes in the order of the options."""

    choices: dict[str, tuple[str, ...]]
    comments: dict[str, str]


def read(instrument: Instrument, fields: Mapping[str, Sequence[str]]) -> Answers | tuple[Fault, ...]:
    """The answers in ``fields`` (item id to what was given), or every fault; raises on no strings at all.

    An empty string is no answer. Answers to items not shown are kept here: ``packing.pack`` leaves
    them out.
    """
    items = {item.id: item for item in instrument.items()}
    choices: dict[str, tuple[str, ...]] = {}
    comments: dict[str, str] = {}
    faults: list[Fault] = []
    for field, values in fields.items():
        item = items.get(field)
        if item is None:
            faults.append(Fault(None, FaultReason.UNKNOWN_FIELD, field[:64]))
            continue
        chosen = tuple(option.code for option in item.options if option.code in values)
        # One known code breaks no rule, and nearly every answer is one.
        if not len(values) == len(chosen) == 1 and (found := tuple(_faults(item, values))):
            faults.extend(found)
        elif item.type is ItemType.TEXT:
            if text := _tidy("".join(values)):
                comments[item.id] = text
        elif chosen:
            choices[item.id] = chosen
    return tuple(faults) if faults else Answers(choices, comments)


def shown(instrument: Instrument, choices: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The ids of the items that somebody who chose this is asked."""
    asked: set[str] = set()
    for item in instrument.items():
        rule = item.shown_if
        if rule is None or (rule.item in asked and rule.code in choices.get(rule.item, ())):
            asked.add(item.id)
    return frozenset(asked)


def _faults(item: Item, values: Sequence[str]) -> Iterator[Fault]:
    if item.type is ItemType.TEXT:
        yield from _faults_of_text(item, values)
        return
    given = [value for value in values if value]
    if len(set(given)) < len(given) or (item.type is ItemType.SINGLE and len(values) > 1):
        yield Fault(item.id, FaultReason.REPEATED)
    chosen = [option for option in item.options if option.code in given]
    if len(chosen) < len(set(given)):
        yield Fault(item.id, FaultReason.UNKNOWN_CODE, ", ".join(o.code for o in item.options))
    if item.type is ItemType.MULTI:
        if len(chosen) > 1 and any(option.exclusive for option in chosen):
            alone = ", ".join(option.code for option in chosen if option.exclusive)
            yield Fault(item.id, FaultReason.EXCLUSIVE, alone)
        if item.max_choices is not None and len(chosen) > item.max_choices:
            yield Fault(item.id, FaultReason.TOO_MANY, str(item.max_choices))


def _faults_of_text(item: Item, values: Sequence[str]) -> Iterator[Fault]:
    if len(values) > 1:
        yield Fault(item.id, FaultReason.REPEATED)
    limit = item.max_length or MAX_LENGTH
    for value in values:
        if _SURROGATE.search(value):
            yield Fault(item.id, FaultReason.UNREADABLE)
        if len(_tidy(value)) > limit:
            yield Fault(item.id, FaultReason.TOO_LONG, str(limit))


# A phone may send any of these where a line ends; counted as one character each, as the family saw it.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# No database, file or page can hold all of these, and no reader sees any of them.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _tidy(text: str) -> str:
    """The text with plain line ends, without control characters and blank edges."""
    return _CONTROL.sub("", _LINE_END.sub("\n", text)).strip()
