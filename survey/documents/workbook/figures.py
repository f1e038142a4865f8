"""The sheets Items and Groups: every figure that is shown, one in each row."""

from survey.documents.workbook import cells
from survey.documents.workbook.table import Binder, Column, Kind, Table
from survey.wording import Wording

ITEMS = Wording("Items: all families who answered", "Preguntas: todas las familias que contestaron")
GROUPS = Wording("Groups", "Grupos")
_SCHOOL = Column(Wording("School", "Escuela"), 26)
_ID = Column(Wording("Id", "Id"), 10, Kind.CODE)
_QUESTION = Column(Wording("Question", "Pregunta"), 56)
_ANSWER = Column(Wording("Answer", "Respuesta"), 30)
_PERCENT = Column(cells.PERCENT, 16, Kind.PERCENT, has_bars=True)
_DISTRICT = Column(Wording("District, percent", "Distrito, por ciento"), 15, Kind.PERCENT)


def write(binder: Binder) -> None:
    """Items first, then the same figures of groups of families."""
    _items(binder)
    _groups(binder)


def _items(binder: Binder) -> None:
    """Each question's percent favorable in bold, and under it how its answers were spread."""
    view = binder.view
    district = view.release.district
    beside = district if len(view.rows_beside()) > len(view.rows()) else None
    columns = [_SCHOOL, _ID, _QUESTION, _ANSWER, _PERCENT, cells.N, cells.LOW, cells.HIGH]
    columns += [_DISTRICT] if beside else []
    table = Table(binder, "Items", ITEMS, [*columns, cells.WHY], frozen=2)
    for row in view.rows():
        before, school = "", view.names.site(row.slug)
        for figure in view.figures(row):
            is_first, before = figure.item != before, figure.item
            question = view.names.question(figure.item)
            counted = (figure.item, figure.measure, figure.option)
            context = [cells.across(view, beside, counted)] if beside else []
            table.row(
                (
                    school if is_first else school.en,
                    figure.item,
                    question if is_first else question.en,
                    view.names.answer(*counted),
                    *cells.numbers(figure),
                    *context,
                    cells.why(figure),
                ),
                is_lead=is_first,
                is_quiet=not is_first,
            )
    table.done()


def _groups(binder: Binder) -> None:
    """The figures of each group that is shown; the others are listed in Withheld."""
    view = binder.view
    columns = (
        _SCHOOL,
        Column(Wording("By", "Por"), 36),
        Column(Wording("Group", "Grupo"), 28),
        Column(Wording("Surveys of the group", "Encuestas del grupo"), 11, Kind.NUMBER),
        _ID,
        Column(Wording("Question", "Pregunta"), 46),
        _ANSWER,
        _PERCENT,
        cells.N,
        cells.LOW,
        cells.HIGH,
        cells.WHY,
    )
    names = view.names
    table = Table(binder, "Groups", GROUPS, columns, frozen=3, is_long=True)
    sizes = {(g.site, g.breakdown, g.group): g.n for g in view.groups()}
    before = ("", "", "", "")
    for figure in view.group_figures():
        group = (figure.site, figure.breakdown, figure.group)
        is_new_group, is_new_item = group != before[:3], (*group, figure.item) != before
        before = (*group, figure.item)
        texts = (names.site(figure.site), names.breakdown(figure.breakdown), names.group(*group[1:]))
        question = names.question(figure.item)
        table.row(
            (
                *(text if is_new_group else text.en for text in texts),
                sizes.get(group),
                figure.item,
                question if is_new_item else question.en,
                names.answer(figure.item, figure.measure, figure.option),
                *cells.numbers(figure),
                cells.why(figure),
            ),
            is_lead=is_new_item,
            is_quiet=not is_new_item,
        )
    table.done()
