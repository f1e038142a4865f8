"""Household codes: how many each school was given, making more of them, and making them void."""

import io
import re
import zipfile
from dataclasses import dataclass

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.administration import codes as administration
from survey.administration.faults import Refused
from survey.storage import codes as stored
from survey.storage import enrolment, windows
from survey.storage.codes import Given
from survey.storage.sites import Site
from survey.storage.windows import Window
from survey.web.services import services
from survey.web.staff import code_files, handouts
from survey.web.staff.access import Access, page, site_here, window_here
from survey.web.staff.code_files import Kind
from survey.web.staff.spoken import _
from survey.web.staff.windows import shown
from survey.web.staff.words import refusal

TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "zip": "application/zip"}
# What is laid out while somebody waits for it.
MOST_ON_SHEETS = 1_000


@dataclass(frozen=True, slots=True)
class GivenHere:
    """A school with how many codes it was given, and how many families it has, where that is known."""

    site: Site
    given: Given
    families: int | None


@page("/windows/<int:window_id>/codes", Access.DISTRICT)
def codes(window_id: int) -> ResponseReturnValue:
    """How many codes were made, school by school; how many were used is told by a release alone."""
    return _page(window_here(window_id))


@page("/windows/<int:window_id>/codes/make", Access.DISTRICT, methods=("POST",))
def make_codes(window_id: int) -> ResponseReturnValue:
    """New codes, as the one file that tells them."""
    window = window_here(window_id)
    slug = request.form.get("site", "")
    kind = request.form.get("kind", "")
    count = _count()
    if kind not in set(Kind) or count is None:
        return _page(window, _("Please say how many codes, and what to print them on.")), 422
    if kind != Kind.CSV and count > MOST_ON_SHEETS:
        return _page(
            window, _("Make at most %(most)s codes on sheets at once, or a list.", most=MOST_ON_SHEETS)
        ), 422
    found = services()
    today = found.settings.current_date()
    try:
        made = administration.make(found.store, found.settings.secret, window.name, slug, count, today)
    except Refused as refused:
        return _page(window, refusal(refused)), 422
    site = site_here(window, slug)
    return _download(window, site, code_files.to_files(found, window, site, made, Kind(kind)))


@page("/windows/<int:window_id>/codes/void", Access.DISTRICT, methods=("POST",))
def void_codes(window_id: int) -> ResponseReturnValue:
    """Make a school's codes void, once it was said that this is understood."""
    window = window_here(window_id)
    slug = request.form.get("site", "")
    if "understood" not in request.form:
        return _page(window, _("Please confirm that the sheets handed out can not be used any more.")), 422
    try:
        administration.void(services().store, window.name, slug, services().settings.current_date())
    except Refused as refused:
        return _page(window, refusal(refused)), 422
    school = site_here(window, slug).name
    flash(_("The codes of %(school)s are void. Make new ones for its families.", school=school))
    return redirect(url_for("staff.codes", window_id=window.id), 303)


def _page(window: Window, problem: str = "") -> str:
    with services().store.reading() as db:
        given = stored.given(db, window.id)
        families = enrolment.totals(db)
        there = windows.sites_of(db, window.id)
    schools = [GivenHere(site, given[site.id], _families(families.get(site.slug))) for site in there]
    seen = shown(window)
    return render_template(
        "staff/codes.html",
        shown=seen,
        schools=schools,
        can_make=bool(window.code_uses) and seen.state in administration.BEFORE_ITS_END,
        typed=request.form,
        problem=problem,
        has_address=bool(services().settings.public_url),
    )


def _download(window: Window, site: Site, files: tuple[tuple[str, bytes], ...]) -> Response:
    (name, body), *more = files
    if more:
        name, body = handouts.file_name(window, site, "codes.zip"), _zipped(files)
    response = Response(body, content_type=TYPES[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _zipped(files: tuple[tuple[str, bytes], ...]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, body in files:
            archive.writestr(name, body)
    return packed.getvalue()


def _count() -> int | None:
    typed = request.form.get("count", "").strip()
    return int(typed) if re.fullmatch("[0-9]{1,5}", typed) else None


def _families(total: tuple[int, str] | None) -> int | None:
    return total[0] if total and total[1] == "families" else None
