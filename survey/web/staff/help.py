"""Surveys with somebody of the school at hand: handing one's phone to a family, and a tablet that stands at the school."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import logout_user
from markupsafe import Markup

from survey.administration import staff as administration
from survey.documents import qr
from survey.storage import windows
from survey.storage.sites import Site
from survey.storage.windows import Window, WindowState
from survey.web import language
from survey.web.family import kiosk_url
from survey.web.services import services
from survey.web.staff import links
from survey.web.staff.access import Access, me, my_windows, page, site_here, window_here
from survey.web.staff.windows import WindowShown, shown
from survey.wording import LANGUAGES


@dataclass(frozen=True, slots=True)
class Choice:
    """A window that takes surveys, with the schools one may help at."""

    shown: WindowShown
    sites: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class Tablet:
    """Where a tablet begins, and returns to after each family: in this language."""

    language: str
    name: str
    address: str
    squares: Markup


@page("/help", Access.SIGNED_IN)
def with_families() -> ResponseReturnValue:
    """Every survey that can be started or keyed in today, school by school; straight on where there is only one."""
    taking = [one for one in map(shown, my_windows()) if one.state in (WindowState.OPEN, WindowState.GRACE)]
    choices = [Choice(one, _my_sites_of(one.window)) for one in taking]
    only = [(choice, site) for choice in choices for site in choice.sites]
    if len(only) == 1:
        (choice, site), *_ = only
        return redirect(url_for("staff.help_here", window_id=choice.shown.window.id, slug=site.slug))
    return render_template("staff/with_families.html", choices=choices)


@page("/windows/<int:window_id>/sites/<slug>/help", Access.SIGNED_IN)
def help_here(window_id: int, slug: str) -> ResponseReturnValue:
    """What can be done for the families of one school today: hand over a phone, set up a tablet, key in paper."""
    window = window_here(window_id)
    site = site_here(window, slug)
    return render_template(
        "staff/help.html",
        shown=shown(window),
        site=site,
        languages=[(code, language.NAMES[code]) for code in _with_mine_last()],
        tablets=[_tablet(window, site, code) for code in reversed(LANGUAGES)],
        has_address=bool(services().settings.public_url),
    )


@page("/windows/<int:window_id>/sites/<slug>/hand-over", Access.SIGNED_IN, methods=("POST",))
def hand_over(window_id: int, slug: str) -> ResponseReturnValue:
    """Sign out, for good and everywhere, and begin a survey that knows nothing of who handed the phone over."""
    window = window_here(window_id)
    site = site_here(window, slug)
    chosen = request.form.get("l", "")
    if chosen not in LANGUAGES:
        abort(400)
    if shown(window).state is not WindowState.OPEN:
        return redirect(url_for("staff.help_here", window_id=window.id, slug=site.slug), 303)
    onward = redirect(kiosk_url(window, site, chosen), 303)
    administration.end_sessions(services().store, me().account)
    logout_user()
    # An empty session takes its cookie along, and with it whatever the browser would show on Back.
    session.clear()
    return onward


def _tablet(window: Window, site: Site, code: str) -> Tablet:
    address = links.base_url(services().settings) + kiosk_url(window, site, code)
    squares = Markup(qr.svg(address))  # noqa: S704 - squares, and no text of anybody's
    return Tablet(code, language.NAMES[code], address, squares)


def _my_sites_of(window: Window) -> tuple[Site, ...]:
    with services().store.reading() as db:
        return tuple(site for site in windows.sites_of(db, window.id) if me().may_see(site.slug))


def _with_mine_last() -> tuple[str, ...]:
    """The languages of surveys; whoever needs somebody at hand more often reads the other one."""
    return tuple(sorted(LANGUAGES, key=lambda code: code == language.current()))
