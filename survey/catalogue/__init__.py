"""Content: a folder that survey specialists edit, read whole into frozen values or refused with every fault in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from survey.catalogue import coverage as measured
from survey.catalogue import folder, framework_entries, notices, options, surveys, texts
from survey.catalogue.coverage import Coverage
from survey.catalogue.faults import ContentFault, ContentFaults
from survey.catalogue.framework_entries import Source
from survey.catalogue.items import Known
from survey.catalogue.texts import Term
from survey.frameworks import Framework
from survey.instruments.model import Instrument
from survey.wording import Wording

__all__ = [
    "BUILT_IN",
    "Catalogue",
    "ContentFault",
    "ContentFaults",
    "Coverage",
    "Source",
    "Term",
    "coverage",
    "load",
]

# The content that comes with the program.
BUILT_IN = Path(__file__).resolve().parent.parent / "content"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything in one content folder: what is measured, and what is asked, by the id of the survey."""

    folder: Path
    frameworks: tuple[Framework, ...]
    instruments: Mapping[str, Instrument]
    sources: Mapping[str, Source]
    notices: Mapping[str, Wording]
    glossary: tuple[Term, ...]


def load(path: Path | None = None) -> Catalogue:
    """The content of a folder, or the built-in one; raises ``ContentFaults`` with every fault in it.

    A folder without frameworks measures against the built-in ones.
    """
    path = path or BUILT_IN
    found = folder.read(path)
    measuring = found
    if not found.lists["frameworks"] and not found.is_partial:
        measuring = folder.read(BUILT_IN)
    sources = framework_entries.sources(measuring)
    frameworks = framework_entries.read(measuring, sources)
    terms = texts.glossary(found.lists["glossary"])
    reader = texts.keeping_to(terms)
    known_notices = notices.read(found, reader)
    nodes = {node.id: framework.id for framework in frameworks for node in framework.nodes}
    known = Known(
        texts=reader,
        scales=options.scales(found, reader, None if found.is_partial else nodes),
        notices=known_notices,
        nodes=nodes,
        frameworks=frozenset(framework.id for framework in frameworks),
        is_partial=found.is_partial,
    )
    instruments = surveys.read(found, known)
    if measuring is not found:
        found.faults += measuring.faults
    if found.faults:
        raise ContentFaults(found.faults)
    return Catalogue(path, frameworks, instruments, sources, known_notices.texts, terms)


def coverage(catalogue: Catalogue) -> Coverage:
    """What the surveys of a folder leave unmeasured, ask to no purpose, or ask at length."""
    return measured.coverage(catalogue.frameworks, tuple(catalogue.instruments.values()))
