"""Figures as cells: the same digits as on a page, as numbers that a spreadsheet can count with."""

from survey.documents import printed
from survey.documents.workbook.table import Cell, Column, Kind
from survey.documents.workbook.view import Counted, View
from survey.figures import Figure, Group, Measure, SiteRow
from survey.wording import Wording

PERCENT = Wording("Percent", "Por ciento")
N = Column(Wording("Answers counted (n)", "Respuestas contadas (n)"), 12, Kind.NUMBER)
LOW = Column(Wording("Likely range, from", "Rango probable, de"), 13, Kind.PERCENT)
HIGH = Column(Wording("Likely range, to", "Rango probable, a"), 13, Kind.PERCENT)
WHY = Column(Wording("Note", "Nota"), 34)

_OTHERWISE = Wording("grouped otherwise", "se agrupa de otro modo")


def percent(figure: Figure | None) -> Cell:
    """The percent, or the words in its place; nothing where there is no such figure."""
    if figure is None:
        return None
    if printed.is_number(figure):
        return figure.percent
    return Wording(printed.percent(figure), printed.percent(figure, "es"))


def across(view: View, row: SiteRow, counted: Counted) -> Cell:
    """The percent of one row where rows stand side by side, though each may print other answers apart."""
    figure = view.figure(row, counted)
    if figure is None:
        # A hidden question has one figure for all its answers.
        figure = view.figure(row, (counted[0], Measure.OPTION, ""))
    if figure is None and any(item == counted[0] for item, _, _ in view.whole.get(row.slug, {})):
        return _OTHERWISE
    return percent(figure)


def numbers(figure: Figure | None) -> tuple[Cell, Cell, Cell, Cell]:
    """Percent, number of answers, and both ends of the likely range."""
    if figure is None:
        return None, None, None, None
    low, high = printed.limits(figure) or (None, None)
    return percent(figure), figure.n if printed.answers(figure) else None, low, high


def why(result: Figure | Group) -> Cell:
    """Why it is withheld or counted together, in both languages."""
    if isinstance(result, Figure) and printed.is_capped(result):
        return None
    words = Wording(printed.reason(result), printed.reason(result, "es"))
    return words if words.en else None
