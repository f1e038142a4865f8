"""Charts of a release's figures: distribution bar, range strip, bar, and participation.

Each is a string of SVG, escaped already, that a template writes as it is. Each carries its whole
meaning in words (its title and description), never shows what is withheld, and shows the same
digits as the page beside it. ``hatching`` must be on the page once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from survey.documents import printed, svg
from survey.documents.svg import hatching
from survey.figures import Figure, Measure, whole_percent
from survey.instruments.model import Item, Option
from survey.wording import Wording

__all__ = ["bar", "distribution", "hatching", "so_far", "strip"]

# A narrower segment has no room for its number; the table beside the chart has them all.
_ROOM_FOR_A_NUMBER = 8


def distribution(
    item: Item, figures: Sequence[Figure], *, language: str = "en", district: Figure | None = None
) -> Markup:
    """How the answers to a scored question spread: favorable plain and first, the others hatched.

    ``figures`` are those of this item in one site row and group. The border between plain and
    hatched is the percent favorable; its likely range, and the district's percent favorable where
    it is given, lie under the bar. What is capped or withheld is words in a frame.
    """
    favorable = next((f for f in figures if f.measure is Measure.FAVORABLE), None)
    if favorable is None or not printed.is_number(favorable):
        return _in_words(favorable, _FAVORABLE_CAPPED, language)
    segments = _segments(item, figures, favorable.percent or 0, language)
    height = 92 if district else 74
    shapes = (
        *(shape for segment in segments for shape in segment.shapes()),
        *_borders(segments),
        *svg.scale(36, height - 20),
        *_district(district, 64),
        *_figure(favorable, 46),
        *svg.axis(height - 4),
    )
    spread = "; ".join(f"{segment.name}: {segment.number}%" for segment in segments)
    title = _sentence(favorable, _FAVORABLE[language], language, district)
    return svg.chart(title, shapes, height=height, description=spread)


def strip(
    figure: Figure | None, name: str, *, language: str = "en", district: Figure | None = None
) -> Markup:
    """One figure and its likely range on a line from 0 to 100, for many groups or questions under one another.

    ``name`` is whose figure it is, or of which question. None is drawn as withheld.
    """
    if figure is None or not printed.is_number(figure):
        return _in_words(figure, Wording("{}", "{}"), language, name)
    height = 36 if district else 20
    shapes = (
        *svg.scale(0, height),
        *_district(district, 27),
        *_figure(figure, 10),
    )
    return svg.chart(f"{name}: {_sentence(figure, '{}', language, district)}", shapes, height=height)


def bar(figure: Figure | None, name: str, *, language: str = "en") -> Markup:
    """One option's share with its number and likely range, for check-all and unscored questions."""
    if figure is None or not printed.is_number(figure):
        return _in_words(figure, Wording("{}", "{}"), language, name)
    percent = figure.percent or 0
    shapes = [*svg.scale(0, 34), svg.box("f2", 0, percent, 0, 20)]
    if percent >= 2 * _ROOM_FOR_A_NUMBER:
        shapes.append(svg.text(printed.share(figure), percent, 15, "f2t", anchor="end", shift=-8))
    else:
        shapes.append(svg.text(printed.share(figure), percent, 15, shift=8))
    ends = printed.limits(figure)
    if ends:
        shapes.extend(svg.limits(*ends, 28))
    return svg.chart(f"{name}: {_sentence(figure, '{}', language, None)}", shapes, height=36)


