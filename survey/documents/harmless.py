"""Text that a spreadsheet opens as text and never runs."""

import re
import unicodedata
from functools import lru_cache

_STARTS_A_FORMULA = frozenset("=+-@")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Spaces, controls, and what only says how the letters around it are written.
_INVISIBLE = frozenset({"Zs", "Cc", "Cf"})


@lru_cache(maxsize=10_000)
def text(words: str) -> str:
    """The words on one line, with an apostrophe before anything that a spreadsheet would run.

    Signs behind spaces or invisible characters count, since some programs drop those. A code that
    is a plain number, such as "-1", is no formula and stays as it is, so that files can be joined
    by it.
    """
    line = _CONTROLS.sub(" ", words).strip()
    # Full-width forms are signs too: spreadsheets of some languages read them as the plain ones.
    seen = (letter for letter in line if unicodedata.category(letter) not in _INVISIBLE)
    first = unicodedata.normalize("NFKC", next(seen, ""))
    if first in _STARTS_A_FORMULA and not _NUMBER.fullmatch(line):
        return f"'{line}"
    return line
