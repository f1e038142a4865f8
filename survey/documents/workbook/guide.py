"""The words of the sheet Read me: what the figures mean, what is hidden, and where to find what."""

from datetime import date

from babel.dates import format_date

from survey.documents import printed
from survey.documents.workbook.view import View
from survey.figures import Responses
from survey.wording import Wording

Part = tuple[Wording, tuple[Wording, ...]]


def parts(view: View) -> tuple[Part, ...]:
    """Headings, each with its paragraphs."""
    return (
        (Wording("What this is", "Qué es esto"), _what_it_is(view)),
        (Wording("How to read the figures", "Cómo leer las cifras"), _HOW_TO_READ),
        (Wording("What is not shown, and why", "Qué no se muestra, y por qué"), _hidden(view)),
    )


def _what_it_is(view: View) -> tuple[Wording, ...]:
    release = view.release
    opens, closes, made = (_day(each) for each in (release.opens, release.closes, release.made_on))
    survey = release.instrument
    told = [
        Wording(
            f"What families answered in “{survey.title.en}” (version {survey.version}), from {opens.en} to {closes.en}.",
            f"Lo que las familias contestaron en «{survey.title.es}» (versión {survey.version}), del {opens.es} al {closes.es}.",
        ),
        Wording(
            f"Release {release.number} of the window “{release.window}”, made on {made.en}. "
            "A release never changes; a later one gets the next number.",
            f"Publicación {release.number} del período «{release.window}», hecha el {made.es}. "
            "Una publicación nunca cambia; la siguiente lleva el número que sigue.",
        ),
    ]
    if release.responses in _HELD:
        told.append(_HELD[release.responses])
    if release.sent_empty:
        told.append(
            Wording(
                f"In the whole district, {release.sent_empty} more surveys were sent with no question answered. "
                "They are in no figure.",
                f"En todo el distrito se enviaron {release.sent_empty} encuestas más sin ninguna pregunta contestada. "
                "No cuentan en ninguna cifra.",
            )
        )
    if view.row is not None and view.row.slug:
        told.append(_SITE_ONLY)
    if view.row is not None and view.row.is_together:
        told.append(_TOGETHER)
    return tuple(told)


def _hidden(view: View) -> tuple[Wording, ...]:
    smallest = view.release.minimum_group
    return (
        Wording(
            f"No group of fewer than {smallest} respondents is shown, and no figure with fewer than {smallest} answers. "
            "One respondent is one survey; two adults of a family may each send one.",
            f"No se muestra ningún grupo de menos de {smallest} personas, ni ninguna cifra con menos de {smallest} respuestas. "
            "Cada encuesta cuenta como una persona; dos adultos de una familia pueden enviar una cada uno.",
        ),
        *_HIDDEN,
    )


def _day(day: date) -> Wording:
    return Wording(format_date(day, "long", locale="en_US"), format_date(day, "long", locale="es_US"))


