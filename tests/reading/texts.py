"""What families read, as blocks to be measured: a content folder's surveys, and the pages' own texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from babel.messages.extract import extract_from_dir

from survey.catalogue import Catalogue
from survey.instruments.model import Instrument
from survey.wording import LANGUAGES, Wording

ROOT = Path(__file__).resolve().parents[2]
TRANSLATED = ROOT / "translations" / "es" / "LC_MESSAGES" / "messages.po"
WEB = ROOT / "survey" / "web"
# Only what families are shown: the pages, and what they are told when something went wrong.
PAGES = ("family", "errors.py", "templates", "phone.py")
# A text of the pages with fewer words is measured only together with its page.
FEW = 8
METHODS = [("**.py", "python"), ("**.html", "jinja2")]

# What stands in the gaps of a text when somebody reads it.
FILLED = {
    "en": {"day": "December 4, 2026", "month": "March 2027", "min_group": "11", "name": "Ms. Ortiz"},
    "es": {
        "day": "4 de diciembre de 2026",
        "month": "marzo de 2027",
        "min_group": "11",
        "name": "la Sra. Ortiz",
    },
}
DAYS, PEOPLE = {"day", "opens", "closes", "closed", "closed_on", "date"}, {"contact", "school"}
GAP = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Block:
    """Texts that are read together; ``kind`` says how they are judged."""

    kind: str
    name: str
    language: str
    texts: tuple[str, ...]


def of_surveys(content: Catalogue) -> Iterator[Block]:
    """Each survey whole, its sections, and each notice and question by itself, in both languages."""
    for language in LANGUAGES:
        told: set[tuple[str, ...]] = set()
        for instrument in content.instruments.values():
            yield Block("whole", instrument.survey, language, _all_of(instrument, language))
            for block in _parts(instrument, language):
                if block.texts not in told:
                    told.add(block.texts)
                    yield block


def of_pages() -> Iterator[Block]:
    """The fixed texts of the families' pages, all together, by page and one by one, in both languages.

    Titles, buttons and labels hold no sentence, and the formulas say nothing of them; nor of a few
    words alone, where one long word is worth two grades.
    """
    texts = list(_fixed())
    for language in LANGUAGES:
        said = [(page, wording[language]) for page, wording in texts]
        yield Block("whole", "the pages", language, tuple(dict.fromkeys(text for _, text in said)))
        for page in dict.fromkeys(page for page, _ in said):
            yield Block("section", page, language, tuple(text for own, text in said if own == page))
        for text in dict.fromkeys(text for _, text in said):
            if len(text.split()) >= FEW:
                yield Block("text", text, language, (text,))


def _all_of(instrument: Instrument, language: str) -> tuple[str, ...]:
    blocks = _parts(instrument, language)
    return tuple(text for block in blocks if block.kind != "section" for text in block.texts)


def _parts(instrument: Instrument, language: str) -> Iterator[Block]:
    def block(kind: str, name: str, *wordings: Wording | None) -> Block:
        texts = (_filled(wording[language], language) for wording in wordings if wording)
        return Block(kind, name, language, tuple(texts))

    for number, notice in enumerate(instrument.notices, 1):
        yield block("notice", f"{instrument.survey}, notice {number}", notice)
    for name, notice in instrument.closing.items():
        yield block("notice", f"{instrument.survey}, {name}", notice)
    for section in instrument.sections:
        texts = [wording for item in section.items for wording in (item.text, item.hint)]
        yield block("section", section.id, section.notice, *texts)
        if section.notice:
            yield block("notice", f"{section.id}, notice", section.notice)
        for item in section.items:
            yield block("question", item.id, item.text, item.hint)


def _fixed() -> Iterator[tuple[str, Wording]]:
    """Every whole sentence of the pages with the page it is on."""
    spanish = {entry.msgid: entry for entry in polib.pofile(str(TRANSLATED))}
    for file, _, message, *_ in extract_from_dir(
        WEB, METHODS, keywords={"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
    ):
        if not file.startswith(PAGES):
            continue
        english = message[1] if isinstance(message, tuple) else message
        entry = spanish.get(message[0] if isinstance(message, tuple) else message)
        if entry is None or not re.search(r"[.?!:]$", english):
            continue
        translated = entry.msgstr_plural.get(1) or entry.msgstr
        yield file, Wording(_filled(english, "en"), _filled(translated, "es"))


def _filled(text: str, language: str) -> str:
    def filling(found: re.Match[str]) -> str:
        gap = found[1] or found[2]
        known = FILLED[language]
        if gap in DAYS:
            return known["day"]
        return known["name"] if gap in PEOPLE else known.get(gap, "3")

    return GAP.sub(filling, text)
