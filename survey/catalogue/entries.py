"""One mapping of a content file and its place: what it holds is read here, and what is wrong is noted, never raised."""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from survey.catalogue.documents import describe
from survey.catalogue.faults import ContentFault
from survey.wording import LANGUAGES, Wording

# What an id or a code may be: it stands in addresses, forms, spreadsheets and 64-character columns.
NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
LANGUAGE_NAMES = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping of a file. Every reader returns a stand-in for what is missing or wrong, and notes the fault."""

    values: Mapping[str, object]
    file: str
    path: tuple[str, ...]
    faults: list[ContentFault] = field(repr=False)

    def fault(self, problem: str) -> None:
        """Note that something is wrong here."""
        self.faults.append(ContentFault(self.file, ", ".join(self.path), problem))

    def has(self, key: str) -> bool:
        """Whether something is written under this key."""
        return self.values.get(key) is not None

    def only(self, known: Collection[str]) -> None:
        """Note every key that means nothing here."""
        for key in self.values:
            if key not in known:
                self.fault(f"unknown key {key}{suggestion(key, known)}")

    def name(self, key: str = "id") -> str:
        """The id or code under ``key``, always as text; "" where there is none that could be used."""
        value = self.values.get(key)
        if value is None:
            self.fault(f"no {key}")
        elif isinstance(value, bool):
            self.fault(f"YAML reads this {key} as {describe(value)}: put it in quotes")
        elif isinstance(value, str | int) and NAME.fullmatch(str(value)):
            return str(value)
        elif isinstance(value, str) and value:
            self.fault(f"{key} {value!r}: use 1 to 64 letters, digits, dots, hyphens and underscores")
        else:
            self.fault(f"{key} is {describe(value)}: write a text")
        return ""

    def text(self, key: str) -> str | None:
        """The text under ``key``, without the space around it, or None."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int):
            self.fault(f"{key} is {describe(value)}: write a text, in quotes")
            return None
        return str(value).strip() or None

    def wording(self, key: str) -> Wording:
        """The text under ``key`` in every language; each that is missing is a fault."""
        value = self.values.get(key)
        if value is None:
            self.fault(f"no {key}: write it in English (en) and Spanish (es)")
            return STAND_IN
        if not isinstance(value, dict):
            self.fault(f"{key} is {describe(value)}: write it in English (en) and Spanish (es)")
            return STAND_IN
        texts = Entry(value, self.file, self.path, self.faults)
        for language in value:
            if language not in LANGUAGES:
                texts.fault(f"{key}: unknown language {language}: the languages are en and es")
        return Wording(**{language: texts.language(language, of=key) for language in LANGUAGES})

    def language(self, language: str, *, of: str) -> str:
        """The text in one language; ``of`` says what it is the wording of."""
        value = self.values.get(language)
        which = "" if of == "text" else f" of its {of}"
        name = LANGUAGE_NAMES[language]
        if isinstance(value, bool | list | dict):
            self.fault(f"the {name} wording{which} is {describe(value)}: put it in quotes")
            return ""
        text = "" if value is None else str(value).strip()
        if not text:
            self.fault(f"no {name} wording{which}")
        return text

    def maybe_wording(self, key: str) -> Wording | None:
        """The text under ``key`` in every language, or None where nothing is written."""
        return self.wording(key) if self.has(key) else None

    def flag(self, key: str) -> bool | None:
        """The yes or no under ``key``, or None where nothing is written."""
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.fault(f"{key} is {describe(value)}: write true or false, without quotes")
        return None

    def count(self, key: str, least: int, most: int) -> int | None:
        """The whole number under ``key``, or None where nothing is written."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            numbers = (
                f"a whole number from {least} to {most}" if least < most else f"{most} here, or left out"
            )
            self.fault(f"{key} must be {numbers}")
            return None
        return value

    def names(self, key: str) -> tuple[str, ...]:
        """The ids listed under ``key``, each once."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or any(isinstance(v, bool) or not isinstance(v, str) for v in value):
            self.fault(f"{key} must be a list of ids, such as [first, second]")
            return ()
        for name in sorted({name for name in value if value.count(name) > 1}):
            self.fault(f"{key}: {name} is listed twice")
        return tuple(dict.fromkeys(value))

    def entries(self, key: str, kind: str, named_by: str = "id") -> Iterator["Entry"]:
        """The mappings listed under ``key``; each one's path names it, or says which in the list it is."""
        value = self.values.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.fault(f"{key} is {describe(value)}: write a list, each entry beginning with a hyphen")
            return
        for position, each in enumerate(value, start=1):
            if isinstance(each, dict):
                yield Entry(
                    each, self.file, (*self.path, _label(kind, each.get(named_by), position)), self.faults
                )
            else:
                self.fault(f"{kind} {position} is {describe(each)}: write its keys, such as {named_by}: ...")


STAND_IN = Wording("", "")
MOST_NAMED = 20


def suggestion(word: str, known: Iterable[str]) -> str:
    """A question that names the known word most like this one, or what is known if that is not much."""
    near = difflib.get_close_matches(word, known, n=1)
    if near:
        return f": did you mean {near[0]}?"
    names = sorted(name for name in known if name)
    return f": known here are {', '.join(names)}" if 0 < len(names) <= MOST_NAMED else ""


def said(value: object) -> str:
    """A value that should have been a word, as a fault names it."""
    return value if isinstance(value, str) else describe(value)


def _label(kind: str, name: object, position: int) -> str:
    if isinstance(name, str | int) and not isinstance(name, bool) and NAME.fullmatch(str(name)):
        return f"{kind} {name}"
    return f"{kind} {position}"