def so_far(at_least: int, enrolled: int, unit: str, *, language: str = "en") -> Markup:
    """How many surveys came in of those enrolled, with a mark at half; ``unit`` is families or pupils."""
    share = min(100 * at_least / enrolled, 100)
    whole = whole_percent(at_least, enrolled)
    number = svg.text(f"{whole}%", share, 22, "f2t", anchor="end", shift=-10)
    if share < 2 * _ROOM_FOR_A_NUMBER:
        number = svg.text(f"{whole}%", share, 22, shift=10)
    shapes = (
        svg.box("enr", 0, 100, 1, 30),
        svg.box("f2", 0, share, 0, 32),
        number,
        svg.upright("cap", 50, 0, 40),
        svg.text(_HALF[language], 50, 58, "axis", anchor="middle"),
    )
    words = _SO_FAR_FAMILIES if unit == "families" else _SO_FAR_PUPILS
    return svg.chart(words[language].format(at_least, enrolled, whole), shapes, height=64)


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of the bar: an option, or a whole side where that is printed as one figure."""

    kind: str
    start: float
    width: float
    number: int
    name: str

    def shapes(self) -> tuple[Markup, ...]:
        drawn = svg.box(self.kind, self.start, self.width, 0, 32)
        if self.number < _ROOM_FOR_A_NUMBER:
            return (drawn,)
        middle = self.start + self.width / 2
        return drawn, svg.text(str(self.number), middle, 21, f"{self.kind}t", anchor="middle")


def _segments(item: Item, figures: Sequence[Figure], percent: int, language: str) -> list[_Segment]:
    """Each side's options as parts of that side, so that the border is the percent favorable to the digit."""
    shares = {f.option: f.percent for f in figures if f.measure is Measure.OPTION and printed.is_number(f)}
    favorable, others = _sides(item)
    sides = (
        (favorable, percent, "f", _FAVORABLE_SIDE),
        (others[::-1], 100 - percent, "u", _OTHER_SIDE),
    )
    segments: list[_Segment] = []
    start = 0.0
    for options, width, side, name in sides:
        # The strongest answer of a side is darker; an answer that is its whole side is plainly that side.
        kinds = [f"{side}{2 if not index and len(options) > 1 else 1}" for index in range(len(options))]
        parts = [(shares.get(o.code), kind, o.text[language]) for o, kind in zip(options, kinds, strict=True)]
        known = [(number, kind, words) for number, kind, words in parts if number is not None]
        total = sum(number for number, _, _ in known)
        if len(known) < len(parts) or not total:
            known, total = [(width, f"{side}1", name[language])], width
        for number, kind, words in known if side == "f" else known[::-1]:
            length = width * number / total if total else 0.0
            segments.append(_Segment(kind, start, length, number, words))
            start += length
    return segments


def _sides(item: Item) -> tuple[list[Option], list[Option]]:
    """Valid options, most favorable first: those that are favorable, and the others."""
    valid = [option for option in item.options if option.is_valid]
    if valid and not valid[0].favorable:
        valid.reverse()
    return [o for o in valid if o.favorable], [o for o in valid if not o.favorable]


def _borders(segments: Sequence[_Segment]) -> list[Markup]:
    drawn = [segment for segment in segments if segment.width]
    at_favorable = {index for index, s in enumerate(drawn[1:], 1) if s.kind[0] != drawn[index - 1].kind[0]}
    return [
        svg.upright("sep fav" if index in at_favorable else "sep", segment.start, 0, 32)
        for index, segment in enumerate(drawn)
        if index
    ]


def _figure(figure: Figure, y: int) -> tuple[Markup, ...]:
    ends = printed.limits(figure)
    return *(svg.limits(*ends, y) if ends else ()), svg.dot(figure.percent or 0, y)


def _district(figure: Figure | None, y: int) -> tuple[Markup, ...]:
    if figure is None or not printed.is_number(figure):
        return ()
    ends = printed.limits(figure)
    return *((svg.across("drng", *ends, y),) if ends else ()), svg.diamond(figure.percent or 0, y)


def _in_words(figure: Figure | None, sentence: Wording, language: str, name: str = "") -> Markup:
    """A capped or withheld figure: words in the place of the bar."""
    share = printed.share(figure, language) if figure else printed.NOT_SHOWN[language]
    why = printed.reason(figure, language) if figure and not printed.is_capped(figure) else ""
    is_withheld = figure is None or not printed.is_capped(figure)
    words = share if is_withheld else sentence[language].format(share)
    told = f"{name}: {words}" if name else words
    frame = svg.words_in_frame(words[:1].upper() + words[1:], is_withheld=is_withheld)
    return svg.chart(told, frame, height=30, description=why)


def _sentence(figure: Figure, frame: str, language: str, district: Figure | None) -> str:
    parts = [frame.format(printed.share(figure, language))]
    if printed.limits(figure):
        parts.append(_LIKELY[language].format(printed.likely_words(figure, language)))
    if figure.n is not None:
        parts.append(_ANSWERS[language].format(figure.n))
    sentence = ", ".join(parts)
    if district is None:
        return sentence
    return f"{sentence}; {_DISTRICT[language].format(printed.share(district, language))}"


_FAVORABLE = Wording("{} favorable", "{} favorables")
_FAVORABLE_CAPPED = Wording("{} favorable", "Favorables: {}")
_FAVORABLE_SIDE = Wording("All favorable answers", "Todas las respuestas favorables")
_OTHER_SIDE = Wording("All other answers", "Todas las demás respuestas")
_LIKELY = Wording("likely {}", "rango probable: {}")
_ANSWERS = Wording("{} answers", "{} respuestas")
_DISTRICT = Wording("district: {}", "distrito: {}")
_HALF = Wording("half", "la mitad")
_SO_FAR_FAMILIES = Wording("At least {} of {} families: {}%", "Por lo menos {} de {} familias: {}%")
_SO_FAR_PUPILS = Wording(
    "At least {} surveys for {} pupils: {} for each 100",
    "Por lo menos {} encuestas para {} estudiantes: {} por cada 100",
)
