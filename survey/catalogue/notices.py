"""Notices: texts around the questions, written once and used by id."""

from collections.abc import Collection
from dataclasses import dataclass

from survey.catalogue.entries import Entry, suggestion
from survey.catalogue.folder import Folder
from survey.catalogue.texts import Texts
from survey.wording import Wording

# The notices of the thank-you page, with what that page fills in.
CLOSING = {"thanks": ("min_group", "month"), "another_school": ("min_group",)}
# What any notice may hold that is shown before the questions.
FILLED_IN = ("min_group",)


@dataclass(frozen=True, slots=True)
class Notices:
    """The notices of a folder, by id; ``is_partial``: some may be unread."""

    texts: dict[str, Wording]
    is_partial: bool

    def use(self, entry: Entry, key: str, fills: Collection[str] = FILLED_IN) -> Wording | None:
        """The notice that ``entry`` names under ``key``, or None."""
        name = entry.text(key)
        return self.find(entry, name, fills) if name else None

    def find(self, entry: Entry, name: str, fills: Collection[str] = FILLED_IN) -> Wording | None:
        """The notice ``entry`` names; ``fills`` are the placeholders filled in where it uses it."""
        notice = self.texts.get(name)
        if notice is None:
            if not self.is_partial:
                entry.fault(f"unknown notice {name}{suggestion(name, self.texts)}")
            return None
        for filled in ("min_group", "month"):
            if f"{{{filled}}}" in notice.en + notice.es and filled not in fills:
                entry.fault(f"the notice {name} holds {{{filled}}}, which is not filled in here: use another")
        return notice


def read(folder: Folder, texts: Texts) -> Notices:
    """Every notice of the folder."""
    found = {}
    for name, entry in folder.ids("notices"):
        entry.only(("id", "text"))
        found[name] = texts.of(entry, "text", CLOSING.get(str(entry.values.get("id")), FILLED_IN))
    return Notices(found, folder.is_partial)


def closing(notices: Notices) -> dict[str, Wording]:
    """The texts of the thank-you page, by id."""
    return {name: notices.texts[name] for name in CLOSING if name in notices.texts}
