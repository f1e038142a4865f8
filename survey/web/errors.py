"""Pages for what went wrong, in the reader's language."""

from flask import Flask


def register(app: Flask) -> None:
    """Wire this part into the application."""
