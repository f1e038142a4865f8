"""The staff's pages: sign-in, setting up, participation, releases, results and downloads."""

from flask import Flask

from survey.web.staff import access, frame, home, passwords, sign_in

# Each module adds its pages to the one blueprint when it is imported.
PAGES = (frame, sign_in, home)


def register(app: Flask) -> None:
    """Wire the staff's pages into the application."""
    access.register(app)
    passwords.register(app)
    app.register_blueprint(access.pages)
