"""``make reading``: a table of how hard the surveys and the families' pages are to read, and whether that is too hard."""

import sys
from collections.abc import Iterable, Iterator

from reading import texts
from reading.level import measured
from reading.texts import Block

from survey import catalogue
from survey.settings import Settings

# The grade in English and INFLESZ in Spanish: of everything together, and of any block.
WHOLE, BLOCK = (6, 65), (8, 55)


def beyond(blocks: Iterable[Block]) -> list[str]:
    """What is harder to read than it may be, in words."""
    return [_told(block) for block in blocks if _is_beyond(block)]


def _is_beyond(block: Block) -> bool:
    return measured(block.texts, block.language).is_beyond(*(WHOLE if block.kind == "whole" else BLOCK))


def _told(block: Block) -> str:
    level = measured(block.texts, block.language)
    words = f": {block.texts[0]}" if block.kind in ("notice", "question") else ""
    return f"{block.language} {level.score:5.1f}  {block.kind} {block.name}{words}"


def _lines(blocks: list[Block]) -> Iterator[str]:
    yield f"{'':<42} {'English: grade':>14} {'words':>6} {'Spanish: INFLESZ':>17} {'words':>6}"
    for english in blocks:
        if english.language == "en" and english.kind in ("whole", "section"):
            spanish = next(
                b for b in blocks if (b.kind, b.name, b.language) == (english.kind, english.name, "es")
            )
            first, second = measured(english.texts, "en"), measured(spanish.texts, "es")
            name = english.name if english.kind == "whole" else f"  {english.name}"
            yield f"{name:<42} {first.score:>14.1f} {first.words:>6} {second.score:>17.1f} {second.words:>6}"


if __name__ == "__main__":
    everything = [*texts.of_surveys(catalogue.load(Settings().survey_content)), *texts.of_pages()]
    hard = beyond(everything)
    limits = f"Limits: {WHOLE[0]} and {WHOLE[1]} for a survey and for the pages, {BLOCK[0]} and {BLOCK[1]} for a block."
    found = ["Too hard to read:", *hard] if hard else ["Nothing is harder to read than that."]
    sys.stdout.write("\n".join([*_lines(everything), "", limits, *found, ""]))
    sys.exit(bool(hard))
