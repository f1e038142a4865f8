"""A file of answers collected elsewhere, as a table: its form is checked here, what the cells mean is not."""

import gzip
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from survey import csv_lines
from survey.csv_lines import NotCsv, NotUtf8


@dataclass(frozen=True, slots=True)
class LineFault:
    """One thing wrong in a file: where (line 0: the whole file; column "": the whole line) and what to do.

    It never holds an answer.
    """

    line: int
    column: str
    problem: str


class FileFaults(Exception):
    """Everything that is wrong with a file; nothing of it was stored."""

    def __init__(self, faults: Sequence[LineFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Line:
    """One family's line: the number of its first line in the file, and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A well-formed file. ``content`` is its bytes, uncompressed: what makes it the same file."""

    content: bytes
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def read(path: Path) -> AnswerFile:
    """The file as a table without the lines that are blank; raises ``FileFaults``."""
    content = _content(path)
    numbered = _records(content)
    if not numbered:
        raise _one(0, "", "the file is empty")
    line, header = numbered[0]
    columns = tuple(name.strip() for name in header)
    faults = _faults_of_header(line, columns)
    faults.extend(
        LineFault(number, "", f"{len(cells)} cells, but the first line has {len(columns)} columns")
        for number, cells in numbered[1:]
        if len(cells) != len(columns)
    )
    if faults:
        raise FileFaults(faults)
    lines = tuple(Line(n, dict(zip(columns, cells, strict=True))) for n, cells in numbered[1:])
    if not lines:
        raise _one(0, "", "the file has column names and no answers")
    return AnswerFile(content, columns, lines)


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise _one(0, "", f"can not be read: {fault.strerror}") from None
    if path.suffix != ".gz" and not content.startswith(_GZIP):
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        raise _one(0, "", "named .gz, but not compressed with gzip, or cut short") from None


_GZIP = b"\x1f\x8b"


def _records(content: bytes) -> list[tuple[int, list[str]]]:
    """Each record that is not blank, with the number of the line it starts on."""
    try:
        return csv_lines.read(content)
    except NotUtf8 as fault:
        raise _one(fault.line, "", "not UTF-8; save the file as “CSV UTF-8”") from None
    except NotCsv as fault:
        problem = f"not CSV: {fault}; is there a quotation mark too many or too few?"
        raise _one(fault.line, "", problem) from None


def _faults_of_header(line: int, columns: tuple[str, ...]) -> list[LineFault]:
    faults = [
        LineFault(line, "", f"column {position} has no name")
        for position, name in enumerate(columns, start=1)
        if not name
    ]
    faults.extend(
        LineFault(line, name, "this column is there more than once")
        for name, times in Counter(columns).items()
        if name and times > 1
    )
    if len(columns) == 1 and any(mark in columns[0] for mark in ";\t"):
        return [LineFault(line, "", "one column only; save the file with commas between the columns")]
    return faults


def _one(line: int, column: str, problem: str) -> FileFaults:
    return FileFaults([LineFault(line, column, problem)])
