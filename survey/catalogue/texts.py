"""Texts that families read: both languages, the glossary's terms, and only placeholders that pages fill in."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from survey.catalogue.entries import Entry
from survey.wording import Wording


@dataclass(frozen=True, slots=True)
class Term:
    """One concept's word in each language, what not to say in Spanish, and why."""

    en: str
    es: str
    avoid_es: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Reads what families see, with a glossary to keep to."""

    avoided: tuple[tuple[re.Pattern[str], Term], ...] = ()

    def of(self, entry: Entry, key: str, fills: Collection[str] = ()) -> Wording:
        """The wording under ``key``; ``fills`` are the placeholders that pages fill in here."""
        wording = entry.wording(key)
        _placeholders(entry, wording, fills)
        for pattern, term in self.avoided:
            if said := pattern.search(unicodedata.normalize("NFC", wording.es)):
                entry.fault(f'the Spanish wording says "{said[0]}": {_advice(term)}')
        return wording


def glossary(entries: list[Entry]) -> tuple[Term, ...]:
    """The terms of a glossary."""
    return tuple(_term(entry) for entry in entries)


def keeping_to(terms: tuple[Term, ...]) -> Texts:
    """A reader of texts that knows which words these terms avoid."""
    proper = {_folded(form) for term in terms for form in (term.es, f"{term.es}s", f"{term.es}es")}
    avoided = []
    for term in terms:
        for word in term.avoid_es:
            # "grados" is wrong for marks and right for grade levels: no program can tell which is meant.
            if _folded(word) not in proper:
                pattern = rf"(?<!\w){re.escape(unicodedata.normalize('NFC', word))}(?!\w)"
                avoided.append((re.compile(pattern, re.IGNORECASE), term))
    return Texts(tuple(avoided))


def _term(entry: Entry) -> Term:
    entry.only(("en", "es", "avoid_es", "why"))
    for language in ("en", "es"):
        entry.language(language, of="text")
    avoided = entry.values.get("avoid_es", [])
    if not isinstance(avoided, list) or not all(isinstance(word, str) and word.strip() for word in avoided):
        entry.fault('avoid_es must be a list of texts in quotes, such as ["clima escolar"]')
        avoided = []
    return Term(
        en=entry.text("en") or "",
        es=entry.text("es") or "",
        avoid_es=tuple(word.strip() for word in avoided),
        why=entry.text("why") or "",
    )


def _advice(term: Term) -> str:
    why = f" ({term.why})" if term.why else ""
    return f'the glossary says "{term.es}" for "{term.en}"{why}'


def _folded(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()


_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def _placeholders(entry: Entry, wording: Wording, fills: Collection[str]) -> None:
    found = {
        language: set(_BRACES.findall(wording[language])) for language in ("en", "es") if wording[language]
    }
    known = {f"{{{name}}}" for name in fills}
    for name in sorted(set().union(*found.values()) - known):
        here = f"only {', '.join(sorted(known))}" if known else "nothing"
        entry.fault(f"{name} would be shown as it is: {here} is filled in here")
    if len(found) == 2 and found["en"] & known != found["es"] & known:
        entry.fault(
            f"English has the placeholders {_list(found['en'] & known)}, Spanish has {_list(found['es'] & known)}: "
            "both must have the same"
        )


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "none"
