"""Whose results a page shows: one school (or several put together), or the district, in one release of one window."""

from dataclasses import dataclass, replace
from typing import Any

from flask import abort, request, url_for

from survey.documents import printed
from survey.documents.names import Names
from survey.figures import Release, SiteRow
from survey.releases import read
from survey.storage.windows import Window
from survey.web.language import current
from survey.web.services import services
from survey.web.staff.access import me, site_here, window_here
from survey.web.staff.spoken import _
from survey.web.staff.words import counted

# Below this many surveys for each hundred enrolled, a page says to read every figure with care.
FEW = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A site row of a release. ``slug`` is the school it was asked for by, or "" for the district."""

    window: Window
    release: Release
    row: SiteRow
    slug: str

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return Names(self.release).site(self.row.slug)[current()]

    @property
    def lead(self) -> str:
        """How many surveys were counted, and which, as one sentence that can be read aloud."""
        sentence = counted(self.row, one_each=self.release.one_each)
        return _("%(held)s. %(sentence)s", held=self.held, sentence=sentence) if self.held else sentence

    @property
    def held(self) -> str:
        """Which surveys its release holds, where those with a household code are told apart from the others."""
        return printed.held(self.release, current())

    @property
    def beside(self) -> "Place | None":
        """The same school or district in the release of the window's other surveys, if there is one."""
        if not self.held:
            return None
        for other in read.newest(services().store, self.window.name):
            row = other.site(self.slug)
            if other.responses is not self.release.responses and row is not None:
                return Place(self.window, other, row, self.slug)
        return None

    @property
    def title(self) -> str:
        """The survey's title."""
        return self.release.instrument.title[current()]

    @property
    def statements(self) -> tuple[str, ...]:
        """What must be said wherever its figures stand; that data are made up stands on every page already."""
        said = printed.statements(self.release, current())
        return tuple(sentence for sentence in said if sentence != printed.MADE_UP[current()])

    @property
    def is_few(self) -> bool:
        """Whether so few answered, or it is not known of how many, that the page says so first."""
        rate = printed.rate(self.row)
        return rate is None or rate < FEW

    @property
    def about(self) -> str:
        """The address of the page about its release."""
        return url_for("staff.release", window_id=self.window.id, number=self.release.number)

    def url(self, page: str, **more: str) -> str:
        """The address of one of its pages: results, frameworks, framework or file."""
        values: dict[str, Any] = {"window_id": self.window.id, "number": self.release.number, **more}
        if not self.slug:
            return url_for(f"staff.district_{page}", **values)
        return url_for(f"staff.site_{page}", slug=self.slug, **values)


def site_place(window_id: int, number: int, slug: str) -> Place:
    """The school of this address with its figures; 404 if it is not in this release."""
    window = window_here(window_id)
    site = site_here(window, slug)
    release = read.with_figures(services().store, window.name, number, site.slug) or abort(404)
    return Place(window, release, release.site(slug) or abort(404), slug)


def district_place(window_id: int, number: int) -> Place:
    """The district with its figures, those of two breakdowns at once where the address asks for them."""
    window = window_here(window_id)
    pairs = ";" in request.args.get("by", "")
    release = read.with_figures(services().store, window.name, number, "", pairs=pairs) or abort(404)
    return Place(window, release, release.district, "")


def with_district(place: Place) -> Release:
    """A school's release with the district's own figures in it, which stand beside the school's."""
    beside = read.with_figures(services().store, place.window.name, place.release.number, "")
    if beside is None:
        return place.release
    return replace(
        place.release,
        groups=(*place.release.groups, *beside.groups),
        figures=(*place.release.figures, *beside.figures),
    )


def places_of(window: Window, release: Release) -> list[Place]:
    """The schools of a release that this person may see, each row once."""
    found = []
    for row in release.sites:
        mine = [slug for slug in row.members if me().may_see(slug)]
        if mine:
            found.append(Place(window, release, row, mine[0]))
    return found
