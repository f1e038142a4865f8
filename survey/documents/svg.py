"""Shapes of a chart: SVG in percent of its column, escaped, without a style or a script inside.

Lengths stretch with the column and letters do not. Colours and hatching are classes of staff.css.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

Shape = Markup


def chart(title: str, shapes: Iterable[Shape], *, height: int, description: str = "") -> Markup:
    """A whole picture, as wide as its column, that a screen reader reads as one sentence and its detail."""
    told = (_with_text("title", title), *([_with_text("desc", description)] if description else []))
    return _element("svg", (*told, *shapes), width="100%", height=height, role="img")


def box(kind: str, x: float, width: float, y: float, height: float) -> Shape:
    """A rectangle; ``x`` and ``width`` are percents of the column."""
    return _element("rect", class_=kind, x=_percent(x), width=_percent(width), y=y, height=height)


def across(kind: str, low: float, high: float, y: float) -> Shape:
    """A level line from one percent of the column to another."""
    return _element("line", class_=kind, x1=_percent(low), x2=_percent(high), y1=y, y2=y)


def upright(kind: str, x: float, top: float, bottom: float) -> Shape:
    """An upright line at a percent of the column."""
    return _element("line", class_=kind, x1=_percent(x), x2=_percent(x), y1=top, y2=bottom)


def dot(x: float, y: float) -> Shape:
    """The figure itself: a full circle."""
    return _element("circle", class_="dot", cx=_percent(x), cy=y, r=6)


def diamond(x: float, y: float) -> Shape:
    """The district's figure: a hollow diamond."""
    path = _element("path", class_="dia", d=f"M0 {y - 6}l6 6-6 6-6-6z")
    return _element("svg", (path,), x=_percent(x), overflow="visible")


def text(words: str, x: float, y: float, kind: str = "", *, anchor: str = "start", shift: int = 0) -> Shape:
    """Words beside a percent of the column, ``shift`` pixels from it."""
    moved = {"dx": shift} if shift else {}
    named = {"class_": kind} if kind else {}
    return _with_text("text", words, **named, x=_percent(x), y=y, text_anchor=anchor, **moved)


def words_in_frame(words: str, *, is_withheld: bool) -> tuple[Shape, ...]:
    """Words in the place of a bar: framed by dashes where something is withheld, by a line where it is capped."""
    frame = _element("rect", class_="hole" if is_withheld else "enr", x=1, y=1, width="99%", height=28)
    kind = {"class_": "axis"} if is_withheld else {}
    return frame, _with_text("text", words, **kind, x=12, y=20)


def scale(top: int, bottom: int) -> tuple[Shape, ...]:
    """Upright lines at 0, 25, 50, 75 and 100."""
    return tuple(upright("grid", x, top, bottom) for x in (0, 25, 50, 75, 100))


def axis(y: int) -> tuple[Shape, ...]:
    """The numbers under the scale."""
    places = ((0, "0", "start"), (50, "50%", "middle"), (100, "100%", "end"))
    return tuple(text(words, x, y, "axis", anchor=anchor) for x, words, anchor in places)


def limits(low: int, high: int, y: int) -> tuple[Shape, ...]:
    """The likely range: a thick line with an end on each side."""
    ends = (upright("cap", x, y - 6, y + 6) for x in (low, high))
    return across("rng", low, high, y), *ends


def hatching() -> Markup:
    """The two hatchings that staff.css fills unfavorable answers with: once on a page, before its charts."""
    patterns = (
        _pattern("h1", 7, "rotate(45)", "u1b"),
        _pattern("h2", 5, "rotate(-45)", "u2b"),
    )
    return _element("svg", (_element("defs", patterns),), width=0, height=0, aria_hidden="true")


def _pattern(name: str, size: int, turned: str, ground: str) -> Shape:
    shapes = (
        _element("rect", class_=ground, width=size, height=size),
        _element("path", class_=name, d=f"M0 0V{size}"),
    )
    return _element(
        "pattern",
        shapes,
        id=name,
        width=size,
        height=size,
        patternUnits="userSpaceOnUse",
        patternTransform=turned,
    )


def _element(name: str, inside: Iterable[Shape] = (), **attributes: object) -> Markup:
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value)
        for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, Markup("").join(inside))


def _with_text(name: str, words: str, **attributes: object) -> Markup:
    return _element(name, (escape(words),), **attributes)


def _percent(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".") + "%"
