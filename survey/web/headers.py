"""What every answer says to the browser: security headers and compression."""

from flask import Flask


def register(app: Flask) -> None:
    """Wire this part into the application."""
