"""The sheet Read me: what this workbook is and how to read it, in both languages side by side."""

from typing import Any

from survey.documents import harmless, printed
from survey.documents.workbook import guide
from survey.documents.workbook.styles import Styles
from survey.documents.workbook.table import Binder, lines_of, set_up, where
from survey.wording import Wording

_WIDTH = 66


def write(binder: Binder) -> None:
    """English on the left, Spanish on the right, each paragraph beside its translation."""
    view = binder.view
    sheet = binder.book.add_worksheet("Read me")
    set_up(sheet, view)
    sheet.set_column(0, 0, _WIDTH)
    sheet.set_column(1, 1, 3)
    sheet.set_column(2, 2, _WIDTH)
    page = _Page(sheet, binder.styles)
    page.both(view.names.site(view.row.slug if view.row else ""), "title", height=34)
    page.both(view.release.instrument.title, "sentence", height=24)
    page.both(Wording(where(view), ""), "where")
    for english, spanish in zip(
        printed.statements(view.release), printed.statements(view.release, "es"), strict=True
    ):
        page.both(Wording(english, spanish), "caution", "plain")
    for heading, paragraphs in guide.parts(view):
        page.gap()
        page.both(heading, "heading")
        for paragraph in paragraphs:
            page.both(paragraph, "plain")
    page.gap()
    page.both(guide.SHEETS_HEADING, "heading")
    for name, use in guide.SHEETS:
        page.link(name, use)


class _Page:
    """Two columns of text, filled from the top."""

    def __init__(self, sheet: Any, styles: Styles) -> None:
        self._sheet = sheet
        self._styles = styles
        self._next = 0

    def both(self, words: Wording, *look: str, height: int | None = None) -> None:
        needed = max(lines_of(text, 1.15 * _WIDTH) for text in (words.en, words.es)) if "plain" in look else 1
        self._sheet.set_row(self._next, height or 15 * needed + 4)
        for place, text in ((0, words.en), (2, words.es)):
            self._sheet.write_string(self._next, place, harmless.text(text), self._styles(*look))
        self._next += 1

    def gap(self) -> None:
        self._next += 1

    def link(self, name: str, use: Wording) -> None:
        texts = (f"{name}: {use.en}", f"{name}: {use.es}")
        self._sheet.set_row(self._next, 15 * max(lines_of(text, 1.15 * _WIDTH) for text in texts) + 2)
        for place, text in zip((0, 2), texts, strict=True):
            look = self._styles("link", "plain")
            self._sheet.write_url(self._next, place, f"internal:'{name}'!A1", look, text)
        self._next += 1
