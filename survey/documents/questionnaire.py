"""The paper questionnaire: the survey as on the phone, with boxes to mark and the key that types each of them in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from survey.documents import typesetting
from survey.documents.handout import ORDER, Handout, day_in_words
from survey.documents.typesetting import Paper
from survey.instruments.model import Instrument, Item, Section
from survey.wording import LANGUAGES, Wording

# What is typed for the first option of a question, the second, and so on.
KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a questionnaire says beyond its survey: the handout of its school, and its window's name."""

    handout: Handout
    window: str
    minimum_group: int


def to_pdf(sheet: Sheet, instrument: Instrument, paper: Paper, languages: Sequence[str] = ORDER) -> bytes:
    """The whole survey in each of these languages, one after the other, each beginning on a new sheet of paper.

    One language at a time, because a family reads one: two side by side take as many pages and are
    harder to follow. Numbers are those of the phone's page.
    """
    handout = sheet.handout
    spoken = [language for language in ORDER if language in languages]
    content = {
        **handout.content(),
        "paper": paper.value,
        "languages": spoken,
        "version": instrument.version,
        "window": sheet.window,
        "surveys": {
            language: {
                "parts": list(_parts(instrument, sheet.minimum_group, language)),
                "how": _how(sheet, language),
                "notices": [_filled(notice[language], sheet.minimum_group) for notice in instrument.notices],
                **{name: words[language] for name, words in _WORDS.items()},
            }
            for language in LANGUAGES
        },
    }
    return typesetting.to_pdf("questionnaire", content)


def key(position: int) -> str:
    """What a keyer types for the option at this position, counted from 0; "" for one beyond the last key."""
    return KEYS[position : position + 1]


def _parts(instrument: Instrument, minimum_group: int, language: str) -> Iterator[dict[str, object]]:
    numbers = {item.id: number for number, item in enumerate(instrument.items(), 1)}
    counted = sum(not _is_background(section) for section in instrument.sections)
    for number, section in enumerate(instrument.sections, 1):
        place = _PART[language].format(number=number, total=counted)
        yield {
            "place": _TO_FINISH[language] if _is_background(section) else place,
            "title": section.title[language],
            "notice": _filled(section.notice[language], minimum_group) if section.notice else "",
            "questions": [
                _question(instrument, item, numbers, language, minimum_group) for item in section.items
            ],
        }


def _question(
    instrument: Instrument, item: Item, numbers: dict[str, int], language: str, minimum_group: int
) -> dict[str, object]:
    return {
        "number": numbers[item.id],
        "kind": item.type.value,
        "text": _filled(item.text[language], minimum_group),
        "hint": _filled(item.hint[language], minimum_group) if item.hint else "",
        "only_if": _only_if(instrument, item, numbers, language),
        "options": [
            {
                "key": key(position),
                "text": _filled(option.text[language], minimum_group),
                "apart": option.missing is not None or option.exclusive,
            }
            for position, option in enumerate(item.options)
        ],
    }


def _only_if(instrument: Instrument, item: Item, numbers: dict[str, int], language: str) -> str:
    rule = item.shown_if
    asked = instrument.item(rule.item) if rule else None
    option = asked.option(rule.code) if rule and asked else None
    if asked is None or option is None:
        return ""
    return _ONLY_IF[language].format(answer=option.text[language], number=numbers[asked.id])


def _how(sheet: Sheet, language: str) -> list[str]:
    closes = day_in_words(sheet.handout.closes, language)
    return [sentence[language].format(closes=closes) for sentence in _HOW]


def _is_background(section: Section) -> bool:
    return all(item.is_background for item in section.items)


def _filled(text: str, minimum_group: int) -> str:
    return text.replace("{min_group}", str(minimum_group))


_PART = Wording(en="Part {number} of {total}", es="Parte {number} de {total}")
_TO_FINISH = Wording(en="To finish", es="Para terminar")
_ONLY_IF = Wording(
    en="Only if you answered “{answer}” to question {number}.",
    es="Solo si contestó “{answer}” a la pregunta {number}.",
)
_HOW = (
    Wording(
        en="Circles: mark one. Squares: you can mark more than one.",
        es="Círculos: marque uno. Cuadros: puede marcar varios.",
    ),
    Wording(
        en="If you make a mistake, cross it out and mark another answer.",
        es="Si se equivoca, tache la respuesta y marque otra.",
    ),
    Wording(
        en="Do not write your name. The small numbers are for the office.",
        es="No escriba su nombre. Los números pequeños son para la oficina.",
    ),
    Wording(
        en="Answer on paper or on your phone, not both. Somebody at the school or the district will type in what "
        "you mark.",
        es="Conteste en papel o en su teléfono, pero no de las dos maneras. Alguien de la escuela o del distrito "
        "pasará sus respuestas a la computadora.",
    ),
    Wording(
        en="Return these pages to the school office by {closes}. You may put them in a closed envelope.",
        es="Entregue estas hojas en la oficina de la escuela a más tardar el {closes}. Puede ponerlas en un "
        "sobre cerrado.",
    ),
)
_WORDS = {
    "how_title": Wording(en="How to answer", es="Cómo contestar"),
    "office": Wording(en="For the office", es="Para la oficina"),
    "sheet": Wording(en="Sheet no.", es="Hoja n.º"),
    "page": Wording(en="Page", es="Página"),
    "of": Wording(en="of", es="de"),
    "version": Wording(en="version", es="versión"),
    "questions": Wording(en="Questions?", es="¿Tiene preguntas?"),
    "phone": Wording(en="On your phone:", es="En su teléfono:"),
    "paper_name": Wording(en="Paper survey", es="Encuesta en papel"),
}
