"""What every printed page about a survey at a school says, whichever page it is: where, until when, whom to ask."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, format_skeleton

from survey.documents import qr
from survey.documents.typesetting import one_line
from survey.wording import LANGUAGES, Wording

# Families of this country read dates so in either language.
_LOCALES = {"en": "en_US", "es": "es_US"}
# Spanish comes first on paper: who reads it should not have to look for it.
ORDER = ("es", "en")


@dataclass(frozen=True, slots=True)
class Handout:
    """One window at one school, as paper tells families of it.

    ``notices`` are the survey's own first words. ``address`` is short enough to copy by hand;
    ``scanned`` is where a QR code leads, before anything about the language. ``shared_in`` is a day
    of the month in which families hear what was said. "" stands for what is not known.
    """

    school: str
    contact: str
    phone: str
    title: Wording
    notices: tuple[Wording, ...]
    opens: date
    closes: date
    is_coming: bool
    shared_in: date
    address: str
    scanned: str
    is_made_up: bool = False
    thanks: Wording | None = None

    def link(self, language: str, code: str = "") -> str:
        """The address in a QR code. A household's code stands behind the #, which no server is ever sent."""
        return f"{self.scanned}?l={language}" + (f"#c={code}" if code else "")

    @property
    def typed(self) -> str:
        """The address as a person types it."""
        return self.address.removeprefix("https://").removeprefix("http://")

    def promise(self, language: str) -> str:
        """What the survey says at its end: thanks, and when families hear what was said."""
        month = format_skeleton("yMMMM", self.shared_in, locale=_LOCALES[language])
        return self.thanks[language].replace("{month}", month) if self.thanks else ""

    def until(self, language: str) -> str:
        """Until when it can be answered; before it opens, also from when."""
        closes = day_in_words(self.closes, language)
        if not self.is_coming:
            return _UNTIL[language].format(closes=closes)
        # A year that both days share is said once.
        short = format_skeleton("MMMMd", self.opens, locale=_LOCALES[language])
        opens = short if self.opens.year == self.closes.year else day_in_words(self.opens, language)
        return _FROM_TO[language].format(opens=opens, closes=closes)

    def ask(self, language: str) -> str:
        """Whom to ask, by name and telephone as far as they are known."""
        known = ", ".join(filter(None, (one_line(self.contact), one_line(self.phone))))
        return known or _AT_THE_OFFICE[language]

    def content(self) -> dict[str, object]:
        """What every template is given."""
        return {
            "school": one_line(self.school),
            "typed": self.typed,
            "made_up": " · ".join(MADE_UP[language] for language in ORDER) if self.is_made_up else "",
            "said": {
                language: {
                    "name": _NAMES[language],
                    "title": self.title[language],
                    "notices": [notice[language] for notice in self.notices],
                    "until": self.until(language),
                    "ask": self.ask(language),
                    "promise": self.promise(language),
                    "picture": _PICTURE[language],
                    "qr": qr.svg(self.link(language)),
                }
                for language in LANGUAGES
            },
        }


def day_in_words(day: date, language: str) -> str:
    """A date that nobody can misread: "November 12, 2026", "12 de noviembre de 2026"."""
    return format_date(day, "long", locale=_LOCALES[language])


MADE_UP = Wording(en="Sample: invented school", es="Muestra: escuela inventada")
_NAMES = Wording(en="English", es="Español")
_UNTIL = Wording(en="Until {closes}", es="Hasta el {closes}")
_FROM_TO = Wording(en="From {opens} to {closes}", es="Del {opens} al {closes}")
_AT_THE_OFFICE = Wording(en="Ask at the school office.", es="Pregunte en la oficina de la escuela.")
_PICTURE = Wording(
    en="QR code that opens the survey in English", es="Código QR que abre la encuesta en español"
)
