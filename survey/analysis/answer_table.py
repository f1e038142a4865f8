"""The responses of a window as arrays: one row a response, one character a question."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from survey.instruments import packing
from survey.instruments.model import Instrument, Item, ItemType
from survey.instruments.packing import BLANK, MARKED, NOT_SHOWN

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

MISSING = -1


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Responses in no order that means anything. ``place`` numbers their schools; ``signs`` holds bytes."""

    instrument: Instrument
    place: Ints
    language: npt.NDArray[np.str_]
    channel: npt.NDArray[np.str_]
    signs: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.place)

    def marked(self, item: Item) -> Bools:
        """For each response and option of an item, whether that option was chosen."""
        signs = self.signs[:, self._columns(item)]
        single = [ord(option.sign) for option in item.options]
        wanted = [ord(MARKED)] if item.type is ItemType.MULTI else single
        return np.equal(signs, np.array(wanted, dtype=np.uint8))

    def shown(self, item: Item) -> Bools:
        """Which responses were shown an item."""
        return np.not_equal(self.signs[:, self._columns(item).start], ord(NOT_SHOWN))

    def only(self, rows: Bools) -> "AnswerTable":
        """The table of these responses."""
        return AnswerTable(
            self.instrument, self.place[rows], self.language[rows], self.channel[rows], self.signs[rows]
        )

    def _columns(self, item: Item) -> slice:
        owners = [column.item.id for column in packing.columns(self.instrument)]
        return slice(owners.index(item.id), owners.index(item.id) + owners.count(item.id))


def read(instrument: Instrument, rows: Iterable[tuple[int, str, str, str]]) -> AnswerTable:
    """The table of these responses: the number of the school, language, channel and packed answers of each."""
    width = len(packing.columns(instrument))
    places, languages, channels, answers = [], [], [], []
    for place, language, channel, packed in rows:
        if len(packed) != width:
            raise packing.Unreadable
        places.append(place)
        languages.append(language)
        channels.append(channel)
        answers.append(packed)
    signs = np.frombuffer("".join(answers).encode("ascii"), dtype=np.uint8)
    return AnswerTable(
        instrument,
        np.array(places, dtype=np.int64),
        np.array(languages, dtype=np.str_),
        np.array(channels, dtype=np.str_),
        signs.reshape(len(places), width),
    )


def respondents(table: AnswerTable) -> AnswerTable:
    """Those with at least one rated item answered; the others were sent empty and are in no group."""
    rated = np.array([column.item.is_rated for column in packing.columns(table.instrument)], dtype=np.bool_)
    signs = table.signs[:, rated]
    answered = (signs != ord(BLANK)) & (signs != ord(NOT_SHOWN))
    return table.only(answered.any(axis=1))


def chosen(table: AnswerTable, item: Item) -> Ints:
    """The one group each response is in by its answer to a background item.

    The number of the valid option that was chosen; the number of options where several were;
    ``MISSING`` where none was.
    """
    valid = np.array([option.is_valid for option in item.options], dtype=np.bool_)
    marked = table.marked(item) & valid
    count = marked.sum(axis=1)
    first = marked.argmax(axis=1)
    return np.where(count == 0, MISSING, np.where(count == 1, first, len(item.options))).astype(np.int64)
