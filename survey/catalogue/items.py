"""One item of a content file, resolved: its options, its hint, what it measures, and what it is used for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from survey.catalogue import options
from survey.catalogue.entries import Entry, said, suggestion
from survey.catalogue.notices import Notices
from survey.catalogue.options import Scale
from survey.catalogue.texts import Texts
from survey.instruments.model import Item, ItemType, Option, Role, ShownIf, Use

# A family's comment; longer ones would be cut by some phones.
LONGEST_TEXT = 10_000

# What the family's form calls its own fields, a file of answers its columns, and a release its breakdowns.
TAKEN = frozenset(
    (
        "key",
        "w",
        "l",
        "lang",
        "clear",
        "stay",
        "another",
        "end",
        "code",
        "open",
        "site",
        "response_id",
        "language",
        "channel",
    )
)
# What a release calls the groups of those who gave several answers, or none.
TAKEN_GROUPS = ("several", "not_stated")

KEYS = (
    "id",
    "type",
    "scale",
    "options",
    "text",
    "hint",
    "show_if",
    "use",
    "role",
    "filter",
    "max_choices",
    "max_length",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What items refer to by id. ``nodes`` says which framework each is in; ``is_partial``: some may be unread."""

    texts: Texts
    scales: Mapping[str, Scale]
    notices: Notices
    nodes: Mapping[str, str]
    frameworks: frozenset[str]
    is_partial: bool
    items: dict[str, Entry] = field(default_factory=dict)


def read(entry: Entry, known: Known, *, is_background: bool) -> Item:
    """The item, with stand-ins for what has faults; its options are empty where they can not be used."""
    name = entry.name()
    if name in TAKEN:
        entry.fault(f"the id {name} is used by the program itself: choose another, such as q.{name}")
    kind = _type(entry)
    use = _use(entry, kind, is_background=is_background)
    indicators = _indicators(entry, known)
    return Item(
        id=name,
        type=kind,
        text=known.texts.of(entry, "text"),
        options=_options(entry, kind, known) or (),
        scale=entry.text("scale"),
        hint=known.notices.use(entry, "hint", fills=()),
        shown_if=_shown_if(entry),
        indicators=indicators,
        use=use,
        role=_role(entry, name, kind, is_background=is_background),
        max_choices=_max_choices(entry, kind),
        max_length=_max_length(entry, kind),
        is_filter=bool(entry.flag("filter")),
        is_background=is_background,
    )


def _type(entry: Entry) -> ItemType:
    value = entry.values.get("type")
    if isinstance(value, str) and value in list(ItemType):
        return ItemType(value)
    kinds = "write single, multi or text"
    entry.fault(f"no type: {kinds}" if value is None else f"unknown type {said(value)}: {kinds}")
    return _likely_type(entry)


def _likely_type(entry: Entry) -> ItemType:
    """The type that an item with an unknown one was meant to have, so that its other keys are no faults too."""
    options = entry.values.get("options")
    excludes = isinstance(options, list) and any(isinstance(o, dict) and "exclusive" in o for o in options)
    if "max_choices" in entry.values or excludes:
        return ItemType.MULTI
    return ItemType.TEXT if "max_length" in entry.values else ItemType.SINGLE


def _options(entry: Entry, kind: ItemType, known: Known) -> tuple[Option, ...] | None:
    if kind is ItemType.TEXT:
        for key in ("scale", "options"):
            if entry.has(key):
                entry.fault(f"a text has no {key}: remove it, or make the item a single")
        return None
    if entry.has("scale"):
        return _scale(entry, kind, known)
    if not entry.has("options"):
        what = (
            "no options and no scale: list options, or name a scale"
            if kind is ItemType.SINGLE
            else "no options"
        )
        entry.fault(what)
        return None
    return options.read(entry, kind, known.texts, None if known.is_partial else known.nodes)


