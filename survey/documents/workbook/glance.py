"""The sheet At a glance: every question's percent for all respondents, the schools side by side by name."""

from survey.documents.workbook import cells
from survey.documents.workbook.table import Binder, Column, Kind, Table
from survey.wording import Wording

TITLE = Wording("At a glance", "De un vistazo")
_LEAD = Wording(
    "Small differences between schools are often chance: the likely ranges are in the sheet Items.",
    "Las diferencias pequeñas entre escuelas suelen deberse al azar: los rangos probables están en la hoja Items.",
)
_QUESTION = (
    Column(Wording("Id", "Id"), 10, Kind.CODE),
    Column(Wording("Question", "Pregunta"), 60),
    Column(Wording("Percent who answered", "Por ciento que contestó"), 34),
)


def write(binder: Binder) -> None:
    """One row for each scored question, and one for each answer of the others."""
    view = binder.view
    rows = view.rows_beside()
    schools = (Column(view.names.site(row.slug), 28 if row.is_together else 14, Kind.PERCENT) for row in rows)
    columns = (*_QUESTION, *schools)
    table = Table(binder, "At a glance", TITLE, columns, lead=_LEAD, frozen=2)
    for section in view.release.instrument.sections:
        asked = [(item, view.counted(item, rows)) for item in section.items if not item.is_background]
        if any(counted for _, counted in asked):
            table.section(f"{section.title.en}  ·  {section.title.es}")
        for item, every in asked:
            for place, counted in enumerate(every):
                # A question is said once, above its answers.
                question = None if place else item.text
                shares = (cells.across(view, row, counted) for row in rows)
                table.row((item.id, question, view.names.answer(*counted), *shares))
    table.done()
