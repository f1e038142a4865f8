"""Results of a school or of the district in one release: question by question, and framework by framework."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from survey.documents import charts, printed
from survey.documents.names import Names
from survey.figures import Release
from survey.web.language import current
from survey.web.staff import by_framework, glance
from survey.web.staff.access import Access, page
from survey.web.staff.places import Place, district_place, site_place, with_district
from survey.web.staff.presented import Shown

_RELEASE = "/windows/<int:window_id>/releases/<int:number>"


@page(f"{_RELEASE}/sites/<slug>", Access.SIGNED_IN)
def site_results(window_id: int, number: int, slug: str) -> ResponseReturnValue:
    """A school's results, question by question."""
    return _by_item(site_place(window_id, number, slug))


@page(f"{_RELEASE}/district", Access.DISTRICT)
def district_results(window_id: int, number: int) -> ResponseReturnValue:
    """The district's results, question by question."""
    return _by_item(district_place(window_id, number))


@page(f"{_RELEASE}/sites/<slug>/frameworks", Access.SIGNED_IN)
def site_frameworks(window_id: int, number: int, slug: str) -> ResponseReturnValue:
    """The frameworks that a school's results can be read by."""
    return _frameworks(site_place(window_id, number, slug))


@page(f"{_RELEASE}/district/frameworks", Access.DISTRICT)
def district_frameworks(window_id: int, number: int) -> ResponseReturnValue:
    """The frameworks that the district's results can be read by."""
    return _frameworks(district_place(window_id, number))


@page(f"{_RELEASE}/sites/<slug>/frameworks/<framework>", Access.SIGNED_IN)
def site_framework(window_id: int, number: int, slug: str, framework: str) -> ResponseReturnValue:
    """A school's results by one framework."""
    return _framework(site_place(window_id, number, slug), framework)


@page(f"{_RELEASE}/district/frameworks/<framework>", Access.DISTRICT)
def district_framework(window_id: int, number: int, framework: str) -> ResponseReturnValue:
    """The district's results by one framework."""
    return _framework(district_place(window_id, number), framework)


def _by_item(place: Place) -> ResponseReturnValue:
    by = request.args.get("by", "")
    choices = _breakdowns(place)
    if by and by not in {one for one, _ in choices}:
        abort(404)
    shown = _shown(place, by)
    sections = [(section.title[current()], items) for section, items in shown.sections()]
    return render_template(
        "staff/site.html",
        place=place,
        sections=sections,
        glance=glance.of(shown),
        group_rows=shown.group_rows(),
        by=by,
        choices=choices,
        notes=_notes(place.release, by),
        hatching=charts.hatching(),
    )


def _frameworks(place: Place) -> ResponseReturnValue:
    found = by_framework.all_of(place.release, current())
    return render_template("staff/frameworks.html", place=place, frameworks=found)


def _framework(place: Place, framework_id: str) -> ResponseReturnValue:
    found = next((one for one in place.release.frameworks if one.id == framework_id), None) or abort(404)
    return render_template(
        "staff/framework.html",
        place=place,
        framework=found,
        frameworks=by_framework.all_of(place.release, current()),
        nodes=by_framework.nodes(_shown(place), found, current()),
        hatching=charts.hatching(),
    )


def _shown(place: Place, by: str = "") -> Shown:
    release = with_district(place) if place.slug else place.release
    return Shown(release, place.row, current(), by=by)


def _breakdowns(place: Place) -> list[tuple[str, str]]:
    """The breakdowns that a page can be split by, with their texts; for the district also two at once."""
    names = Names(place.release)
    single = [one for one in place.release.breakdowns if not (one.district_only and place.slug)]
    ids = [one.id for one in single]
    if not place.slug:
        ids += [f"{one.id};{two.id}" for at, one in enumerate(single) for two in single[at + 1 :]]
    return [(one, names.breakdown(one)[current()]) for one in ids]


def _notes(release: Release, by: str) -> list[str]:
    breakdowns = [release.breakdown(one) for one in by.split(";")] if by else []
    return [printed.note(one, key, told, current()) for one in breakdowns if one for key, told in one.notes]
