"""A site as its families meet it: which surveys it has, and which of them can be answered today."""

from dataclasses import dataclass
from datetime import date

from flask import abort

from survey.storage import entrances, installation, windows
from survey.storage.sites import Site
from survey.storage.windows import Window, WindowState
from survey.web.services import services


@dataclass(frozen=True, slots=True)
class Place:
    """A site with all its windows, today.

    ``on_kiosk`` is whether its pages are read on a device that somebody of the school handed over, and
    that must forget each family before the next.
    """

    site: Site
    windows: tuple[Window, ...]
    is_made_up: bool
    today: date
    on_kiosk: bool = False

    def state(self, window: Window) -> WindowState:
        """What may be done with a window today."""
        return windows.state(window, self.today)

    def open_windows(self) -> list[Window]:
        """What can be answered today, what closes first before the rest."""
        able = [window for window in self.windows if self.state(window) is WindowState.OPEN]
        return sorted(able, key=lambda window: window.closes)

    def coming_windows(self) -> list[Window]:
        """What will open, the next first."""
        return [window for window in self.windows if self.state(window) is WindowState.SCHEDULED]

    def window(self, survey: str) -> Window | None:
        """The window that somebody who asks for this survey means: open, else coming, else the last that was."""
        its = [window for window in self.windows if window.survey == survey]
        for state in (WindowState.OPEN, WindowState.SCHEDULED):
            able = [window for window in its if self.state(window) is state]
            if able:
                return able[0] if state is WindowState.SCHEDULED else able[-1]
        return max(its, key=lambda window: window.closes, default=None)

    def served(self, survey: str, window_id: int) -> Window | None:
        """The window with this id, if it has this survey here, in whatever state."""
        return next((w for w in self.windows if w.id == window_id and w.survey == survey), None)


@dataclass(frozen=True, slots=True)
class District:
    """The whole district, as somebody sees it who has not chosen a school yet.

    ``survey`` is the one that is looked for, if it is open at all; then the sites are those that have it.
    """

    open_sites: tuple[Site, ...]
    is_made_up: bool
    survey: str | None = None
    site: None = None
    on_kiosk: bool = False


def find(slug: str) -> Place:
    """The place of a site; 404 where there is none."""
    if not slug.isprintable():
        abort(404)
    with services().store.glancing() as db:
        entrance = entrances.find(db, slug)
    if entrance is None:
        abort(404)
    return Place(entrance.site, entrance.windows, entrance.is_made_up, services().settings.current_date())


def district(survey: str | None = None) -> District:
    """The district with the sites where something can be answered today: this ``survey``, if it is open anywhere."""
    today = services().settings.current_date()
    with services().store.reading() as db:
        able = [w for w in windows.all_windows(db) if windows.state(w, today) is WindowState.OPEN]
        its = [window for window in able if window.survey == survey]
        able = its or able
        found = {site.id: site for window in able for site in windows.sites_of(db, window.id)}
        is_made_up = installation.is_made_up(db)
    open_sites = tuple(sorted(found.values(), key=lambda site: (site.name, site.slug)))
    return District(open_sites, is_made_up, survey if its else None)
