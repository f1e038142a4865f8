"""One YAML text as plain values, or what is wrong with it: nothing is read in a way its writer would not expect."""

import re
from collections.abc import Iterator

import yaml

# libyaml's parser where it is there: ten times as fast, with the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Content is five levels of lists of mappings deep, and a large file holds some thousand values; what is
# deeper or larger by far is a slip, or aliases of aliases.
DEEPEST = 40
MOST_VALUES = 200_000


def parse(text: str) -> tuple[object, list[str]]:
    """What the text holds (strings, whole numbers, booleans, None, lists, mappings) and its problems, by line.

    Only plain ``true``, ``yes``, ``on`` and their opposites are booleans and only plain decimal
    numbers are numbers: dates, versions such as 1.10 and codes such as 007 stay the text they are.
    """
    document = _Document(yaml.parse(text, Loader=_LOADER))
    try:
        return document.whole(), document.problems
    except _Unreadable as stop:
        document.problems.append(str(stop))
    except yaml.MarkedYAMLError as fault:
        document.problems.append(_syntax(fault))
    except yaml.YAMLError:
        document.problems.append("a character that no text can hold: save the file as plain UTF-8 text")
    return None, document.problems


class _Unreadable(Exception):
    pass


class _Document:
    """Builds values from the parser's events. An anchor is kept with how many values it stands for."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self.problems: list[str] = []
        self._events = events
        self._anchors: dict[str, tuple[object, int]] = {}
        self._size = 0

    def whole(self) -> object:
        found: object = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.problems.append(f"{_line(event)}: a second document (---): write one in each file")
                    return found
            elif isinstance(event, yaml.NodeEvent):
                found = self._value(event, 0)
        return found

    def _value(self, event: yaml.Event, depth: int) -> object:
        if depth > DEEPEST:
            raise _Unreadable(f"{_line(event)}: nested too deep to be content: look for a stray bracket")
        if getattr(event, "tag", None) not in (None, "!"):
            self.problems.append(f"{_line(event)}: tags (!) are not used here: put the text in quotes")
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        before = self._size
        self._grow(event, 1)
        found: object
        if isinstance(event, yaml.ScalarEvent):
            found = _scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            found = self._sequence(depth)
        else:
            found = self._mapping(depth)
        if anchor := getattr(event, "anchor", None):
            self._anchors[anchor] = found, self._size - before
        return found

    def _alias(self, event: yaml.AliasEvent) -> object:
        if event.anchor not in self._anchors:
            self.problems.append(f"{_line(event)}: *{event.anchor} stands for nothing above it: write it out")
            return None
        found, size = self._anchors[event.anchor]
        self._grow(event, size)
        return found

    def _grow(self, event: yaml.Event, size: int) -> None:
        self._size += size
        if self._size > MOST_VALUES:
            raise _Unreadable(f"{_line(event)}: more than {MOST_VALUES:,} values: aliases of aliases?")

    def _sequence(self, depth: int) -> list[object]:
        found = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, depth + 1))
        return found

    def _mapping(self, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            # A key is the text that is written, so that `no:` and `1:` are no booleans or numbers.
            key = event.value if isinstance(event, yaml.ScalarEvent) else None
            if key is None:
                self.problems.append(f"{_line(event)}: a key must be one word")
                self._value(event, depth + 1)
            value = self._value(next(self._events), depth + 1)
            if key in found:
                self.problems.append(f"{_line(event)}: {key} is written twice: keep one")
            elif key is not None:
                found[key] = value
        return found


_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_NOTHING = {"", "~", "null"}
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})")


def _scalar(event: yaml.ScalarEvent) -> str | int | bool | None:
    text: str = event.value
    if not event.implicit[0] or event.style:
        return text
    # YAML knows these words in lower case, capitalized and in capitals only.
    if text in (text.lower(), text.capitalize(), text.upper()):
        if text.lower() in _NOTHING:
            return None
        if text.lower() in _BOOLEANS:
            return _BOOLEANS[text.lower()]
    return int(text) if _NUMBER.fullmatch(text) else text


def _line(event: yaml.Event) -> str:
    return f"line {event.start_mark.line + 1}" if event.start_mark else "somewhere"


# What the parser says, and what most likely happened.
_HINTS = {
    "mapping values are not allowed": "a text with a colon belongs in quotes",
    "tab character": "indent with spaces",
    "cannot start any token": "indent with spaces, never tabs, and put texts in quotes",
    "expected ',' or": "a bracket or a comma is missing, or a text with quotes in it is not in quotes",
    "could not find expected ':'": "a colon is missing, or a text goes on without quotes",
    "expected <block end>": "the indentation does not match the lines above",
    "did not find expected": "the indentation does not match the lines above, or a quote or bracket is missing",
    "while scanning a quoted scalar": "a quote is not closed",
    "unexpected end of stream": "a quote or a bracket is not closed",
}


def _syntax(fault: yaml.MarkedYAMLError) -> str:
    mark = fault.problem_mark or fault.context_mark
    said = " ".join(part for part in (fault.context, fault.problem) if part)
    hint = next((hint for words, hint in _HINTS.items() if words in said), "")
    line = f"line {mark.line + 1}: " if mark else ""
    return f"{line}not YAML: {fault.problem or fault.context}" + (f" ({hint})" if hint else "")


def describe(value: object) -> str:
    """What a value was read as, for a fault."""
    names: dict[type, str] = {dict: "a mapping", list: "a list", str: "a text", int: "a number"}
    if isinstance(value, bool):
        return f"{str(value).lower()} (yes, no, on and off are true and false in YAML)"
    return names.get(type(value), "nothing")
