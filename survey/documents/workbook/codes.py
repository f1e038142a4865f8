"""The sheet Codebook: every question and answer as it was asked, in both languages."""

from survey.documents.workbook.table import Binder, Cell, Column, Kind, Table
from survey.instruments import codebook
from survey.instruments.codebook import CodebookRow
from survey.instruments.model import ItemType, Missing
from survey.wording import Wording

TITLE = Wording("Codebook", "Libro de códigos")
_COLUMNS = (
    Column(Wording("Part of the survey", "Parte de la encuesta"), 26),
    Column(Wording("Id", "Id"), 20, Kind.CODE),
    Column(Wording("Question", "Pregunta"), 56),
    Column(Wording("How it is answered", "Cómo se contesta"), 22),
    Column(Wording("Code", "Código"), 14, Kind.CODE),
    Column(Wording("Answer", "Respuesta"), 34),
    Column(Wording("How it is counted", "Cómo se cuenta"), 30),
    Column(Wording("Asked", "Se pregunta"), 30),
    Column(Wording("Indicators", "Indicadores"), 40),
)
_TYPES = {
    ItemType.SINGLE: Wording("One answer", "Una respuesta"),
    ItemType.MULTI: Wording("All that apply", "Todas las que correspondan"),
    ItemType.TEXT: Wording("In words", "Con palabras"),
}
_MISSING = {
    Missing.DONT_KNOW: Wording("No valid answer; told apart", "No es respuesta válida; se da aparte"),
    Missing.DECLINED: Wording("No valid answer", "No es respuesta válida"),
}
_FAVORABLE = Wording("Favorable", "Favorable")
_NOT_FAVORABLE = Wording("Not favorable", "No favorable")
_VALID = Wording("Valid answer", "Respuesta válida")
_NEVER = Wording("Comments are in no figure", "Los comentarios no entran en ninguna cifra")


def write(binder: Binder) -> None:
    """One row for each answer of each question; a question stands in both languages where it begins."""
    table = Table(binder, "Codebook", TITLE, _COLUMNS, frozen=2)
    before = ""
    for row in codebook.rows(binder.view.release.instrument):
        table.row(_cells(row, is_first=row.item != before), is_quiet=row.item == before)
        before = row.item
    table.done()


def _cells(row: CodebookRow, *, is_first: bool) -> tuple[Cell, ...]:
    return (
        row.section if is_first else row.section.en,
        row.item,
        row.text if is_first else row.text.en,
        _TYPES[row.type] if is_first else None,
        row.option,
        row.option_text,
        _counted(row),
        row.shown_if if is_first else None,
        " ".join(row.measures) if row.measures else " ".join(row.indicators) if is_first else None,
    )


def _counted(row: CodebookRow) -> Wording:
    if row.missing is not None:
        return _MISSING[row.missing]
    if row.option is None:
        return _NEVER
    if row.favorable is None:
        return _VALID
    return _FAVORABLE if row.favorable else _NOT_FAVORABLE
