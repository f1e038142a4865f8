"""The lines of a file of answers as responses: which site, which language, which codes, or what is wrong with them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from survey.collection.answer_file import AnswerFile, FileFaults, Line, LineFault
from survey.instruments import answers
from survey.instruments.answers import Answers, Fault, FaultReason
from survey.instruments.model import Instrument, Item, ItemType
from survey.storage.sites import Site
from survey.wording import LANGUAGES

# Between the codes of one check-all question.
BETWEEN_CODES = ";"


@dataclass(frozen=True, slots=True)
class Row:
    """One response of a file. ``response_id`` is "" where the file has no such column."""

    line: int
    response_id: str
    site_id: int
    language: str
    answers: Answers


class Places:
    """The sites a file may name, by slug or by exact name."""

    def __init__(self, of_window: Sequence[Site], everywhere: Sequence[Site]) -> None:
        self._here = {site.slug: site.id for site in of_window}
        self._slugs = {site.slug for site in everywhere}
        self._by_name: dict[str, list[str]] = {}
        for site in everywhere:
            self._by_name.setdefault(site.name, []).append(site.slug)

    def find(self, named: str) -> int | str:
        """The id of the site, or in words why there is none."""
        slugs = [named] if named in self._slugs else self._by_name.get(named, [])
        if not named:
            return "is empty; write the slug or the exact name of a site"
        if not slugs:
            return f"{named[:80]} is no site; write the slug or the exact name of one"
        here = [self._here[slug] for slug in slugs if slug in self._here]
        if not here:
            return f"the window is not open at {named[:80]}"
        if len(here) > 1:
            return f"{len(here)} sites are named {named[:80]}; write the slug of one"
        return here[0]


def read(file: AnswerFile, instrument: Instrument, places: Places, ignore: Collection[str]) -> list[Row]:
    """Every line as a response; raises ``FileFaults`` with everything that is wrong in any of them."""
    items = {item.id: item for item in instrument.items() if item.id not in ignore}
    if faults := tuple(_faults_of_columns(file, items, ignore)):
        raise FileFaults(faults)
    own = {name for name in _OWN if name in file.columns and name not in ignore}
    found: list[Row] = []
    faults_of_lines: list[LineFault] = []
    lines_of_ids: dict[str, int] = {}
    for line in file.lines:
        row, wrong = _row(line, own, items, instrument, places)
        if "response_id" in own:
            wrong.extend(_faults_of_id(line, lines_of_ids))
        faults_of_lines.extend(wrong)
        if row is not None:
            found.append(row)
    if faults_of_lines:
        raise FileFaults(faults_of_lines)
    return found


_OWN = ("site", "response_id", "language")


def _faults_of_columns(
    file: AnswerFile, items: dict[str, Item], ignore: Collection[str]
) -> Iterator[LineFault]:
    if "site" not in file.columns:
        yield LineFault(1, "site", "the file has no such column")
    elif "site" in ignore:
        yield LineFault(1, "site", "can not be ignored")
    for name in ignore:
        if name not in file.columns:
            yield LineFault(1, name, "is to be ignored, but the file has no such column")
    unknown = [c for c in file.columns if c not in items and c not in _OWN and c not in ignore]
    for name in unknown:
        yield LineFault(1, name, "is no question of this survey; name it in --ignore to leave it out")
    if not unknown and not any(name in items for name in file.columns):
        yield LineFault(1, "", "no column is a question of this survey")


def _faults_of_id(line: Line, lines_of_ids: dict[str, int]) -> Iterator[LineFault]:
    response_id = line.cells["response_id"].strip()
    if not response_id:
        yield LineFault(line.number, "response_id", "is empty; every line needs one, or leave the column out")
    elif response_id in lines_of_ids:
        yield LineFault(line.number, "response_id", f"is the same as in line {lines_of_ids[response_id]}")
    else:
        lines_of_ids[response_id] = line.number


def _row(
    line: Line, own: Collection[str], items: dict[str, Item], instrument: Instrument, places: Places
) -> tuple[Row | None, list[LineFault]]:
    faults = []
    site = places.find(line.cells["site"].strip())
    if isinstance(site, str):
        faults.append(LineFault(line.number, "site", site))
    language = line.cells["language"].strip() if "language" in own else ""
    if language and language not in LANGUAGES:
        faults.append(LineFault(line.number, "language", f"must be {', '.join(LANGUAGES)} or empty"))
    given = {c: _values(items[c], cell) for c, cell in line.cells.items() if c in items and cell.strip()}
    judged = answers.read(instrument, given)
    if isinstance(judged, Answers):
        faults.extend(_not_asked(line, judged, items, instrument))
    else:
        faults.extend(LineFault(line.number, f.item or "", _PROBLEMS[f.reason](f)) for f in judged)
    if faults or isinstance(site, str) or not isinstance(judged, Answers):
        return None, faults
    response_id = line.cells["response_id"].strip() if "response_id" in own else ""
    return Row(line.number, response_id, site, language, judged), []


def _values(item: Item, cell: str) -> list[str]:
    if item.type is ItemType.MULTI:
        return [code.strip() for code in cell.split(BETWEEN_CODES)]
    return [cell if item.type is ItemType.TEXT else cell.strip()]


def _not_asked(
    line: Line, given: Answers, items: dict[str, Item], instrument: Instrument
) -> Iterator[LineFault]:
    """An answer to an item that was not shown is a fault here: leaving it out would lose it unseen."""
    if not any(item.shown_if for item in items.values()):
        return
    asked = answers.shown(instrument, given.choices)
    for item_id in (*given.choices, *given.comments):
        rule = items[item_id].shown_if
        if item_id not in asked and rule is not None:
            yield LineFault(
                line.number, item_id, f"answered, but asked only where {rule.item} is {rule.code}"
            )


_PROBLEMS: dict[FaultReason, Callable[[Fault], str]] = {
    FaultReason.UNKNOWN_FIELD: lambda _: "is no question of this survey",
    FaultReason.UNKNOWN_CODE: lambda fault: (
        f"holds what is no code of this question; its codes are {fault.detail}"
    ),
    FaultReason.REPEATED: lambda _: "names a code twice",
    FaultReason.TOO_MANY: lambda fault: f"marks more than {fault.detail}",
    FaultReason.EXCLUSIVE: lambda fault: f"marks others beside {fault.detail}, which stands alone",
    FaultReason.TOO_LONG: lambda fault: f"is longer than {fault.detail} characters",
    FaultReason.UNREADABLE: lambda _: "holds half a character",
}
