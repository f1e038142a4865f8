"""The same answers again: how many responses of a school agree in every answer, and when that is more than chance."""

from collections import Counter
from dataclasses import dataclass, replace
from math import exp, log

import numpy as np

from survey.analysis.answer_table import AnswerTable, Bools
from survey.instruments import packing
from survey.instruments.packing import BLANK, NOT_SHOWN

# Answers to fewer rated questions agree by chance, and say nothing.
ENOUGH = 10
# Real families agree this often at most, with room to spare: measured in docs/decisions/0021.
ONE_SET = 0.05
SHARED = 0.20
# How seldom chance may do what is called more than chance.
ALARM = 1e-4


@dataclass(frozen=True, slots=True)
class Repeats:
    """What repeats among ``responses``, which all have enough rated answers.

    ``of_one_set`` of them give the commonest set of rated answers; each of the ``shared`` agrees with
    another one in every answer, those about the family and the language included.
    """

    responses: int
    of_one_set: int
    shared: int


def of_district(table: AnswerTable) -> Repeats:
    """What repeats in the whole district."""
    everywhere = replace(table, place=np.zeros_like(table.place))
    return of_places(everywhere).get(0, Repeats(0, 0, 0))


def of_places(table: AnswerTable) -> dict[int, Repeats]:
    """What repeats at each school, by its number; those without a response that says enough are left out."""
    rated = [column.item.is_rated for column in packing.columns(table.instrument)]
    told = table.only(_says_enough(table))
    places = told.place.tolist()
    whole = zip(places, told.language.tolist(), map(bytes, told.signs), strict=True)
    agreeing, sets = Counter(whole), Counter(zip(places, map(bytes, told.signs[:, rated]), strict=True))
    found = {}
    for place, count in Counter(places).items():
        largest = max(n for (where, _), n in sets.items() if where == place)
        shared = sum(n for (where, *_), n in agreeing.items() if where == place and n > 1)
        found[place] = Repeats(count, largest, shared)
    return found


def is_more_than_chance(part: int, whole: int, natural: float) -> bool:
    """Whether ``part`` of ``whole`` is more than where each of them is one with the chance ``natural``, or a smaller one.

    Where that is so, it is called more than chance at most once in ten thousand times, whatever ``whole`` is.
    """
    if part <= natural * whole:
        return False
    share = part / whole
    # Chernoff's bound of the binomial distribution: no table, no library, and never too small.
    rest = (1 - share) * log((1 - share) / (1 - natural)) if part < whole else 0.0
    return exp(-whole * (share * log(share / natural) + rest)) < ALARM


def _says_enough(table: AnswerTable) -> Bools:
    columns = packing.columns(table.instrument)
    # The first sign of an item tells whether it was answered, in a check-all too.
    first = [
        n for n, c in enumerate(columns) if c.item.is_rated and (n == 0 or columns[n - 1].item is not c.item)
    ]
    signs = table.signs[:, first]
    answered: Bools = ((signs != ord(BLANK)) & (signs != ord(NOT_SHOWN))).sum(axis=1) >= ENOUGH
    return answered
