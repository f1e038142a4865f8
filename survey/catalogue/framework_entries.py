"""Frameworks and their sources, read from entries: every node hangs on one before it, and says where its text is from."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from survey.catalogue.entries import Entry, said, suggestion
from survey.catalogue.folder import Folder, is_first
from survey.frameworks import Framework, Judgeable, Node, Status

FRAMEWORK_KEYS = (
    "id",
    "version",
    "name",
    "source",
    "note",
    "nodes",
    "rubric_levels",
    "rating_scale",
    "performance_levels",
)
NODE_KEYS = (
    "id",
    "type",
    "parent",
    "status",
    "source",
    "title",
    "text",
    "judgeable",
    "evidence",
    "starred",
    "note",
    "anchor",
    "field",
    "fields",
    "official_number",
)
LEVEL_KEYS = ("id", "order", "status", "source", "text")
LEVEL = "rubric_level"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text is from, as it is cited."""

    id: str
    kind: str
    title: str
    address: str


def sources(folder: Folder) -> dict[str, Source]:
    """Every source of the folder, by id."""
    found = {}
    for name, entry in folder.ids("sources"):
        entry.only(("id", "kind", "title", "address"))
        title = entry.text("title")
        if not title:
            entry.fault("no title: say what the source is")
        found[name] = Source(name, entry.text("kind") or "", title or "", entry.text("address") or "")
    return found


def read(folder: Folder, known_sources: Collection[str]) -> tuple[Framework, ...]:
    """Every framework of the folder, in the order they are written."""
    cited = None if folder.is_partial else known_sources
    seen: dict[str, Entry] = {}
    return tuple(_framework(entry, cited, seen) for _, entry in folder.ids("frameworks"))


def _framework(entry: Entry, cited: Collection[str] | None, seen: dict[str, Entry]) -> Framework:
    entry.only(FRAMEWORK_KEYS)
    name = entry.name()
    if name:
        is_first(seen, name, entry)
    version = entry.text("version")
    if not version:
        entry.fault("no version: say which edition it is")
    _check_sources(entry, cited)
    if not entry.values.get("nodes"):
        entry.fault("no nodes: list at least one")
    parents = {name}
    nodes = [*_nodes(entry, parents, cited, seen), *_levels(entry, name, cited, seen)]
    return Framework(
        id=name,
        name=entry.wording("name"),
        version=version or "",
        nodes=tuple(nodes),
        note=entry.text("note"),
    )


def _nodes(
    framework: Entry, parents: set[str], cited: Collection[str] | None, seen: dict[str, Entry]
) -> Iterator[Node]:
    for entry in framework.entries("nodes", "node"):
        entry.only(NODE_KEYS)
        name, parent, kind = entry.name(), entry.name("parent"), entry.name("type")
        if name:
            is_first(seen, name, entry)
        if parent and parent not in parents:
            near = suggestion(parent, parents)
            entry.fault(f"unknown parent {parent}: it must be the framework or a node above this one{near}")
        parents.add(name)
        _check_sources(entry, cited)
        yield Node(
            id=name,
            parent=parent,
            type=kind,
            text=entry.wording("text"),
            status=_status(entry),
            title=entry.maybe_wording("title"),
            judgeable=_judgeable(entry),
            evidence=entry.text("evidence"),
            starred=bool(entry.flag("starred")),
            source=entry.names("source"),
            note=entry.text("note"),
        )


def _levels(
    framework: Entry, parent: str, cited: Collection[str] | None, seen: dict[str, Entry]
) -> Iterator[Node]:
    for entry in framework.entries("rubric_levels", "level"):
        entry.only(LEVEL_KEYS)
        name = entry.name()
        if name:
            is_first(seen, name, entry)
        _check_sources(entry, cited)
        source = entry.names("source")
        yield Node(name, parent, LEVEL, entry.wording("text"), _status(entry), source=source)


def _status(entry: Entry) -> Status:
    return _one_of(entry, "status", Status) or Status.PROPOSED


def _judgeable(entry: Entry) -> Judgeable | None:
    value = entry.values.get("judgeable")
    if isinstance(value, bool):
        entry.fault('YAML reads judgeable as true or false: write "yes", "partly" or "no" in quotes')
        return None
    judgeable = _one_of(entry, "judgeable", Judgeable) if value is not None else None
    if judgeable is Judgeable.NO and not entry.has("evidence"):
        entry.fault(
            'families can not judge it: say under evidence what would show it, such as "budget records"'
        )
    return judgeable


Choice = TypeVar("Choice", bound=StrEnum)


def _one_of(entry: Entry, key: str, choices: type[Choice]) -> Choice | None:
    value = entry.values.get(key)
    known = [choice.value for choice in choices]
    if value in known:
        return choices(value)
    what = f"no {key}" if value is None else f"unknown {key} {said(value)}"
    entry.fault(f"{what}: write {', '.join(known[:-1])} or {known[-1]}")
    return None


def _check_sources(entry: Entry, cited: Collection[str] | None) -> None:
    for name in entry.names("source"):
        if cited is not None and name not in cited:
            entry.fault(f"unknown source {name}{suggestion(name, cited)}")
