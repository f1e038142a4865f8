"""What a workbook is about: the whole district, or one site row with the district's figures beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from survey.documents import printed
from survey.documents.names import Names
from survey.figures import Figure, Group, Measure, Release, SiteRow
from survey.instruments.model import Item

# What a figure of all respondents counts, whoever they are: item, measure and option.
Counted = tuple[str, Measure, str]


@dataclass(frozen=True, slots=True)
class View:
    """A release, and the one site row that the workbook is for (None: all of them)."""

    release: Release
    row: SiteRow | None
    names: Names
    whole: dict[str, dict[Counted, Figure]]

    def rows(self) -> tuple[SiteRow, ...]:
        """The rows whose figures it holds: the district first, then the sites by name, never by result."""
        if self.row is not None:
            return (self.row,)
        sites = sorted(self.release.sites, key=lambda row: row.name.casefold())
        return (self.release.district, *sites)

    def rows_beside(self) -> tuple[SiteRow, ...]:
        """The same rows, and the district before a single site where its figures are at hand."""
        if self.row is None or self.row.slug == "" or "" not in self.whole:
            return self.rows()
        return (self.release.district, self.row)

    def figures(self, row: SiteRow) -> tuple[Figure, ...]:
        """The figures of all respondents of a row, question by question as they were asked."""
        found = self.whole.get(row.slug, {})
        order = {item.id: place for place, item in enumerate(self.release.instrument.items())}
        return tuple(sorted(found.values(), key=lambda figure: order.get(figure.item, len(order))))

    def counted(self, item: Item, rows: Sequence[SiteRow]) -> tuple[Counted, ...]:
        """What stands for a question in these rows: its percent favorable, or else each answer some row prints.

        Where every row hides the question, it is one count without an option.
        """
        if item.is_scored:
            return ((item.id, Measure.FAVORABLE, ""),)
        found = {
            option
            for row in rows
            for item_id, measure, option in self.whole.get(row.slug, {})
            if item_id == item.id and measure is Measure.OPTION
        }
        order = {option.code: place for place, option in enumerate(item.options)}
        apart = sorted(found - {""}, key=lambda codes: (order.get(codes.split("+")[0], 0), len(codes)))
        return tuple((item.id, Measure.OPTION, option) for option in apart or sorted(found))

    def figure(self, row: SiteRow, counted: Counted) -> Figure | None:
        """One figure of all respondents of a row."""
        return self.whole.get(row.slug, {}).get(counted)

    def groups(self) -> tuple[Group, ...]:
        """The groups of its rows, shown or not."""
        slugs = {row.slug for row in self.rows()}
        return tuple(group for group in self.release.groups if group.site in slugs)

    def group_figures(self) -> Iterator[Figure]:
        """The figures of groups that are shown: those of hidden groups all say the same, once for the group."""
        slugs = {row.slug for row in self.rows()}
        hidden = {(g.site, g.breakdown, g.group) for g in self.release.groups if printed.is_hidden(g)}
        for figure in self.release.figures:
            key = (figure.site, figure.breakdown, figure.group)
            if figure.breakdown and figure.site in slugs and key not in hidden:
                yield figure


def of(release: Release, site: str | None) -> View:
    """The view of a whole release, or of the row that ``site`` is in; LookupError where it is in none."""
    row = None if site is None else release.site(site)
    if site is not None and row is None:
        raise LookupError(site)
    whole: dict[str, dict[Counted, Figure]] = {}
    for figure in release.figures:
        if not figure.breakdown:
            counted = (figure.item, figure.measure, figure.option)
            whole.setdefault(figure.site, {})[counted] = figure
    return View(release, row, Names(release), whole)
