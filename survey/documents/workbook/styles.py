"""How cells look: the colours of the staff pages, named once and combined."""

from typing import Any

SEA, SEA_SOFT, MAIZE, GOLD = "#0C4F5D", "#DCEEF0", "#FDEEC8", "#F4B63F"
INK, QUIET, LINE = "#17282D", "#4A5A5D", "#C9D1CC"

_LOOKS: dict[str, dict[str, Any]] = {
    "base": {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"},
    "title": {"font_name": "Georgia", "font_size": 18, "font_color": SEA, "valign": "vcenter"},
    "heading": {
        "font_name": "Georgia",
        "font_size": 14,
        "font_color": SEA,
        "bottom": 1,
        "bottom_color": LINE,
    },
    "where": {"font_color": QUIET},
    "sentence": {"font_name": "Georgia", "font_size": 13, "valign": "vcenter"},
    "caution": {"bg_color": MAIZE, "bold": True, "bottom": 2, "bottom_color": GOLD, "valign": "vcenter"},
    "header": {
        "bg_color": SEA,
        "font_color": "#FFFFFF",
        "text_wrap": True,
        "valign": "vcenter",
        "align": "left",
        "indent": 1,
    },
    "in english": {"bold": True},
    "section": {"bg_color": SEA_SOFT, "bold": True},
    "cell": {"bottom": 1, "bottom_color": LINE},
    "wrapped": {"text_wrap": True, "align": "left", "indent": 1},
    "lead": {"bold": True},
    "quiet": {"font_color": QUIET},
    "number": {"num_format": "0", "align": "right", "indent": 1},
    "percent": {"num_format": '0"%"', "align": "right", "indent": 1},
    "words": {"italic": True, "font_color": QUIET, "text_wrap": True},
    "slanted": {"italic": True},
    "plain": {"text_wrap": True},
    "link": {"font_color": SEA, "underline": 1},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
}


class Styles:
    """Formats of one workbook, made when they are first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, ...], Any] = {}

    def __call__(self, *names: str) -> Any:
        """The format that all these names together describe."""
        if names not in self._made:
            look = dict(_LOOKS["base"])
            for name in names:
                look.update(_LOOKS[name])
            self._made[names] = self._book.add_format(look)
        return self._made[names]
