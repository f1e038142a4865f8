"""Pages that load nothing and know nobody: their style is inside them, and no session is looked at to make them."""

import re
from functools import cache
from pathlib import Path

from flask import Response, current_app, make_response
from markupsafe import Markup

from survey.web import headers

STATIC = Path(__file__).parent / "static"


@cache
def style(*more: str) -> str:
    """What every plain page inlines, and ``more`` sheets that only some do."""
    sheets = ("tokens.css", "family.css", *more)
    return minified("".join((STATIC / name).read_text(encoding="utf-8") for name in sheets))


def minified(css: str) -> str:
    """The same rules without comments and without the spaces that only people need."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>~]) ?", r"\1", css)
    # Not before a colon: "fieldset :checked" is another selector than "fieldset:checked".
    css = re.sub(r": ", ":", css)
    return css.replace(";}", "}").strip()


def page(template: str, status: int = 200, css: str | None = None, **known: object) -> Response:
    """The page, with a policy that allows its own style (``css``, or ``style()``) and nothing else."""
    css = css or style()
    response = make_response(render(template, style=Markup(css), **known), status)  # noqa: S704 - it is our own file
    response.headers["Content-Security-Policy"] = headers.policy_for(css)
    return response


def render(template: str, **known: object) -> str:
    """The template with what it is given, and only that.

    Flask's own function would also ask the session who is signed in, which a family's page has no
    business to know.
    """
    return current_app.jinja_env.get_template(template).render(known)
