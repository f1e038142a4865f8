"""The family's pages: start, survey, thanks, and every reason why not."""

from flask import Flask


def register(app: Flask) -> None:
    """Wire this part into the application."""
