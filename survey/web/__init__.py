"""The web application: ``create_app`` wires everything and decides nothing."""

from flask import Flask

from survey.settings import ROOT, Settings
from survey.storage import Store
from survey.web import addresses, errors, family, headers, language, phone, staff, worker
from survey.web.services import Services

__all__ = ["create_app"]


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings, or for those of the environment; touches no database yet."""
    settings = settings or Settings()
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
    )
    app.extensions["puente"] = Services(settings=settings, store=Store(settings.database_url))
    for part in (addresses, language, headers, errors, phone, worker, family, staff):
        part.register(app)
    return app
