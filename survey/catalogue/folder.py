"""A content folder as one set of entries, whichever file each is written in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from survey.catalogue.documents import describe, parse
from survey.catalogue.entries import Entry, suggestion
from survey.catalogue.faults import ContentFault

# What is read, and what one entry of it is called.
KINDS = {
    "sources": "source",
    "frameworks": "framework",
    "scales": "scale",
    "notices": "notice",
    "blocks": "block",
    "surveys": "survey",
    "glossary": "term",
}
# Notes for people that a content file may keep beside its entries, and that nothing here reads: what it
# says about itself, what its writers propose for reports, and the surveys of others that they compared.
NOTES = ("meta", "reporting_defaults", "existing_instruments")


@dataclass(slots=True)
class Folder:
    """Everything in a folder, as written.

    ``is_partial`` says that a file could not be read at all, so that what is missing may be in it.
    """

    faults: list[ContentFault] = field(default_factory=list)
    lists: dict[str, list[Entry]] = field(default_factory=lambda: {key: [] for key in KINDS})
    metas: dict[str, Entry] = field(default_factory=dict)
    is_partial: bool = False

    def ids(self, kind: str) -> Iterator[tuple[str, Entry]]:
        """Each entry of a kind under its id; without one, or with another's, that is a fault and the id is ""."""
        seen: dict[str, Entry] = {}
        for entry in self.lists[kind]:
            name = entry.name()
            yield (name if name and is_first(seen, name, entry) else ""), entry

    def meta(self, entry: Entry, key: str) -> str | None:
        """What the file of an entry says about itself."""
        meta = self.metas.get(entry.file)
        return meta.text(key) if meta else None


def is_first(seen: dict[str, Entry], name: str, entry: Entry) -> bool:
    """Whether no entry had this id before; if one had, that is a fault, with both places."""
    first = seen.setdefault(name, entry)
    if first is not entry:
        where = f"in {', '.join(first.path)}" if first.file == entry.file else f"in {first.file}"
        entry.fault(f"the id {name} is used twice, first {where}: ids are unique over the folder")
    return first is entry


def read(folder: Path) -> Folder:
    """Every ``.yaml`` file in the folder and its subfolders, in the order of their names."""
    found = Folder()
    if not folder.is_dir():
        found.faults.append(ContentFault(str(folder), "", "no such folder"))
        found.is_partial = True
        return found
    names = {p: p.relative_to(folder) for p in sorted(folder.rglob("*.y*ml")) if p.is_file()}
    files = {p: name for p, name in names.items() if not any(part.startswith(".") for part in name.parts)}
    for file, path in files.items():
        name = path.as_posix()
        if file.suffix == ".yaml":
            _read_file(found, file, name)
        elif file.suffix == ".yml":
            found.faults.append(ContentFault(name, "", "not read: rename it so that it ends in .yaml"))
    if not any(file.suffix == ".yaml" for file in files):
        found.faults.append(ContentFault(str(folder), "", "no content: it holds no file that ends in .yaml"))
    return found


def _read_file(found: Folder, file: Path, name: str) -> None:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        text, problems = "", ["not UTF-8 text: save it as UTF-8"]
    except OSError as fault:
        text, problems = "", [f"can not be read: {fault.strerror}"]
    else:
        problems = []
    document, more = (None, []) if problems else parse(text)
    found.faults += [ContentFault(name, "", problem) for problem in problems + more]
    if isinstance(document, dict):
        _sort(found, Entry(document, name, (), found.faults))
    elif problems or more:
        found.is_partial = True
    else:
        say = "nothing is in it" if document is None else f"it is {describe(document)}"
        found.faults.append(ContentFault(name, "", f"{say}: write keys such as surveys: or scales:"))


def _sort(found: Folder, document: Entry) -> None:
    for key, value in document.values.items():
        if key in KINDS:
            if value is None:
                document.fault(f"{key} is empty: remove it, or list what belongs there")
            named_by = "en" if key == "glossary" else "id"
            found.lists[key].extend(document.entries(key, KINDS[key], named_by))
        elif key == "meta":
            _meta(found, document)
        elif key not in NOTES:
            document.fault(f"unknown key {key}{suggestion(key, [*KINDS, 'meta'])}")


def _meta(found: Folder, document: Entry) -> None:
    value = document.values["meta"]
    if not isinstance(value, dict):
        document.fault(f'meta is {describe(value)}: write keys under it, such as version: "1"')
        return
    found.metas[document.file] = Entry(value, document.file, ("meta",), document.faults)
    languages = value.get("languages")
    if languages is not None and languages != ["en", "es"]:
        document.fault("meta: languages must be [en, es]: every text is written in both")
