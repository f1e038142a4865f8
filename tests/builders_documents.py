"""Figures one by one, and a release as large as a district's, for tests of what is printed."""

import subprocess
from dataclasses import replace

import builders_hostile
import builders_instruments
import builders_releases
import openpyxl

from survey.figures import Breakdown, Figure, FigureStatus, Group, Level, Measure, SiteRow
from survey.wording import Wording


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


def hostile_release(how_many=500):
    """Hostile text wherever content, sites or staff could have put it."""
    texts = builders_hostile.cells(how_many)
    base = builders_releases.release()
    asked = tuple(
        replace(base.instrument.item("eng.25"), id=f"{text}{n}", text=Wording(text, text), indicators=(text,))
        for n, text in enumerate(texts)
    )
    section = replace(base.instrument.sections[0], items=asked, title=Wording(texts[0], texts[0]))
    return builders_releases.release(
        window=texts[1],
        instrument=replace(base.instrument, sections=(section,), title=Wording(texts[2], texts[2])),
        sites=(replace(builders_releases.SITES[0], slug=texts[3], name=texts[4]),),
        groups=(),
        breakdowns=(replace(builders_releases.BREAKDOWNS[0], text={"en": texts[5], "es": texts[6]}),),
        figures=tuple(
            figure(site=texts[3], item=item.id, option=texts[n], measure=Measure.OPTION, group=texts[n - 1])
            for n, item in enumerate(asked)
        ),
    )


def opened_by_libreoffice(file, again):
    """The workbook, as LibreOffice understood the file and wrote it down in the folder ``again``."""
    profile = f"-env:UserInstallation=file://{again}/profile"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(again), str(file)],
        check=True,
        capture_output=True,
    )
    return openpyxl.load_workbook(again / f"{file.stem}.xlsx")
