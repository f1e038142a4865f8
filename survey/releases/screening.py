"""A look at a sealed window's open responses before they are released: what looks like a script or like one hand.

For district staff only, and never a publication. Everything it tells, and every flag, is worked out from
numbers rounded down to steps of k: it tells no more of a school than participation in steps would.
"""

from dataclasses import dataclass
from enum import StrEnum

from survey.analysis import answer_table, repeats
from survey.analysis.repeats import Repeats
from survey.figures import Responses
from survey.storage import Store, enrolment, responses, windows
from survey.storage.sites import Site


class Signal(StrEnum):
    """What stands out."""

    ONE_SET = "one_set"
    SHARED = "shared"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Flag:
    """At a site (None: the whole district), at least ``part`` of at least ``surveys`` open responses stand out.

    ``BEYOND``: with at least ``coded`` others, they are more than its ``enrolled`` families or pupils
    (``unit``) would send. ``ONE_SET``: they all give the same answers to every rated question.
    ``SHARED``: each agrees with another one in every answer.
    """

    signal: Signal
    site: Site | None
    surveys: int
    part: int
    coded: int = 0
    enrolled: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Screening:
    """What stands out in a window, site by site; ``surveys`` open responses at least were looked at."""

    surveys: int
    flags: tuple[Flag, ...]


def screen(store: Store, window: str, minimum_group: int) -> Screening | None:
    """What stands out among the open responses of a window; None where it is not sealed, or not there."""
    with store.reading() as db:
        found = windows.find(db, window)
        if found is None or found.sealed_on is None:
            return None
        sites = windows.sites_of(db, found.id)
        instrument = windows.instrument(db, found)
        rows = list(responses.packed(db, found.id, Responses.OPEN))
        coded = responses.counts(db, found.id, Responses.CODED)
        enrolled = enrolment.totals(db)
    place = {site.id: number for number, site in enumerate(sites)}
    table = answer_table.read(
        instrument, ((place[r.site_id], r.language, r.channel, r.answers) for r in rows)
    )
    here = repeats.of_places(table)
    everywhere = repeats.of_district(table)
    steps = _Steps(minimum_group, max(found.code_uses, 1))
    flags: list[Flag] = []
    for number, site in enumerate(sites):
        opened = int((table.place == number).sum())
        flags += steps.beyond(site, opened, coded.get(site.id, 0), enrolled.get(site.slug))
        flags += steps.repeated(site, here[number])[:1] if number in here else []
    if not any(flag.signal is Signal.ONE_SET for flag in flags):
        # A script that goes from school to school is seen only in all of them together.
        flags += [flag for flag in steps.repeated(None, everywhere) if flag.signal is Signal.ONE_SET]
    return Screening(steps.down(len(rows)), tuple(flags))


@dataclass(frozen=True, slots=True)
class _Steps:
    """Numbers in steps of k, and what stands out by them."""

    k: int
    code_uses: int

    def down(self, count: int) -> int:
        return count // self.k * self.k

    def repeated(self, site: Site | None, found: Repeats) -> list[Flag]:
        """What repeats: one set of answers first, of which it is no news that it is shared."""
        # The most that the whole can be and the least that a part is: no step raises a flag by itself.
        surveys, most = self.down(found.responses), self.down(found.responses) + self.k - 1
        signals = (
            (Signal.ONE_SET, self.down(found.of_one_set), repeats.ONE_SET),
            (Signal.SHARED, self.down(found.shared), repeats.SHARED),
        )
        return [
            Flag(signal, site, surveys, part)
            for signal, part, natural in signals
            if part and repeats.is_more_than_chance(part, most, natural)
        ]

    def beyond(self, site: Site, opened: int, coded: int, enrolled: tuple[int, str] | None) -> list[Flag]:
        """More open surveys than there are families, or pupils, who have not used a household code."""
        surveys, with_code = self.down(opened), self.down(coded)
        if enrolled is None or not surveys or surveys + with_code // self.code_uses <= enrolled[0]:
            return []
        return [Flag(Signal.BEYOND, site, surveys, surveys, with_code, *enrolled)]
