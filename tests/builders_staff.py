"""Staff as tests need them: an application with three schools, and browsers that are signed in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.administration import staff
from survey.settings import Settings
from survey.storage import Store, sites
from survey.storage.accounts import StaffRole
from survey.storage.sites import Site
from survey.web import create_app

DISTRICT = "research@costaclara.example"
NORTH = "principal@north.example"
SOUTH = "principal@south.example"
SITES = (
    Site(0, "north", "North Elementary School", "19649801234567", "Front office", "310-555-0161"),
    Site(0, "south", "South Middle School"),
    Site(0, "tiny", "Tiny School"),
)


def set_up(store: Store) -> None:
    """Three schools, one person for the whole district and one for each of the larger schools."""
    with store.writing() as db:
        sites.put(db, SITES)
    staff.add(store, DISTRICT, StaffRole.DISTRICT)
    staff.add(store, NORTH, StaffRole.SITE, ["north"])
    staff.add(store, SOUTH, StaffRole.SITE, ["south"])


@contextmanager
def serving(settings: Settings) -> Iterator[Flask]:
    """An application on a database that holds ``set_up``, given back afterwards."""
    app = create_app(settings)
    set_up(store_of(app))
    yield app
    store_of(app).close()


def store_of(app: Flask) -> Store:
    """The store of an application."""
    return app.extensions["puente"].store


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
