"""Figures as cells: the same digits as on a page, as numbers that a spreadsheet can count with."""

from survey.documents import printed
from survey.documents.workbook.table import Cell, Column, Kind
from survey.figures import Figure, Group
from survey.wording import Wording

PERCENT = Wording("Percent", "Por ciento")
N = Column(Wording("Answers counted (n)", "Respuestas contadas (n)"), 12, Kind.NUMBER)
LOW = Column(Wording("Likely range, from", "Rango probable, de"), 13, Kind.PERCENT)
HIGH = Column(Wording("Likely range, to", "Rango probable, a"), 13, Kind.PERCENT)
WHY = Column(Wording("Note", "Nota"), 34)


def percent(figure: Figure | None) -> Cell:
    """The percent, or the words in its place; nothing where there is no such figure."""
    if figure is None:
        return None
    if printed.is_number(figure):
        return figure.percent
    return Wording(printed.percent(figure), printed.percent(figure, "es"))


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
