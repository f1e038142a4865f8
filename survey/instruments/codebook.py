"""An instrument as the rows of a codebook: every code a file or a packed response may hold, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from survey.instruments.model import Instrument, Item, ItemType, Missing
from survey.wording import LANGUAGES, Wording


@dataclass(frozen=True, slots=True)
class CodebookRow:
    """One option of one item; an item answered in words has one row, without an option.

    ``measures`` are the indicators that this option alone says something about. ``shown_if``
    names the answer without which the item is not shown.
    """

    section: Wording
    item: str
    type: ItemType
    text: Wording
    shown_if: Wording | None
    indicators: tuple[str, ...]
    option: str | None = None
    option_text: Wording | None = None
    sign: str | None = None
    favorable: bool | None = None
    missing: Missing | None = None
    exclusive: bool = False
    measures: tuple[str, ...] = ()


def rows(instrument: Instrument) -> list[CodebookRow]:
    """The codebook of an instrument, in the order it is asked."""
    return [
        row
        for section in instrument.sections
        for item in section.items
        for row in _rows(section.title, item, instrument)
    ]


def _rows(section: Wording, item: Item, instrument: Instrument) -> Iterator[CodebookRow]:
    asked = CodebookRow(
        section=section,
        item=item.id,
        type=item.type,
        text=item.text,
        shown_if=_shown_if(item, instrument),
        indicators=item.indicators,
    )
    if not item.options:
        yield asked
    for option in item.options:
        yield replace(
            asked,
            option=option.code,
            option_text=option.text,
            sign=option.sign,
            favorable=option.favorable,
            missing=option.missing,
            exclusive=option.exclusive,
            measures=option.measures,
        )


_ONLY_IF = {"en": "only if {item} is {code}: {text}", "es": "solo si {item} es {code}: {text}"}


def _shown_if(item: Item, instrument: Instrument) -> Wording | None:
    condition = item.shown_if
    if condition is None:
        return None
    leads = instrument.item(condition.item)
    option = leads.option(condition.code) if leads else None
    return Wording(
        **{
            language: _ONLY_IF[language].format(
                item=condition.item, code=condition.code, text=option.text[language] if option else "?"
            )
            for language in LANGUAGES
        }
    )
