"""The module on a family's phone: its sources joined into one small file that is loaded once and kept."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for
from markupsafe import Markup

from survey.web import smaller
from survey.web.smaller import Script

SOURCES = Path(__file__).parent / "static" / "phone"
MAIN = "main.js"
FOR_A_YEAR = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    """Serve the module; templates get its address as ``phone_module()`` and ``island`` for its words."""
    app.add_url_rule("/phone.js", "phone", _serve)
    app.jinja_env.globals["phone_module"] = address
    app.jinja_env.filters["island"] = island


def address() -> str:
    """Where the module is; another one whenever it has changed."""
    return f"{url_for('phone')}?{module().digest}"


@cache
def module() -> Script:
    """The module as phones get it; made once in a process."""
    return smaller.script(joined(SOURCES))


def joined(sources: Path, main: str = MAIN) -> str:
    """Every source that ``main`` needs, each once and after those that it needs itself, as one text.

    Sources import names from each other and export names, in the one plain form of each; ValueError
    for any other form, which joining would break.
    """
    return "\n".join(_bare(name, text) for name, text in _in_order(sources, main))


def island(words: Mapping[str, object]) -> Markup:
    """The words of the module as JSON that may stand inside a ``<script>``."""
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 - without its "<" nothing in it can end the element


_IMPORT = re.compile(r'^import \{[^{}]*\} from "\./([a-z]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(async )?function\b|const\b|let\b|class\b)", re.MULTILINE)
_LEFT = re.compile(r"^\s*(import|export)\b.*", re.MULTILINE)


def _in_order(sources: Path, name: str, met: set[str] | None = None) -> Iterator[tuple[str, str]]:
    met = set() if met is None else met
    if name in met:
        return
    met.add(name)
    text = (sources / name).read_text(encoding="utf-8")
    for needed in _IMPORT.findall(text):
        yield from _in_order(sources, needed, met)
    yield name, text


def _bare(name: str, text: str) -> str:
    bare = _EXPORT.sub("", _IMPORT.sub("", text))
    left = _LEFT.search(bare)
    if left:
        raise ValueError(f"{name}: {left[0].strip()} is in no form that can be joined")
    return bare


def _serve() -> Response:
    made = module()
    response = made.answer()
    # What asks for another digest comes from a page of another version, and must not keep this one under it.
    is_this = request.query_string.decode(errors="replace") == made.digest
    response.headers["Cache-Control"] = FOR_A_YEAR if is_this else "no-cache"
    return response
