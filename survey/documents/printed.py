"""How a figure is printed: the one place where it becomes digits or words, for pages, charts and files alike.

A page that needs a figure's text takes it from here, in the reader's language, so that the screen,
the CSV and the workbook agree to the printed digit. The words are kept here in both languages,
not with the translations of the pages, because files carry both.
"""

from survey.figures import (
    NOTES,
    REASONS,
    Breakdown,
    Figure,
    FigureStatus,
    Group,
    Release,
    Responses,
    SiteRow,
    whole_percent,
)
from survey.frameworks import Status
from survey.wording import Wording

NOT_SHOWN = Wording("Not shown", "No se muestra")
FAVORABLE = Wording("Favorable answers", "Respuestas favorables")
EVERY_ANSWER = Wording("Every answer", "Todas las respuestas")
DONT_KNOW = Wording("Do not know, or it does not apply", "No sabe o no aplica")
EVERYBODY = Wording("All families who answered", "Todas las familias que contestaron")

# What must stand on every page and in every file of a release that was not audited, or was invented.
PRELIMINARY = Wording(
    "Preliminary: not yet checked against subtraction, not for publication.",
    "Preliminar: todavía no se ha revisado contra restas; no es para difusión pública.",
)
MADE_UP = Wording(
    "Made-up data: the schools, the families and their answers are invented.",
    "Datos inventados: las escuelas, las familias y sus respuestas no son reales.",
)
LIKELY_RANGE = Wording(
    "Likely range if families who did not answer feel as those who did",
    "Rango probable si las familias que no contestaron opinan como las que sí contestaron",
)


# Which responses a release holds, where a window has household codes: a name, and what must be said with it.
HELD = {
    Responses.CODED: Wording("Surveys with a household code", "Encuestas con código de familia"),
    Responses.OPEN: Wording("Surveys from the open link", "Encuestas del enlace abierto"),
}
HELD_APART = {
    Responses.CODED: Wording(
        "Only surveys with a household code.",
        "Solo encuestas con un código de familia.",
    ),
    Responses.OPEN: Wording(
        "Only surveys without a household code: by the open link, at school, or on paper.",
        "Solo encuestas sin código de familia: por el enlace abierto, en la escuela o en papel.",
    ),
}

# Where a framework's wording comes from: anything but official text is never shown without this.
STANDING = {
    Status.VERBATIM: Wording("Official wording", "Texto oficial"),
    Status.RECALLED: Wording("To be confirmed", "Por confirmar"),
    Status.RECONSTRUCTED: Wording(
        "Reconstructed, not the official text", "Reconstruido, no es el texto oficial"
    ),
    Status.PROPOSED: Wording("Proposed wording", "Texto propuesto"),
}


def is_number(figure: Figure) -> bool:
    """Whether it is printed as a percent, rather than in words."""
    return figure.percent is not None and figure.status in (FigureStatus.PUBLISHED, FigureStatus.MERGED)


def is_capped(figure: Figure) -> bool:
    """Whether it is printed as "nearly all" or "almost none"."""
    return figure.status is FigureStatus.CAPPED


def is_hidden(group: Group) -> bool:
    """Whether a group of respondents is not shown by itself."""
    return group.status in (FigureStatus.WITHHELD, FigureStatus.NO_BASE)


def percent(figure: Figure, language: str = "en") -> str:
    """The percent without its sign ("87"), or the words that stand in its place."""
    if is_number(figure):
        return str(figure.percent)
    return reason(figure, language) if is_capped(figure) else NOT_SHOWN[language]


def share(figure: Figure, language: str = "en") -> str:
    """The percent with its sign ("87%"), or the words that stand in its place."""
    text = percent(figure, language)
    return f"{text}%" if is_number(figure) else text


def digits(figure: Figure) -> str:
    """The percent where it is a number ("87"), or nothing: for columns that hold only numbers."""
    return str(figure.percent) if is_number(figure) else ""


def answers(figure: Figure) -> str:
    """The number of answers it is a percent of, or nothing where there is none to print."""
    return count(figure.n) if is_number(figure) or is_capped(figure) else ""


def count(n: int | None) -> str:
    """A number of answers or of people, or nothing where it may not be printed."""
    return "" if n is None else str(n)


def limits(figure: Figure) -> tuple[int, int] | None:
    """Both ends of the likely range, or None where it has none to print."""
    if not is_number(figure) or figure.range_low is None or figure.range_high is None:
        return None
    return figure.range_low, figure.range_high


