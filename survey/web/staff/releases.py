"""Releases: the list, one release with what is withheld and why, and the button that makes one."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from survey import catalogue
from survey.catalogue import ContentFaults
from survey.documents import printed
from survey.figures import Figure, FigureStatus
from survey.releases import make, read
from survey.releases.make import Reason, Refused
from survey.storage.windows import Window
from survey.web.language import current
from survey.web.services import services
from survey.web.staff.access import Access, my_windows, page, window_here
from survey.web.staff.places import Place, places_of
from survey.web.staff.spoken import _
from survey.web.staff.windows import shown


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many figures of a release are not shown as a plain number, for one reason."""

    reason: str
    figures: int


@page("/results", Access.SIGNED_IN)
def results() -> ResponseReturnValue:
    """The newest release of each window that one may see, with the schools in it."""
    found = []
    for window in my_windows():
        release = read.latest(services().store, window.name) if window.released else None
        if release is not None:
            district = Place(window, release, release.district, "")
            found.append((shown(window), district, places_of(window, release)))
    return render_template("staff/results.html", found=found)


@page("/windows/<int:window_id>/results", Access.SIGNED_IN)
def newest_release(window_id: int) -> ResponseReturnValue:
    """On to the newest release of a window."""
    window = window_here(window_id)
    found = read.latest(services().store, window.name) or abort(404)
    return redirect(url_for("staff.release", window_id=window.id, number=found.number))


@page("/windows/<int:window_id>/releases/<int:number>", Access.SIGNED_IN)
def release(window_id: int, number: int) -> ResponseReturnValue:
    """One release: what was counted, and whose results can be seen."""
    window = window_here(window_id)
    found = read.head(services().store, window.name, number) or abort(404)
    return render_template(
        "staff/release.html",
        window=window,
        district=Place(window, found, found.district, ""),
        places=places_of(window, found),
    )


@page("/windows/<int:window_id>/releases/<int:number>/withheld", Access.DISTRICT)
def withheld(window_id: int, number: int) -> ResponseReturnValue:
    """What a release does not show as a plain number, by reason; a reason never tells a size."""
    window = window_here(window_id)
    found = read.with_figures(services().store, window.name, number) or abort(404)
    plain = sum(figure.status is FigureStatus.PUBLISHED for figure in found.figures)
    return render_template(
        "staff/withheld.html",
        district=Place(window, found, found.district, ""),
        plain=plain,
        total=len(found.figures),
        withheld=_by_reason(found.figures),
    )


@page("/windows/<int:window_id>/release", Access.DISTRICT, methods=("POST",))
def make_release(window_id: int) -> ResponseReturnValue:
    """Make a release of a sealed window and go on to it, or say why none is made."""
    window = window_here(window_id)
    found = services()
    try:
        frameworks = catalogue.load(found.settings.survey_content).frameworks
        made = make.make(
            found.store,
            window.name,
            frameworks,
            found.settings.minimum_group,
            found.settings.current_date(),
            district_name=found.settings.district_name,
        )
    except ContentFaults:
        return _not_made(window, _("The content has faults. On the server, survey check lists them.")), 422
    except Refused as refused:
        return _not_made(window, _why(refused.reason, found.settings.minimum_group)), 422
    flash(_("The release is made and stored. It never changes."))
    return redirect(url_for("staff.release", window_id=window.id, number=made.number), 303)


def _not_made(window: Window, why: str) -> str:
    return render_template("staff/not_released.html", window=window, why=why)


def _why(reason: Reason, minimum: int) -> str:
    sentences = {
        Reason.UNKNOWN_WINDOW: _("There is no such window."),
        Reason.NOT_SEALED: _("The window is not sealed yet. Close it first: closing seals it."),
        Reason.NOTHING_NEW: _("The newest release holds every survey already."),
        Reason.LATE_ANSWERS: _(
            "Surveys came in after the first release. A second release could be subtracted from the first, "
            "and nothing checks that yet, so none is made."
        ),
        Reason.TOO_FEW: _(
            "Fewer than %(minimum)s families answered in the whole district: any figure would show a small group.",
            minimum=minimum,
        ),
        Reason.MADE_MEANWHILE: _("Somebody else made a release at this moment. Nothing was changed."),
    }
    return sentences[reason]


def _by_reason(figures: tuple[Figure, ...]) -> tuple[Withheld, ...]:
    """The commonest reason first."""
    counts: dict[str, int] = {}
    for figure in figures:
        if figure.status is not FigureStatus.PUBLISHED:
            reason = printed.reason(figure, current())
            counts[reason] = counts.get(reason, 0) + 1
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Withheld(reason, count) for reason, count in ordered)
