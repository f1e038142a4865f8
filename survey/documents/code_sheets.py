"""Sheets of household codes: a strip to cut off for each household, in both languages, with its code to scan or type."""

from collections.abc import Sequence

from survey import household_codes
from survey.documents import qr, typesetting
from survey.documents.handout import ORDER, Handout
from survey.documents.typesetting import Paper
from survey.wording import Wording


def to_pdf(handout: Handout, codes: Sequence[str], uses: int, paper: Paper) -> bytes:
    """Four strips on each sheet, in the order of the codes, each of which may be used ``uses`` times.

    The codes are nowhere but in what is returned.
    """
    plain = [code.replace("-", "") for code in codes]
    patterns = {language: qr.pattern_for(handout.link(language, plain[0])) for language in ORDER if plain}
    strips = [
        {
            "code": household_codes.shown(code),
            "qr": {language: qr.svg(handout.link(language, code), patterns[language]) for language in ORDER},
        }
        for code in plain
    ]
    words = {
        language: {
            "invitation": _INVITATION[language].format(survey=handout.title[language]),
            "how": _HOW[language],
            "uses": _uses(uses, language),
            "confidential": _CONFIDENTIAL[language],
            "type": _TYPE[language],
            "code": _CODE[language],
        }
        for language in ORDER
    }
    return typesetting.to_pdf(
        "code_sheets", {**handout.content(), "paper": paper.value, "words": words, "strips": strips}
    )


def _uses(uses: int, language: str) -> str:
    if uses == 1:
        return _ONE_USE[language]
    many = _NUMBERS.get(uses)
    return _USES[language].format(uses=many[language] if many else uses)


_INVITATION = Wording(en="For your family: {survey}", es="Para su familia: {survey}")
_HOW = Wording(
    en="Point your camera here. Your code is already filled in.",
    es="Apunte aquí con su cámara. Su código ya estará puesto.",
)
_TYPE = Wording(en="Or type this address, and your code", es="O escriba esta dirección, y su código")
_CODE = Wording(en="Your code", es="Su código")
_ONE_USE = Wording(
    en="This code is good for one survey. Please do not pass it on.",
    es="Este código sirve para una sola encuesta. Por favor, no lo comparta.",
)
_USES = Wording(
    en="This code is good for {uses} surveys, such as one for each parent or caregiver.",
    es="Este código sirve para {uses} encuestas, por ejemplo, una de cada madre, padre o cuidador.",
)
_NUMBERS = {
    2: Wording(en="two", es="dos"),
    3: Wording(en="three", es="tres"),
    4: Wording(en="four", es="cuatro"),
    5: Wording(en="five", es="cinco"),
    6: Wording(en="six", es="seis"),
    7: Wording(en="seven", es="siete"),
    8: Wording(en="eight", es="ocho"),
    9: Wording(en="nine", es="nueve"),
    10: Wording(en="ten", es="diez"),
}
# docs/privacy.md says the same at length: until a window is sealed, the database itself could tell.
_CONFIDENTIAL = Wording(
    en="Confidential: the code is not kept with your answers. Until the survey closes, only those who run the "
    "system could match them.",
    es="Confidencial: el código no se guarda con sus respuestas. Hasta que cierre la encuesta, solo quienes manejan "
    "el sistema podrían relacionarlos.",
)
