"""Short names for what a JavaScript module calls its own functions and values; nothing else in it changes."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import count


def shortened(script: str) -> str:
    """The script with each of its own names replaced by a short one, the same everywhere; without comments.

    Names behind a dot and keys of objects stay: ``{ page }`` becomes ``{ page: t }``. A name that browsers
    bring too stays everywhere, so no scope has to be understood. It is for scripts like ours, in which every
    slash begins a comment or a pattern, and objects have no methods; ValueError where it can read no further.
    """
    tokens = [token for token in _tokens(script) if not token.text.startswith(("//", "/*"))]
    told = [token for token in tokens if token.kind != "space"]
    places = {id(token): place for token, place in zip(told, _places(told), strict=True)}
    names = Counter(t.text for t in told if places[id(t)] is not Place.APART)
    own = _declared(told, places) - _BROWSERS
    taken = (set(names) - own) | _WORDS
    short = (name for name in _short_names() if name not in taken)
    new = {name: next(short) for name, _ in names.most_common() if name in own}
    return "".join(_renamed(token, places.get(id(token), Place.APART), new) for token in tokens)


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a script. Inside a template, what stands between ``${`` and ``}`` is script."""

    kind: str
    text: str


class Place(Enum):
    """What a token is where it stands: a name by itself, a name and a key in one, or anything else."""

    NAME = auto()
    BOTH = auto()
    APART = auto()


_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*)
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<number>\d[\w.]*)
    |(?P<sign>=>|[=!]==?|\.\.\.|.)""",
    re.VERBOSE | re.DOTALL,
)
_IN_TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*", re.DOTALL)

_WORDS = frozenset(
    re.findall(
        r"\w+",
        (
            "async await break case catch class const continue default delete do else export extends false finally for "
            "from function if import in instanceof let new null of return static super switch this throw true try "
            "typeof undefined void while with yield"
        ),
    )
)
# What a name of ours could hide.
_BROWSERS = frozenset(
    re.findall(
        r"\w+",
        (
            "window document location history navigator screen name event status top self parent length origin "
            "localStorage sessionStorage fetch crypto caches scrollX scrollY scrollTo focus print stop close open find "
            "innerHeight innerWidth performance Notification"
        ),
    )
)
_OPENING = {"(": ")", "[": "]", "{": "}"}


def _renamed(token: Token, place: Place, new: dict[str, str]) -> str:
    short = new.get(token.text)
    if short is None or place is Place.APART:
        return token.text
    return f"{token.text}:{short}" if place is Place.BOTH else short


def _tokens(script: str) -> Iterator[Token]:
    at = 0
    around: list[str] = []
    while at < len(script):
        begin = at
        if script[at] == "`" or (script[at] == "}" and around[-1:] == ["${"]):
            if script[at] == "}":
                around.pop()
            inside = _IN_TEMPLATE.match(script, at + 1)
            at = inside.end() if inside else len(script)
            if script.startswith("${", at):
                around.append("${")
                at += 1
            at += 1
            yield Token("text", script[begin:at])
            continue
        found = _TOKEN.match(script, at)
        if found is None or (found[0] == "}" and not around):
            raise ValueError(f"can not be read: {script[at : at + 40]!r}")
        at = found.end()
        if found[0] == "{":
            around.append("{")
        elif found[0] == "}":
            around.pop()
        yield Token(str(found.lastgroup), found[0])


def _places(told: list[Token]) -> Iterator[Place]:
    """For each token, what it is where it stands."""
    around: list[str] = []
    for at, token in enumerate(told):
        before = told[at - 1].text if at else ";"
        after = told[at + 1].text if at + 1 < len(told) else ";"
        place = Place.APART
        if token.kind == "name" and token.text not in _WORDS and before != ".":
            begins = around[-1:] == ["{"] and before in ("{", ",")
            place = Place.NAME
            if begins and after == ":":
                place = Place.APART
            elif begins and after in (",", "}", "="):
                place = Place.BOTH
        elif token.kind == "sign" and token.text in _OPENING:
            around.append(token.text)
        elif token.kind == "sign" and token.text in _OPENING.values():
            around.pop()
        elif token.kind == "text":
            if token.text.startswith("}"):
                around.pop()
            if token.text.endswith("${"):
                around.append("${")
        yield place


def _declared(told: list[Token], places: dict[int, Place]) -> set[str]:
    """The names that the script gives: of functions and values, and of what functions are given."""
    names: set[str] = set()
    closed: list[int] = []
    begun: dict[int, int] = {}
    for at, token in enumerate(told):
        before = told[at - 1].text if at else ";"
        if token.kind == "name" and (before in ("function", "class", "const", "let") or _is_lone(told, at)):
            names.add(token.text)
        elif token.kind == "sign" and token.text in _OPENING:
            closed.append(at)
        elif token.kind == "sign" and token.text in _OPENING.values():
            begun[at] = closed.pop()
            start = begun[at]
            ahead = [told[i].text if i >= 0 else ";" for i in (start - 2, start - 1)]
            after = told[at + 1].text if at + 1 < len(told) else ";"
            is_given = after == "=>" or "function" in ahead or ahead[1] in ("const", "let", "catch")
            if is_given:
                names |= _given(told[start + 1 : at], places)
    return names


def _is_lone(told: list[Token], at: int) -> bool:
    """Whether it is the one thing an arrow function is given, without brackets."""
    return at + 1 < len(told) and told[at + 1].text == "=>"


def _given(told: list[Token], places: dict[int, Place]) -> set[str]:
    """The names in what a function is given, or a value is taken apart into; not those in what stands in for it."""
    names: set[str] = set()
    depth = 0
    stands_in: int | None = None
    for token in told:
        if token.kind == "sign" and token.text in _OPENING:
            depth += 1
        elif token.kind == "sign" and token.text in _OPENING.values():
            depth -= 1
            if stands_in is not None and depth < stands_in:
                stands_in = None
        elif token.text == "," and stands_in == depth:
            stands_in = None
        elif token.text == "=" and stands_in is None:
            stands_in = depth
        elif stands_in is None and places[id(token)] is not Place.APART:
            names.add(token.text)
    return names


def _short_names() -> Iterator[str]:
    letters = "etaoinsrlcdumhpfgbvywkxjqzETAOINSRLCDUMHPFGBVYWKXJQZ"
    yield from letters
    for number in count():
        yield f"{letters[number % len(letters)]}{number // len(letters)}"
