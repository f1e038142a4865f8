"""Staff as tests need them: an application with four schools, and browsers that are signed in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import builders_releases
from builders_storage import a_window
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.administration import staff
from survey.figures import Release
from survey.releases import frozen
from survey.settings import Settings
from survey.storage import Store, sites, windows
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
