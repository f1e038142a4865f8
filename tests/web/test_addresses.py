"""Hosts that can not be, spellings of an address that are none of ours, and what a server would write down."""

import logging

import builders_staff
import pytest
from builders_staff import DISTRICT, signed_in
from flask import request
from werkzeug.test import EnvironBuilder, run_wsgi_app

from survey.settings import Settings
from survey.web import create_app
from survey.web.addresses import is_possible_host


@pytest.fixture
def app(sqlite_database):
    settings = Settings(database_url=sqlite_database, secret_key="a secret for tests, and for nothing else")
    with builders_staff.serving(settings) as app:
        yield app


def answered(app, path, host):
    """The status and the text that a server gets for this path under this host."""
    environ = EnvironBuilder(path=path).get_environ() | {"HTTP_HOST": host}
    body, status, _ = run_wsgi_app(app, environ)
    return int(status[:3]), b"".join(body).decode()


IMPOSSIBLE = ["x" * 300, "a..b", "a b", "a@b", "a/b", "[::", "xn--", "<script>", "\x00", ".", "a:b", "\u00ff"]


@pytest.mark.parametrize("host", IMPOSSIBLE)
@pytest.mark.parametrize("path", ["/s", "/staff/sign-in", "/nothing", "/staff/", "/static/staff.css"])
def test_an_impossible_host_is_refused_with_a_page_and_leaves_no_word_behind(app, caplog, host, path):
    status, text = answered(app, path, host)

    assert status == 400
    assert "We could not read what was sent" in text
    assert "x" * 60 not in text + caplog.text
    assert caplog.records == []


@pytest.mark.parametrize(
    "host",
    ["localhost", "survey.example.org:8000", "10.0.0.7", "[::1]:80", "puente_app", "xn--nio-8ma.example", ""],
)
def test_any_host_that_can_be_is_answered_since_proxies_rename_us(app, host):
    assert answered(app, "/s", host)[0] == 200


@pytest.mark.parametrize("host", ["a." * 130 + "a", "a:123456", "xn--" + "9" * 59])
def test_a_host_is_possible_only_within_its_limits(host):
    assert not is_possible_host(host)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/s//los-robles", 404),
        ("//s", 200),
        ("//evil.example/s", 404),
        ("/staff//windows/1", 404),
        ("/static//staff.css", 404),
        ("/s/", 200),
        ("/s/los-robles/", 200),
        ("/staff", 200),
        ("/staff/windows/", 200),
    ],
)
def test_another_spelling_of_an_address_is_answered_or_not_found_and_never_sent_elsewhere(app, path, status):
    browser = signed_in(app, DISTRICT)

    assert browser.get("/", environ_overrides={"PATH_INFO": path}).status_code == status


def test_every_redirect_stays_on_the_host_it_was_asked_under(app):
    for path in ("/", "/?l=es", "/staff", "/staff/", "/staff/windows", "/staff/account?x=//evil.example"):
        location = app.test_client().get(path, headers={"Host": "evil.example"}).location

        assert location.startswith(("/s?", "/s", "/staff/"))
        assert not location.startswith("//")


def test_a_failure_outside_every_page_is_written_down_without_its_words(sqlite_database, caplog):
    app = create_app(
        Settings(database_url=sqlite_database, secret_key="a secret for tests, and for nothing else")
    )

    def fail(_fault):
        raise RuntimeError(request.args["words"])

    app.register_error_handler(404, fail)
    app.register_error_handler(RuntimeError, fail)
    app.config["PROPAGATE_EXCEPTIONS"] = True

    status, text = answered(app, "/nothing?words=CanaryWords", "localhost")

    written = "".join(logging.Formatter().format(record) for record in caplog.records)
    assert status == 500
    assert "builtins.RuntimeError" in written
    assert "CanaryWords" not in written + text


def test_browsers_are_told_once_that_there_is_no_icon(app):
    answer = app.test_client().get("/favicon.ico")

    assert (answer.status_code, answer.data) == (204, b"")
    assert "max-age" in answer.headers["Cache-Control"]
