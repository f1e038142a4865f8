"""How tests read a workbook back: its sheets, its tables by their header, and all its texts."""

import io

import openpyxl
from builders_releases import release

from survey.documents import workbook

SHEETS = ["Read me", "Summary", "At a glance", "Indicators", "Items", "Groups", "Codebook", "Withheld"]


def opened(made=None, site=None):
    return openpyxl.load_workbook(io.BytesIO(workbook.to_xlsx(made or release(), site)))


def english(value):
    """The English line of a cell in both languages."""
    return value.partition("\n")[0] if isinstance(value, str) else value


def records(sheet):
    """The rows of a table under its header, by the header's English."""
    rows = [[english(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    top = next(n for n, row in enumerate(rows) if len(row) > 2 and row[2])
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :]]


def texts(book):
    """Every text of a workbook, in one."""
    return "\n".join(
        cell
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str)
    )
