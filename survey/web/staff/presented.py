"""A release as its pages show it: each question with its figure, chart, table and groups, in one language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from survey.documents import charts, printed
from survey.documents.names import Names
from survey.figures import Figure, FigureStatus, Group, Measure, Release, SiteRow
from survey.instruments.model import Item, ItemType, Section
from survey.web.staff.spoken import _, ngettext


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of a table: what was answered, and its figure as printed."""

    text: str
    share: str
    likely: str
    n: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group of a breakdown with its figure of one question, or with why it has none."""

    name: str
    share: str
    likely: str
    n: str
    reason: str
    chart: Markup
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One question with everything a page says about it.

    ``share`` is the percent favorable, in words where ``is_capped``, or "" for a question without one; ``bars`` are its options
    drawn one by one where no single bar holds them.
    """

    id: str
    text: str
    note: str
    share: str
    is_capped: bool
    likely: str
    n: str
    reason: str
    chart: Markup | None
    strip: Markup
    district: str
    unsure: str
    answers: tuple[Answer, ...]
    bars: tuple[tuple[str, Markup], ...]
    groups: tuple[GroupShown, ...]
    group_table: tuple[tuple[str, tuple[Answer, ...]], ...]
    group_names: tuple[str, ...]

    @property
    def is_scored(self) -> bool:
        """Whether it has a percent favorable, shown or not."""
        return self.chart is not None


