"""Participation while a window takes surveys: how many each school has so far, in steps, as of today."""

from dataclasses import dataclass

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from survey.documents import charts
from survey.figures import whole_percent
from survey.releases import participation as counts
from survey.releases.participation import Participation
from survey.storage.windows import WindowState
from survey.web.language import current, number
from survey.web.services import services
from survey.web.staff.access import Access, me, page, window_here
from survey.web.staff.spoken import _
from survey.web.staff.windows import shown
from survey.web.staff.words import unit_count


@dataclass(frozen=True, slots=True)
class SoFar:
    """How many surveys a school (or the district, without a slug) has at least, in words and drawn."""

    slug: str
    name: str
    at_least: str
    enrolled: str
    per_hundred: str
    sentence: str
    chart: Markup | None


@page("/windows/<int:window_id>/participation", Access.SIGNED_IN)
def participation(window_id: int) -> ResponseReturnValue:
    """The schools one may see and the district beside them; nothing by day, language or grade."""
    window = window_here(window_id)
    if shown(window).state in (WindowState.SCHEDULED, WindowState.SEALED, WindowState.RELEASED):
        abort(404)
    found = services()
    step = found.settings.minimum_group
    today = found.settings.current_date()
    everywhere = counts.so_far(found.store, window.name, step, today)
    seen = [_of(one, step) for one in everywhere if me().may_see(one.site.slug)]
    return render_template(
        "staff/participation.html",
        shown=shown(window),
        seen=seen,
        district=_district(everywhere, step),
        step=step,
        today=today,
    )


def _of(one: Participation, step: int) -> SoFar:
    return _so_far(one.site.slug, one.site.name, one.at_least, (one.enrolled, one.unit), step)


def _district(everywhere: tuple[Participation, ...], step: int) -> SoFar:
    """The sum of what every school has at least; of how many, where that is known everywhere in one unit."""
    units = {one.unit for one in everywhere}
    is_known = len(units) == 1 and None not in units
    enrolled = (sum(one.enrolled or 0 for one in everywhere), units.pop()) if is_known else (None, None)
    return _so_far(
        "", services().settings.district_name, sum(one.at_least for one in everywhere), enrolled, step
    )


def _so_far(slug: str, name: str, at_least: int, enrolled: tuple[int | None, str | None], step: int) -> SoFar:
    of, unit = enrolled[0] or 0, enrolled[1] or ""
    rate = whole_percent(at_least, of) if of else None
    return SoFar(
        slug=slug,
        name=name,
        at_least=number(at_least) if at_least else _("fewer than %(step)s", step=step),
        enrolled=unit_count(of, unit) if of else "",
        per_hundred=str(rate) if at_least and rate is not None else "",
        sentence=_sentence(name, at_least, rate, unit, step),
        chart=charts.so_far(at_least, of, unit, language=current()) if of and at_least else None,
    )


def _sentence(name: str, at_least: int, rate: int | None, unit: str, step: int) -> str:
    told = {"name": name, "count": number(at_least), "rate": rate}
    if not at_least:
        return _("%(name)s has fewer than %(step)s surveys so far.", name=name, step=step)
    if rate is None:
        return _("%(name)s has at least %(count)s surveys so far.", **told)
    if unit == "families":
        return _("%(name)s has at least %(count)s surveys so far: %(rate)s for every 100 families.", **told)
    return _("%(name)s has at least %(count)s surveys so far: %(rate)s for every 100 pupils.", **told)
