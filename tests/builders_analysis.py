"""Responses as the analysis reads them: so many families alike, at a school given by its number."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from builders_instruments import instrument

from survey.analysis import answer_table, counting, disclosure, lattice, partitions
from survey.analysis.answer_table import AnswerTable
from survey.analysis.disclosure import Published
from survey.figures import Figure, Group, Measure
from survey.instruments import packing
from survey.instruments.model import Instrument

K = 11


class Families(NamedTuple):
    """``count`` families at one school who answered alike: item id to code, or to codes joined by ``;``."""

    count: int
    answers: Mapping[str, str]
    place: int = 0
    language: str = "en"
    channel: str = "link"


def table(*families: Families, asking: Instrument | None = None) -> AnswerTable:
    """The table of these families."""
    asked = asking or instrument()
    rows = []
    for each in families:
        choices = {item: tuple(codes.split(";")) for item, codes in each.answers.items()}
        packed = packing.pack(asked, choices)
        rows += [(each.place, each.language, each.channel, packed)] * each.count
    return answer_table.read(asked, rows)


def parted(*families: Families) -> dict[str, list[tuple[str, int]]]:
    """The breakdowns of these families, each school a site row: groups in order, with their sizes."""
    made = table(*families)
    return {
        each.breakdown.id: [
            (group, int((each.codes == number).sum())) for number, group in enumerate(each.breakdown.groups)
        ]
        for each in partitions.make(made, made.place, K)
    }


def published(*families: Families, minimum: int = K) -> Published:
    """What may be published of these families; school 0 is ``s0``, school 1 is ``s1``, and so on."""
    made = answer_table.respondents(table(*families))
    slugs = [f"s{number}" for number in range(int(made.place.max()) + 1)]
    drawn = lattice.build(slugs, made.place, partitions.make(made, made.place, minimum))
    return disclosure.publish(drawn, counting.count(made, drawn), minimum)


def the_groups(of: Published, site: str, breakdown: str) -> list[Group]:
    """The groups of a breakdown at a site row, in order."""
    return [group for group in of.groups if (group.site, group.breakdown) == (site, breakdown)]


def the_figures(
    of: Published, item: str, site: str = "", group: str = "", measure: Measure | None = None
) -> list[Figure]:
    """The figures of an item for everybody (or a group) of a site row, in order."""
    return [
        figure
        for figure in of.figures
        if (figure.site, figure.item, figure.group) == (site, item, group)
        and measure in (None, figure.measure)
    ]


def numbers(*values: int) -> np.ndarray:
    """Whole numbers as the analysis passes them on."""
    return np.array(values, dtype=np.int64)
