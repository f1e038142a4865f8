"""Errors of a database without what its rows hold: only what went wrong, and with which table or constraint."""

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError

# Errors about a value quote it in their first line: https://www.postgresql.org/docs/current/errcodes-appendix.html
_ABOUT_A_VALUE = "22"


def keep(engine: Engine) -> None:
    """See to it that no exception of this engine holds a value of a row or of a parameter.

    A server's error goes on with the row that failed, and a traceback would take it into a log.
    """

    @event.listens_for(engine, "handle_error")
    def on_error(context: ExceptionContext) -> None:
        original: Any = context.original_exception
        told = _told(original)
        if told is None:
            return
        original.args = (told,)
        if context.sqlalchemy_exception is not None:
            context.sqlalchemy_exception.args = (f"({type(original).__name__}) {told}",)


def in_one_line(error: DBAPIError) -> str:
    """What went wrong, for whoever runs the program: without the statement, its parameters and links to manuals."""
    return " ".join(str(error.orig).split())


def _told(original: Any) -> str | None:
    """What may be said of an error; None where it says nothing about a row anyhow."""
    state = getattr(original, "sqlstate", None)
    if state is not None and state.startswith(_ABOUT_A_VALUE):
        return f"a value that the database does not take (SQLSTATE {state})"
    if state is not None and original.diag.message_primary is not None:
        return f"{original.diag.message_primary} (SQLSTATE {state})"
    text = str(original)
    # SQLite quotes text that it can not decode, and nothing else.
    return "text in the database is not UTF-8" if text.startswith("Could not decode") else None
