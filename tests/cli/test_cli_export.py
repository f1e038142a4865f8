"""``survey export``: the file it writes, what it says, and that a failure leaves nothing half-written."""

import csv
import io
import os
from datetime import date

import builders_apart
import builders_staff
import openpyxl
import pytest
from builders_sealed import sealed
from click.testing import CliRunner
from flask.cli import ScriptInfo

from survey.cli import survey
from survey.documents import results_csv
from survey.figures import Responses
from survey.releases import make, read
from survey.web import create_app

PRELIMINARY = "Preliminary: not yet checked against subtraction, not for publication."


@pytest.fixture
def run(settings):
    app = create_app(settings)

    def run(*arguments):
        return CliRunner().invoke(survey, ["export", *arguments], obj=ScriptInfo(create_app=lambda: app))

    yield run
    app.extensions["puente"].store.close()


@pytest.fixture
def released(store):
    """A release of two schools."""
    sealed(store)
    return make.make(store, "fall-2026", (), 11, date(2026, 11, 12), district_name="Costa Clara")


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_csv_is_the_whole_release(run, store, released, tmp_path):
    file = tmp_path / "results.csv"

    result = run("fall-2026", "--format", "csv", "--out", str(file))

    assert result.exit_code == 0, result.output
    assert file.read_bytes() == results_csv.to_csv(read.with_figures(store, "fall-2026"))
    assert {row["site"] for row in rows(file.read_bytes())} == {"", "oak", "pine"}


def test_it_says_what_it_wrote_and_that_it_is_preliminary(run, released, tmp_path):
    result = run("fall-2026", "--format", "csv", "--out", str(tmp_path / "results.csv"))

    assert "Release 1 of fall-2026" in result.stderr
    assert PRELIMINARY in result.stderr


def test_standard_output_holds_the_file_alone(run, store, released):
    result = run("fall-2026", "--format", "csv", "--out", "-")

    assert result.stdout_bytes == results_csv.to_csv(read.with_figures(store, "fall-2026"))


def test_the_csv_of_a_school_holds_that_school_alone(run, released):
    result = run("fall-2026", "--format", "csv", "--site", "oak", "--out", "-")

    assert {row["site"] for row in rows(result.stdout_bytes)} == {"oak"}


def test_the_workbook_of_a_school_shows_the_district_beside_it(run, released, tmp_path):
    file = tmp_path / "oak.xlsx"

    run("fall-2026", "--format", "xlsx", "--site", "oak", "--out", str(file))

    summary = openpyxl.load_workbook(file)["Summary"]
    names = [cell.value for cell in summary["A"]]
    assert names[-2:] == ["Costa Clara", "Oak Middle School"]


def test_a_school_counted_with_others_gets_their_row_and_is_told_so(run, store):
    sealed(store, oak=2)
    make.make(store, "fall-2026", (), 11, date(2026, 11, 12), district_name="Costa Clara")

    result = run("fall-2026", "--format", "csv", "--site", "oak", "--out", "-")

    assert {row["site"] for row in rows(result.stdout_bytes)} == {"oak+pine"}
    assert "Counted together, because small: Oak Middle School, Pine Elementary." in result.stderr


def test_an_earlier_release_can_be_asked_for(run, released):
    result = run("fall-2026", "--release", "1", "--format", "csv", "--out", "-")

    assert result.exit_code == 0, (result.stderr, result.exception)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere",), "There is no window nowhere. There are: fall-2026"),
        (("fall-2026", "--release", "2"), "There is no release 2 of fall-2026. There are: 1"),
        (("fall-2026", "--site", "elm"), "No school elm in release 1 of fall-2026. It has: oak, pine"),
        (("fall-2026", "--site", ""), "No school without a name"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(run, released, tmp_path, arguments, words):
    file = tmp_path / "results.csv"

    result = run(*arguments, "--format", "csv", "--out", str(file))

    assert result.exit_code == 1
    assert words in result.stderr
    assert not file.exists()


def test_a_window_without_a_release_is_refused_with_what_to_do(run, store, tmp_path):
    sealed(store)

    result = run("fall-2026", "--format", "csv", "--out", str(tmp_path / "results.csv"))

    assert result.exit_code == 1
    assert "no release yet. To make one: survey release fall-2026" in result.stderr


@pytest.mark.parametrize("where", ["nowhere/results.csv", "."])
def test_a_file_that_can_not_be_written_is_told_in_words(run, released, tmp_path, where):
    result = run("fall-2026", "--format", "csv", "--out", str(tmp_path / where))

    assert result.exit_code == 1
    assert "can not be written: " in result.stderr
    assert list(tmp_path.glob("**/.*")) == []


def test_a_failure_leaves_the_file_that_was_there(run, released, tmp_path, monkeypatch):
    file = tmp_path / "results.csv"
    file.write_text("earlier")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("fall-2026", "--format", "csv", "--out", str(file))

    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert [
        path.name for path in tmp_path.iterdir() if path.suffix == ".csv" or path.name.startswith(".")
    ] == ["results.csv"]
    assert file.read_text() == "earlier"


def test_a_file_that_was_there_is_replaced(run, released, tmp_path):
    file = tmp_path / "results.csv"
    file.write_text("earlier")

    run("fall-2026", "--format", "csv", "--out", str(file))

    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert file.stat().st_mode & 0o077 == 0o666 & ~_mask() & 0o077


def _mask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_pipe_is_written_to_and_not_replaced(run, released, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)

    result = run("fall-2026", "--format", "csv", "--site", "oak", "--out", str(pipe))

    assert result.exit_code == 0
    assert os.read(reader, 100).startswith(b"\xef\xbb\xbfrelease,")
    assert pipe.is_fifo()
    os.close(reader)


def test_with_releases_of_both_kinds_it_has_to_be_said_which(run, store, tmp_path):
    builders_staff.set_up(store)
    builders_apart.seal(store, builders_apart.with_codes(store))
    for which in (Responses.CODED, Responses.OPEN):
        make.make(
            store, "fall-2026", (), 11, date(2026, 11, 12), district_name="Costa Clara", responses=which
        )
    file = tmp_path / "results.csv"

    refused = run("fall-2026", "--format", "csv", "--out", str(file))
    told = run("fall-2026", "--release", "2", "--format", "csv", "--out", str(file))

    assert refused.exit_code == 1
    assert (
        "--release 1 (surveys with a household code); --release 2 (surveys from the open link)"
        in refused.output
    )
    assert told.exit_code == 0
    assert {row["responses"] for row in rows(file.read_bytes())} == {"open"}
