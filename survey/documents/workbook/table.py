"""A sheet that is one table: a title, what must be said of it, a header in both languages, and rows."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from survey.documents import harmless, printed
from survey.documents.workbook.styles import SEA_SOFT, Styles
from survey.documents.workbook.view import View
from survey.wording import Wording

# Excel's last row; a longer table goes on in a sheet of its own.
LAST_ROW = 1_048_576
# Excel refuses a longer text and a higher row.
_LONGEST = 16_000
_HIGHEST = 405


Cell = str | int | Wording | None


class Kind(StrEnum):
    """What a column holds, which decides how its cells look."""

    TEXT = "wrapped"
    CODE = "quiet"
    NUMBER = "number"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Binder:
    """A workbook under way: the library's book, its looks, and what it is about."""

    book: Any
    styles: Styles
    view: View


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``has_bars`` draws each percent as a bar behind its number, from 0 to 100."""

    title: Wording
    width: float
    kind: Kind = Kind.TEXT
    has_bars: bool = False


class Table:
    """One sheet, written from top to bottom; ``done`` must be called after its last row."""

    def __init__(
        self,
        binder: Binder,
        name: str,
        title: Wording,
        columns: Sequence[Column],
        *,
        lead: Wording | None = None,
        frozen: int = 0,
        is_long: bool = False,
    ) -> None:
        """``lead`` is one sentence under the title; the first ``frozen`` columns stay in sight.

        A long table has rows by the ten thousand: its texts are in one look, which is four times as fast.
        """
        self._book = binder.book
        self._styles = binder.styles
        self._view = binder.view
        self._name = name
        self._title = title
        self._columns = columns
        self._lead = lead
        self._frozen = frozen
        self._is_long = is_long
        self._parts = 0
        self._start()

    def row(self, cells: Sequence[Cell], *, is_lead: bool = False, is_quiet: bool = False) -> None:
        """One row: a number, a text in one language or both, or None for an empty cell, in each column.

        A lead row is bold. In a quiet row, text in one language only is a repetition.
        """
        if self._next == LAST_ROW:
            self.done()
            self._start()
        self._make_room(cells, 1.1 if is_lead else 1.2)
        for place, (cell, column) in enumerate(zip(cells, self._columns, strict=True)):
            quiet = ("quiet",) if is_quiet and isinstance(cell, str) else ()
            self._cell(place, cell, column, ("lead",) if is_lead else quiet)
        self._next += 1

    def section(self, text: str) -> None:
        """A row that opens a part of the table."""
        look = self._styles("section")
        self._sheet.write_string(self._next, 0, harmless.text(text), look)
        for place in range(1, len(self._columns)):
            self._sheet.write_blank(self._next, place, None, look)
        self._next += 1

    def done(self) -> None:
        """Add what spans the finished table: filters, bars, and what a printer needs."""
        last = max(self._next - 1, self._top)
        self._sheet.autofilter(self._top, 0, last, len(self._columns) - 1)
        for place, column in enumerate(self._columns):
            if column.has_bars:
                self._sheet.conditional_format(self._top + 1, place, last + 1, place, _BARS)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})

    def _start(self) -> None:
        self._parts += 1
        name = self._name if self._parts == 1 else f"{self._name} {self._parts}"
        self._sheet = self._book.add_worksheet(name)
        set_up(self._sheet, self._view)
        self._next = 0
        for place, column in enumerate(self._columns):
            self._sheet.set_column(place, place, column.width)
        self._band(f"{self._title.en}  ·  {self._title.es}", "title", 30)
        self._band(where(self._view), "where", 18)
        for statement in statements(self._view):
            self._band(statement, "caution", 20)
        for sentence in (self._lead.en, self._lead.es) if self._lead else ():
            self._band(sentence, "sentence", 20)
        self._top = self._next
        self._header()
        self._sheet.freeze_panes(self._next, self._frozen)
        self._sheet.repeat_rows(0, self._top)

    def _band(self, text: str, look: str, height: int) -> None:
        self._sheet.set_row(self._next, height)
        self._sheet.write_string(self._next, 0, harmless.text(text), self._styles(look))
        if look == "caution":
            for place in range(1, len(self._columns)):
                self._sheet.write_blank(self._next, place, None, self._styles(look))
        self._next += 1

    def _header(self) -> None:
        self._make_room([column.title for column in self._columns], 1.0)
        look, bold = self._styles("header"), self._styles("header", "in english")
        for place, column in enumerate(self._columns):
            self._both(place, column.title, bold, bold, look)
        self._next += 1

    def _cell(self, place: int, cell: Cell, column: Column, more: tuple[str, ...]) -> None:
        if isinstance(cell, int):
            self._sheet.write_number(self._next, place, cell, self._styles("cell", column.kind, *more))
            return
        words = ("words",) if cell and column.kind is Kind.PERCENT else ()
        look = self._styles("cell", column.kind, *more, *words)
        if not cell:
            self._sheet.write_blank(self._next, place, None, look)
        elif isinstance(cell, Wording):
            if self._is_long:
                self._sheet.write_string(self._next, place, _two_lines(cell), look)
                return
            slanted = ("slanted",) if words else ()
            english, spanish = self._styles(*more, *slanted), self._styles("quiet", *slanted)
            self._both(place, cell, look, english, spanish)
        else:
            self._sheet.write_string(self._next, place, harmless.text(cell)[:_LONGEST], look)

    def _make_room(self, cells: Sequence[Cell], letters: float) -> None:
        """Make the row as high as its longest cell, which not every program does by itself.

        ``letters`` of them fit where one digit does.
        """
        widths = (letters * (column.width - 1) for column in self._columns)
        needed = max(lines_of(cell, width) for cell, width in zip(cells, widths, strict=True))
        self._sheet.set_row(self._next, min(15 * needed + 2, _HIGHEST))

    def _both(self, place: int, words: Wording, look: Any, english_look: Any, spanish_look: Any) -> None:
        both = _two_lines(words)
        english, _, spanish = both.partition("\n")
        if spanish:
            parts = (english_look, f"{english}\n", spanish_look, spanish)
            self._sheet.write_rich_string(self._next, place, *parts, look)
        else:
            self._sheet.write_string(self._next, place, both, look)


@lru_cache(maxsize=10_000)
def _two_lines(words: Wording) -> str:
    """English, and Spanish in a line under it where it differs."""
    english, spanish = harmless.text(words.en)[:_LONGEST], harmless.text(words.es)[:_LONGEST]
    return f"{english}\n{spanish}" if spanish not in ("", english) else english


def lines_of(cell: Cell, width: float) -> int:
    """How many lines a cell of this width needs, rather one too many than one too few."""
    if isinstance(cell, Wording):
        return _lines(cell.en, width) + (_lines(cell.es, width) if cell.es != cell.en else 0)
    return _lines(cell, width) if isinstance(cell, str) else 1


@lru_cache(maxsize=10_000)
def _lines(text: str, width: float) -> int:
    return len(textwrap.wrap(text, max(int(width), 1))) or 1


def set_up(sheet: Any, view: View) -> None:
    """What every sheet needs on paper: landscape, one page wide, and its standing at the foot of each page."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(1)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    standing = " ".join(printed.statements(view.release)) or view.release.window
    sheet.set_footer(f"&L&8{standing.replace('&', '&&')[:230]}&R&8&P / &N")


def where(view: View) -> str:
    """Whose results these are, of which window and release, on one line."""
    release = view.release
    whose = release.district.name if view.row is None else view.row.name
    made = release.made_on.isoformat()
    title = release.instrument.title.en
    held = printed.held(release)
    parts = (whose, title, release.window, f"release {release.number}, {made}", held)
    return "  ·  ".join(part for part in parts if part)


def statements(view: View) -> tuple[str, ...]:
    """What must be said of the figures, each statement in both languages."""
    both = zip(printed.statements(view.release), printed.statements(view.release, "es"), strict=True)
    return tuple(f"{english}  ·  {spanish}" for english, spanish in both)


_BARS = {
    "type": "data_bar",
    "bar_color": SEA_SOFT,
    "bar_solid": True,
    "bar_no_border": True,
    "min_type": "num",
    "min_value": 0,
    "max_type": "num",
    "max_value": 100,
    "data_bar_2010": True,
}
