"""``survey sites`` and ``survey enrolment``: what a technician types, and what is answered."""

import pytest

from survey.cli import survey
from survey.settings import Settings
from survey.storage import sites
from survey.web import create_app
from survey.web.services import Services

SITES = (
    "slug,name,cds_code,contact,phone\npine,Pine Elementary,19647330123456,Ms. Office,555-0101\noak,Oak,,,\n"
)


@pytest.fixture
def app(sqlite_database):
    app = create_app(
        Settings(database_url=sqlite_database, secret_key="a secret for tests, and for nothing else")
    )
    yield app
    app.extensions["puente"].store.close()


@pytest.fixture
def typed(app, tmp_path, monkeypatch):
    """Run a command in a folder of its own, where files may be put first."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, **files):
        for name, content in files.items():
            (tmp_path / f"{name}.csv").write_bytes(
                content if isinstance(content, bytes) else content.encode()
            )
        return app.test_cli_runner().invoke(survey, arguments)

    return run


def names(app):
    services: Services = app.extensions["puente"]
    with services.store.reading() as db:
        return [site.name for site in sites.all_sites(db)]


def test_importing_says_what_it_did(typed, app):
    done = typed("sites", "import", "sites.csv", sites=SITES)

    assert (done.exit_code, done.output) == (0, "2 sites added, 0 changed, 0 as before.\n")
    assert names(app) == ["Oak", "Pine Elementary"]


def test_importing_again_says_what_is_new(typed, app):
    typed("sites", "import", "sites.csv", sites=SITES)

    done = typed("sites", "import", "sites.csv", sites=SITES.replace("Oak", "Oak School"))

    assert done.output == "0 sites added, 1 changed, 1 as before.\n"


def test_every_fault_is_a_line_with_the_name_of_the_file_and_nothing_is_imported(typed, app):
    done = typed("sites", "import", "sites.csv", sites=SITES + "elm,Elm,1964733012345,,\nelm,,,,\n")

    assert done.exit_code == 1
    assert done.stderr == (
        "sites.csv, line 4, cds_code: 13 digits; a CDS code has 14\n"
        "sites.csv, line 5, name: A site needs a name\n"
        "sites.csv, line 5, slug: The same slug is on line 4\n"
        "Error: 3 faults: nothing was imported.\n"
    )
    assert names(app) == []


def test_a_fault_of_the_whole_file_has_no_line(typed):
    done = typed("sites", "import", "sites.csv", sites=b"")

    assert (done.exit_code, done.stderr) == (
        1,
        "sites.csv: The file is empty\nError: 1 fault: nothing was imported.\n",
    )


@pytest.mark.parametrize("command", ["sites", "enrolment", "responses"])
def test_a_file_that_is_not_there_is_told_alike(typed, command):
    window = ["--window", "fall-2026"] if command == "responses" else []

    done = typed(command, "import", "nope.csv", *window)

    assert done.exit_code == 2
    assert "Error: Invalid value for 'FILE': File 'nope.csv' does not exist." in done.stderr


def test_sites_are_listed_in_columns(typed):
    typed("sites", "import", "sites.csv", sites=SITES)

    assert typed("sites", "list").output.splitlines() == [
        "slug  name             cds_code        contact     phone",
        "oak   Oak",
        "pine  Pine Elementary  19647330123456  Ms. Office  555-0101",
    ]


def test_a_list_without_sites_says_how_to_begin(typed):
    assert typed("sites", "list").output == "No sites yet: survey sites import FILE.csv\n"


def test_enrolment_is_imported(typed):
    typed("sites", "import", "sites.csv", sites=SITES)

    done = typed(
        "enrolment", "import", "e.csv", e="site,unit,home_language,grade_band,count\npine,families,,,300\n"
    )

    assert (done.exit_code, done.output) == (
        0,
        "1 row of enrolment imported, in place of what was known before.\n",
    )


def test_faults_of_enrolment_are_told(typed):
    done = typed(
        "enrolment", "import", "e.csv", e="site,unit,home_language,grade_band,count\npine,families,,,300\n"
    )

    assert done.exit_code == 1
    assert "e.csv, line 2, site: There is no site with this slug; see: survey sites list" in done.stderr
