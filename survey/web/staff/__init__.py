"""The staff's pages: sign-in, setting up, participation, releases, releasing, results and downloads."""

from flask import Flask

from survey.web.staff import (
    access,
    codes,
    comments,
    files,
    flyers,
    frame,
    help,  # noqa: A004 - the page's name
    home,
    keying,
    paper,
    participation,
    passwords,
    people,
    releases,
    releasing,
    results,
    schools,
    sign_in,
    windows,
)

# Each module adds its pages to the one blueprint when it is imported.
PAGES = (
    frame,
    sign_in,
    home,
    windows,
    codes,
    participation,
    releases,
    releasing,
    results,
    files,
    flyers,
    comments,
    schools,
    people,
    help,
    paper,
    keying,
)


def register(app: Flask) -> None:
    """Wire the staff's pages into the application."""
    access.register(app)
    passwords.register(app)
    app.register_blueprint(access.pages)
