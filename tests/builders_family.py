"""A school with an open survey, and a family that comes to its pages with a phone."""

import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

import builders_instruments
import builders_storage
import pages
from werkzeug.serving import WSGIRequestHandler, make_server

from survey import catalogue
from survey.collection import receipts
from survey.settings import Settings
from survey.storage import windows
from survey.web import create_app

SECRET = "a secret for tests, and for nothing else"
TODAY = date(2026, 11, 12)
RECEIPT_TYPE = "application/vnd.puente.receipt+json"
REFUSAL_TYPE = "application/vnd.puente.refusal+json"


def settings_of(database_url, **changes):
    """Settings of a small district on this database."""
    return Settings(
        database_url=database_url,
        secret_key=SECRET,
        district_name="Costa Clara Unified School District",
        **{"today": TODAY, **changes},
    )


def a_school(store, **changes):
    """Los Robles, with whom to ask."""
    known = {"name": "Los Robles Elementary School", "contact": "Ms. Ortiz", "phone": "(310) 555-0142"}
    return builders_storage.a_site(store, "los-robles", **{**known, **changes})


@contextmanager
def a_family(settings, **changes):
    """A family at Los Robles, where the small survey is open; ``changes`` are the window's."""
    app = create_app(settings)
    store = app.extensions["puente"].store
    try:
        site = a_school(store)
        window = builders_storage.a_window(store, builders_instruments.instrument(), **changes)
        yield Family(app, window, site)
    finally:
        store.close()


def both_surveys(store, **changes):
    """Both surveys of the built-in content, open at every school."""
    dates = {"opens": date(2026, 11, 1), "closes": date(2026, 12, 4)}
    for instrument in catalogue.load(None).instruments.values():
        builders_storage.a_window(store, instrument, name=f"fall {instrument.survey}", **{**dates, **changes})


@contextmanager
def serving(app, certificate=None):
    """The port of 127.0.0.1 on which the application answers, until the block ends; with a certificate, by TLS."""

    class Silent(WSGIRequestHandler):
        def log(self, *_):
            pass

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent, ssl_context=certificate)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Family:
    """Somebody with a phone whose browser asks for Spanish. Every page they get is read as a reader would."""

    app: object
    window: object
    site: object
    headers: dict = field(default_factory=lambda: {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"})

    @property
    def address(self):
        return f"/s/{self.site.slug}/{self.window.survey}"

    @property
    def store(self):
        return self.app.extensions["puente"].store

    def get(self, address=None, language=None, **headers):
        """A page, by its address."""
        return self._read(
            self.app.test_client().get(address or self.address, headers={**self.headers, **headers}), language
        )

    def post(self, fields, address=None, language=None, **headers):
        """What the server answers to these fields, or bytes, posted from its own page."""
        response = self.app.test_client().post(
            address or self.address,
            data=fields if isinstance(fields, bytes) else urlencode(fields, doseq=True),
            content_type="application/x-www-form-urlencoded",
            headers={**self.headers, "Sec-Fetch-Site": "same-origin", **headers},
        )
        return self._read(response, language)

    def receipt(self, fields, **headers):
        """The receipt for these fields as a program gets it, and the status."""
        response = self.post(fields, Accept=RECEIPT_TYPE, **headers)
        return response.status_code, response.json

    def fields(self, answers=None, **own):
        """What the page posts: its own fields, these answers, and the end."""
        mine = {"key": str(uuid4()), "w": self.served(), "l": "en"} | own
        return {**mine, **(answers or {}), "end": "1"}

    def served(self):
        """What the page of the open window carries."""
        return f"{self.window.id}.{receipts.start_token(SECRET, self.window.id)}"

    def responses(self):
        """What is stored, as packed answers with their languages."""
        with self.store.engine.connect() as db:
            rows = db.exec_driver_sql("SELECT answers, language, channel FROM response ORDER BY answers")
            return [tuple(row) for row in rows]

    def comments(self):
        """The comments that are stored."""
        with self.store.engine.connect() as db:
            return [row.text for row in db.exec_driver_sql("SELECT text FROM comment ORDER BY text")]

    def it_is(self, day):
        """Let it be another day."""
        services = self.app.extensions["puente"]
        settings = services.settings.model_copy(update={"today": day})
        self.app.extensions["puente"] = replace(services, settings=settings)

    def close(self, **changed):
        """Close or seal the window, on the days given."""
        with self.store.writing() as db:
            for name, day in changed.items():
                getattr(windows, f"set_{name}")(db, self.window.id, day)

    def _read(self, response, language):
        assert "Cookie" not in response.headers.get("Vary", "")
        assert all(c.startswith("received=;") for c in response.headers.getlist("Set-Cookie"))
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 308):
            response.page = pages.read(response.text, language)
        return response


def words(response):
    """The text of a page, its spaces as one."""
    return re.sub(r"\s+", " ", response.page.one("main").text)
