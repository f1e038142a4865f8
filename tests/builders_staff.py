"""Staff as tests need them: an application with four schools, and browsers that are signed in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from threading import Thread
from uuid import UUID

import builders_releases
from builders_storage import a_window
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from survey import catalogue
from survey.administration import staff
from survey.figures import Release
from survey.instruments import packing
from survey.instruments.model import Instrument
from survey.releases import frozen, make
from survey.settings import Settings
from survey.storage import Store, comments, responses, sites, windows
from survey.storage import released as stored
from survey.storage.accounts import StaffRole
from survey.storage.sites import Site
from survey.storage.windows import Window
from survey.web import create_app

DISTRICT = "research@costaclara.example"
ROBLES = "principal@losrobles.example"
VISTA = "principal@marvista.example"
CANYON = "principal@canyon.example"
# The schools of ``builders_releases``: the last two are small and counted together.
SITES = (
    Site(0, "los-robles", "Los Robles Elementary School", "19649801234567", "Front office", "310-555-0161"),
    Site(0, "mar-vista", "Mar Vista Middle School"),
    Site(0, "canyon", "Canyon School"),
    Site(0, "pine", "Pine School"),
)


def set_up(store: Store) -> None:
    """Four schools, one person for the whole district and one each for three of the schools."""
    with store.writing() as db:
        sites.put(db, SITES)
    staff.add(store, DISTRICT, StaffRole.DISTRICT)
    staff.add(store, ROBLES, StaffRole.SITE, ["los-robles"])
    staff.add(store, VISTA, StaffRole.SITE, ["mar-vista"])
    staff.add(store, CANYON, StaffRole.SITE, ["canyon"])


@contextmanager
def serving(settings: Settings) -> Iterator[Flask]:
    """An application on a database that holds what ``set_up`` puts there, closed afterwards."""
    app = create_app(settings)
    set_up(store_of(app))
    yield app
    store_of(app).close()


def store_of(app: Flask) -> Store:
    """The store of an application."""
    return app.extensions["puente"].store


def released(store: Store, release: Release | None = None) -> Window:
    """A sealed window at all four schools with a release: that of ``builders_releases`` unless given."""
    made = release or builders_releases.release()
    window = a_window(
        store,
        made.instrument,
        name=made.window,
        opens=made.opens,
        closes=made.closes,
        closed_on=made.made_on,
        sealed_on=made.made_on,
    )
    with store.writing() as db:
        stored.add(
            db,
            window.id,
            made_on=made.made_on,
            audited=made.audited,
            head=frozen.head(made),
            unprotected="{}",
            documents=frozen.parts(made),
        )
        return windows.by_id(db, window.id)


def released_for_real(store: Store, today: date) -> Window:
    """The engagement survey, answered by made-up families of all four schools, sealed and released; with comments."""
    content = catalogue.load()
    instrument = content.instruments["engagement"]
    window = a_window(
        store,
        instrument,
        name="engagement-real",
        opens=today - timedelta(days=60),
        closes=today - timedelta(days=40),
        closed_on=today - timedelta(days=30),
        sealed_on=today - timedelta(days=30),
    )
    chance = Random(20261112)
    with store.writing() as db:
        for slug, families in (("los-robles", 60), ("mar-vista", 45), ("canyon", 5), ("pine", 9)):
            site = sites.find(db, slug)
            sent = [
                responses.Response(
                    window.id,
                    site.id,
                    UUID(int=chance.getrandbits(128), version=4),
                    chance.choice(("en", "es")),
                    "link",
                    packing.pack(instrument, _answers(instrument, chance)),
                )
                for _ in range(families)
            ]
            responses.insert_all(db, sent)
            words = [
                comments.NewComment(site.id, "eng.30", f"Más reuniones por la tarde, por favor ({n}).")
                for n in range(3)
            ]
            comments.insert(db, window.id, words)
    make.make(
        store, window.name, content.frameworks, 11, today, district_name="Costa Clara Unified School District"
    )
    return window


def _answers(instrument: Instrument, chance: Random) -> dict[str, tuple[str, ...]]:
    """What one made-up family chose: one answer to nearly every question, and some are more favorable than others."""
    chosen = {}
    for place, item in enumerate(instrument.items()):
        if item.options and chance.random() > 0.05:
            weights = [6 if option.favorable else 1 + place % 4 for option in item.options]
            chosen[item.id] = (chance.choices(item.options, weights)[0].code,)
    return chosen


@contextmanager
def on_a_port(app: Flask) -> Iterator[str]:
    """The address at which this application is served for a browser."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Browser:
    """A browser that keeps cookies and sends each form with its token."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, **more) -> TestResponse:
        return self.client.get(path, **more)

    def post(self, path: str, data: dict | None = None, **more) -> TestResponse:
        sent = {"csrf_token": self.token(), **(data or {})}
        return self.client.post(path, data=sent, **more)

    def token(self) -> str:
        """The token of this session, as any of its pages carries it."""
        page = self.client.get("/staff/account")
        if page.status_code != 200:
            page = self.client.get("/staff/sign-in")
        return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]


def nobody(app: Flask) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(app)


def signed_in(app: Flask, email: str) -> Browser:
    """A browser in which this person has signed in by a link."""
    browser = Browser(app)
    token = staff.new_link(store_of(app), email, staff.utc_now())
    answer = browser.post(f"/staff/link/{token}")
    assert answer.status_code == 302, answer.text
    return browser


def is_signed_in(browser: Browser) -> bool:
    """Whether somebody is signed in in this browser."""
    return browser.get("/staff/account").status_code == 200
