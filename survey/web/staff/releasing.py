"""Making a release: what stands out among the open surveys, which surveys to release, and the button."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey import catalogue
from survey.catalogue import ContentFaults
from survey.documents import printed
from survey.figures import Release, Responses
from survey.releases import make, screening, sets
from survey.releases.screening import Flag, Screening, Signal
from survey.releases.sets import Choices, NothingNew, ReleaseProblem, ReleaseRefused
from survey.storage.windows import Window
from survey.web.language import current, number
from survey.web.services import services
from survey.web.staff.access import Access, page, window_here
from survey.web.staff.spoken import _
from survey.web.staff.words import unit_count

BOTH = "both"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to release a window with household codes."""

    value: str
    text: str
    hint: str


@page("/windows/<int:window_id>/release", Access.DISTRICT)
def new_release(window_id: int) -> ResponseReturnValue:
    """What to look at before a release is made, and the button that makes it."""
    window = window_here(window_id)
    found = sets.choices(services().store, window.name)
    seen = screening.screen(services().store, window.name, services().settings.minimum_group)
    if found is None or seen is None:
        # It says there what has to be done first.
        return redirect(url_for("staff.window", window_id=window.id))
    if not found.left:
        return redirect(url_for("staff.newest_release", window_id=window.id))
    return render_template(
        "staff/new_release.html",
        window=window,
        choices=_choices(found),
        only=_only(found),
        looked_at=_looked_at(seen),
        flags=_flagged(seen.flags),
    )


@page("/windows/<int:window_id>/release", Access.DISTRICT, methods=("POST",))
def make_release(window_id: int) -> ResponseReturnValue:
    """Make the release that was asked for and go on to it, or say why none is made."""
    window = window_here(window_id)
    wanted = _wanted(request.form.get("responses", ""))
    if not wanted:
        return _not_made(window, _why(ReleaseProblem.CHOOSE)), 422
    made: tuple[Release, ...] = ()
    try:
        for which in wanted:
            made = (*made, _made(window, which))
    except ContentFaults:
        return _not_made(window, _("The content has faults. On the server, survey check lists them.")), 422
    except NothingNew as same:
        # Whoever pressed the button twice sees what the first press made.
        flash(_("This release is made already. It never changes."))
        return redirect(url_for("staff.release", window_id=window.id, number=same.number), 303)
    except ReleaseRefused as refused:
        if not made:
            return _not_made(window, _why(refused.problem, wanted[0])), 422
        flash(_("The release is made and stored. It never changes."))
        flash(_("There is no second release. %(why)s", why=_why(refused.problem, wanted[-1])))
    else:
        flash(
            _("The release is made and stored. It never changes.")
            if len(made) == 1
            else _("Two releases are made and stored, one of each kind of survey. They never change.")
        )
    return redirect(url_for("staff.release", window_id=window.id, number=made[0].number), 303)


def _made(window: Window, which: Responses) -> Release:
    found = services()
    return make.make(
        found.store,
        window.name,
        catalogue.load(found.settings.survey_content).frameworks,
        found.settings.minimum_group,
        found.settings.current_date(),
        district_name=found.settings.district_name,
        responses=which,
    )


def _wanted(value: str) -> Sequence[Responses]:
    """Which releases the form asks for, the first one first; none where it names none."""
    if value == BOTH:
        return (Responses.CODED, Responses.OPEN)
    # The form of a window without codes has nothing to choose.
    return [which for which in Responses if which.value == (value or Responses.ALL)]


def _choices(found: Choices) -> list[Choice]:
    """What can be chosen; nothing where there is only one thing to do."""
    if len(found.left) < 2:
        return []
    return [
        Choice(
            Responses.CODED,
            _("Surveys with a household code alone"),
            _("Nobody can add to these figures without a code."),
        ),
        Choice(
            Responses.OPEN,
            _("Surveys from the open link alone"),
            _("With those from a school device and on paper. Nothing keeps one person from sending several."),
        ),
        Choice(
            BOTH,
            _("Both, shown apart"),
            _("Two releases, one of each kind. Surveys of both kinds are never counted together."),
        ),
    ]


def _only(found: Choices) -> tuple[str, str]:
    """The one set that is left, as the form sends it and as the page calls it; without a name, all surveys."""
    which = found.left[0]
    return which.value, printed.HELD[which][current()] if which in printed.HELD else ""


def _looked_at(seen: Screening) -> str:
    if seen.surveys:
        return _(
            "At least %(count)s surveys came by the open link, at school or on paper.",
            count=number(seen.surveys),
        )
    return _(
        "Fewer than %(count)s surveys came by the open link, at school or on paper.",
        count=services().settings.minimum_group,
    )


def _flagged(flags: Sequence[Flag]) -> list[tuple[str, list[str]]]:
    """Each school where something stands out, with a sentence for each thing that does."""
    found: dict[str, list[str]] = {}
    for flag in flags:
        where = flag.site.name if flag.site else services().settings.district_name
        found.setdefault(where, []).append(_sentence(flag))
    return list(found.items())


def _sentence(flag: Flag) -> str:
    told = {"surveys": number(flag.surveys), "part": number(flag.part)}
    if flag.signal is Signal.ONE_SET:
        return _(
            "Of some %(surveys)s open surveys, at least %(part)s give the very same answers to every rated question.",
            **told,
        )
    if flag.signal is Signal.SHARED:
        return _(
            "Of some %(surveys)s open surveys, at least %(part)s agree with another one in every answer.",
            **told,
        )
    told["enrolled"] = unit_count(flag.enrolled, flag.unit)
    if not flag.coded:
        return _("At least %(surveys)s open surveys, where %(enrolled)s are enrolled.", **told)
    return _(
        "At least %(surveys)s open surveys beside at least %(coded)s with a household code, where %(enrolled)s are "
        "enrolled.",
        coded=number(flag.coded),
        **told,
    )


def _not_made(window: Window, why: str) -> str:
    return render_template("staff/not_released.html", window=window, why=why)


def _why(problem: ReleaseProblem, which: Responses = Responses.ALL) -> str:
    minimum = services().settings.minimum_group
    sentences = {
        ReleaseProblem.UNKNOWN_WINDOW: _("There is no such window."),
        ReleaseProblem.NOT_SEALED: _("The window is not sealed yet. Close it first: closing seals it."),
        ReleaseProblem.CHOOSE: _(
            "This window has household codes: surveys with a code and surveys from the open link are never counted "
            "together. Choose one kind, or both apart."
        ),
        ReleaseProblem.NO_CODES: _(
            "This window has no household codes: all its surveys are released together."
        ),
        ReleaseProblem.NOTHING_NEW: _("The newest release holds every survey already."),
        ReleaseProblem.LATE_ANSWERS: _(
            "Surveys came in after the first release. A second release could be subtracted from the first, "
            "and nothing checks that yet, so none is made."
        ),
        ReleaseProblem.TOO_FEW: {
            Responses.ALL: _(
                "Fewer than %(minimum)s families answered in the whole district: any figure would show a small group.",
                minimum=minimum,
            ),
            Responses.CODED: _(
                "Fewer than %(minimum)s surveys with a household code have answers in the whole district: any figure "
                "would show a small group.",
                minimum=minimum,
            ),
            Responses.OPEN: _(
                "Fewer than %(minimum)s surveys from the open link have answers in the whole district: any figure would "
                "show a small group.",
                minimum=minimum,
            ),
        }[which],
        ReleaseProblem.MADE_MEANWHILE: _("Somebody else made a release at this moment. Nothing was changed."),
    }
    return sentences[problem]
