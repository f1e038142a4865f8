"""What surveys leave unmeasured, what they ask to no purpose, and which sections are long."""

from dataclasses import dataclass

from survey.frameworks import Framework, Judgeable, Node
from survey.instruments.model import Instrument, Item, ItemType, Section

# More than this many questions under one heading tire a reader on a phone.
LONGEST_SECTION = 7


@dataclass(frozen=True, slots=True)
class Coverage:
    """``unmeasured``: indicators that families can judge, or partly, and no choice item measures.

    ``beyond_families``: indicators that families can not judge, though an item claims to measure
    them. ``measures_nothing``: items outside the background that name no node, filters aside.
    """

    unmeasured: tuple[Node, ...]
    beyond_families: tuple[Node, ...]
    measures_nothing: tuple[Item, ...]
    long_sections: tuple[Section, ...]


def coverage(frameworks: tuple[Framework, ...], instruments: tuple[Instrument, ...]) -> Coverage:
    """The coverage of these frameworks by all of these surveys together."""
    items = {item.id: item for instrument in instruments for item in instrument.items()}
    measured = {node for item in items.values() if item.type is not ItemType.TEXT for node in measures(item)}
    nodes = [node for framework in frameworks for node in framework.nodes]
    sections = {section.id: section for instrument in instruments for section in instrument.sections}
    return Coverage(
        unmeasured=tuple(
            node
            for node in nodes
            if node.judgeable in (Judgeable.YES, Judgeable.PARTLY) and node.id not in measured
        ),
        beyond_families=tuple(n for n in nodes if n.judgeable is Judgeable.NO and n.id in measured),
        measures_nothing=tuple(
            item
            for item in items.values()
            if not item.is_background and not item.is_filter and not measures(item)
        ),
        long_sections=tuple(s for s in sections.values() if len(s.items) > LONGEST_SECTION),
    )


def measures(item: Item) -> tuple[str, ...]:
    """The nodes that an item, or any of its options, says something about."""
    options = (node for option in item.options for node in option.measures)
    return tuple(dict.fromkeys((*item.indicators, *options)))
