"""A response's choices as one string: a character for each choice item, and for each option of a check-all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey.instruments import answers
from survey.instruments.model import Instrument, Item, ItemType, Option

BLANK = "-"
NOT_SHOWN = "/"
MARKED = "1"
NOT_MARKED = "0"


class Unreadable(ValueError):
    """A packed string was not made with this instrument."""


@dataclass(frozen=True, slots=True)
class Column:
    """What one character of a packed response stands for: an item, or one option of a check-all."""

    item: Item
    option: Option | None


def columns(instrument: Instrument) -> tuple[Column, ...]:
    """What each character of a packed response stands for, in order."""
    return tuple(
        Column(item, option)
        for item in _choice_items(instrument)
        for option in (item.options if item.type is ItemType.MULTI else (None,))
    )


def pack(instrument: Instrument, choices: Mapping[str, Sequence[str]]) -> str:
    """The choices as one string; those made in items not shown are left out.

    The choices have been judged by ``answers.read``: a code that no option has is a KeyError.
    """
    asked = answers.shown(instrument, choices)
    return "".join(
        _signs(item, choices.get(item.id, ())) if item.id in asked else NOT_SHOWN * _width(item)
        for item in _choice_items(instrument)
    )


def unpack(instrument: Instrument, packed: str) -> dict[str, tuple[str, ...] | None]:
    """The codes chosen in each choice item: () where it was left blank, None where it was not shown."""
    items = tuple(_choice_items(instrument))
    if len(packed) != sum(_width(item) for item in items):
        raise Unreadable
    unpacked = {}
    start = 0
    for item in items:
        end = start + _width(item)
        unpacked[item.id] = _codes(item, packed[start:end])
        start = end
    return unpacked


def _choice_items(instrument: Instrument) -> Iterator[Item]:
    return (item for item in instrument.items() if item.type is not ItemType.TEXT)


def _width(item: Item) -> int:
    return len(item.options) if item.type is ItemType.MULTI else 1


def _signs(item: Item, codes: Sequence[str]) -> str:
    if not codes:
        return BLANK * _width(item)
    if item.type is ItemType.MULTI:
        if not {option.code for option in item.options}.issuperset(codes):
            raise KeyError(item.id)
        return "".join(MARKED if option.code in codes else NOT_MARKED for option in item.options)
    for option in item.options:
        if option.code == codes[0]:
            return option.sign
    raise KeyError(item.id)


def _codes(item: Item, signs: str) -> tuple[str, ...] | None:
    if signs == NOT_SHOWN * len(signs):
        return None
    if signs == BLANK * len(signs):
        return ()
    if item.type is ItemType.MULTI:
        if set(signs) - {MARKED, NOT_MARKED}:
            raise Unreadable
        return tuple(o.code for o, sign in zip(item.options, signs, strict=True) if sign == MARKED)
    for option in item.options:
        if option.sign == signs:
            return (option.code,)
    raise Unreadable
