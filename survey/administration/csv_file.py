"""A CSV file with a header, read into rows of named columns and everything that is wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from survey import csv_lines
from survey.administration.faults import N_, ImportFaults, LineFault
from survey.csv_lines import NotCsv, NotUtf8


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on, and its fields by column, without spaces around them."""

    line: int
    fields: dict[str, str]


def read(
    content: str | bytes, required: Sequence[str], optional: Sequence[str] = ()
) -> tuple[tuple[Row, ...], list[LineFault]]:
    """The rows of a comma-separated file in UTF-8, and what is wrong with the lines that are none.

    A row has every required column and those optional ones that the file has; blank lines are
    passed over. Raises ``ImportFaults`` where no line can be read: at the header, or before it.
    """
    lines = _lines(content)
    if not lines:
        raise ImportFaults([LineFault(0, "", N_("The file is empty"))])
    first, header = lines[0]
    columns = [name.strip().lower() for name in header]
    faults = _header_faults(first, columns, required, optional)
    if not faults and len(lines) == 1:
        faults = [LineFault(0, "", N_("The file has a header and no rows"))]
    if faults:
        raise ImportFaults(faults)
    rows = []
    for line, fields in lines[1:]:
        wrong = _line_faults(line, columns, fields)
        faults += wrong
        if not wrong:
            values = (value.strip() for value in fields)
            rows.append(Row(line, dict(zip(columns, values, strict=True))))
    return tuple(rows), faults


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def _lines(content: str | bytes) -> list[tuple[int, list[str]]]:
    try:
        return csv_lines.read(content)
    except NotUtf8 as fault:
        message = N_("The file is not UTF-8. When saving it in a spreadsheet, choose CSV UTF-8")
        raise ImportFaults([LineFault(fault.line, "", message)]) from None
    except NotCsv as fault:
        message = N_("The line is no CSV: a quotation mark is left open, or something follows a closing one")
        raise ImportFaults([LineFault(fault.line, "", message)]) from None


def _header_faults(
    line: int, columns: Sequence[str], required: Sequence[str], optional: Sequence[str]
) -> list[LineFault]:
    if len(columns) == 1 and (";" in columns[0] or "\t" in columns[0]):
        message = N_("The columns are not separated by commas. Save the file with commas")
        return [LineFault(line, "", message)]
    known = (*required, *optional)
    faults = [
        LineFault(
            line, name, N_("There is no such column; the columns are %(known)s"), {"known": ", ".join(known)}
        )
        for name in dict.fromkeys(columns)
        if name not in known
    ]
    faults += [
        LineFault(line, name, N_("The column is there twice"))
        for name in dict.fromkeys(columns)
        if columns.count(name) > 1
    ]
    return faults + [
        LineFault(line, name, N_("The column is missing")) for name in required if name not in columns
    ]


def _line_faults(line: int, columns: Sequence[str], fields: Sequence[str]) -> list[LineFault]:
    if len(fields) != len(columns):
        message = N_("The line has %(found)s fields; the header has %(expected)s")
        return [LineFault(line, "", message, {"found": len(fields), "expected": len(columns)})]
    return [
        LineFault(line, column, N_("There is a line break or another control character in it"))
        for column, value in zip(columns, fields, strict=True)
        if _CONTROL.search(value.strip())
    ]
