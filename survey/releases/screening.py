"""A look at a sealed window's open responses before they are released: what looks like a script or like one hand.

For district staff only, and never a publication. Everything it tells, and every flag, is worked out from
numbers rounded down to steps of k: it tells no more of a school than participation in steps would.
"""

from collections.abc import Iterator, Mapping, Sequence
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

    ``ONE_SET``: they all give the same answers to every rated question. ``SHARED``: each agrees with
    another one in every answer. ``BEYOND``: there are more of them than the ``enrolled`` families or
    pupils (``unit``) who have not used a household code.
    """

    signal: Signal
    site: Site | None
    surveys: int
    part: int
    enrolled: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Screening:
    """What stands out in a window, school by school; ``surveys`` open responses at least were looked at."""

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
    opened = [int((table.place == number).sum()) for number in range(len(sites))]
    with_code = [coded.get(site.id, 0) // max(found.code_uses, 1) for site in sites]
    steps = _Steps(minimum_group)
    flags = (
        *steps.beyond(sites, opened, with_code, enrolled),
        *(flag for n, site in enumerate(sites) if n in here for flag in steps.repeated(site, here[n])),
        *(flag for flag in steps.repeated(None, everywhere) if flag.signal is Signal.ONE_SET),
    )
    return Screening(steps.down(len(rows)), flags)


@dataclass(frozen=True, slots=True)
class _Steps:
    """Numbers in steps of k, and what stands out by them."""

    k: int

    def down(self, count: int) -> int:
        return count // self.k * self.k

    def repeated(self, site: Site | None, found: Repeats) -> Iterator[Flag]:
        # The most that the whole can be and the least that a part is: no step raises a flag by itself.
        surveys, most = self.down(found.responses), self.down(found.responses) + self.k - 1
        for signal, count, natural in (
            (Signal.ONE_SET, found.of_one_set, repeats.ONE_SET),
            (Signal.SHARED, found.shared, repeats.SHARED),
        ):
            part = self.down(count)
            if part and repeats.is_more_than_chance(part, most, natural):
                yield Flag(signal, site, surveys, part)

    def beyond(
        self,
        sites: Sequence[Site],
        opened: Sequence[int],
        with_code: Sequence[int],
        enrolled: Mapping[str, tuple[int, str]],
    ) -> Iterator[Flag]:
        for site, count, coded in zip(sites, opened, with_code, strict=True):
            if site.slug in enrolled and self.down(count):
                of, unit = enrolled[site.slug]
                if self.down(count) + self.down(coded) > of:
                    yield Flag(Signal.BEYOND, site, self.down(count), self.down(count), of, unit)
