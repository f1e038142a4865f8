"""Figures one by one, and a release as large as a district's, for tests of what is printed."""

from dataclasses import replace

import builders_instruments
import builders_releases

from survey.figures import Breakdown, Figure, FigureStatus, Group, Level, Measure, SiteRow


def figure(**changes):
    """87 percent of 165 answers were favorable at one school."""
    return replace(
        Figure(
            site="los-robles",
            level=Level.SITE,
            item="eng.25",
            measure=Measure.FAVORABLE,
            option="",
            breakdown="",
            group="",
            n=165,
            percent=87,
            range_low=81,
            range_high=91,
            status=FigureStatus.PUBLISHED,
        ),
        **changes,
    )


def capped(reason="nearly_all", **changes):
    """So many gave one answer that only this is said."""
    unsaid = {"percent": None, "range_low": None, "range_high": None}
    return figure(**{**unsaid, "status": FigureStatus.CAPPED, "reason": reason, **changes})


def withheld(reason="small_group", **changes):
    """A figure that is not shown."""
    unsaid = {"n": None, "percent": None, "range_low": None, "range_high": None}
    return figure(**{**unsaid, "status": FigureStatus.WITHHELD, "reason": reason, **changes})


def option_figures(shares, **changes):
    """One figure for each option code, with a range five points to each side."""
    return tuple(
        figure(
            measure=Measure.OPTION,
            option=code,
            percent=share,
            range_low=max(share - 5, 0),
            range_high=min(share + 5, 100),
            **changes,
        )
        for code, share in shares.items()
    )


def large(sites=16, items=60, group_count=25):
    """A release with every figure a large district could ask for: about 125,000."""
    base = builders_releases.release()
    asked = tuple(
        builders_instruments.scaled(f"big.{number:02}", f"Question {number}?", f"¿Pregunta {number}?")
        for number in range(items)
    )
    rows = tuple(
        SiteRow(f"school-{number:02}", f"School {number:02}", (f"school-{number:02}",), 300, 700, "pupils")
        for number in range(sites)
    )
    texts = {f"g{n}": {"en": f"Group {n}", "es": f"Grupo {n}"} for n in range(group_count)}
    breakdown = Breakdown("big.language", {"en": "Language", "es": "Idioma"}, texts)
    section = replace(base.instrument.sections[0], items=asked)
    return replace(
        base,
        instrument=replace(base.instrument, sections=(section,)),
        breakdowns=(breakdown,),
        sites=rows,
        district=replace(base.district, respondents=300 * sites, enrolled=700 * sites, unit="pupils"),
        groups=tuple(
            Group(row.slug, breakdown.id, group, 80, FigureStatus.PUBLISHED)
            for row in rows
            for group in texts
        ),
        figures=tuple(
            each
            for row in rows
            for item in asked
            for group in ("", *texts)
            for each in _five(row, item, group, breakdown.id if group else "")
        ),
    )


def _five(row, item, group, breakdown):
    here = {"site": row.slug, "item": item.id, "breakdown": breakdown, "group": group, "n": 80}
    yield figure(**here)
    yield from option_figures({"4": 40, "3": 47, "2": 9, "1": 4}, **here)
