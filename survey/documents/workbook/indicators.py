"""The sheet Indicators: each framework's statements, the questions that measure them, and their figures."""

from collections.abc import Iterator

from survey.documents import printed
from survey.documents.workbook import cells
from survey.documents.workbook.table import Binder, Cell, Column, Kind, Table
from survey.documents.workbook.view import Counted, View
from survey.figures import Measure
from survey.frameworks import Framework, Judgeable, Node
from survey.instruments.model import Item
from survey.wording import Wording

TITLE = Wording("Indicators", "Indicadores")
_LEAD = Wording(
    "The same answers, by each framework. An indicator lists its questions; it has no score.",
    "Las mismas respuestas, según cada marco. Un indicador reúne sus preguntas; no tiene puntaje.",
)
_COLUMNS = (
    Column(Wording("Indicator", "Indicador"), 12, Kind.CODE),
    Column(Wording("What it says", "Qué dice"), 46),
    Column(Wording("Standing of this wording", "Situación de este texto"), 17),
    Column(Wording("Id", "Id"), 10, Kind.CODE),
    Column(Wording("Question", "Pregunta"), 46),
    Column(Wording("Answer", "Respuesta"), 34),
    Column(cells.PERCENT, 13, Kind.PERCENT, has_bars=True),
    cells.N,
    cells.LOW,
    cells.HIGH,
)
_DISTRICT = Column(Wording("District, percent", "Distrito, por ciento"), 11, Kind.PERCENT)


def write(binder: Binder) -> None:
    """Every framework whole, in the order of its document, with the figures of all respondents."""
    view = binder.view
    row = view.row or view.release.district
    beside = view.release.district if len(view.rows_beside()) > len(view.rows()) else None
    columns = [*_COLUMNS, *([_DISTRICT] if beside else []), cells.WHY]
    table = Table(binder, "Indicators", TITLE, columns, lead=_LEAD, frozen=2)
    for framework in view.release.frameworks:
        table.section(f"{framework.name.en}  ·  {framework.name.es}")
        for node in _worth_a_row(view, framework):
            said = (node.id, node.text, printed.STANDING[node.status])
            counted = list(_counted(view, node))
            if not counted:
                empty: list[Cell] = [None] * (8 if beside else 7)
                table.row((*said, *empty, _unasked(node)), is_lead=not node.is_indicator)
            before = ""
            for item, (item_id, measure, option) in counted:
                figure = view.figure(row, (item_id, measure, option))
                context = [cells.percent(view.figure(beside, (item_id, measure, option)))] if beside else []
                table.row(
                    (
                        *said,
                        item_id,
                        item.text if item_id != before else None,
                        view.names.answer(item_id, measure, option),
                        *cells.numbers(figure),
                        *context,
                        cells.why(figure) if figure else None,
                    )
                )
                # What the indicator says is said once, beside the first of its questions.
                before = item_id
                said = (node.id, None, None)  # type: ignore[assignment]
    table.done()


def _worth_a_row(view: View, framework: Framework) -> Iterator[Node]:
    """Every node but levels of a rubric, which are neither judged nor measured nor hold what is."""
    holds_others = {node.parent for node in framework.nodes}
    for node in framework.nodes:
        if node.is_indicator or node.id in holds_others or any(_counted(view, node)):
            yield node


def _counted(view: View, node: Node) -> Iterator[tuple[Item, Counted]]:
    """The percent favorable of each scored question that measures a node, and the answers of the others."""
    for item in view.release.instrument.items():
        direct = [option for option in item.options if node.id in option.measures]
        if not direct and node.id not in item.indicators:
            continue
        if item.is_scored:
            yield item, (item.id, Measure.FAVORABLE, "")
        else:
            # Where some answers name the node, the others say nothing about it.
            for option in direct or [each for each in item.options if each.is_valid]:
                yield item, (item.id, Measure.OPTION, option.code)


def _unasked(node: Node) -> Wording | None:
    """Why an indicator has no figure, and where else to look."""
    if not node.is_indicator:
        return None
    look = f" Look at: {node.evidence}." if node.evidence else ""
    busca = f" Consulte: {node.evidence}." if node.evidence else ""
    if node.judgeable is Judgeable.NO:
        return Wording(
            f"Families can not see this from home, so it is not asked.{look}",
            f"Las familias no pueden verlo desde casa, así que no se pregunta.{busca}",
        )
    return Wording(f"Not asked in this survey.{look}", f"No se pregunta en esta encuesta.{busca}")
