"""What whoever owns an SQLite file can try: the order of rows, the log of commits, and the bytes of its pages."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from campaigns.sealing_attacks import Worth, by_guesses, by_order, places
from campaigns.sealing_plant import Family, Planted

PAGE = 4096
FRAME = 24 + PAGE
LOG_HEADER = 32


def attacks(file: Path, planted: Planted) -> Iterator[Worth]:
    """Every attack, one after the other."""
    yield by_guesses("commits of the -wal file", planted, _in_one_commit(Path(f"{file}-wal"), planted))
    with sqlite3.connect(file) as db:
        answers = [row[0] for row in db.execute("SELECT answers FROM response")]
        comments = [row[0] for row in db.execute("SELECT text FROM comment")]
        # Rows lie in the log until it is copied into the file, which its owner can do.
        db.execute("PRAGMA wal_checkpoint(PASSIVE)")
    db.close()
    yield by_order(
        "rows in the order they are read",
        planted,
        places(planted, lambda family: family.packed, answers),
        places(planted, lambda family: family.comment, comments),
    )
    content = file.read_bytes()
    for name, place in (("order of pages in the file", _up), ("order of rows in their page", _in_page)):
        yield by_order(
            name,
            planted,
            _bytes(planted, lambda family: family.key.hex.encode(), content, place),
            _bytes(planted, lambda family: family.comment[:16].encode(), content, place),
        )


def copies(file: Path, planted: Planted) -> int:
    """How many families' answers or comments lie more than once in the file or its log."""
    log = Path(f"{file}-wal")
    content = file.read_bytes() + (log.read_bytes() if log.exists() else b"")
    return sum(
        content.count(family.packed.encode()) > 1 or content.count(family.comment[:16].encode()) > 1
        for family in planted.families
    )


def _in_one_commit(log: Path, planted: Planted) -> dict[str, str]:
    """Link what first appears in the same commit of the log, wherever its frames are still there."""
    commits = list(_commits(log))
    first: dict[bytes, int] = {}
    wanted = {family.packed.encode() for family in planted.families}
    wanted |= {family.comment[:16].encode() for family in planted.families}
    for number, pages in enumerate(commits):
        for each in [each for each in wanted if any(each in page for page in pages)]:
            first[each] = number
            wanted.discard(each)
    alone = Counter(first.get(family.packed.encode()) for family in planted.families)
    came_with = {
        first[family.packed.encode()]: family.packed
        for family in planted.families
        if alone[first.get(family.packed.encode())] == 1 and family.packed.encode() in first
    }
    return {
        family.comment: came_with[first[family.comment[:16].encode()]]
        for family in planted.families
        if first.get(family.comment[:16].encode()) in came_with
    }


def _commits(log: Path) -> Iterator[list[bytes]]:
    """The pages of each commit in the log in the order they were written.

    The log is written over from its start again and again, each round under the next number; what
    was not yet written over is of the round before.
    """
    content = log.read_bytes() if log.exists() else b""
    frames = [content[at : at + FRAME] for at in range(LOG_HEADER, len(content) - FRAME + 1, FRAME)]
    frames.sort(key=lambda frame: frame[8:12])
    pages: list[bytes] = []
    for frame in frames:
        pages.append(frame[24:])
        if int.from_bytes(frame[4:8], "big"):
            yield pages
            pages = []


def _bytes(
    planted: Planted, of: Callable[[Family], bytes], content: bytes, place: Callable[[int], float]
) -> dict[Family, float]:
    found = {family: content.find(of(family)) for family in planted.families}
    return {family: place(at) for family, at in found.items() if at >= 0}


def _up(at: int) -> float:
    return float(at)


def _in_page(at: int) -> float:
    """Rows fill a page from its end, in the order they come."""
    return float(PAGE - at % PAGE)
