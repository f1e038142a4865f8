"""From values and a template to a PDF: tagged, in our fonts, and made on this machine alone."""

import json
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import typst

_FOLDER = Path(__file__).with_name("paper")
# Collapses every run of white space, line ends and other control characters included.
_SPACES = str.maketrans(dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " "))


class Paper(StrEnum):
    """The sizes that printers have: the United States' and everybody else's."""

    LETTER = "letter"
    A4 = "a4"


def to_pdf(template: str, content: dict[str, object]) -> bytes:
    """The PDF that this template of ``paper/`` makes of the content.

    It keeps to PDF/UA-1, so that a screen reader can read it. What the content says is only ever
    text: nothing in it is taken for markup. Nothing of it stays in memory.
    """
    compiler = _compiler(template, content)
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as refused:
        if not any("could not be displayed" in text for text in (refused.message, refused.diagnostic)):
            raise
        # A name in a script that our fonts do not have: empty boxes on paper are better than no paper.
        made = compiler.compile(format="pdf")
    finally:
        _forget()
    if not isinstance(made, bytes):
        raise TypeError(made)
    return made


def one_line(text: str) -> str:
    """A text that staff typed, as it can stand in a line: white space of any kind is one space."""
    return " ".join(text.translate(_SPACES).split())


def _compiler(template: str, content: dict[str, object]) -> typst.Compiler:
    return typst.Compiler(
        _FOLDER / f"{template}.typ",
        root=_FOLDER,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content)},
    )


def _forget() -> None:
    """Make the library let go of what it laid out, household codes too: it does so after ten more documents."""
    # A blank one takes half a millisecond. Without this, a process grew from 75 to 170 MB in twelve flyers.
    blank = _compiler("blank", {})
    for _more in range(11):
        blank.compile(format="pdf")


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Ours and those within the library: the same on every machine, whatever is installed there."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[_FOLDER / "fonts"]
    )
