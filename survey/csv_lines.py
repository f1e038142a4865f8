"""The lines of a CSV file, each with the number of the line it begins on; what they mean is not known here."""

import csv
import io


class Unreadable(ValueError):
    """A file that has no lines to read; ``line`` is the number of the one where that shows."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


class NotUtf8(Unreadable):
    """The bytes are no text in UTF-8."""


class NotCsv(Unreadable):
    """A quotation mark is left open, or something follows a closing one."""


def read(content: str | bytes) -> list[tuple[int, list[str]]]:
    """The fields of every line that is not blank, as they are written; raises ``Unreadable``."""
    reader = csv.reader(io.StringIO(_text(content).removeprefix("\ufeff"), newline=""), strict=True)
    lines, begins = [], 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                lines.append((begins, fields))
            begins = reader.line_num + 1
    except csv.Error as fault:
        raise NotCsv(begins, str(fault)) from None
    return lines


def _text(content: str | bytes) -> str:
    if isinstance(content, str):
        return content
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise NotUtf8(content.count(b"\n", 0, fault.start) + 1, fault.reason) from None
