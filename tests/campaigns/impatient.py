"""The application as it is, but for how long it waits for a database that somebody else has locked."""

from survey.storage import engines
from survey.web import create_app

engines._SETTINGS = engines._SETTINGS.replace(f"'{engines.BUSY_MS}'", "'300'")
engines.BUSY_MS = 300
app = create_app()
