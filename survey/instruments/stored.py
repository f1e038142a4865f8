"""An instrument as the text that is stored with a window: written, read, told apart, and mended in its words only."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

from survey.instruments.comparison import Differences, WordsChanged, differences
from survey.instruments.model import (
    Correction,
    Instrument,
    Item,
    ItemType,
    Missing,
    Option,
    Role,
    Section,
    ShownIf,
    Use,
)
from survey.wording import Wording

__all__ = [
    "ChangedInSubstance",
    "Differences",
    "WordsChanged",
    "differences",
    "digest",
    "from_json",
    "reworded",
    "to_json",
]


class ChangedInSubstance(ValueError):
    """More than words was changed; its message lists what."""


def to_json(instrument: Instrument) -> str:
    """The whole instrument as one JSON text; the same instrument always gives the same text."""
    return json.dumps(_written(instrument), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Instrument:
    """The instrument that ``to_json`` wrote, equal to it in everything."""
    return _read(json.loads(text))


def digest(instrument: Instrument) -> str:
    """What two instruments share only if they ask the same in the same words; past corrections do not count."""
    return hashlib.sha256(to_json(replace(instrument, corrections=())).encode()).hexdigest()


def reworded(used: Instrument, mended: Instrument, on: date) -> Instrument:
    """``used`` in the words of ``mended``, with each change added to its dated corrections.

    Raises ``ChangedInSubstance`` where anything but words differs.
    """
    found = differences(used, mended)
    if found.substance:
        raise ChangedInSubstance("; ".join(found.substance))
    corrections = (Correction(on, c.path, c.language, c.old, c.new) for c in found.words)
    return replace(mended, version=used.version, corrections=(*used.corrections, *corrections))


def _written(instrument: Instrument) -> dict[str, Any]:
    # What is empty is left out everywhere, so that a field added later changes no digest of the past.
    return _without_empty(
        survey=instrument.survey,
        version=instrument.version,
        status=instrument.status,
        title=_words(instrument.title),
        notices=[_words(notice) for notice in instrument.notices],
        closing={key: _words(text) for key, text in sorted(instrument.closing.items())},
        sections=[_section(section) for section in instrument.sections],
        corrections=[
            {"on": c.on.isoformat(), "path": c.path, "language": c.language, "old": c.old, "new": c.new}
            for c in instrument.corrections
        ],
    )


def _section(section: Section) -> dict[str, Any]:
    return _without_empty(
        id=section.id,
        title=_words(section.title),
        notice=_words(section.notice),
        items=[_item(item) for item in section.items],
    )


def _item(item: Item) -> dict[str, Any]:
    return _without_empty(
        id=item.id,
        type=item.type,
        scale=item.scale,
        text=_words(item.text),
        hint=_words(item.hint),
        shown_if={"item": item.shown_if.item, "code": item.shown_if.code} if item.shown_if else None,
        indicators=list(item.indicators),
        use=None if item.use is Use.NONE else item.use,
        role=item.role,
        max_choices=item.max_choices,
        max_length=item.max_length,
        is_filter=item.is_filter,
        is_background=item.is_background,
        options=[_option(option) for option in item.options],
    )


def _option(option: Option) -> dict[str, Any]:
    marked = {} if option.favorable is None else {"favorable": option.favorable}
    return marked | _without_empty(
        code=option.code,
        sign=option.sign,
        text=_words(option.text),
        missing=option.missing,
        exclusive=option.exclusive,
        measures=list(option.measures),
    )


def _words(wording: Wording | None) -> dict[str, str] | None:
    return {"en": wording.en, "es": wording.es} if wording else None


def _without_empty(**fields: object) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, False)}


def _read(document: dict[str, Any]) -> Instrument:
    return Instrument(
        survey=document["survey"],
        version=document["version"],
        title=Wording(**document["title"]),
        sections=tuple(_read_section(section) for section in document.get("sections", ())),
        status=document.get("status", ""),
        notices=tuple(Wording(**notice) for notice in document.get("notices", ())),
        closing={key: Wording(**text) for key, text in document.get("closing", {}).items()},
        corrections=tuple(
            Correction(**{**c, "on": date.fromisoformat(c["on"])}) for c in document.get("corrections", ())
        ),
    )


def _read_section(section: dict[str, Any]) -> Section:
    return Section(
        id=section["id"],
        title=Wording(**section["title"]),
        items=tuple(_read_item(item) for item in section.get("items", ())),
        notice=_maybe_words(section.get("notice")),
    )


def _read_item(item: dict[str, Any]) -> Item:
    return Item(
        id=item["id"],
        type=ItemType(item["type"]),
        text=Wording(**item["text"]),
        options=tuple(_read_option(option) for option in item.get("options", ())),
        scale=item.get("scale"),
        hint=_maybe_words(item.get("hint")),
        shown_if=ShownIf(**item["shown_if"]) if "shown_if" in item else None,
        indicators=tuple(item.get("indicators", ())),
        use=Use(item.get("use", Use.NONE)),
        role=Role(item["role"]) if "role" in item else None,
        max_choices=item.get("max_choices"),
        max_length=item.get("max_length"),
        is_filter=item.get("is_filter", False),
        is_background=item.get("is_background", False),
    )


def _read_option(option: dict[str, Any]) -> Option:
    return Option(
        code=option["code"],
        sign=option["sign"],
        text=Wording(**option["text"]),
        favorable=option.get("favorable"),
        missing=Missing(option["missing"]) if "missing" in option else None,
        exclusive=option.get("exclusive", False),
        measures=tuple(option.get("measures", ())),
    )


def _maybe_words(words: dict[str, str] | None) -> Wording | None:
    return Wording(**words) if words else None
