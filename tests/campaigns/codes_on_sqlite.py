"""What whoever owns an SQLite file can try against household codes: commits of the log, orders, pages, file times."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from campaigns.codes_plant import WithCodes
from campaigns.sealing_attacks import Worth, by_guesses, by_order, places
from campaigns.sealing_on_sqlite import PAGE, _commits
from campaigns.sealing_plant import Family, Planted


def attacks(file: Path, known: WithCodes) -> Iterator[Worth]:
    """Every attack on one dump, one after the other."""
    planted = known.planted
    yield by_guesses("commits of the -wal file", planted, _in_one_commit(Path(f"{file}-wal"), planted))
    with sqlite3.connect(file) as db:
        answers = [row[0] for row in db.execute("SELECT answers FROM response")]
        codes = [row[0] for row in db.execute("SELECT digest FROM household_code WHERE uses_left = 0")]
        counters = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone()[
            0
        ]
        # Rows lie in the log until it is copied into the file, which its owner can do.
        db.execute("PRAGMA wal_checkpoint(PASSIVE)")
    db.close()
    yield by_order(
        "rows in the order they are read",
        planted,
        places(planted, lambda family: family.packed, answers),
        places(planted, lambda family: family.comment, codes),
    )
    assert not counters
    yield by_guesses("sequences (there are none)", planted, {})
    content = file.read_bytes()
    spent = {family: content.rfind(_spent(planted, family)) for family in planted.families}
    for name, place in (("order of pages in the file", float), ("order of rows in their page", _in_page)):
        yield by_order(
            name,
            planted,
            _bytes(planted, lambda family: family.key.hex.encode(), content, place),
            {family: place(at) for family, at in spent.items() if at >= 0},
        )
    left = {family: content.rfind(family.comment.encode()) for family in planted.families}
    yield by_order(
        "page slack: the last trace of each",
        planted,
        {family: float(content.rfind(family.packed.encode())) for family in planted.families},
        {family: float(at) for family, at in left.items() if at >= 0},
    )
    changed = file.stat().st_mtime
    seen = {family: changed for family in planted.families if family.comment.encode() in content}
    yield by_order("times of the files", planted, seen, seen)


def left_over(file: Path, known: WithCodes) -> int:
    """How many codes, used or not, can still be found in any file of the database."""
    everything = b"".join(
        each.read_bytes() for each in sorted(file.parent.glob(f"{file.name}*")) if each.is_file()
    )
    return sum(digest.encode() in everything for digest in known.next_evening.codes)


def _in_one_commit(log: Path, planted: Planted) -> dict[str, str]:
    """Link the code that was spent in a commit of the log with the answers that first came in it."""
    first: dict[bytes, int] = {}
    answers = {family.packed.encode() for family in planted.families}
    spent = {_spent(planted, family): family.comment for family in planted.families}
    wanted = answers | spent.keys()
    for number, pages in enumerate(_commits(log)):
        for each in [each for each in wanted if any(each in page for page in pages)]:
            first[each] = number
            wanted.discard(each)
    came_in: dict[int, list[str]] = {}
    for packed in answers & first.keys():
        came_in.setdefault(first[packed], []).append(packed.decode())
    guesses = {}
    for record in spent.keys() & first.keys():
        together = came_in.get(first[record], [])
        if len(together) == 1:
            guesses[spent[record]] = together[0]
    return guesses


def _spent(planted: Planted, family: Family) -> bytes:
    """A spent code as SQLite writes its record: the kind of each column, then what is not said by its kind."""
    kinds, values = b"", b""
    for number in (planted.window.id, family.site_id):
        kind = {0: b"\x08", 1: b"\x09"}.get(number, b"\x01")
        kinds, values = kinds + kind, values + (b"" if number in (0, 1) else bytes([number]))
    # A text of 64 letters is of the kind 13 + 2 * 64, in two bytes; no use left is the number 0.
    return b"\x06" + kinds + b"\x81\x0d\x08" + values + family.comment.encode()


def _bytes(
    planted: Planted, of: Callable[[Family], bytes], content: bytes, place: Callable[[int], float]
) -> dict[Family, float]:
    found = {family: content.find(of(family)) for family in planted.families}
    return {family: place(at) for family, at in found.items() if at >= 0}


def _in_page(at: int) -> float:
    """Rows fill a page from its end, in the order they come."""
    return float(PAGE - at % PAGE)
