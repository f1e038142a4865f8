"""Windows: the list, opening, extending and closing one, and the links that preview its survey."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey import catalogue
from survey.administration import windows as administration
from survey.administration.faults import Refused
from survey.catalogue import Catalogue, ContentFaults
from survey.storage import windows
from survey.storage.sites import Site
from survey.storage.windows import Window, WindowState
from survey.web.family import preview_url
from survey.web.language import current
from survey.web.services import services
from survey.web.staff.access import Access, me, my_sites, my_windows, page, window_here
from survey.web.staff.spoken import _, ngettext
from survey.web.staff.words import refusal, state_name, state_sentence


@dataclass(frozen=True, slots=True)
class WindowShown:
    """A window as lists and pages show it today."""

    window: Window
    title: str
    state: WindowState
    name: str
    sentence: str

    @property
    def is_sealed(self) -> bool:
        """Whether it takes no more answers and a release can be made."""
        return self.state in (WindowState.SEALED, WindowState.RELEASED)


def shown(window: Window) -> WindowShown:
    """A window with its title and its state today, in the reader's language."""
    found = services()
    today = found.settings.current_date()
    state = windows.state(window, today)
    with found.store.reading() as db:
        title = windows.instrument(db, window).title[current()]
    return WindowShown(window, title, state, state_name(state), state_sentence(window, state, today))


@page("/windows", Access.SIGNED_IN)
def window_list() -> ResponseReturnValue:
    """Every window that one may see, the newest first."""
    return render_template("staff/windows.html", windows=[shown(window) for window in my_windows()])


@page("/windows/<int:window_id>", Access.SIGNED_IN)
def window(window_id: int) -> ResponseReturnValue:
    """One window: its state, its schools, and what can be done with it."""
    return _window(window_here(window_id))


@page("/windows/new", Access.DISTRICT, methods=("GET", "POST"))
def new_window() -> ResponseReturnValue:
    """Open a window, or say why it can not be opened, with everything typed still there."""
    try:
        content = catalogue.load(services().settings.survey_content)
    except ContentFaults as faulty:
        return render_template("staff/new_window.html", content_faults=len(faulty.faults)), 500
    if request.method == "GET":
        return _new(content, {"site": [site.slug for site in my_sites()]})
    opens, closes = _day("opens"), _day("closes")
    if opens is None or closes is None:
        return _new(content, request.form.to_dict(flat=False), _("Please give both dates.")), 422
    slugs = request.form.getlist("site")
    if not slugs:
        return _new(content, request.form.to_dict(flat=False), _("Please mark at least one school.")), 422
    found = services()
    try:
        made = administration.open_window(
            found.store,
            content,
            request.form.get("name", "").strip(),
            request.form.get("survey", ""),
            opens,
            closes,
            slugs,
            found.settings.current_date(),
            _code_uses(),
        )
    except Refused as refused:
        return _new(content, request.form.to_dict(flat=False), refusal(refused)), 422
    flash(_("The window %(name)s is set up. Look at the preview before families do.", name=made.name))
    return redirect(url_for("staff.window", window_id=made.id), 303)


@page("/windows/<int:window_id>/extend", Access.DISTRICT, methods=("POST",))
def extend_window(window_id: int) -> ResponseReturnValue:
    """Let a window close on a later day."""
    here = window_here(window_id)
    closes = _day("closes")
    if closes is None:
        return _window(here, _("Please give a date.")), 422
    try:
        administration.extend(services().store, here.name, closes, services().settings.current_date())
    except Refused as refused:
        return _window(here, refusal(refused)), 422
    flash(_("The window stays open longer."))
    return redirect(url_for("staff.window", window_id=here.id), 303)


@page("/windows/<int:window_id>/close", Access.DISTRICT, methods=("GET", "POST"))
def close_window(window_id: int) -> ResponseReturnValue:
    """Say what closing cuts off and what sealing means; then close and seal."""
    here = window_here(window_id)
    if request.method == "GET" or "understood" not in request.form:
        today = services().settings.current_date()
        left = max(0, (here.grace_ends - today).days)
        return render_template("staff/close_window.html", shown=shown(here), grace_left=left)
    try:
        done = administration.close(services().store, here.name, services().settings.current_date())
    except Refused as refused:
        return _window(here, refusal(refused)), 422
    flash(_("The window is closed and sealed. A release can be made now."))
    if done.days_cut_off:
        flash(
            ngettext(
                "This cut off %(num)s day on which surveys would still have been taken.",
                "This cut off %(num)s days on which surveys would still have been taken.",
                done.days_cut_off,
            )
        )
    return redirect(url_for("staff.window", window_id=here.id), 303)


def _window(here: Window, problem: str = "") -> str:
    with services().store.reading() as db:
        present = windows.sites_of(db, here.id)
    seen = [site for site in present if me().may_see(site.slug)]
    return render_template(
        "staff/window.html", shown=shown(here), schools=_with_previews(here, seen), problem=problem
    )


def _with_previews(here: Window, seen: Sequence[Site]) -> list[tuple[Site, str]]:
    return [(site, preview_url(here, site, current())) for site in seen]


def _new(content: Catalogue, typed: dict[str, list[str]], problem: str = "") -> str:
    return render_template(
        "staff/new_window.html",
        instruments=content.instruments.values(),
        schools=my_sites(),
        typed=typed,
        problem=problem,
    )


def _code_uses() -> int:
    """How often each household code can be used, 0 without codes; what is no number is refused as none can be."""
    typed = request.form.get("code_uses", "").strip() or "0"
    return int(typed) if re.fullmatch("[0-9]{1,3}", typed) else -1


def _day(field: str) -> date | None:
    try:
        return date.fromisoformat(request.form.get(field, ""))
    except ValueError:
        return None
