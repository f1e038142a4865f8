"""At a glance: the questions with the most and the fewest favorable answers, in the order they were asked."""

from dataclasses import dataclass

from survey.documents import printed
from survey.figures import Figure
from survey.instruments.model import Item
from survey.web.staff.presented import Shown

# Three at each end, more where they print the same percent; with fewer questions the page itself is a glance.
AT_EACH_END = 3
AT_MOST = 5
WORTH_IT = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its percent favorable, as a link to the rest."""

    id: str
    text: str
    share: str


@dataclass(frozen=True, slots=True)
class Glance:
    """Both ends. Neither is a ranking: within an end, questions stand as they were asked."""

    most: tuple[Entry, ...]
    fewest: tuple[Entry, ...]


def of(shown: Shown) -> Glance | None:
    """Both ends, or None where there are too few figures to have ends, or too many alike."""
    known = [
        (item, figure, value)
        for item in shown.release.instrument.items()
        if (figure := shown.favorable(item)) is not None and (value := _value(figure)) is not None
    ]
    if len(known) < WORTH_IT:
        return None
    values = sorted(value for _, _, value in known)
    low, high = values[AT_EACH_END - 1], values[-AT_EACH_END]
    most = [(item, figure) for item, figure, value in known if value >= high]
    fewest = [(item, figure) for item, figure, value in known if value <= low]
    if low >= high or max(len(most), len(fewest)) > AT_MOST:
        return None
    return Glance(tuple(_entry(shown, *one) for one in most), tuple(_entry(shown, *one) for one in fewest))


def _value(figure: Figure) -> int | None:
    """The printed percent as a number to compare; what is capped stands beyond every number."""
    if printed.is_capped(figure):
        return 101 if figure.reason == "nearly_all" else -1
    return figure.percent if printed.is_number(figure) else None


def _entry(shown: Shown, item: Item, figure: Figure) -> Entry:
    return Entry(item.id, shown.text(item), shown.share(figure))
