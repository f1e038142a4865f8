"""Codes that were just made as files to print or to mail: the only place where they can be read."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from survey.documents import code_list, code_sheets
from survey.documents.typesetting import Paper
from survey.storage.sites import Site
from survey.storage.windows import Window
from survey.web.services import Services
from survey.web.staff.handouts import file_name, handout

# Laying out a file takes longer the more of it there is: 200 take 2.5 s, 1,000 in one file took 64 s.
CODES_IN_A_FILE = 200


class Kind(StrEnum):
    """What the codes are told on."""

    LETTER = "letter"
    A4 = "a4"
    CSV = "csv"


def to_files(
    found: Services, window: Window, site: Site, codes: Sequence[str], kind: Kind
) -> tuple[tuple[str, bytes], ...]:
    """The codes as files, each with its name: one list, or as many files of sheets as it takes."""
    # A code is for one survey: its link leads there, whatever else is open at the school.
    about = handout(found, window, site)
    about = replace(about, scanned=f"{about.address}/{window.survey}")
    if kind is Kind.CSV:
        return ((file_name(window, site, "codes.csv"), code_list.to_csv(about, codes)),)
    parts = [codes[at : at + CODES_IN_A_FILE] for at in range(0, len(codes), CODES_IN_A_FILE)]
    return tuple(
        (
            file_name(window, site, f"codes-{number}.pdf" if len(parts) > 1 else "codes.pdf"),
            code_sheets.to_pdf(about, part, window.code_uses, Paper(kind)),
        )
        for number, part in enumerate(parts, 1)
    )
