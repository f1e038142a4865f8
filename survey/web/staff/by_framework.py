"""A release framework by framework: each statement with the questions that measure it, and how they were answered."""

from dataclasses import dataclass

from survey.documents import printed
from survey.figures import Release
from survey.frameworks import Framework, Judgeable, Node, Status
from survey.instruments.model import Instrument, Item, ItemType
from survey.web.staff.presented import ItemShown, Shown


@dataclass(frozen=True, slots=True)
class NodeShown:
    """A statement of a framework with its standing, the questions that measure it, or what else would show it.

    ``level`` is its depth, from 0. ``also`` holds, question by question, what else its answers count for.
    """

    id: str
    level: int
    text: str
    title: str
    note: str
    standing: str
    is_official: bool
    is_indicator: bool
    has_children: bool
    is_for_families: bool
    evidence: str
    items: tuple[ItemShown, ...]
    also: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FrameworkShown:
    """A framework as a link: how many of its indicators the survey measures."""

    id: str
    name: str
    indicators: int
    measured: int
    is_official: bool


def all_of(release: Release, language: str) -> tuple[FrameworkShown, ...]:
    """The frameworks of a release, those that the survey measures first."""
    instrument = release.instrument
    found = []
    for framework in release.frameworks:
        measured = {node.id for node in framework.nodes if _measuring(instrument, node)}
        indicators = [node for node in framework.nodes if node.is_indicator or node.id in measured]
        found.append(
            FrameworkShown(
                id=framework.id,
                name=framework.name[language],
                indicators=len(indicators),
                measured=len(measured),
                is_official=all(node.status is Status.VERBATIM for node in framework.nodes),
            )
        )
    return tuple(sorted(found, key=lambda one: not one.measured))


def nodes(shown: Shown, framework: Framework, language: str) -> tuple[NodeShown, ...]:
    """The statements of a framework, in the order of its document."""
    levels: dict[str, int] = {}
    items: dict[str, ItemShown] = {}
    found = []
    for node in framework.nodes:
        levels[node.id] = levels[node.parent] + 1 if node.parent in levels else 0
        measuring = _measuring(shown.release.instrument, node)
        for item in measuring:
            if item.id not in items:
                items[item.id] = shown.item(item)
        found.append(
            NodeShown(
                id=node.id,
                level=levels[node.id],
                text=node.text[language],
                title=node.title[language] if node.title else "",
                note=node.note or "",
                standing=printed.STANDING[node.status][language],
                is_official=node.status is Status.VERBATIM,
                has_children=any(other.parent == node.id for other in framework.nodes),
                is_indicator=node.is_indicator or bool(measuring),
                is_for_families=node.judgeable is not Judgeable.NO,
                evidence=node.evidence or "",
                items=tuple(items[item.id] for item in measuring),
                also={
                    item.id: tuple(_elsewhere(shown.release.frameworks, item, framework, language))
                    for item in measuring
                },
            )
        )
    return tuple(found)


def _measuring(instrument: Instrument, node: Node) -> tuple[Item, ...]:
    """The questions that measure a statement, by themselves or by one of their answers."""
    return tuple(
        item
        for item in instrument.items()
        if item.type is not ItemType.TEXT
        and (node.id in item.indicators or any(node.id in option.measures for option in item.options))
    )


def _elsewhere(frameworks: tuple[Framework, ...], item: Item, here: Framework, language: str) -> list[str]:
    """What other frameworks an answer to this question counts for."""
    return [
        f"{framework.name[language]}: {(node.title or node.text)[language]}"
        for framework in frameworks
        if framework.id != here.id
        for node in framework.nodes
        if node.id in item.indicators
    ]
