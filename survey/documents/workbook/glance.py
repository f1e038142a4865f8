"""The sheet At a glance: every question's percent for all respondents, the schools side by side by name."""

from collections.abc import Iterator

from survey.documents.workbook import cells
from survey.documents.workbook.table import Binder, Column, Kind, Table
from survey.documents.workbook.view import Counted, View
from survey.figures import Measure
from survey.instruments.model import Item, Section
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
        counted = list(_of_section(view, section))
        if counted:
            table.section(f"{section.title.en}  ·  {section.title.es}")
        before = ""
        for item, (item_id, measure, option) in counted:
            # An unscored question is said once, above its answers.
            question = item.text if item_id != before else None
            before = item_id
            figures = (view.figure(row, (item_id, measure, option)) for row in rows)
            answer = view.names.answer(item_id, measure, option)
            table.row((item_id, question, answer, *map(cells.percent, figures)))
    table.done()


def _of_section(view: View, section: Section) -> Iterator[tuple[Item, Counted]]:
    """What is counted in a section, wherever some row of the release has a figure of it."""
    known = {counted for row in view.rows_beside() for counted in view.whole.get(row.slug, {})}
    for item in section.items:
        if item.is_scored:
            counted = [(item.id, Measure.FAVORABLE, "")]
        else:
            counted = [(item.id, Measure.OPTION, option.code) for option in item.options]
        yield from ((item, each) for each in counted if each in known)
