"""The two things a page may use: the settings and the store."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from survey.settings import Settings
from survey.storage import Store


@dataclass(frozen=True, slots=True)
class Services:
    """What one application works with."""

    settings: Settings
    store: Store


def services() -> Services:
    """The services of the application that is answering."""
    return cast("Services", current_app.extensions["puente"])
