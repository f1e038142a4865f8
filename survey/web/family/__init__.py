"""The family's pages: from a link or a code on paper to a receipt, on one phone, in either language."""

from flask import Flask

from survey.web.family import views
from survey.web.family.kiosk import address as kiosk_url
from survey.web.family.preview import preview_url

__all__ = ["kiosk_url", "preview_url", "register"]


def register(app: Flask) -> None:
    """Wire this part into the application."""
    app.register_blueprint(views.blueprint)
