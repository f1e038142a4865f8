"""Which language a page is in, the switch, and how dates and numbers are written."""

from flask import Flask


def register(app: Flask) -> None:
    """Wire this part into the application."""
