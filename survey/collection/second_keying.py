"""Keying a sample of sheets a second time: how large it is, where the two keyings differ, and how often."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.instruments import packing
from survey.instruments.model import Instrument, Item
from survey.storage.paper import Sheet

# One sheet in ten is keyed twice, but never fewer than three nor more than twenty.
SAMPLE_SHARE, SAMPLE_LEAST, SAMPLE_MOST = 10, 3, 20


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that the two keyings of a sheet give differently: the codes of each, () for blank."""

    item: Item
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How the second keying came out so far: answers keyed twice, and how many of them differed."""

    compared: int
    differed: int


def sample_size(sheets: int) -> int:
    """How many of so many sheets are keyed twice."""
    return min(sheets, SAMPLE_MOST, max(SAMPLE_LEAST, -(-sheets // SAMPLE_SHARE)))


def differences(instrument: Instrument, sheet: Sheet) -> list[Difference]:
    """The items that the two keyings of a sheet give differently, in the order they are asked."""
    if sheet.second is None:
        return []
    first, second = (choices(instrument, packed) for packed in (sheet.answers, sheet.second))
    return [
        Difference(item, first.get(item.id, ()), second.get(item.id, ()))
        for item in instrument.items()
        if first.get(item.id, ()) != second.get(item.id, ())
    ]


def accuracy(instrument: Instrument, sheets: Sequence[Sheet]) -> Accuracy:
    """How often the two keyings differed, over the sheets that were keyed twice."""
    twice = [sheet for sheet in sheets if sheet.differed is not None]
    asked = [codes for sheet in twice for codes in packing.unpack(instrument, sheet.answers).values()]
    compared = sum(codes is not None for codes in asked)
    return Accuracy(compared, sum(sheet.differed or 0 for sheet in twice))


def choices_of(instrument: Instrument, sheet: Sheet) -> dict[str, tuple[str, ...]]:
    """The codes chosen on a sheet, without the items left blank."""
    return choices(instrument, sheet.answers)


def choices(instrument: Instrument, packed: str) -> dict[str, tuple[str, ...]]:
    """The codes chosen in a packed sheet, without the items left blank."""
    return {item: codes for item, codes in packing.unpack(instrument, packed).items() if codes}
