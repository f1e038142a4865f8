"""``survey staff``: what a technician types, and what is answered."""

import re

import builders_staff
import pytest
from builders_staff import CANYON, DISTRICT, ROBLES, VISTA, is_signed_in, nobody, store_of

from survey.administration import staff
from survey.cli import survey
from survey.settings import Settings


@pytest.fixture
def app(sqlite_database):
    settings = Settings(
        database_url=sqlite_database,
        secret_key="a secret for tests, and for nothing else",
        public_url="https://survey.example.org/",
    )
    with builders_staff.serving(settings) as app:
        yield app


def run(app, *arguments):
    return app.test_cli_runner().invoke(survey, ["staff", *arguments])


def test_adding_someone_prints_the_link_they_sign_in_with(app):
    done = run(
        app, "add", "New@North.example", "--role", "site", "--site", "los-robles", "--site", "mar-vista"
    )

    assert done.exit_code == 0
    assert "Added new@north.example: site staff, los-robles, mar-vista." in done.output
    path = re.search(r"https://survey\.example\.org(/staff/link/\S+)", done.output)[1]
    browser = nobody(app)
    browser.post(path)
    assert is_signed_in(browser)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "new@north.example", "--role", "site"], "at least one site"),
        (["add", "new@north.example", "--role", "site", "--site", "nowhere"], "no site 'nowhere'"),
        (["add", "new@north.example", "--role", "district", "--site", "los-robles"], "name none"),
        (["add", "new", "--role", "district"], "'new' is no email address"),
        (["add", ROBLES, "--role", "district"], "is staff already"),
        (["add", "new@north.example", "--role", "principal"], "'principal' is not one of"),
        (["link", "new@north.example"], "new@north.example is no staff"),
        (["remove", "new@north.example"], "new@north.example is no staff"),
    ],
)
def test_what_can_not_be_done_is_told_and_changes_nothing(app, arguments, said):
    before = staff.everyone(store_of(app))

    done = run(app, *arguments)

    assert done.exit_code != 0
    assert said in done.output
    assert staff.everyone(store_of(app)) == before


def test_a_link_without_a_public_address_leads_to_this_machine(sqlite_database):
    settings = Settings(database_url=sqlite_database, secret_key="x" * 40, port=8123)
    with builders_staff.serving(settings) as app:
        assert "http://127.0.0.1:8123/staff/link/" in run(app, "link", DISTRICT).output


def test_removing_someone_is_told(app):
    assert "Removed" in run(app, "remove", ROBLES.upper()).output
    assert ROBLES not in run(app, "list").output


def test_everyone_is_listed_with_what_they_see(app):
    width = max(len(email) for email in (DISTRICT, CANYON, ROBLES, VISTA))

    assert run(app, "list").output.splitlines() == [
        f"{'email':{width}}  role      sites",
        f"{DISTRICT:{width}}  district  the whole district",
        f"{CANYON:{width}}  site      canyon",
        f"{ROBLES:{width}}  site      los-robles",
        f"{VISTA:{width}}  site      mar-vista",
    ]
