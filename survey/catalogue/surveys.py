"""Surveys and blocks of a folder as instruments: sections in order, background last, every shown-if settled."""

from collections.abc import Iterator

from survey.catalogue import items, notices
from survey.catalogue.entries import Entry, suggestion
from survey.catalogue.folder import Folder, is_first
from survey.catalogue.items import Known
from survey.instruments.model import Instrument, Item, ItemType, Role, Section, ShownIf
from survey.wording import Wording

SURVEY_KEYS = ("id", "title", "version", "status", "notices", "sections", "blocks")
SECTION_KEYS = ("id", "title", "notice", "items")
LONGEST_VERSION = 64


def read(folder: Folder, known: Known) -> dict[str, Instrument]:
    """Every survey of the folder as an instrument, by id."""
    sections: dict[str, Entry] = {}
    blocks = {
        name: _section(entry, known, sections, is_background=True) for name, entry in folder.ids("blocks")
    }
    return {
        name: _instrument(entry, folder, known, sections, blocks) for name, entry in folder.ids("surveys")
    }


def _instrument(
    entry: Entry, folder: Folder, known: Known, sections: dict[str, Entry], blocks: dict[str, Section]
) -> Instrument:
    entry.only(SURVEY_KEYS)
    if not entry.values.get("sections"):
        entry.fault("no sections: list at least one")
    asked = [_section(each, known, sections, is_background=False) for each in _without_survey(entry)]
    background = [blocks[name] for name in _blocks(entry, folder, blocks)]
    found = Instrument(
        survey=entry.name(),
        version=_version(entry, folder),
        title=known.texts.of(entry, "title"),
        sections=(*asked, *background),
        status=entry.text("status") or folder.meta(entry, "status") or "",
        notices=tuple(_notices(entry, known)),
        closing=notices.closing(known.notices),
    )
    _settle_shown_ifs(found, known)
    _settle_roles(found, entry)
    return found


def _without_survey(entry: Entry) -> Iterator[Entry]:
    # The ids of sections are unique, so their paths need not name the survey.
    yield from Entry(entry.values, entry.file, (), entry.faults).entries("sections", "section")


def _section(entry: Entry, known: Known, sections: dict[str, Entry], *, is_background: bool) -> Section:
    entry.only(SECTION_KEYS)
    name = entry.name()
    if name:
        is_first(sections, name, entry)
    if not entry.values.get("items"):
        entry.fault("no items: list at least one")
    found = []
    for each in entry.entries("items", "item"):
        item = items.read(each, known, is_background=is_background)
        if item.id and is_first(known.items, item.id, each):
            found.append(item)
    return Section(
        id=name,
        title=known.texts.of(entry, "title"),
        items=tuple(found),
        notice=known.notices.use(entry, "notice"),
    )


def _blocks(entry: Entry, folder: Folder, blocks: dict[str, Section]) -> Iterator[str]:
    for name in entry.names("blocks"):
        if name in blocks:
            yield name
        elif not folder.is_partial:
            entry.fault(f"unknown block {name}{suggestion(name, blocks)}")


def _notices(entry: Entry, known: Known) -> Iterator[Wording]:
    for name in entry.names("notices"):
        if notice := known.notices.find(entry, name):
            yield notice


def _version(entry: Entry, folder: Folder) -> str:
    version = entry.text("version") or folder.meta(entry, "version")
    if not version:
        entry.fault('no version: write version: "1" in the survey, or under meta at the top of the file')
    elif len(version) > LONGEST_VERSION:
        entry.fault(f"the version is longer than {LONGEST_VERSION} characters")
    return version or ""


def _settle_shown_ifs(instrument: Instrument, known: Known) -> None:
    asked: dict[str, Item] = {}
    for item in instrument.items():
        condition = item.shown_if
        if condition and condition.item in asked:
            problem = _shown_if_problem(condition, asked[condition.item])
        elif condition and instrument.item(condition.item):
            problem = f"{condition.item} must come before this item in the survey {instrument.survey}"
        elif condition and not known.is_partial:
            near = suggestion(condition.item, asked)
            problem = f"unknown item {condition.item} in the survey {instrument.survey}{near}"
        else:
            problem = None
        if problem:
            known.items[item.id].fault(f"show_if: {problem}")
        asked[item.id] = item


def _shown_if_problem(condition: ShownIf, leads: Item) -> str | None:
    if leads.type is not ItemType.SINGLE:
        return f"{leads.id} is a {leads.type}: only a single can decide what is shown"
    if leads.shown_if:
        return f"{leads.id} is itself shown only sometimes: one step is the most"
    if leads.options and not leads.option(condition.code):
        codes = ", ".join(option.code for option in leads.options)
        return f"unknown code {condition.code} of {leads.id}: its codes are {codes}"
    return None


def _settle_roles(instrument: Instrument, entry: Entry) -> None:
    for role in Role:
        names = [item.id for item in instrument.items() if item.role is role]
        if len(names) > 1:
            entry.fault(f"{' and '.join(names)} both stand for {role}: give all but one role: none")
