"""The page staff begin at: what is open, what is released, and what needs doing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from survey.releases import read
from survey.storage import enrolment, sites
from survey.storage.windows import WindowState
from survey.web.services import services
from survey.web.staff.access import Access, me, my_windows, page
from survey.web.staff.places import Place, places_of
from survey.web.staff.spoken import _
from survey.web.staff.windows import WindowShown, shown


@dataclass(frozen=True, slots=True)
class Task:
    """Something that needs doing, in a sentence, and the button that leads to it."""

    text: str
    button: str
    href: str


@page("/", Access.SIGNED_IN)
def home() -> ResponseReturnValue:
    """What there is to see and to do today."""
    windows = [shown(window) for window in my_windows()]
    collecting = [one for one in windows if one.state in _COLLECTING]
    released = [one for one in windows if one.state is WindowState.RELEASED]
    return render_template(
        "staff/home.html",
        tasks=list(_tasks(windows)) if me().is_district else [],
        collecting=collecting,
        coming=[one for one in windows if one.state is WindowState.SCHEDULED],
        waiting=[one for one in windows if one.state in (WindowState.ENDED, WindowState.SEALED)],
        released=[(one, *_places(one)) for one in released],
    )


_COLLECTING = (WindowState.OPEN, WindowState.GRACE)


def _places(one: WindowShown) -> tuple[Place | None, list[Place]]:
    """The district, for those who may see it, and one's schools in the newest release."""
    release = read.latest(services().store, one.window.name)
    if release is None:
        return None, []
    district = Place(one.window, release, release.district, "") if me().is_district else None
    return district, places_of(one.window, release)


def _tasks(windows: Sequence[WindowShown]) -> Iterator[Task]:
    """What the district has to do next, the first thing first."""
    with services().store.reading() as db:
        schools, known = len(sites.all_sites(db)), len(enrolment.totals(db))
    if not schools:
        yield Task(_("No school is set up yet."), _("Import schools"), url_for("staff.schools"))
        return
    for one in windows:
        if one.state is WindowState.ENDED:
            yield Task(
                _("%(name)s has ended. Close it to seal it.", name=one.window.name),
                _("Close this window"),
                url_for("staff.close_window", window_id=one.window.id),
            )
        elif one.state is WindowState.SEALED:
            yield Task(
                _("%(name)s is sealed and has no release yet.", name=one.window.name),
                _("Make a release"),
                url_for("staff.new_release", window_id=one.window.id),
            )
    if known < schools:
        yield Task(
            _("Enrollment is not known for every school, so participation cannot be measured everywhere."),
            _("Import enrollment"),
            url_for("staff.enrollment"),
        )
    if not windows:
        yield Task(_("There is no survey window yet."), _("Open a window"), url_for("staff.new_window"))
