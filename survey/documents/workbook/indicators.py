"""The sheet Indicators: each framework's statements, the questions that measure them, and their figures."""

from collections.abc import Iterator

from survey.documents import printed
from survey.documents.workbook import cells
from survey.documents.workbook.table import Binder, Cell, Column, Kind, Table
from survey.documents.workbook.view import Counted, View
from survey.figures import Release, SiteRow
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
_DISTRICT = Column(Wording("District, percent", "Distrito, por ciento"), 15, Kind.PERCENT)


def write(binder: Binder) -> None:
    """Every framework whole, in the order of its document, with the figures of all respondents."""
    view = binder.view
    row = view.row or view.release.district
    beside = view.release.district if len(view.rows_beside()) > len(view.rows()) else None
    columns = [*_COLUMNS, *([_DISTRICT] if beside else []), cells.WHY]
    table = Table(binder, "Indicators", TITLE, columns, lead=_LEAD, frozen=2)
    for framework in view.release.frameworks:
        table.section(f"{framework.name.en}  ·  {framework.name.es}")
        for node in _worth_a_row(view.release, framework):
            said = (node.id, node.text, printed.STANDING[node.status])
            counted = list(_counted(view, row, node))
            if not counted:
                empty: list[Cell] = [None] * (8 if beside else 7)
                table.row((*said, *empty, _unasked(view, node)), is_lead=not node.is_indicator)
            before = ""
            for item, key in counted:
                figure = view.figure(row, key)
                context = [cells.across(view, beside, key)] if beside else []
                table.row(
                    (
                        *said,
                        item.id,
                        item.text if item.id != before else None,
                        view.names.answer(*key),
                        *cells.numbers(figure),
                        *context,
                        cells.why(figure) if figure else None,
                    )
                )
                # What the indicator says is said once, beside the first of its questions.
                before = item.id
                said = (node.id, None, None)  # type: ignore[assignment]
    table.done()


def _worth_a_row(release: Release, framework: Framework) -> Iterator[Node]:
    """Every node but levels of a rubric, which are neither judged nor measured nor hold what is."""
    holds_others = {node.parent for node in framework.nodes}
    items = list(release.instrument.items())
    for node in framework.nodes:
        if node.is_indicator or node.id in holds_others or any(_measures(item, node) for item in items):
            yield node


def _measures(item: Item, node: Node) -> bool:
    return node.id in item.indicators or any(node.id in option.measures for option in item.options)


def _counted(view: View, row: SiteRow, node: Node) -> Iterator[tuple[Item, Counted]]:
    """What stands for each question that measures a node."""
    for item in view.release.instrument.items():
        if not _measures(item, node):
            continue
        # Where some answers name the node, the others say nothing about it.
        direct = {option.code for option in item.options if node.id in option.measures}
        for counted in view.counted(item, (row,)):
            codes = set(counted[2].split("+")) - {""}
            if not direct or not codes or codes & direct:
                yield item, counted


def _unasked(view: View, node: Node) -> Wording | None:
    """Why an indicator has no figure, and where else to look."""
    if not node.is_indicator:
        return None
    if any(_measures(item, node) for item in view.release.instrument.items()):
        return Wording(
            "Asked in families' own words: comments are in no figure.",
            "Se pregunta con palabras propias: los comentarios no entran en ninguna cifra.",
        )
    look = f" Look at: {node.evidence}." if node.evidence else ""
    busca = f" Consulte: {node.evidence}." if node.evidence else ""
    if node.judgeable is Judgeable.NO:
        return Wording(
            f"Families can not see this from home, so it is not asked.{look}",
            f"Las familias no pueden verlo desde casa, así que no se pregunta.{busca}",
        )
    return Wording(f"Not asked in this survey.{look}", f"No se pregunta en esta encuesta.{busca}")
