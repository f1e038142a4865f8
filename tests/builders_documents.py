"""Figures and a whole release, as a release would store them, for tests of what is printed."""

from dataclasses import replace
from datetime import date

import builders_instruments

from survey.figures import (
    Breakdown,
    Figure,
    FigureStatus,
    Group,
    Level,
    Measure,
    Release,
    SiteRow,
)
from survey.instruments.model import Item, ItemType

NORTH = SiteRow("north", "North Elementary School", ("north",), 178, 412, "families")
SMALL = SiteRow(
    "cove+mesa",
    "Cove School and Mesa School",
    ("cove", "mesa"),
    23,
    None,
    None,
    ("Cove School", "Mesa School"),
)
DISTRICT = SiteRow(
    "", "Costa Clara Unified School District", ("cove", "mesa", "north"), 201, 1412, "families"
)


def figure(**changes):
    """87 percent of 165 answers were favorable at the north school."""
    return replace(
        Figure(
            site="north",
            level=Level.SITE,
            item="q.welcome",
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


def release(**changes):
    """Two site rows and the district; every status of a figure is in it."""
    small = Release(
        window="fall-2026",
        opens=date(2026, 10, 1),
        closes=date(2026, 11, 5),
        number=1,
        made_on=date(2026, 11, 20),
        audited=False,
        minimum_group=11,
        instrument=builders_instruments.instrument(),
        frameworks=(builders_instruments.framework(),),
        breakdowns=(home_language(), by_language()),
        sites=(SMALL, NORTH),
        district=DISTRICT,
        made_up=False,
        sent_empty=14,
        groups=groups(),
        figures=(*of_row(DISTRICT, Level.DISTRICT), *of_row(NORTH, Level.SITE), *of_small_row()),
    )
    return replace(small, **changes)


def home_language():
    """English, Spanish, and the others with those who did not say."""
    return Breakdown(
        id="about.home_language",
        text={"en": "Language spoken at home", "es": "Idioma que se habla en casa"},
        groups={
            "en": {"en": "English", "es": "Inglés"},
            "es": {"en": "Spanish", "es": "Español"},
            "other": {"en": "Another language", "es": "Otro idioma"},
        },
        notes=(("not_stated_with", {"group": "en"}),),
    )


def by_language():
    """The language a family answered in."""
    return Breakdown(
        id="language",
        text={"en": "Language answered in", "es": "Idioma en que contestó"},
        groups={"en": {"en": "English", "es": "Inglés"}, "es": {"en": "Spanish", "es": "Español"}},
    )


def groups():
    """At the north school Spanish is shown, and English and others are counted together."""
    together = FigureStatus.MERGED
    return (
        Group("", "about.home_language", "en", 98, FigureStatus.PUBLISHED),
        Group("", "about.home_language", "es", 81, FigureStatus.PUBLISHED),
        Group("", "about.home_language", "other", 22, FigureStatus.PUBLISHED),
        Group("", "language", "en", 120, FigureStatus.PUBLISHED),
        Group("", "language", "es", 81, FigureStatus.PUBLISHED),
        Group("north", "about.home_language", "es", 59, FigureStatus.PUBLISHED),
        Group("north", "about.home_language", "en+other", 119, together, "counted_together"),
        Group("north", "language", "en", None, FigureStatus.WITHHELD, "small_group"),
        Group("north", "language", "es", None, FigureStatus.WITHHELD, "small_group"),
        Group("cove+mesa", "about.home_language", "en", None, FigureStatus.WITHHELD, "small_group"),
        Group("cove+mesa", "about.home_language", "es", None, FigureStatus.WITHHELD, "small_group"),
    )


def of_row(row, level):
    """Every kind of figure of one row: whole, capped, withheld, one side as one figure, groups."""
    here = {"site": row.slug, "level": level}
    spanish = {**here, "breakdown": "about.home_language", "group": "es", "n": 55}
    return (
        figure(**here),
        *option_figures({"4": 41, "3": 46, "2": 9, "1": 4}, **here),
        figure(measure=Measure.DONT_KNOW, percent=6, range_low=3, range_high=11, **here),
        capped(item="q.respect", **here),
        withheld("side_together", item="q.respect", measure=Measure.OPTION, option="4", **here),
        capped(item="q.respect", measure=Measure.OPTION, option="4+3", **here),
        capped("almost_none", item="q.respect", measure=Measure.OPTION, option="2+1", **here),
        *option_figures({"1": 30, "2": 70}, item="q.learning", **here),
        withheld("too_few_answers", item="q.english", **{**here, "status": FigureStatus.NO_BASE}),
        *option_figures({"text": 77, "call": 23}, item="q.contact", **here),
        *option_figures(
            {"met_teacher": 64, "event": 51, "helped": 12, "none": 8}, item="q.took_part", **here
        ),
        figure(percent=92, range_low=82, range_high=97, **spanish),
        *option_figures({"4": 60, "3": 32, "2": 6, "1": 2}, **spanish),
        withheld("too_few_answers", item="q.respect", **{**spanish, "n": None}),
        figure(
            percent=84,
            range_low=76,
            range_high=90,
            **{**spanish, "group": "en+other", "n": None},
            status=FigureStatus.MERGED,
            reason="counted_together",
        ),
        withheld(**{**here, "breakdown": "language", "group": "es"}),
    )


def of_small_row():
    """Two schools put together: few figures, none by group."""
    here = {"site": SMALL.slug}
    return (
        figure(percent=70, range_low=49, range_high=84, **{**here, "n": 23}),
        withheld("too_few_answers", item="q.english", **here),
        withheld(breakdown="about.home_language", group="es", **here),
    )


def large(sites=16, items=60, group_count=25):
    """A release as big as a district's: four options and a favorable figure for each item and group."""
    base = release()
    asked = tuple(
        builders_instruments.scaled(f"big.{number:02}", f"Question {number}?", f"¿Pregunta {number}?")
        for number in range(items)
    )
    rows = tuple(
        SiteRow(f"school-{number:02}", f"School {number:02}", (f"school-{number:02}",), 300, 700, "pupils")
        for number in range(sites)
    )
    texts = {f"g{n}": {"en": f"Group {n}", "es": f"Grupo {n}"} for n in range(group_count)}
    breakdown = Breakdown("about.home_language", {"en": "Language", "es": "Idioma"}, texts)
    places = ("", *texts)
    section = replace(base.instrument.sections[0], items=asked)
    return replace(
        base,
        instrument=replace(base.instrument, sections=(section,)),
        breakdowns=(breakdown,),
        sites=rows,
        district=replace(DISTRICT, respondents=300 * sites, enrolled=700 * sites, unit="pupils"),
        groups=tuple(
            Group(row.slug, breakdown.id, place, 80, FigureStatus.PUBLISHED)
            for row in rows
            for place in texts
        ),
        figures=tuple(
            each
            for row in rows
            for item in asked
            for place in places
            for each in _five(row, item, place, breakdown.id if place else "")
        ),
    )


def _five(row, item: Item, group, breakdown):
    assert item.type is ItemType.SINGLE
    here = {"site": row.slug, "item": item.id, "breakdown": breakdown, "group": group, "n": 80}
    yield figure(**here)
    yield from option_figures({"4": 40, "3": 47, "2": 9, "1": 4}, **here)
