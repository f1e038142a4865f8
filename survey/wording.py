"""A text in every language a survey is written in."""

from dataclasses import dataclass

LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as a reader may see it, in each language."""

    en: str
    es: str

    def __getitem__(self, language: str) -> str:
        """The text in ``language``; KeyError for a language no survey is written in."""
        if language not in LANGUAGES:
            raise KeyError(language)
        return self.es if language == "es" else self.en
