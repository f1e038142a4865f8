"""What surrounds every staff page: who is signed in, the menu, and whether the data are made up."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user
from flask_wtf.csrf import CSRFError

from survey.storage import installation
from survey.web.services import services
from survey.web.staff.access import Person, me, pages


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
        "district": found.settings.district_name,
        "made_up": made_up,
        "menu": _menu(person) if person else (),
        "here": request.full_path.rstrip("?") if request.method == "GET" else url_for("staff.home"),
    }


@pages.errorhandler(CSRFError)
def form_is_stale(_fault: CSRFError) -> ResponseReturnValue:
    """A form whose token does not belong to this session: nothing was done, and the way on is told."""
    return render_template("staff/stale.html"), 400


def _menu(person: Person) -> tuple[Entry, ...]:
    entries = [("staff.home", _("Home"))]
    if person.is_district:
        entries += []
    return tuple(Entry(name, url_for(endpoint), request.endpoint == endpoint) for endpoint, name in entries)
