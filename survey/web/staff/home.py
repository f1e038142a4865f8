"""The page staff begin at: what is open, what is released, and what needs doing."""

from flask import render_template
from flask.typing import ResponseReturnValue

from survey.web.staff.access import Access, page


@page("/", Access.SIGNED_IN)
def home() -> ResponseReturnValue:
    """What there is to see and to do today."""
    return render_template("staff/home.html")
