"""The style of family and error pages: read and made small once, sent inside each page."""

import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"


@cache
def shared() -> str:
    """What every page of a family's inlines."""
    return minified(
        "".join((STATIC / name).read_text(encoding="utf-8") for name in ("tokens.css", "family.css"))
    )


def minified(css: str) -> str:
    """The same rules without comments and without the spaces that only people need."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>~]) ?", r"\1", css)
    # Not before a colon: "fieldset :checked" is another selector than "fieldset:checked".
    css = re.sub(r": ", ":", css)
    return css.replace(";}", "}").strip()
