"""The workbook's file: its sheets in order, and what is said of it outside them."""

import io
from datetime import datetime

import xlsxwriter

from survey.documents import harmless, printed
from survey.documents.workbook import codes, figures, glance, indicators, readme, summary, view, withheld
from survey.documents.workbook.styles import Styles
from survey.documents.workbook.table import Binder
from survey.figures import Release

# Sheets are written from top to bottom and each row is let go of at once: memory does not grow with a release.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def to_xlsx(release: Release, site: str | None = None) -> bytes:
    """The release as a workbook: of everything, or of the row that ``site`` is in ("" is the district).

    The same release gives the same bytes. A site's workbook shows the district's figures beside the
    site's where ``release`` holds them, and nothing of any other site.
    """
    seen = view.of(release, site)
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, _OPTIONS) as book:
        book.set_properties(
            {
                "title": harmless.text(release.instrument.title.en),
                "subject": harmless.text(f"{release.window}, release {release.number}"),
                "company": harmless.text(release.district.name),
                "comments": " ".join(printed.statements(release)),
                "created": datetime(*release.made_on.timetuple()[:3]),  # noqa: DTZ001 - a date, not a moment
            }
        )
        binder = Binder(book, Styles(book), seen)
        for sheet in (readme, summary, glance, indicators, figures, codes, withheld):
            sheet.write(binder)
    return written.getvalue()
