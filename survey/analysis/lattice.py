"""The lattice: every group a release may show, and which groups add up to which."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from survey.analysis.answer_table import Ints
from survey.analysis.partitions import Partition


class Cell(NamedTuple):
    """One group: of the district ("") or a site row, everybody ("" and "") or those in a group of a breakdown."""

    site: str
    breakdown: str
    group: str


@dataclass(frozen=True, slots=True)
class Line:
    """A cell that is the sum of others, so that what is hidden in them must not be found by subtraction."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """Cells next to one another, from ``start``, of which every respondent is in exactly one."""

    start: int
    size: int
    codes: Ints


@dataclass(frozen=True, slots=True)
class Lattice:
    """The cells, and the lines between them: sums of whole groups first, then rows before columns of each table."""

    cells: tuple[Cell, ...]
    axes: tuple[Axis, ...]
    lines: tuple[Line, ...]

    def count(self, marks: npt.NDArray[np.generic]) -> Ints:
        """For each cell and each column of ``marks``, how many of the respondents in the cell are marked."""
        counts = np.zeros((len(self.cells), marks.shape[1]), dtype=np.int64)
        for axis in self.axes:
            order = np.argsort(axis.codes, kind="stable")
            there, starts = np.unique(axis.codes[order], return_index=True)
            counts[axis.start + there] = np.add.reduceat(marks[order], starts, axis=0, dtype=np.int64)
        return counts


def build(slugs: Sequence[str], rows: Ints, partitions: Sequence[Partition]) -> Lattice:
    """The lattice of these site rows: ``rows`` is the row of each respondent.

    District, district by one breakdown and by two, site row, site row by one breakdown.
    """
    drawing = _Drawing(rows)
    district = drawing.axis([Cell("", "", "")], np.zeros_like(rows))
    sites = drawing.axis([Cell(slug, "", "") for slug in slugs], rows)
    drawing.line(district.start, sites)
    columns = {}
    for partition in partitions:
        found = drawing.axis(_groups("", partition), partition.codes)
        drawing.line(district.start, found)
        columns[partition.breakdown.id] = found
    for partition in partitions:
        if not partition.breakdown.district_only:
            cells = [cell for slug in slugs for cell in _groups(slug, partition)]
            drawing.table(sites, columns[partition.breakdown.id], cells)
    for one, other in combinations(partitions, 2):
        breakdown = f"{one.breakdown.id};{other.breakdown.id}"
        groups = [f"{a};{b}" for a in one.breakdown.groups for b in other.breakdown.groups]
        cells = [Cell("", breakdown, group) for group in groups]
        drawing.table(columns[one.breakdown.id], columns[other.breakdown.id], cells)
    return Lattice(tuple(drawing.cells), tuple(drawing.axes), tuple(drawing.lines))


def _groups(site: str, partition: Partition) -> list[Cell]:
    return [Cell(site, partition.breakdown.id, group) for group in partition.breakdown.groups]


class _Drawing:
    """A lattice in the making."""

    def __init__(self, rows: Ints) -> None:
        self.cells: list[Cell] = []
        self.axes: list[Axis] = []
        self.lines: list[Line] = []
        self.rows = rows

    def axis(self, cells: list[Cell], codes: Ints) -> Axis:
        axis = Axis(len(self.cells), len(cells), codes)
        self.cells += cells
        self.axes.append(axis)
        return axis

    def line(self, total: int, parts: Axis) -> None:
        self.lines.append(Line(total, tuple(range(parts.start, parts.start + parts.size))))

    def table(self, down: Axis, across: Axis, cells: list[Cell]) -> None:
        inside = self.axis(cells, down.codes * across.size + across.codes)
        for row in range(down.size):
            start = inside.start + row * across.size
            self.lines.append(Line(down.start + row, tuple(range(start, start + across.size))))
        for column in range(across.size):
            cells_down = range(inside.start + column, inside.start + inside.size, across.size)
            self.lines.append(Line(across.start + column, tuple(cells_down)))
