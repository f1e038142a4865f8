"""What is counted: for each item, who chose which option, who answered validly, and who was asked at all."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from survey.analysis.answer_table import AnswerTable, Bools, Ints
from survey.analysis.lattice import Lattice
from survey.instruments.model import Instrument, Item, ItemType, Missing


class Tally(NamedTuple):
    """The counts of one item in one group of ``size`` respondents: ``options`` in the item's order."""

    options: tuple[int, ...]
    valid: int
    dont_know: int
    asked: int
    size: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many respondents of each cell gave each answer. Never printed: what may be is a ``Figure``."""

    items: tuple[Item, ...]
    sizes: Ints
    answers: Ints

    def tallies(self, cell: int) -> list[Tally]:
        """The tally of every item in a cell, in the order of ``items``."""
        found = []
        row = self.answers[cell].tolist()
        start = 0
        for item in self.items:
            end = start + len(item.options)
            valid, dont_know, asked = row[end : end + 3]
            found.append(Tally(tuple(row[start:end]), valid, dont_know, asked, int(self.sizes[cell])))
            start = end + 3
        return found

    def asked(self, item: Item) -> Ints:
        """How many of each cell were shown an item."""
        before = self.items[: self.items.index(item) + 1]
        found: Ints = self.answers[:, sum(len(each.options) + 3 for each in before) - 1]
        return found

    def with_sums(self, sums: tuple[tuple[int, ...], ...]) -> "Counts":
        """These counts, and after them a cell for each sum of cells."""
        sizes = [self.sizes[list(parts)].sum() for parts in sums]
        answers = [self.answers[list(parts)].sum(axis=0) for parts in sums]
        return Counts(
            self.items,
            np.append(self.sizes, np.array(sizes, dtype=np.int64)),
            np.vstack([self.answers, *answers]),
        )


def reported(instrument: Instrument) -> tuple[Item, ...]:
    """The items a release has figures of: every choice item but the background ones, which are its groups."""
    return tuple(i for i in instrument.items() if i.type is not ItemType.TEXT and not i.is_background)


def count(table: AnswerTable, lattice: Lattice) -> Counts:
    """The counts of these respondents in every cell of the lattice."""
    items = reported(table.instrument)
    everybody = np.ones((len(table), 1), dtype=np.bool_)
    marks = np.hstack([everybody, *(_marks(table, item) for item in items)])
    counts = lattice.count(marks)
    return Counts(items, counts[:, 0], counts[:, 1:])


def _marks(table: AnswerTable, item: Item) -> Bools:
    """A column for each option, then valid, don't know, asked."""
    marked = table.marked(item)
    valid = marked[:, [option.is_valid for option in item.options]].any(axis=1)
    dont_know = marked[:, [option.missing is Missing.DONT_KNOW for option in item.options]].any(axis=1)
    return np.column_stack([marked, valid, dont_know & ~valid, table.shown(item)])
