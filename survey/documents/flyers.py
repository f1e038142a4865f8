"""Flyers that bring families to a survey: a page, a half page, a quarter, and cards, in both languages at once."""

from enum import StrEnum

from survey.documents import typesetting
from survey.documents.handout import ORDER, Handout
from survey.documents.typesetting import Paper
from survey.wording import Wording


class Kind(StrEnum):
    """How large a flyer is. What is smaller than the sheet is on it as often as it fits, with lines to cut along."""

    PAGE = "page"
    HALF = "half"
    QUARTER = "quarter"
    CARD = "card"


def to_pdf(handout: Handout, kind: Kind, paper: Paper) -> bytes:
    """One sheet to print or copy, black on white, whose two QR codes each open their language."""
    content = handout.content()
    words = {language: {name: text[language] for name, text in _WORDS.items()} for language in ORDER}
    return typesetting.to_pdf("flyer", {**content, "kind": kind.value, "paper": paper.value, "words": words})


_WORDS = {
    "call": Wording(en="How is our school doing? Tell us.", es="¿Cómo va nuestra escuela? Díganos."),
    "aim": Wording(en="Point your camera here", es="Apunte aquí con su cámara"),
    "type": Wording(en="Or type this address on your phone", es="O escriba esta dirección en su teléfono"),
    "app": Wording(en="No app and no account", es="Sin aplicación y sin cuenta"),
    "signal": Wording(en="Works even if the signal drops", es="Funciona aunque se vaya la señal"),
    "help": Wording(
        en="Questions? Prefer paper, or to answer with someone?",
        es="¿Tiene preguntas? ¿Prefiere papel, o contestar con alguien?",
    ),
}
