"""The sheet Summary: how many surveys each school's figures stand on."""

from typing import Any

from survey.documents import printed
from survey.documents.workbook.table import Binder, Column, Kind, Table
from survey.documents.workbook.view import View
from survey.figures import SiteRow
from survey.wording import Wording

TITLE = Wording("Summary", "Resumen")
_COLUMNS = (
    Column(Wording("School", "Escuela"), 44),
    Column(Wording("Surveys counted", "Encuestas contadas"), 14, Kind.NUMBER),
    Column(Wording("Enrolled", "Matrícula"), 14, Kind.NUMBER),
    Column(Wording("Surveys per 100 enrolled", "Encuestas por cada 100 de la matrícula"), 18, Kind.NUMBER),
    Column(Wording("What that number is", "Qué es ese número"), 34),
    Column(Wording("Questions shown", "Preguntas que se muestran"), 16, Kind.NUMBER),
    Column(Wording("Questions not shown", "Preguntas que no se muestran"), 16, Kind.NUMBER),
    Column(Wording("Note", "Nota"), 50),
)


def write(binder: Binder) -> None:
    """One row for the district and one for each school, by name."""
    view = binder.view
    table = Table(binder, "Summary", TITLE, _COLUMNS, lead=sentence(view), frozen=1)
    for row in view.rows_beside():
        table.row(_cells(view, row), is_lead=row.slug == "")
    table.done()


def sentence(view: View) -> Wording:
    """The count that opens the workbook, and could be read aloud."""
    row = view.row or view.release.district
    surveys, schools = row.respondents, len(row.members)
    held = Wording(*(_before(printed.held(view.release, to)) for to in ("en", "es")))
    if row.slug and not row.is_together:
        return Wording(
            f"{held.en}{surveys} surveys were counted.", f"{held.es}Se contaron {surveys} encuestas."
        )
    return Wording(
        f"{held.en}{surveys} surveys were counted, at {schools} {'school' if schools == 1 else 'schools'}.",
        f"{held.es}Se contaron {surveys} encuestas, en {schools} {'escuela' if schools == 1 else 'escuelas'}.",
    )


def _before(held: str) -> str:
    return f"{held}. " if held else ""


def _cells(view: View, row: SiteRow) -> tuple[Any, ...]:
    rate = printed.rate(row)
    one_each = view.release.one_each
    words = Wording(*(printed.rate_words(row.unit, to, one_each=one_each) for to in ("en", "es")))
    shown = {f.item for f in view.figures(row) if printed.is_number(f) or printed.is_capped(f)}
    every = {f.item for f in view.figures(row)}
    return (
        view.names.site(row.slug),
        row.respondents,
        row.enrolled,
        rate,
        None if rate is None else words,
        len(shown),
        len(every - shown),
        _note(row),
    )


def _note(row: SiteRow) -> Wording | None:
    if row.is_together:
        return TOGETHER
    if row.enrolled is None:
        return Wording("Enrollment is not known.", "No se conoce la matrícula.")
    return None


TOGETHER = Wording(
    "Small schools, counted together to protect their families.",
    "Escuelas pequeñas, contadas juntas para proteger a sus familias.",
)
