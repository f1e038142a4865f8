"""``survey codes``: what a technician types, what is answered, and a file for nobody else."""

import csv
import stat
from datetime import date

import builders_instruments
import builders_storage
import pytest
from builders_codes import uses_left

from survey import household_codes
from survey.cli import survey
from survey.settings import Settings
from survey.web import create_app

SECRET = "a secret for tests, and for nothing else"
URL = "https://survey.example.org"


@pytest.fixture
def window(sqlite_store):
    for slug in ("oak", "pine"):
        builders_storage.a_site(sqlite_store, slug)
    return builders_storage.a_window(
        sqlite_store, builders_instruments.instrument(), name="fall-2026", code_uses=2
    )


@pytest.fixture
def typed(window, sqlite_database):
    def run(*arguments, public_url=URL):
        settings = Settings(
            database_url=sqlite_database, secret_key=SECRET, today=date(2026, 11, 12), public_url=public_url
        )
        app = create_app(settings)
        try:
            return app.test_cli_runner().invoke(survey, ["codes", *map(str, arguments)])
        finally:
            app.extensions["puente"].store.close()

    return run


def make(typed, out, *more, count=3, **how):
    return typed("make", "fall-2026", "--site", "pine", "--count", count, *more, out, **how)


def test_a_list_is_written_for_its_owner_alone_and_no_code_is_printed(typed, tmp_path, sqlite_store, window):
    out = tmp_path / "pine.csv"

    done = make(typed, out)

    assert done.output == f"3 codes for Pine, good for 2 surveys each: written to {out}.\n"
    with out.open(encoding="utf-8-sig", newline="") as file:
        codes = [line["code"] for line in csv.DictReader(file)]
    assert all(household_codes.read(code).code for code in codes)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert uses_left(sqlite_store, window) == [2, 2, 2]


def test_sheets_are_a_pdf(typed, tmp_path):
    out = tmp_path / "pine.pdf"

    make(typed, out, "--paper", "a4")

    assert out.read_bytes().startswith(b"%PDF-")


def test_more_sheets_than_a_file_holds_go_into_several(typed, tmp_path, monkeypatch):
    monkeypatch.setattr("survey.web.staff.code_files.CODES_IN_A_FILE", 2)

    done = make(typed, tmp_path / "pine.pdf")

    assert done.exit_code == 0
    assert sorted(file.name for file in tmp_path.glob("*.pdf")) == ["pine-1.pdf", "pine-2.pdf"]


@pytest.mark.parametrize(
    ("name", "count", "told"),
    [
        ("pine.docx", 3, "ends neither in .pdf nor in .csv"),
        ("there.csv", 3, "is there already: codes in it could be good still"),
        ("nowhere/pine.csv", 3, "no files can be made in its folder"),
        ("pine.csv", 0, "Make from 1 to 5000 codes at once."),
    ],
)
def test_what_can_not_be_made_is_told_before_any_code_is_made(  # noqa: PLR0917 - fixtures
    typed, tmp_path, sqlite_store, window, name, count, told
):
    (tmp_path / "there.csv").write_text("older codes")

    done = make(typed, tmp_path / name, count=count)

    assert done.exit_code == 1
    assert told in done.stderr
    assert uses_left(sqlite_store, window) == []
    assert (tmp_path / "there.csv").read_text() == "older codes"


def test_without_a_public_address_it_is_told_that_links_lead_nowhere(typed, tmp_path):
    assert "PUBLIC_URL is not set" in make(typed, tmp_path / "pine.csv", public_url="").stderr


def test_codes_are_listed_and_made_void_without_telling_how_many_were_used(typed, tmp_path):
    make(typed, tmp_path / "1.csv", count=12)

    void = typed("void", "fall-2026", "--site", "pine")
    make(typed, tmp_path / "2.csv", count=5)

    assert "The codes of pine in fall-2026 are void" in void.output
    assert typed("list", "fall-2026").output.splitlines() == [
        "site  made  void  out",
        "oak   0     0     0",
        "pine  17    12    5",
    ]


@pytest.mark.parametrize("arguments", [("list", "nope"), ("void", "nope", "--site", "pine")])
def test_an_unknown_window_is_told(typed, arguments):
    done = typed(*arguments)

    assert done.exit_code == 1
    assert "There is no window nope." in done.stderr
