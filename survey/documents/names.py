"""What a release calls its sites, questions, answers and groups, in a reader's language."""

from survey.documents import printed
from survey.figures import Measure, Release
from survey.instruments.model import Item, Missing, Option
from survey.wording import Wording

_AND = " + "


class Names:
    """The texts of one release, looked up by the ids its figures carry.

    An id that the release says nothing about is its own text, so that a figure is never lost for
    want of a word.
    """

    def __init__(self, release: Release) -> None:
        self._items = {item.id: item for item in release.instrument.items()}
        self._breakdowns = {each.id: each for each in release.breakdowns}
        self._release = release

    def site(self, slug: str) -> Wording:
        """The name of a site row, or of the schools put together in it; "" is the district."""
        row = self._release.site(slug)
        if row is None:
            return Wording(slug, slug)
        together = _list_es(row.member_names) if row.is_together and row.member_names else row.name
        return Wording(row.name, together)

    def item(self, item_id: str) -> Item | None:
        """The question with this id."""
        return self._items.get(item_id)

    def question(self, item_id: str) -> Wording:
        """The text of a question."""
        item = self._items.get(item_id)
        return item.text if item else Wording(item_id, item_id)

    def options(self, item_id: str, codes: str) -> tuple[Option, ...]:
        """The options with these codes: one, or those of a side printed as one figure, joined by "+"."""
        item = self._items.get(item_id)
        if item is None:
            return ()
        whole = item.option(codes)
        found = [whole] if whole else [item.option(code) for code in codes.split("+")]
        return tuple(option for option in found if option is not None)

    def answer(self, item_id: str, measure: Measure, codes: str = "") -> Wording:
        """What a figure is the percent of: "Favorable answers", or the texts of its options."""
        if measure is Measure.FAVORABLE:
            return printed.FAVORABLE
        options = self.options(item_id, codes)
        if measure is Measure.DONT_KNOW and not options:
            item = self._items.get(item_id)
            options = tuple(o for o in item.options if o.missing is Missing.DONT_KNOW) if item else ()
        if options:
            return _joined([option.text for option in options], _AND)
        if codes:
            return Wording(codes, codes)
        return printed.DONT_KNOW if measure is Measure.DONT_KNOW else printed.EVERY_ANSWER

    def breakdown(self, breakdown_id: str) -> Wording:
        """What results are broken down by: one text, or two for two breakdowns at once; "" is everybody."""
        if not breakdown_id:
            return printed.EVERYBODY
        if breakdown_id in self._breakdowns:
            text = self._breakdowns[breakdown_id].text
            return Wording(text["en"], text["es"])
        if ";" not in breakdown_id:
            return Wording(breakdown_id, breakdown_id)
        return _joined([self.breakdown(part) for part in breakdown_id.split(";")], "; ")

    def group(self, breakdown_id: str, group_id: str) -> Wording:
        """The text of a group, of groups counted together, or of groups of two breakdowns at once."""
        if not group_id:
            return printed.EVERYBODY
        known = self._breakdowns.get(breakdown_id)
        if known:
            return Wording(known.label(group_id, "en"), known.label(group_id, "es"))
        return self._crossed(breakdown_id.split(";"), group_id)

    def _crossed(self, breakdown_ids: list[str], group_id: str) -> Wording:
        # "a+b;x" are two groups of the first within one of the second; "a;x+b;y" are two cells put together.
        parts = group_id.split(";")
        if len(parts) == len(breakdown_ids) > 1:
            return _joined([self.group(b, g) for b, g in zip(breakdown_ids, parts, strict=True)], "; ")
        cells = group_id.split("+")
        if len(cells) > 1 and len(breakdown_ids) > 1:
            return _joined([self._crossed(breakdown_ids, cell) for cell in cells], _AND)
        return Wording(group_id, group_id)


def _list_es(names: tuple[str, ...]) -> str:
    return " y ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _joined(wordings: list[Wording], between: str) -> Wording:
    return Wording(between.join(w.en for w in wordings), between.join(w.es for w in wordings))
