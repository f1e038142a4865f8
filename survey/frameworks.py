"""What is measured: frameworks and their nodes (areas, goals, indicators), with the standing of each text."""

from dataclasses import dataclass
from enum import StrEnum

from survey.wording import Wording


class Status(StrEnum):
    """Where a text comes from; anything but VERBATIM is shown to staff as what it is."""

    VERBATIM = "verbatim"
    RECALLED = "recalled"
    RECONSTRUCTED = "reconstructed"
    PROPOSED = "proposed"


class Judgeable(StrEnum):
    """Whether a family can know this from its own experience."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Node:
    """One statement of a framework. ``parent`` is the id of a node or of the framework itself.

    ``judgeable`` is None for headings, which are not indicators; ``evidence`` says what other
    data would show what families can not judge. The levels of a framework's rubric are nodes too.
    """

    id: str
    parent: str
    type: str
    text: Wording
    status: Status
    title: Wording | None = None
    judgeable: Judgeable | None = None
    evidence: str | None = None
    starred: bool = False
    source: tuple[str, ...] = ()
    note: str | None = None

    @property
    def is_indicator(self) -> bool:
        """Whether it is something that could be judged, rather than a heading."""
        return self.judgeable is not None


@dataclass(frozen=True, slots=True)
class Framework:
    """One framework, whole, in the order of its document."""

    id: str
    name: Wording
    version: str
    nodes: tuple[Node, ...]
    note: str | None = None

    def node(self, node_id: str) -> Node | None:
        """The node with this id, or None."""
        return next((n for n in self.nodes if n.id == node_id), None)
