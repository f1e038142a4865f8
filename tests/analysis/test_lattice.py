"""The lattice: which groups there are, and that every line adds up."""

import numpy as np
from builders_analysis import Families, K, table

from survey.analysis import lattice, partitions
from survey.analysis.lattice import Cell

HOME, PROGRAMS = "about.home_language", "about.programs"
FAMILIES = (
    Families(30, {HOME: "en", PROGRAMS: "none"}),
    Families(14, {HOME: "es", PROGRAMS: "el"}, language="es"),
    Families(25, {HOME: "en", PROGRAMS: "el"}, place=1),
    Families(2, {HOME: "other", PROGRAMS: "none"}, place=1, language="es"),
)


def drawn():
    made = table(*FAMILIES)
    return lattice.build(["oak", "pine"], made.place, partitions.make(made, made.place, K))


def test_cells_are_site_by_one_breakdown_and_district_by_one_or_two():
    found = {(bool(cell.site), cell.breakdown) for cell in drawn().cells}

    assert found == {
        (False, ""),
        (True, ""),
        (False, HOME),
        (False, PROGRAMS),
        (False, "language"),
        (True, HOME),
        (True, "language"),
        (False, f"{HOME};{PROGRAMS}"),
        (False, f"{HOME};language"),
        (False, f"{PROGRAMS};language"),
    }


def test_every_line_is_the_sum_of_its_parts():
    found = drawn()
    sizes = found.count(np.ones((71, 1)))[:, 0]

    assert all(sizes[line.total] == sum(sizes[part] for part in line.parts) for line in found.lines)
    assert sizes[0] == 71


def test_a_cell_counts_the_marked_of_its_group():
    found = drawn()
    made = table(*FAMILIES)

    counts = found.count(made.place[:, None] == 1)

    assert counts[found.cells.index(Cell("", HOME, "en")), 0] == 25
    assert counts[found.cells.index(Cell("oak", "language", "es")), 0] == 0
    assert counts[found.cells.index(Cell("pine", "", "")), 0] == 27
