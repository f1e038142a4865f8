"""Releases: the list, and one release with what is withheld and why."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from survey.documents import printed
from survey.figures import Figure, FigureStatus
from survey.releases import read, sets
from survey.web.language import current
from survey.web.services import services
from survey.web.staff.access import Access, my_windows, page, window_here
from survey.web.staff.places import Place, places_of
from survey.web.staff.windows import shown


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many figures of a release are not shown as a plain number, for one reason."""

    reason: str
    figures: int


@page("/results", Access.SIGNED_IN)
def results() -> ResponseReturnValue:
    """The newest releases of each window that one may see, each with the schools in it."""
    found = []
    for window in my_windows():
        made = read.newest(services().store, window.name) if window.released else ()
        places = [(Place(window, one, one.district, ""), places_of(window, one)) for one in made]
        if places:
            found.append((shown(window), places))
    return render_template(
        "staff/results.html", found=found, releases=sum(len(places) for _, places in found)
    )


@page("/windows/<int:window_id>/results", Access.SIGNED_IN)
def newest_release(window_id: int) -> ResponseReturnValue:
    """On to the release of a window that is looked at first: of its coded surveys, where it has household codes."""
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
        left=sets.choices(services().store, window.name),
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


def _by_reason(figures: tuple[Figure, ...]) -> tuple[Withheld, ...]:
    """The commonest reason first."""
    counts: dict[str, int] = {}
    for figure in figures:
        if figure.status is not FigureStatus.PUBLISHED:
            reason = printed.reason(figure, current())
            counts[reason] = counts.get(reason, 0) + 1
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Withheld(reason, count) for reason, count in ordered)