def _scale(entry: Entry, kind: ItemType, known: Known) -> tuple[Option, ...] | None:
    name = entry.text("scale")
    if kind is ItemType.MULTI:
        entry.fault("a multi has its own options: list them in place of the scale")
    elif entry.has("options"):
        entry.fault("both a scale and options: keep one")
    elif name and name in known.scales:
        return known.scales[name].options
    elif name and not known.is_partial:
        entry.fault(f"unknown scale {name}{suggestion(name, known.scales)}")
    return None


def _shown_if(entry: Entry) -> ShownIf | None:
    value = entry.values.get("show_if")
    if value is None:
        return None
    if not isinstance(value, dict):
        entry.fault("show_if must name an item and a code, such as {item: q.1, code: 2}")
        return None
    condition = Entry(value, entry.file, (*entry.path, "show_if"), entry.faults)
    condition.only(("item", "code"))
    item, code = condition.name("item"), condition.name("code")
    return ShownIf(item, code) if item and code else None


def _indicators(entry: Entry, known: Known) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_listed(entry, known)))


def _listed(entry: Entry, known: Known) -> Iterator[str]:
    for key, value in entry.values.items():
        if key in KEYS:
            continue
        if key in known.frameworks:
            yield from _of_framework(entry, key, known)
        elif (
            isinstance(value, list) and value and all(isinstance(n, str) and n in known.nodes for n in value)
        ):
            yield from entry.names(key)
        elif not known.is_partial:
            near = suggestion(key, (*KEYS, *known.frameworks))
            is_list = isinstance(value, list) and "did you mean" not in near
            entry.fault(f"unknown key {key}{': no framework here has this id' if is_list else near}")


def _of_framework(entry: Entry, framework: str, known: Known) -> Iterator[str]:
    for node in entry.names(framework):
        if node not in known.nodes:
            if not known.is_partial:
                entry.fault(f"{framework}: unknown indicator {node}{suggestion(node, known.nodes)}")
        elif known.nodes[node] != framework:
            entry.fault(f"{framework}: {node} is of the framework {known.nodes[node]}: list it there")
        else:
            yield node


def _use(entry: Entry, kind: ItemType, *, is_background: bool) -> Use:
    words = (entry.text("use") or "").lower()
    if not words.startswith("reporting group"):
        return Use.NONE
    if not is_background or kind is ItemType.TEXT:
        entry.fault("only a single or multi of a block can be a reporting group: change its use")
    for option in entry.entries("options", "option", "code"):
        if option.values.get("code") in TAKEN_GROUPS:
            option.fault(
                f"in a reporting group the code {option.values['code']} has a meaning of its own: choose another"
            )
    return Use.DISTRICT_REPORTING_GROUP if "district level only" in words else Use.REPORTING_GROUP


def _role(entry: Entry, name: str, kind: ItemType, *, is_background: bool) -> Role | None:
    if entry.has("role"):
        value = entry.values["role"]
        if value == "none":
            return None
        if value not in list(Role):
            entry.fault(f"unknown role {said(value)}: write home_language, grade_band or none")
        elif not is_background or kind is ItemType.TEXT:
            entry.fault("only a single or multi of a block can have a role")
        else:
            return Role(str(value))
        return None
    last = name.rsplit(".", 1)[-1]
    if not is_background or kind is ItemType.TEXT:
        return None
    if last == Role.HOME_LANGUAGE:
        return Role.HOME_LANGUAGE
    return Role.GRADE_BAND if last.startswith("grade") else None


def _max_choices(entry: Entry, kind: ItemType) -> int | None:
    if entry.has("max_choices") and kind is not ItemType.MULTI:
        entry.fault("max_choices is for a multi only: remove it")
        return None
    listed = entry.values.get("options")
    together = (
        [o for o in listed if isinstance(o, dict) and not o.get("exclusive")]
        if isinstance(listed, list)
        else []
    )
    return entry.count("max_choices", 2, max(2, len(together)))


def _max_length(entry: Entry, kind: ItemType) -> int | None:
    if entry.has("max_length") and kind is not ItemType.TEXT:
        entry.fault("max_length is for a text only: remove it")
        return None
    return entry.count("max_length", 1, LONGEST_TEXT)
