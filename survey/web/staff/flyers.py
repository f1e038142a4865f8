"""Flyers and paper: everything printed about a window at a school, one click each."""

from dataclasses import dataclass

from flask import Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from survey.documents import flyers, questionnaire
from survey.documents.flyers import Kind
from survey.documents.handout import ORDER
from survey.documents.typesetting import Paper
from survey.storage import windows
from survey.storage.sites import Site
from survey.storage.windows import Window
from survey.web.services import Services, services
from survey.web.staff.access import Access, page, site_here, window_here
from survey.web.staff.handouts import PRINTABLE, file_name, handout
from survey.web.staff.spoken import _
from survey.web.staff.windows import shown


@dataclass(frozen=True, slots=True)
class Printed:
    """Something to print: how it is called in addresses and files, and what a page says of it."""

    name: str
    title: str
    text: str


@page("/windows/<int:window_id>/sites/<slug>/print", Access.SIGNED_IN)
def printed(window_id: int, slug: str) -> ResponseReturnValue:
    """What can be printed for this school, and what stands on it."""
    window, site = _here(window_id, slug)
    found = services()
    return render_template(
        "staff/printed.html",
        shown=shown(window),
        site=site,
        handout=handout(found, window, site),
        can_print=_can_print(window),
        has_address=bool(found.settings.public_url),
        has_contact=bool(site.contact or site.phone),
        flyers=_flyers(),
        questionnaires=_questionnaires(),
        sizes=((Paper.LETTER, _("Letter")), (Paper.A4, _("A4"))),
    )


@page("/windows/<int:window_id>/sites/<slug>/print/<name>.pdf", Access.SIGNED_IN)
def printed_file(window_id: int, slug: str, name: str) -> ResponseReturnValue:
    """One of them as a PDF."""
    window, site = _here(window_id, slug)
    what, _dash, size = name.rpartition("-")
    if what not in NAMES or size not in set(Paper):
        abort(404)
    if not _can_print(window):
        return redirect(url_for("staff.printed", window_id=window.id, slug=slug))
    response = Response(make(services(), window, site, what, Paper(size)), content_type="application/pdf")
    file = file_name(window, site, f"{what}-{size}.pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


# What can be printed: a flyer of each kind, and the questionnaire in both languages or in one.
NAMES = (*(f"flyer-{kind}" for kind in Kind), "questionnaire", *(f"questionnaire-{each}" for each in ORDER))


def make(found: Services, window: Window, site: Site, what: str, paper: Paper) -> bytes:
    """The PDF of one of ``NAMES``."""
    about = handout(found, window, site)
    kind, _dash, which = what.partition("-")
    if kind == "flyer":
        return flyers.to_pdf(about, Kind(which), paper)
    with found.store.reading() as db:
        instrument = windows.instrument(db, window)
    sheet = questionnaire.Sheet(about, window.name, found.settings.minimum_group)
    return questionnaire.to_pdf(sheet, instrument, paper, (which,) if which else ORDER)


def _here(window_id: int, slug: str) -> tuple[Window, Site]:
    window = window_here(window_id)
    return window, site_here(window, slug)


def _can_print(window: Window) -> bool:
    return windows.state(window, services().settings.current_date()) in PRINTABLE


def _flyers() -> tuple[Printed, ...]:
    return (
        Printed("flyer-page", _("Full page"), _("For the door, the office and the backpack.")),
        Printed("flyer-half", _("Half page"), _("Two on a sheet, to cut once.")),
        Printed("flyer-quarter", _("Quarter page"), _("Four on a sheet, to cut twice.")),
        Printed("flyer-card", _("Cards"), _("Eight on a sheet, to hand out at the gate.")),
    )


def _questionnaires() -> tuple[Printed, ...]:
    return (
        Printed(
            "questionnaire", _("Both languages"), _("Spanish first, then English, each on its own sheets.")
        ),
        Printed("questionnaire-es", _("Spanish only"), _("For families who read Spanish.")),
        Printed("questionnaire-en", _("English only"), _("For families who read English.")),
    )
