"""The sheet Withheld: what was put together and what is not shown, and why, in words."""

from collections.abc import Iterator

from survey.documents import printed
from survey.documents.workbook import cells
from survey.documents.workbook.summary import TOGETHER
from survey.documents.workbook.table import Binder, Cell, Column, Kind, Table
from survey.documents.workbook.view import View
from survey.figures import Figure, FigureStatus, Group
from survey.wording import Wording

TITLE = Wording("Withheld: what is not shown, and why", "Lo que no se muestra, y por qué")
_COLUMNS = (
    Column(Wording("School", "Escuela"), 30),
    Column(Wording("What", "Qué"), 22),
    Column(Wording("By", "Por"), 34),
    Column(Wording("Group", "Grupo"), 44),
    Column(Wording("Id", "Id"), 10, Kind.CODE),
    Column(Wording("Question", "Pregunta"), 46),
    Column(Wording("Answer", "Respuesta"), 28),
    Column(Wording("Why", "Por qué"), 46),
)
_LEAD = Wording(
    "All that is hidden looks alike: nothing here tells how small a group is.",
    "Todo lo que se oculta se ve igual: nada de esto dice qué tan pequeño es un grupo.",
)
_RULE = Wording("Counted together", "Se cuentan juntos")
_GROUP = Wording("Groups not shown by themselves", "Grupos que no se muestran por separado")
_FIGURE = Wording("Figure not shown", "Cifra que no se muestra")
_CAPPED = Wording("Shown in words only", "Se muestra solo en palabras")


def write(binder: Binder) -> None:
    """First the rules by which answers were put together, then hidden groups, then hidden figures."""
    view = binder.view
    table = Table(binder, "Withheld", TITLE, _COLUMNS, lead=_LEAD, frozen=1, is_long=True)
    for cells_of_rule in _rules(view):
        table.row(cells_of_rule)
    for site, by, groups, why in _hidden(view):
        table.row((site, _GROUP, by, groups, None, None, None, why))
    for row in view.rows():
        for figure in view.figures(row):
            _figure(table, view, figure)
    for figure in view.group_figures():
        _figure(table, view, figure)
    table.done()


def _rules(view: View) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = [
        (view.names.site(row.slug), _RULE, None, None, None, None, None, TOGETHER)
        for row in view.rows()
        if row.is_together
    ]
    every = Wording("Every school", "Todas las escuelas")
    for breakdown in view.release.breakdowns:
        for key, parameters in breakdown.notes:
            why = Wording(*(printed.note(breakdown, key, parameters, to) for to in ("en", "es")))
            rows.append((every, _RULE, view.names.breakdown(breakdown.id), None, None, None, None, why))
    return rows


def _hidden(view: View) -> Iterator[tuple[Cell, Cell, Cell, Cell]]:
    """Hidden groups: those of one school, one question and one reason in a row, those of two questions apart."""
    together: dict[tuple[str, str, str, str], list[Group]] = {}
    for group in view.groups():
        if printed.is_hidden(group):
            apart = group.group if ";" in group.breakdown else ""
            key = (group.site, group.breakdown, printed.reason(group), apart)
            together.setdefault(key, []).append(group)
    for (site, breakdown, _, _), groups in together.items():
        named = [view.names.group(breakdown, group.group) for group in groups]
        every = Wording("; ".join(name.en for name in named), "; ".join(name.es for name in named))
        yield view.names.site(site), view.names.breakdown(breakdown), every, cells.why(groups[0])


def _figure(table: Table, view: View, figure: Figure) -> None:
    if figure.status not in (FigureStatus.CAPPED, FigureStatus.WITHHELD, FigureStatus.NO_BASE):
        return
    by, named = _group(view, figure.breakdown, figure.group)
    table.row(
        (
            view.names.site(figure.site),
            _CAPPED if printed.is_capped(figure) else _FIGURE,
            by,
            named,
            figure.item,
            view.names.question(figure.item),
            view.names.answer(figure.item, figure.measure, figure.option),
            Wording(printed.reason(figure), printed.reason(figure, "es")),
        )
    )


def _group(view: View, breakdown: str, group: str) -> tuple[Cell, Cell]:
    if not breakdown:
        return None, printed.EVERYBODY
    return view.names.breakdown(breakdown), view.names.group(breakdown, group)