class Shown:
    """The figures of one site row (or the district) of a release, by question, in one language.

    Where the release holds the district's figures too, they are set beside a site's. ``by`` is the
    breakdown (or two joined by ";") whose groups are shown under each question.
    """

    def __init__(self, release: Release, row: SiteRow, language: str, *, by: str = "") -> None:
        self.release = release
        self.row = row
        self.by = by
        self._language = language
        self._names = Names(release)
        self._figures = {_key(f): f for f in release.figures if f.site == row.slug}
        self._district = {_key(f): f for f in release.figures if f.site == "" and row.slug}
        self.groups = (
            tuple(g for g in release.groups if g.site == row.slug and g.breakdown == by) if by else ()
        )

    def sections(self) -> Iterator[tuple[Section, tuple[ItemShown, ...]]]:
        """The sections that have figures, in the order they were asked, with their questions."""
        for section in self.release.instrument.sections:
            shown = tuple(self.item(item) for item in section.items if item.type is not ItemType.TEXT)
            if shown and not all(item.is_background for item in section.items):
                yield section, shown

    def item(self, item: Item) -> ItemShown:
        """One question."""
        figures = self._of(item)
        favorable = self.favorable(item)
        unsure = self._figures.get((item.id, Measure.DONT_KNOW, "", "", ""))
        base = favorable or next((f for f in figures if f.measure is Measure.OPTION), None)
        beside = self._beside(favorable)
        options = () if item.is_scored else tuple(f for f in figures if f.measure is Measure.OPTION)
        columns = self._columns(item)
        return ItemShown(
            id=item.id,
            text=self.text(item),
            note=self._note(item),
            share=self.share(favorable) if item.is_scored else "",
            is_capped=favorable is not None and printed.is_capped(favorable),
            likely=printed.likely_words(favorable, self._language) if favorable else "",
            n=self._answers(base),
            reason=self._reason(base),
            chart=charts.distribution(item, figures, language=self._language, district=beside)
            if item.is_scored
            else None,
            strip=charts.strip(
                favorable, item.text[self._language], language=self._language, district=beside
            ),
            district=printed.share(beside, self._language) if beside else "",
            unsure=self._unsure(item, unsure),
            answers=tuple(self._answer(figure) for figure in figures),
            bars=tuple(
                (self._text(f), charts.bar(f, self._text(f), language=self._language)) for f in options
            ),
            groups=tuple(self._group(item, group) for group in columns) if item.is_scored else (),
            group_table=() if item.is_scored else self._table(item, columns),
            group_names=tuple(self._group_name(group) for group in columns),
        )

    def favorable(self, item: Item) -> Figure | None:
        """The percent favorable of everybody for a question, where it has one."""
        return self._figures.get((item.id, Measure.FAVORABLE, "", "", "")) if item.is_scored else None

    def text(self, item: Item) -> str:
        """A question's words."""
        return item.text[self._language]

    def share(self, figure: Figure | None) -> str:
        """A figure as printed; what is not there is not shown."""
        return printed.share(figure, self._language) if figure else printed.NOT_SHOWN[self._language]

    def group_rows(self) -> tuple[Answer, ...]:
        """The groups of the breakdown with their sizes, where those may be told."""
        return tuple(
            Answer(
                text=self._group_name(group),
                share=printed.reason(group, self._language),
                likely="",
                n=printed.count(group.n) or printed.NOT_SHOWN[self._language],
                is_hidden=group.n is None,
            )
            for group in self.groups
        )

    def _of(self, item: Item) -> tuple[Figure, ...]:
        """The figures of everybody for a question: favorable, options in their order, do not know."""
        found = [f for f in self._figures.values() if f.item == item.id and not f.breakdown]
        return tuple(sorted(found, key=lambda f: _place(item, f)))

    def _columns(self, item: Item) -> tuple[Group, ...]:
        """The groups a question has figures for."""
        with_figures = {
            f.group for f in self._figures.values() if f.item == item.id and f.breakdown == self.by
        }
        return tuple(group for group in self.groups if group.group in with_figures)

    def _table(self, item: Item, columns: Sequence[Group]) -> tuple[tuple[str, tuple[Answer, ...]], ...]:
        options = dict.fromkeys(f.option for f in self._of(item) if f.measure is Measure.OPTION)
        rows = []
        for option in options:
            keys = ((item.id, Measure.OPTION, option, self.by, group.group) for group in columns)
            text = self._names.answer(item.id, Measure.OPTION, option)[self._language]
            rows.append((text, tuple(self._cell(text, self._figures.get(key)) for key in keys)))
        return tuple(rows) if columns else ()

    def _group(self, item: Item, group: Group) -> GroupShown:
        figure = self._figures.get((item.id, Measure.FAVORABLE, "", self.by, group.group))
        name = self._group_name(group)
        return GroupShown(
            name=name,
            share=self.share(figure),
            likely=printed.likely_words(figure, self._language) if figure else "",
            n=self._answers(figure),
            reason=self._reason(figure) or (printed.reason(group, self._language) if figure is None else ""),
            chart=charts.strip(figure, name, language=self._language),
            is_hidden=figure is None or not (printed.is_number(figure) or printed.is_capped(figure)),
        )

    def _answer(self, figure: Figure) -> Answer:
        return self._cell(self._text(figure), figure)

    def _cell(self, text: str, figure: Figure | None) -> Answer:
        return Answer(
            text=text,
            share=self.share(figure),
            likely=printed.likely_words(figure, self._language) if figure else "",
            n=printed.answers(figure) if figure else "",
            is_hidden=figure is None or not (printed.is_number(figure) or printed.is_capped(figure)),
        )

    def _beside(self, favorable: Figure | None) -> Figure | None:
        return self._district.get(_key(favorable)) if favorable else None

    def _text(self, figure: Figure) -> str:
        return self._names.answer(figure.item, figure.measure, figure.option)[self._language]

    def _group_name(self, group: Group) -> str:
        return self._names.group(group.breakdown, group.group)[self._language]

    def _answers(self, figure: Figure | None) -> str:
        shown = printed.answers(figure) if figure else ""
        return ngettext("%(num)s answer", "%(num)s answers", int(shown)) if shown else ""

    def _reason(self, figure: Figure | None) -> str:
        if figure is None or printed.is_capped(figure) or figure.status is FigureStatus.PUBLISHED:
            return ""
        return printed.reason(figure, self._language)

    def _unsure(self, item: Item, figure: Figure | None) -> str:
        if figure is None or not (printed.is_number(figure) or printed.is_capped(figure)):
            return ""
        answer = self._names.answer(item.id, Measure.DONT_KNOW)[self._language]
        sentence = _("%(share)s said “%(answer)s”.", share=self.share(figure), answer=answer)
        return sentence[:1].upper() + sentence[1:]

    def _note(self, item: Item) -> str:
        if item.shown_if is not None:
            asked = self.release.instrument.item(item.shown_if.item)
            option = asked.option(item.shown_if.code) if asked else None
            if asked and option:
                return _(
                    "Asked only of those who answered “%(answer)s” to “%(question)s”",
                    answer=option.text[self._language],
                    question=asked.text[self._language],
                )
        if item.type is ItemType.MULTI:
            return _("Several answers could be marked. Of those who marked any.")
        return ""


_Key = tuple[str, Measure, str, str, str]


def _key(figure: Figure) -> _Key:
    return figure.item, figure.measure, figure.option, figure.breakdown, figure.group


def _place(item: Item, figure: Figure) -> tuple[int, int]:
    """Favorable first, then the options as they stood on the survey, then those who did not know."""
    order = [Measure.FAVORABLE, Measure.OPTION, Measure.DONT_KNOW].index(figure.measure)
    codes = [option.code for option in item.options]
    first = figure.option if figure.option in codes else figure.option.split("+")[0]
    return order, codes.index(first) if first in codes else len(codes)
