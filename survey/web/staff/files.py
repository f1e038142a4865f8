"""Downloads of a release: one school's figures for its staff, the whole release for the district."""

import re

from flask import Response, abort
from flask.typing import ResponseReturnValue

from survey.documents.results_csv import to_csv
from survey.documents.workbook import to_xlsx
from survey.figures import Release, Responses
from survey.releases import read
from survey.storage.windows import Window
from survey.web.services import services
from survey.web.staff.access import Access, page, window_here
from survey.web.staff.places import site_place, with_district

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@page(
    "/windows/<int:window_id>/releases/<int:number>/sites/<slug>/results.<any(csv, xlsx):kind>",
    Access.SIGNED_IN,
)
def site_file(window_id: int, number: int, slug: str, kind: str) -> ResponseReturnValue:
    """One school's figures, or those of the schools it is counted together with."""
    place = site_place(window_id, number, slug)
    # A workbook sets the district beside the school; the CSV holds each figure of the school once.
    release = with_district(place) if kind == "xlsx" else place.release
    return _file(place.window, release, kind, place.row.slug)


@page("/windows/<int:window_id>/releases/<int:number>/results.<any(csv, xlsx):kind>", Access.DISTRICT)
def district_file(window_id: int, number: int, kind: str) -> ResponseReturnValue:
    """Every figure of a release."""
    window = window_here(window_id)
    release = read.with_figures(services().store, window.name, number) or abort(404)
    return _file(window, release, kind, None)


def file_name(window: str, number: int, site: str | None, kind: str, held: Responses = Responses.ALL) -> str:
    """A name that every system takes: small letters, digits and hyphens, whatever the window is called."""
    parts = (window, f"release-{number}{_HELD[held]}", site or "district")
    plain = "-".join(re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") or "window" for part in parts)
    return f"{plain[:120].strip('-')}.{kind}"


_HELD = {Responses.ALL: "", Responses.CODED: "-household-codes", Responses.OPEN: "-open-link"}


def _file(window: Window, release: Release, kind: str, site: str | None) -> Response:
    body = to_csv(release, site) if kind == "csv" else to_xlsx(release, site)
    response = Response(body, content_type=TYPES[kind])
    name = file_name(window.name, release.number, site, kind, release.responses)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
