"""Making a release: the responses of a sealed window, each counted once, protected, and stored frozen."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from survey.analysis import answer_table, counting, disclosure, lattice, partitions, schools
from survey.analysis.answer_table import AnswerTable
from survey.analysis.counting import Counts
from survey.analysis.lattice import Lattice
from survey.figures import Breakdown, Release, Responses, SiteRow
from survey.frameworks import Framework
from survey.releases import frozen, sets
from survey.releases.sets import ReleaseProblem, ReleaseRefused
from survey.storage import Store, codes, enrolment, installation, released, windows
from survey.storage import responses as stored
from survey.storage.responses import CODE
from survey.storage.sites import Site
from survey.storage.windows import Window


def make(
    store: Store,
    window: str,
    frameworks: tuple[Framework, ...],
    minimum_group: int,
    today: date,
    *,
    district_name: str,
    responses: Responses = Responses.ALL,
    progress: Callable[[str], None] = lambda _: None,
) -> Release:
    """Make the release of these responses of a window and store it, whole or not at all.

    A window with household codes has its coded and its open responses released apart: each release is
    protected as its own, and a response is in one of them only. ``progress`` is told in English what
    is being done. Raises ``ReleaseRefused`` where there is nothing to release, or nothing that may be.
    """
    with store.reading() as db:
        found = sets.permitted(db, window, responses)
        sites = windows.sites_of(db, found.id)
        # Whoever has the open link can send it more than once: that is measured against pupils where it can be.
        enrolled = enrolment.totals(db, "pupils" if responses is Responses.OPEN else "families")
        made_up = installation.is_made_up(db)
        sent = _read(db, found, sites, responses)
        # Whose code was made void after it was used may have been given another.
        has_void = any(given.void for given in codes.given(db, found.id).values())
    table = answer_table.respondents(sent)
    progress(f"{len(table):,} respondents read.")
    if len(table) < minimum_group:
        whose = {Responses.CODED: " with a household code", Responses.OPEN: " from the open link"}
        raise ReleaseRefused(
            ReleaseProblem.TOO_FEW,
            f"{window} has fewer than {minimum_group} respondents{whose.get(responses, '')} in the whole district: "
            "nothing can be released without showing a small group.",
        )
    rows = _site_rows(table, sites, enrolled, minimum_group)
    drawn, counts, breakdowns = _count(table, sites, rows, minimum_group)
    progress(f"{len(drawn.cells):,} groups counted in {len(rows):,} schools or schools put together.")
    published = disclosure.publish(drawn, counts, minimum_group)
    progress(f"{len(published.figures):,} figures protected.")
    empty = len(sent) - len(table)
    channels = _only(table.channel)
    release = Release(
        window=found.name,
        opens=found.opens,
        closes=found.closes,
        # The number it is stored under is known when it is stored.
        number=0,
        made_on=today,
        audited=False,
        minimum_group=minimum_group,
        instrument=sent.instrument,
        frameworks=frameworks,
        breakdowns=breakdowns,
        sites=rows,
        district=_row("", district_name, sites, len(table), enrolled),
        made_up=made_up,
        channels=channels,
        sent_empty=empty if empty == 0 or empty >= minimum_group else None,
        groups=published.groups,
        figures=published.figures,
        responses=responses,
        one_each=channels == (CODE,) and found.code_uses <= 1 and not has_void,
    )
    return replace(release, number=_store(store, found, release, _unprotected(drawn, counts)))


def _read(db: Connection, window: Window, sites: Sequence[Site], which: Responses) -> AnswerTable:
    places = {site.id: number for number, site in enumerate(sites)}
    rows = (
        (places[row.site_id], row.language, row.channel, row.answers)
        for row in stored.packed(db, window.id, which)
    )
    return answer_table.read(windows.instrument(db, window), rows)


def _site_rows(
    table: AnswerTable, sites: Sequence[Site], enrolled: Mapping[str, tuple[int, str]], minimum: int
) -> tuple[SiteRow, ...]:
    counts = np.bincount(table.place, minlength=len(sites)).tolist()
    respondents = {site.slug: count for site, count in zip(sites, counts, strict=True)}
    found = []
    for slugs in schools.rows(respondents, minimum):
        members = [site for site in sites if site.slug in slugs]
        names = [site.name for site in members]
        name = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} together"
        slug = "+".join(site.slug for site in members)
        found.append(_row(slug, name, members, sum(respondents[s] for s in slugs), enrolled))
    # Sites come by name, so a school keeps its place; those put together come last.
    return tuple(sorted(found, key=lambda row: (row.is_together, row.member_names)))


def _row(
    slug: str, name: str, members: Sequence[Site], respondents: int, enrolled: Mapping[str, tuple[int, str]]
) -> SiteRow:
    known = [enrolled[site.slug] for site in members if site.slug in enrolled]
    units = {unit for _, unit in known}
    is_known = len(known) == len(members) and len(units) == 1
    return SiteRow(
        slug=slug,
        name=name,
        members=tuple(site.slug for site in members),
        respondents=respondents,
        enrolled=sum(count for count, _ in known) if is_known else None,
        unit=units.pop() if is_known else None,
        member_names=tuple(site.name for site in members),
    )


def _count(
    table: AnswerTable, sites: Sequence[Site], rows: Sequence[SiteRow], minimum: int
) -> tuple[Lattice, Counts, tuple[Breakdown, ...]]:
    row_of = {slug: number for number, row in enumerate(rows) for slug in row.members}
    row = np.array([row_of[site.slug] for site in sites], dtype=np.int64)[table.place]
    parted = partitions.make(table, row, minimum)
    drawn = lattice.build([each.slug for each in rows], row, parted)
    return drawn, counting.count(table, drawn), tuple(partition.breakdown for partition in parted)


def _only(channels: Sequence[str] | np.ndarray[tuple[int], np.dtype[np.str_]]) -> tuple[str, ...]:
    found = {str(channel) for channel in channels}
    return tuple(found) if len(found) == 1 else ()


def _unprotected(drawn: Lattice, counts: Counts) -> str:
    """The sizes of all groups, hidden ones too: what a later release must be checked against. Never exported."""
    sizes = counts.sizes.tolist()
    groups = [[*cell, size] for cell, size in zip(drawn.cells, sizes, strict=True)]
    return json.dumps({"groups": groups}, ensure_ascii=False, separators=(",", ":"))


def _store(store: Store, window: Window, release: Release, unprotected: str) -> int:
    """Store it under the window's next number, and return that number."""
    head, documents = frozen.head(release), frozen.parts(release)
    try:
        with store.writing() as db:
            sets.permitted(db, window.name, release.responses)
            number = released.add(
                db,
                window.id,
                made_on=release.made_on,
                audited=release.audited,
                head=head,
                unprotected=unprotected,
                documents=documents,
            )
            stored.mark_batch(db, window.id, number, release.responses)
            return number
    except IntegrityError:
        # Only PostgreSQL lets two releases of one window run side by side; the later one is undone. Where
        # both were of the same responses, there is nothing new.
        with store.reading() as db:
            sets.permitted(db, window.name, release.responses)
        raise ReleaseRefused(
            ReleaseProblem.MADE_MEANWHILE,
            f"Another release of {window.name} was made meanwhile: nothing was changed.",
        ) from None
