"""One YAML text as plain values, or what is wrong with it: nothing is read in a way its writer would not expect."""

import re
from collections.abc import Iterator

import yaml

# libyaml's parser where it is there: ten times as fast, with the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Content is five levels of lists of mappings deep; what is deeper is a slip or an attack.
DEEPEST = 40


def parse(text: str) -> tuple[object, list[str]]:
    """What the text holds (strings, whole numbers, booleans, None, lists, mappings) and its problems, by line.

    Only plain ``true``, ``yes``, ``on`` and their opposites are booleans and only plain decimal
    numbers are numbers: dates, versions such as 1.10 and codes such as 007 stay the text they are.
    """
    problems: list[str] = []
    try:
        return _document(yaml.parse(text, Loader=_LOADER), problems), problems
    except _Unreadable as stop:
        problems.append(str(stop))
    except yaml.MarkedYAMLError as fault:
        problems.append(_syntax(fault))
    except yaml.YAMLError:
        problems.append("a character that no text can hold: save the file as plain UTF-8 text")
    return None, problems


class _Unreadable(Exception):
    pass


def _document(events: Iterator[yaml.Event], problems: list[str]) -> object:
    found: object = None
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                problems.append(f"{_line(event)}: a second document (---): write one in each file")
                return found
        elif isinstance(event, yaml.NodeEvent):
            found = _value(event, events, problems, 0)
    return found


def _value(event: yaml.Event, events: Iterator[yaml.Event], problems: list[str], depth: int) -> object:
    if depth > DEEPEST:
        raise _Unreadable(f"{_line(event)}: nested too deep to be content: look for a stray bracket")
    if getattr(event, "anchor", None) is not None:
        problems.append(f"{_line(event)}: anchors (&) and aliases (*) are not used here: write it out")
    if getattr(event, "tag", None) not in (None, "!"):
        problems.append(f"{_line(event)}: tags (!) are not used here: put the text in quotes")
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, problems, depth)
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, problems, depth)
    return None


def _sequence(events: Iterator[yaml.Event], problems: list[str], depth: int) -> list[object]:
    found = []
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        found.append(_value(event, events, problems, depth + 1))
    return found


def _mapping(events: Iterator[yaml.Event], problems: list[str], depth: int) -> dict[str, object]:
    found: dict[str, object] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        # A key is the text that is written, so that `no:` and `1:` are no booleans or numbers.
        key = event.value if isinstance(event, yaml.ScalarEvent) else None
        if key is None:
            problems.append(f"{_line(event)}: a key must be one word")
            _value(event, events, problems, depth + 1)
        value = _value(next(events), events, problems, depth + 1)
        if key in found:
            problems.append(f"{_line(event)}: {key} is written twice: keep one")
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
    "undefined alias": "anchors (&) and aliases (*) are not used here: write it out",
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