_HELD = {
    Responses.CODED: Wording(
        "Families were given household codes in this window. Only surveys sent with a code are counted here; those sent "
        "without one are never mixed with them, and may have a release of their own.",
        "En este período las familias recibieron códigos de familia. Aquí se cuentan solo las encuestas enviadas con un "
        "código; las que llegaron sin código nunca se mezclan con ellas y pueden tener su propia publicación.",
    ),
    Responses.OPEN: Wording(
        "Families were given household codes in this window. Only surveys sent without a code are counted here: by the open "
        "link, on a school device, or on paper. Nothing keeps one person from sending several.",
        "En este período las familias recibieron códigos de familia. Aquí se cuentan solo las encuestas enviadas sin código: "
        "por el enlace abierto, en un equipo de la escuela o en papel. Nada impide que una persona envíe varias.",
    ),
}
_SITE_ONLY = Wording(
    "This workbook is about this school alone. Where the district's figures help to read the school's, they stand apart, "
    "in rows or columns headed with the district's name.",
    "Este libro trata solo de esta escuela. Donde las cifras del distrito ayudan a leer las de la escuela, están aparte, "
    "en filas o columnas con el nombre del distrito.",
)
_TOGETHER = Wording(
    "These schools are small. Their answers are counted together, so that no family can be recognized.",
    "Estas escuelas son pequeñas. Sus respuestas se cuentan juntas, para que no se pueda reconocer a ninguna familia.",
)
_HOW_TO_READ = (
    Wording(
        "Percent favorable: of all valid answers to a question, how many of each 100 were favorable, such as “Agree” and "
        "“Strongly agree”. “I do not know”, “I prefer not to answer” and blank answers are no valid answers. "
        "“I do not know” has a row of its own: its percent is of all who answered or said so.",
        "Por ciento favorable: de todas las respuestas válidas a una pregunta, cuántas de cada 100 fueron favorables, como "
        "«De acuerdo» y «Muy de acuerdo». «No sé», «Prefiero no contestar» y las preguntas en blanco no son respuestas válidas. "
        "«No sé» tiene su propia fila: su por ciento es de quienes contestaron o lo dijeron.",
    ),
    Wording(
        "Where several answers could be marked, each percent is of those who marked anything, so the percents may add up to "
        "more than 100. Some questions were shown only to the families they are about: their percents are of those families.",
        "Donde se podían marcar varias respuestas, cada por ciento es de quienes marcaron alguna, así que la suma puede pasar "
        "de 100. Algunas preguntas se mostraron solo a las familias a quienes se refieren: sus cifras son de esas familias.",
    ),
    Wording(
        "Answers counted (n) is the number of valid answers. It is empty where it could tell how many families of a small "
        "group left the question blank.",
        "Respuestas contadas (n) es el número de respuestas válidas. Está vacío donde podría decir cuántas familias de un "
        "grupo pequeño dejaron la pregunta en blanco.",
    ),
    Wording(
        f"{printed.LIKELY_RANGE.en}: a 95 percent interval (Wilson). Chance alone may move a figure about that far. "
        "It says nothing about families who did not answer and feel otherwise.",
        f"{printed.LIKELY_RANGE.es}: un intervalo del 95 por ciento (Wilson). El puro azar puede mover una cifra más o menos "
        "hasta ahí. No dice nada de las familias que no contestaron y opinan otra cosa.",
    ),
    Wording(
        "Surveys per 100 enrolled compares surveys with enrollment. It is called a response rate only where each family could "
        "answer just once, with a code of its own.",
        "Encuestas por cada 100 de la matrícula compara las encuestas con la matrícula. Se llama tasa de respuesta solo "
        "donde cada familia podía contestar una sola vez, con su propio código.",
    ),
    Wording(
        "Schools stand by name. Nothing here ranks them: where two likely ranges overlap, the difference may be chance.",
        "Las escuelas van por nombre. Nada aquí las compara en orden de mérito: si dos rangos probables se cruzan, la "
        "diferencia puede deberse al azar.",
    ),
)
_HIDDEN = (
    Wording(
        "“Not shown” is never zero. More is hidden or put together than the small groups themselves, so that nobody can work "
        "them out from totals. All that is hidden looks alike.",
        "«No se muestra» nunca quiere decir cero. Se oculta o se junta más que los grupos pequeños, para que nadie pueda "
        "calcularlos con los totales. Todo lo que se oculta se ve igual.",
    ),
    Wording(
        "“Nearly all” and “almost none” stand where so many gave the same answer that an exact figure would tell what each "
        "family said.",
        "«Casi todas» y «casi ninguna» aparecen donde tantas familias dieron la misma respuesta que una cifra exacta diría lo "
        "que contestó cada una.",
    ),
)
SHEETS_HEADING = Wording("The sheets", "Las hojas")
SHEETS = (
    ("Summary", Wording("how many surveys the figures stand on", "en cuántas encuestas se basan las cifras")),
    (
        "At a glance",
        Wording("every question, schools side by side", "todas las preguntas, las escuelas lado a lado"),
    ),
    (
        "Indicators",
        Wording(
            "the same answers by framework, and what is not asked",
            "las mismas respuestas por marco, y lo que no se pregunta",
        ),
    ),
    (
        "Items",
        Wording(
            "each question, how its answers spread, likely range",
            "cada pregunta, el reparto de respuestas, el rango probable",
        ),
    ),
    ("Groups", Wording("the same for groups of families", "lo mismo por grupos de familias")),
    (
        "Codebook",
        Wording(
            "every question and answer, as it was asked",
            "cada pregunta y respuesta, tal como se hizo",
        ),
    ),
    ("Withheld", Wording("what is not shown, and why", "lo que no se muestra, y por qué")),
)
