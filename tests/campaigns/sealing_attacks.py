"""What an attack on the order of arrival is worth: how many comments it links rightly, and how well it ranks them."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from campaigns.sealing_plant import Family, Planted

# How seldom an attack that knows nothing may look better than chance: one time in a million.
RARELY = 1e-6
STANDARD_DEVIATIONS = 4.9

# What an attack sees of each family's answers, or of its comment: something that may grow with arrival.
Order = Mapping[Family, float]


@dataclass(frozen=True, slots=True)
class Worth:
    """What one attack achieved: comments linked to their own answers, of how many, and a rank correlation within schools."""

    attack: str
    linked: int
    of: int
    by_chance: float
    correlation: float = 0.0
    weight: int = 0

    @property
    def beats_chance(self) -> bool:
        """Whether guessing would do as well only one time in a million, in links or in ranks."""
        too_many = _poisson_tail(self.by_chance, self.linked) < RARELY
        return too_many or abs(self.correlation) * math.sqrt(self.weight) > STANDARD_DEVIATIONS

    def __str__(self) -> str:
        """One line of a table of figures."""
        return (
            f"{self.attack:44} {self.linked:6} of {self.of:6} linked (chance {self.by_chance:4.0f}), "
            f"rank correlation {self.correlation:+.3f}"
        )


def by_guesses(attack: str, planted: Planted, guesses: Mapping[str, str]) -> Worth:
    """The worth of links from comment texts to packed answers."""
    linked = sum(guesses.get(family.comment) == family.packed for family in planted.families)
    return Worth(attack, linked, len(planted.families), planted.chance)


def by_order(attack: str, planted: Planted, answers: Order, comments: Order) -> Worth:
    """The worth of linking, within each school, the first comment to the first answers, and so on.

    Families that one of the two orders does not hold are left out.
    """
    seen = [family for family in planted.families if family in answers and family in comments]
    linked, correlated, weight = 0, 0.0, 0
    schools = {family.site_id for family in seen}
    for school in schools:
        there = [family for family in seen if family.site_id == school]
        first_answers, first_comments = _sorted(there, answers, _PACKED), _sorted(there, comments, _COMMENT)
        linked += sum(a is b for a, b in zip(first_answers, first_comments, strict=True))
        correlated += _spearman(first_answers, first_comments) * (len(there) - 1)
        weight += len(there) - 1
    return Worth(attack, linked, len(seen), len(schools), correlated / weight if weight else 0.0, weight)


def places(planted: Planted, of: Callable[[Family], object], seen: Iterable[object]) -> dict[Family, float]:
    """The place of each family in a sequence of keys, packed answers or comments."""
    known = {of(family): family for family in planted.families}
    return {known[each]: float(place) for place, each in enumerate(seen) if each in known}


# Ties are broken by what was sent, which is random: never by arrival, and never the same way on both sides.
_PACKED = attrgetter("packed")
_COMMENT = attrgetter("comment")


def _sorted(families: list[Family], order: Order, tie: Callable[[Family], str]) -> list[Family]:
    return sorted(families, key=lambda family: (order[family], tie(family)))


def _spearman(first: list[Family], second: list[Family]) -> float:
    n = len(first)
    if n < 2:
        return 0.0
    rank = {family: place for place, family in enumerate(first)}
    squares = sum((rank[family] - place) ** 2 for place, family in enumerate(second))
    return 1 - 6 * squares / (n * (n * n - 1))


def _poisson_tail(mean: float, at_least: int) -> float:
    below = (
        sum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(at_least))
        if mean
        else 1.0
    )
    return 1.0 if at_least == 0 else max(0.0, 1.0 - below)
