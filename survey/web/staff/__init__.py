"""The staff's pages: sign-in, setting up, participation, releases, results and downloads."""

from flask import Flask


def register(app: Flask) -> None:
    """Wire this part into the application."""
