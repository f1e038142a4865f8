"""Texts of the breakdowns and groups that no instrument names, in both languages."""

from survey.wording import Wording

SEVERAL = "several"
NOT_STATED = "not_stated"

GROUPS = {
    SEVERAL: Wording("More than one answer", "Más de una respuesta"),
    NOT_STATED: Wording("Did not answer this question", "No contestó esta pregunta"),
}
NOT_KNOWN = Wording("Not known", "No se sabe")
LANGUAGE = Wording("Language answered in", "Idioma en que se contestó")
LANGUAGES = {"en": Wording("English", "Inglés"), "es": Wording("Spanish", "Español")}
CHANNEL = Wording("How the survey was answered", "Cómo se contestó la encuesta")
CHANNELS = {
    "link": Wording("By link or QR code", "Por enlace o código QR"),
    "code": Wording("With a single-use code", "Con un código de un solo uso"),
    "kiosk": Wording("On a school device", "En un equipo de la escuela"),
    "paper": Wording("On paper", "En papel"),
    "import": Wording("Collected elsewhere", "Reunida en otro lugar"),
}
