"""Household codes as a CSV file: one a line with its links, for a district that mails or texts them itself."""

import csv
import io
from collections.abc import Sequence

from survey import household_codes
from survey.documents import harmless
from survey.documents.handout import Handout


def to_csv(handout: Handout, codes: Sequence[str]) -> bytes:
    """A line for each code in their order: the school, the code as it is typed, and the links that fill it in."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(("school", "code", "link_es", "link_en"))
    for code in codes:
        links = (handout.link(language, code) for language in ("es", "en"))
        lines.writerow((harmless.text(handout.school), household_codes.shown(code), *links))
    # With the mark that tells spreadsheets which letters these are.
    return text.getvalue().encode("utf-8-sig")