def likely_words(figure: Figure, language: str = "en") -> str:
    """The likely range as part of a sentence ("81% to 91%"), or nothing."""
    ends = limits(figure)
    if ends is None:
        return ""
    return f"{ends[0]}% a {ends[1]}%" if language == "es" else f"{ends[0]}% to {ends[1]}%"


def reason(result: Figure | Group, language: str = "en") -> str:
    """Why it is capped, merged, withheld or without a base, in words; nothing where there is no more to say.

    What is withheld always has a reason, and the reasons never tell a size.
    """
    key = result.reason or _REASON_OF.get(result.status, "")
    if language == "es" and key in _REASONS_ES:
        return _REASONS_ES[key]
    return REASONS.get(key, key)


def statements(release: Release, language: str = "en") -> tuple[str, ...]:
    """What must be said wherever figures of this release are shown: made up, which responses it holds, preliminary."""
    said = (
        MADE_UP if release.made_up else None,
        HELD_APART.get(release.responses),
        None if release.audited else PRELIMINARY,
    )
    return tuple(words[language] for words in said if words)


def held(release: Release, language: str = "en") -> str:
    """Which responses it holds, where those with a household code are told apart from the others; or nothing."""
    words = HELD.get(release.responses)
    return words[language] if words else ""


def rate(row: SiteRow) -> int | None:
    """Surveys for each hundred enrolled, halves away from zero, or None where enrolment is not known."""
    if not row.enrolled:
        return None
    return whole_percent(row.respondents, row.enrolled)


def rate_words(unit: str | None, language: str = "en", *, one_each: bool = False) -> str:
    """What ``rate`` is called: a response rate only where single-use codes let each family answer once."""
    if unit == "families" and one_each:
        return _RESPONSE_RATE[language]
    return (_PER_100_FAMILIES if unit == "families" else _PER_100_PUPILS)[language]


def note(breakdown: Breakdown, key: str, parameters: dict[str, str], language: str = "en") -> str:
    """What a breakdown put together, as a sentence."""
    sentence = _NOTES_ES.get(key, "") if language == "es" else ""
    told = {
        name: breakdown.label(value, language) if name == "group" else value
        for name, value in parameters.items()
    }
    return (sentence or NOTES.get(key, key)) % told


_RESPONSE_RATE = Wording(
    "Response rate, percent of families", "Tasa de respuesta, por ciento de las familias"
)
_PER_100_FAMILIES = Wording("Surveys per 100 families", "Encuestas por cada 100 familias")
_PER_100_PUPILS = Wording("Surveys per 100 pupils", "Encuestas por cada 100 estudiantes")

_REASON_OF = {
    FigureStatus.WITHHELD: "small_group",
    FigureStatus.NO_BASE: "too_few_answers",
    FigureStatus.MERGED: "counted_together",
}

_REASONS_ES = {
    "nearly_all": "casi todas",
    "almost_none": "casi ninguna",
    "small_group": "no se muestra por separado, para proteger a un grupo pequeño",
    "too_few_answers": "muy pocas respuestas a esta pregunta",
    "counted_together": "se cuentan junto con otras, para proteger a un grupo pequeño",
    "few_asked": "esta pregunta se hizo a muy pocas familias, aquí o en un grupo relacionado",
    "side_together": "estas respuestas se dan en una sola cifra, porque una de ellas es casi todas o casi ninguna",
}

_NOTES_ES = {
    "several": "Las familias que marcaron más de una respuesta son un grupo aparte: «%(group)s».",
    "not_stated_with": "Quienes no contestaron esta pregunta se cuentan con el grupo más grande, «%(group)s».",
    "not_stated_with_largest": "Quienes no contestaron esta pregunta se cuentan con el grupo más grande de la escuela.",
    "not_stated_apart": "Las familias que no contestaron esta pregunta son un grupo aparte: «%(group)s».",
    "not_known_with": "Las encuestas de las que no se sabe esto se cuentan con el grupo más grande, «%(group)s».",
    "not_known_apart": "Las encuestas de las que no se sabe esto son un grupo aparte: «%(group)s».",
    "small_band": "En cada escuela, un grupo de menos de %(minimum)s familias se cuenta con el grupo más grande de la escuela.",
    "put_together": "Las respuestas que dieron menos de %(minimum)s familias en todo el distrito se cuentan juntas: «%(group)s».",
}
