"""Where two versions of an instrument differ: in words alone, or in what is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

from survey.instruments.model import Instrument, Item, Option, Section
from survey.wording import LANGUAGES, Wording


@dataclass(frozen=True, slots=True)
class WordsChanged:
    """One text of one language that reads differently; ``language`` is "" for a text that has only one."""

    path: str
    language: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Differences:
    """Every difference: texts that read differently, and the places where what is asked has changed."""

    words: tuple[WordsChanged, ...] = ()
    substance: tuple[str, ...] = ()


def differences(old: Instrument, new: Instrument) -> Differences:
    """What changed from ``old`` to ``new``, their versions aside; empty only if they ask the same in the same words.

    A text that appears or goes away is a change of substance: only a text that reads differently
    can be a slip of wording.
    """
    found = [*_instrument(old, new)]
    return Differences(
        words=tuple(f for f in found if isinstance(f, WordsChanged)),
        substance=tuple(f for f in found if isinstance(f, str)),
    )


Found = Iterator[WordsChanged | str]


def _instrument(old: Instrument, new: Instrument) -> Found:
    if old.survey != new.survey:
        yield f"survey {old.survey}: now {new.survey}"
    if old.status != new.status:
        yield WordsChanged("status", "", old.status, new.status)
    yield from _words("title", old.title, new.title)
    if len(old.notices) != len(new.notices):
        yield f"notices: {len(new.notices)} instead of {len(old.notices)}"
    else:
        for number, (notice, now) in enumerate(zip(old.notices, new.notices, strict=True), start=1):
            yield from _words(f"notice {number}", notice, now)
    for key in sorted(old.closing.keys() | new.closing.keys()):
        yield from _words(f"notice {key}", old.closing.get(key), new.closing.get(key))
    yield from _changed_list("section", old.sections, new.sections)
    for section, after in _common(old.sections, new.sections):
        yield from _section(section, after)


def _section(old: Section, new: Section) -> Found:
    path = f"section {old.id}"
    yield from _words(f"{path}: title", old.title, new.title)
    yield from _words(f"{path}: notice", old.notice, new.notice)
    yield from _changed_list(f"{path}, item", old.items, new.items)
    for item, after in _common(old.items, new.items):
        yield from _item(f"{path}, item {item.id}", item, after)


def _item(path: str, old: Item, new: Item) -> Found:
    yield from _words(path, old.text, new.text)
    yield from _words(f"{path}: hint", old.hint, new.hint)
    yield from _values(path, old, new, besides=("text", "hint", "options"))
    yield from _changed_list(f"{path}, option", old.options, new.options)
    for option, after in _common(old.options, new.options):
        place = f"{path}, option {option.code}"
        yield from _words(place, option.text, after.text)
        yield from _values(place, option, after, besides=("text",))


def _values(path: str, old: Item | Option, new: Item | Option, besides: tuple[str, ...]) -> Found:
    for field in fields(old):
        if field.name not in besides and getattr(old, field.name) != getattr(new, field.name):
            yield f"{path}: {field.name} changed"


def _words(path: str, old: Wording | None, new: Wording | None) -> Found:
    if old is None or new is None:
        if old is not new:
            yield f"{path}: text {'added' if old is None else 'removed'}"
        return
    for language in LANGUAGES:
        if old[language] != new[language]:
            yield WordsChanged(path, language, old[language], new[language])


Part = TypeVar("Part", Section, Item, Option)


def _changed_list(path: str, old: Sequence[Part], new: Sequence[Part]) -> Found:
    before, after = [_name(part) for part in old], [_name(part) for part in new]
    yield from (f"{path} {name}: removed" for name in before if name not in after)
    yield from (f"{path} {name}: added" for name in after if name not in before)
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield f"{path}s: their order changed"


def _common(old: Sequence[Part], new: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
    after = {_name(part): part for part in new}
    return ((part, after[_name(part)]) for part in old if _name(part) in after)


def _name(part: Section | Item | Option) -> str:
    return part.code if isinstance(part, Option) else part.id
