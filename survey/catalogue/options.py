"""The options of an item or a scale, each with the one sign that stands for it in a packed response."""

import string
from collections.abc import Collection
from dataclasses import dataclass, replace

from survey.catalogue.entries import Entry, suggestion
from survey.catalogue.folder import Folder
from survey.catalogue.texts import Texts
from survey.instruments.model import ItemType, Missing, Option

SIGNS = string.digits + string.ascii_uppercase + string.ascii_lowercase
MISSING_SIGNS = {Missing.DONT_KNOW: "?", Missing.DECLINED: "!"}
# The code that says so, where ``missing`` itself only says that it is no valid answer.
DECLINED_CODE = "no_answer"

KEYS = ("code", "text", "favorable", "missing", "exclusive", "measures")


@dataclass(frozen=True, slots=True)
class Scale:
    """Options that several items share. ``options`` is None where they have faults of their own."""

    options: tuple[Option, ...] | None


def scales(folder: Folder, texts: Texts, nodes: Collection[str] | None) -> dict[str, Scale]:
    """Every scale of the folder, by id."""
    found = {}
    for name, entry in folder.ids("scales"):
        entry.only(("id", "name", "options"))
        if entry.has("name"):
            entry.wording("name")
        found[name] = Scale(read(entry, ItemType.SINGLE, texts, nodes))
    return found


def read(
    entry: Entry, kind: ItemType, texts: Texts, nodes: Collection[str] | None
) -> tuple[Option, ...] | None:
    """The options listed in ``entry``, signed; None where they can not be used.

    ``nodes`` are the ids that an option may measure, None where they are not all known.
    """
    before = len(entry.faults)
    found = [_option(each, kind, texts, nodes) for each in entry.entries("options", "option", "code")]
    if before == len(entry.faults):
        _judge(entry, kind, found)
    if before != len(entry.faults):
        return None
    return signed(found)


def signed(options: list[Option]) -> tuple[Option, ...]:
    """The options with their signs: the codes where all are single letters or digits, else their places.

    Where any option is marked favorable, a valid one without a mark is not.
    """
    marks = any(option.favorable for option in options)
    codes = [option.code for option in options if option.is_valid]
    own = all(code in SIGNS and len(code) == 1 for code in codes)
    signs = dict(zip(codes, codes if own else SIGNS, strict=False))
    return tuple(
        replace(option, sign=MISSING_SIGNS[option.missing])
        if option.missing
        else replace(option, sign=signs[option.code], favorable=bool(option.favorable) if marks else None)
        for option in options
    )


def _option(entry: Entry, kind: ItemType, texts: Texts, nodes: Collection[str] | None) -> Option:
    entry.only(KEYS)
    code = entry.name("code")
    missing = _missing(entry, code)
    favorable = entry.flag("favorable")
    exclusive = entry.flag("exclusive")
    if favorable is not None and missing:
        entry.fault("it is marked missing, so it can not be marked favorable or not: remove one of the two")
    if favorable is not None and kind is ItemType.MULTI:
        entry.fault("only the options of a single can be marked favorable")
    if exclusive is not None and kind is not ItemType.MULTI:
        entry.fault("in a single every option excludes the others: remove exclusive")
    measures = entry.names("measures")
    for node in measures:
        if nodes is not None and node not in nodes:
            entry.fault(f"measures {node}, which is in no framework{suggestion(node, nodes)}")
    return Option(
        code=code,
        sign="",
        text=texts.of(entry, "text"),
        favorable=favorable,
        missing=missing,
        exclusive=bool(exclusive),
        measures=measures,
    )


def _missing(entry: Entry, code: str) -> Missing | None:
    value = entry.values.get("missing")
    if isinstance(value, str) and value in list(Missing):
        return Missing(value)
    if not entry.flag("missing"):
        return None
    return Missing.DECLINED if code == DECLINED_CODE else Missing.DONT_KNOW


def _judge(entry: Entry, kind: ItemType, options: list[Option]) -> None:
    codes = [option.code for option in options]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        entry.fault(f"two options have the code {code}: each needs its own")
    _judge_valid(entry, options)
    for reason in Missing:
        if sum(option.missing is reason for option in options) > 1:
            entry.fault(_TWO_MISSING[reason])
    if kind is ItemType.MULTI:
        _judge_multi(entry, options)


def _judge_valid(entry: Entry, options: list[Option]) -> None:
    valid = [option for option in options if option.is_valid]
    if len(options) < 2:
        entry.fault("fewer than two options: nothing can be chosen")
    elif not valid:
        entry.fault("every option is marked missing: nothing would be a valid answer")
    if len(valid) > len(SIGNS):
        entry.fault(f"{len(valid)} options besides the missing ones: {len(SIGNS)} is the most")
    marks = [option.favorable for option in valid]
    if False in marks and True not in marks:
        entry.fault("no option is marked favorable: true, so its percent would always be 0")


def _judge_multi(entry: Entry, options: list[Option]) -> None:
    if options and all(option.exclusive for option in options):
        entry.fault("every option is exclusive: make it a single")
    for option in options:
        if option.missing and not option.exclusive:
            entry.fault(
                f"option {option.code} is missing but can be marked beside others: add exclusive: true"
            )


_TWO_MISSING = {
    Missing.DONT_KNOW: (
        "two options are missing as don't know: one is the most (the code no_answer makes one "
        "a prefer-not-to-answer)"
    ),
    Missing.DECLINED: "two options are missing as declined: one is the most",
}
