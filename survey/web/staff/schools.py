"""The district's schools and their enrollment: what is stored, and the files they come from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from survey.administration import enrolment as enrolment_admin
from survey.administration import sites as sites_admin
from survey.administration.faults import ImportFaults, LineFault, Refused
from survey.storage import enrolment, sites
from survey.storage.enrolment import Enrolment
from survey.web.services import services
from survey.web.staff.access import Access, page
from survey.web.staff.spoken import _, ngettext
from survey.web.staff.words import refusal

# A file with more faults than this is the wrong file: the first ones say so.
FAULTS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class FaultsShown:
    """What is wrong with a file, line by line, as far as a page shows it."""

    rows: tuple[tuple[int, str, str], ...]
    more: int


@page("/schools", Access.DISTRICT)
def schools() -> ResponseReturnValue:
    """Every school, and the form that imports more."""
    return _schools()


@page("/schools/import", Access.DISTRICT, methods=("POST",))
def import_schools() -> ResponseReturnValue:
    """Add or change schools from a file, or say everything that is wrong with it."""
    return _import(_add_schools, _schools, "/staff/schools")


@page("/enrollment", Access.DISTRICT)
def enrollment() -> ResponseReturnValue:
    """How many families or pupils each school has, and the form that replaces it."""
    return _enrollment()


@page("/enrollment/import", Access.DISTRICT, methods=("POST",))
def import_enrollment() -> ResponseReturnValue:
    """Replace all enrollment from a file, or say everything that is wrong with it."""
    return _import(_replace_enrollment, _enrollment, "/staff/enrollment")


def _import(take: Callable[[bytes], str], show: Callable[..., str], then: str) -> ResponseReturnValue:
    file = request.files.get("file")
    content = file.read() if file else b""
    try:
        flash(take(content))
    except ImportFaults as wrong:
        return show(faults=_shown(wrong.faults)), 422
    except Refused as refused:
        return show(problem=refusal(refused)), 422
    return redirect(then, 303)


def _add_schools(content: bytes) -> str:
    done = sites_admin.import_csv(services().store, content)
    return _(
        "Schools added: %(added)s. Changed: %(changed)s. As before: %(unchanged)s.",
        added=done.added,
        changed=done.changed,
        unchanged=done.unchanged,
    )


def _replace_enrollment(content: bytes) -> str:
    rows = enrolment_admin.import_csv(services().store, content)
    return ngettext("Enrollment is replaced: %(num)s row.", "Enrollment is replaced: %(num)s rows.", rows)


def _schools(*, faults: FaultsShown | None = None, problem: str = "") -> str:
    with services().store.reading() as db:
        found = sites.all_sites(db)
        totals = enrolment.totals(db)
    return render_template("staff/schools.html", schools=found, totals=totals, faults=faults, problem=problem)


def _enrollment(*, faults: FaultsShown | None = None, problem: str = "") -> str:
    with services().store.reading() as db:
        rows = enrolment.all_rows(db)
        found = sites.all_sites(db)
        totals = enrolment.totals(db)
    names = {site.slug: site.name for site in found}
    return render_template(
        "staff/enrollment.html",
        schools=found,
        totals=totals,
        parts=_parts(rows),
        names=names,
        faults=faults,
        problem=problem,
    )


def _parts(rows: Sequence[Enrolment]) -> tuple[Enrolment, ...]:
    """The rows that say more than a total."""
    return tuple(row for row in rows if row.home_language or row.grade_band)


def _shown(faults: Sequence[LineFault]) -> FaultsShown:
    rows = tuple(
        (fault.line, fault.column, _(fault.message, **fault.values)) for fault in faults[:FAULTS_SHOWN]
    )
    return FaultsShown(rows, max(0, len(faults) - FAULTS_SHOWN))
