"""What surrounds every staff page: who is signed in, the menu, and whether the data are made up."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_wtf.csrf import CSRFError

from survey.storage import installation
from survey.web.services import services
from survey.web.staff.access import Person, me, pages
from survey.web.staff.spoken import _
from survey.web.staff.words import unit_count


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu."""

    name: str
    href: str
    is_here: bool


@pages.context_processor
def surroundings() -> dict[str, Any]:
    """What every template of a staff page may use."""
    person = me() if current_user.is_authenticated else None
    found = services()
    with found.store.reading() as db:
        made_up = installation.is_made_up(db)
    return {
        "person": person,
        "district_name": found.settings.district_name,
        "made_up": made_up,
        "menu": _menu(person) if person else (),
        "unit_count": unit_count,
        "here": request.full_path.rstrip("?") if request.method == "GET" else url_for("staff.home"),
    }


@pages.errorhandler(CSRFError)
def form_is_stale(_fault: CSRFError) -> ResponseReturnValue:
    """A form whose token does not belong to this session: nothing was done, and the way on is told."""
    return render_template("staff/stale.html"), 400


@pages.app_template_filter("capfirst")
def capfirst(text: str) -> str:
    """A text that begins a sentence."""
    return text[:1].upper() + text[1:]


def _menu(person: Person) -> tuple[Entry, ...]:
    """Where one can go. An entry is in force on the pages of its modules, or on those named one by one."""
    entries = [
        ("staff.home", _("Home"), {"home"}),
        ("staff.window_list", _("Surveys"), {"windows", "participation", "flyers", "comments"}),
        ("staff.with_families", _("With families"), {"help", "paper", "keying"}),
        ("staff.results", _("Results"), {"releases", "results"}),
    ]
    if person.is_district:
        entries += [
            ("staff.schools", _("Schools"), {"staff.schools", "staff.import_schools"}),
            ("staff.enrollment", _("Enrollment"), {"staff.enrollment", "staff.import_enrollment"}),
            ("staff.people", _("Staff"), {"people"}),
        ]
    endpoint = request.endpoint or ""
    view = current_app.view_functions.get(endpoint)
    here = {endpoint, view.__module__.rpartition(".")[2] if view else ""}
    return tuple(Entry(name, url_for(leads_to), bool(here & names)) for leads_to, name, names in entries)
