"""Disclosure control: counts go in, and only what may be published comes out, as groups and figures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from survey.analysis import distribution, estimates, hiding, numbers
from survey.analysis.counting import Counts
from survey.analysis.estimates import Estimate
from survey.analysis.lattice import Cell, Lattice, Line
from survey.figures import Figure, FigureStatus, Group, Level, whole_percent
from survey.instruments.model import Item

SMALL_GROUP = "small_group"
COUNTED_TOGETHER = "counted_together"
FEW_ASKED = "few_asked"


@dataclass(frozen=True, slots=True)
class Published:
    """What may be published of a release, in the order it is read."""

    groups: tuple[Group, ...]
    figures: tuple[Figure, ...]


def publish(lattice: Lattice, counts: Counts, minimum: int) -> Published:
    """The groups and figures that may be published: the only way from counts to figures."""
    plan = _plan(lattice, counts, minimum)
    counts = counts.with_sums(plan.sums)
    groups = [_group(plan, counts, cell) for cell in plan.order if plan.cells[cell].breakdown]
    refused = {item.id: _refused(item, plan, counts, minimum) for item in counts.items if item.shown_if}
    drafts = []
    for cell in plan.order:
        for item, tally in zip(counts.items, counts.tallies(cell), strict=True):
            if plan.hidden[cell]:
                drafts.append((cell, item, estimates.headline(item, plan.reasons[cell])))
            elif item.shown_if and refused[item.id][cell]:
                drafts.append((cell, item, estimates.headline(item, FEW_ASKED)))
            else:
                found = estimates.of_item(item, tally, minimum)
                drafts.extend((cell, item, estimate) for estimate in found)
    return Published(tuple(groups), _figures(plan, drafts))


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which cells are shown: those of the lattice, then for each of ``sums`` a cell of hidden ones merged.

    ``reasons`` says why a cell is hidden or merged; ``order`` is the order in which cells are read.
    """

    cells: tuple[Cell, ...]
    sums: tuple[tuple[int, ...], ...]
    hidden: tuple[bool, ...]
    reasons: tuple[str, ...]
    lines: tuple[Line, ...]
    order: tuple[int, ...]


def _plan(lattice: Lattice, counts: Counts, minimum: int) -> _Plan:
    sizes = [int(size) for size in counts.sizes]
    hidden = hiding.protect(sizes, [size < minimum for size in sizes], lattice.lines, minimum)
    cells, sums, lines = list(lattice.cells), [], []
    reasons = [SMALL_GROUP if is_hidden else "" for is_hidden in hidden]
    for line in lattice.lines:
        rest = tuple(part for part in line.parts if hidden[part])
        shown = tuple(part for part in line.parts if not hidden[part])
        # Only within a site row, and only where the merged group is not everybody there.
        if cells[line.total].site and shown and sum(sizes[part] for part in rest) >= minimum:
            lines.append(Line(line.total, (*shown, len(cells))))
            cells.append(cells[rest[0]]._replace(group="+".join(cells[part].group for part in rest)))
            sums.append(rest)
            for part in rest:
                reasons[part] = COUNTED_TOGETHER
        else:
            lines.append(line)
    return _Plan(
        cells=tuple(cells),
        sums=tuple(sums),
        hidden=(*hidden, *(False for _ in sums)),
        reasons=(*reasons, *(COUNTED_TOGETHER for _ in sums)),
        lines=tuple(lines),
        order=_reading_order(cells),
    )


def _reading_order(cells: Sequence[Cell]) -> tuple[int, ...]:
    """The district before its sites, everybody before groups, one breakdown before two."""
    sites = {site: number for number, site in enumerate(dict.fromkeys(cell.site for cell in cells))}
    breakdowns = {name: number for number, name in enumerate(dict.fromkeys(cell.breakdown for cell in cells))}

    def place(number: int) -> tuple[int, bool, int, int]:
        cell = cells[number]
        return sites[cell.site], ";" in cell.breakdown, breakdowns[cell.breakdown], number

    return tuple(sorted(range(len(cells)), key=place))


def _group(plan: _Plan, counts: Counts, cell: int) -> Group:
    site, breakdown, group = plan.cells[cell]
    reason = plan.reasons[cell]
    if plan.hidden[cell]:
        return Group(site, breakdown, group, None, FigureStatus.WITHHELD, reason)
    status = FigureStatus.MERGED if reason else FigureStatus.PUBLISHED
    return Group(site, breakdown, group, int(counts.sizes[cell]), status, reason)


def _refused(item: Item, plan: _Plan, counts: Counts, minimum: int) -> tuple[bool, ...]:
    """Where an item that not everybody was asked has no figure: those asked are a group of their own."""
    asked = [int(n) for n in counts.asked(item)]
    small = [is_hidden or n < minimum for is_hidden, n in zip(plan.hidden, asked, strict=True)]
    hidden = hiding.protect(asked, small, plan.lines, minimum)
    # Those not asked are a group too, and the figure's likely range can give its size away.
    others = [0 < int(size) - n < minimum for size, n in zip(counts.sizes, asked, strict=True)]
    return tuple(one or other for one, other in zip(hidden, others, strict=True))


_STATUS = {
    "": FigureStatus.PUBLISHED,
    numbers.NEARLY_ALL: FigureStatus.CAPPED,
    numbers.ALMOST_NONE: FigureStatus.CAPPED,
    distribution.SIDE_TOGETHER: FigureStatus.MERGED,
    COUNTED_TOGETHER: FigureStatus.WITHHELD,
    SMALL_GROUP: FigureStatus.WITHHELD,
    estimates.TOO_FEW_ANSWERS: FigureStatus.NO_BASE,
    FEW_ASKED: FigureStatus.NO_BASE,
}


def _figures(plan: _Plan, drafts: Sequence[tuple[int, Item, Estimate]]) -> tuple[Figure, ...]:
    """The figures of these estimates, in their order; the likely ranges of all are computed at once."""
    printed = [
        e for _, _, e in drafts if e.people is not None and _STATUS[e.reason] is not FigureStatus.CAPPED
    ]
    people = np.array([estimate.people for estimate in printed], dtype=np.int64)
    low, high = numbers.likely_ranges(people, np.array([e.n for e in printed], dtype=np.int64))
    ranges = iter(zip(low.tolist(), high.tolist(), strict=True))
    figures = []
    for cell, item, estimate in drafts:
        site, breakdown, group = plan.cells[cell]
        status, reason = _STATUS[estimate.reason], estimate.reason
        percent = range_low = range_high = None
        if estimate.people is not None and status is not FigureStatus.CAPPED:
            percent = whole_percent(estimate.people, estimate.n)
            range_low, range_high = next(ranges)
            if not reason and plan.reasons[cell]:
                status, reason = FigureStatus.MERGED, plan.reasons[cell]
        figures.append(
            Figure(
                site=site,
                level=Level.SITE if site else Level.DISTRICT,
                item=item.id,
                measure=estimate.measure,
                option=estimate.option,
                breakdown=breakdown,
                group=group,
                n=estimate.n if estimate.shows_n else None,
                percent=percent,
                range_low=range_low,
                range_high=range_high,
                status=status,
                reason=reason,
            )
        )
    return tuple(figures)
