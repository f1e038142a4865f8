"""``survey flyers``: everything printed about a window, school by school, as files in a folder."""

from datetime import date

import builders_instruments
import pytest
from builders_printed import is_tagged, sizes, text
from builders_storage import a_site, a_window
from click.testing import CliRunner
from flask.cli import ScriptInfo

from survey.cli import survey
from survey.settings import Settings
from survey.storage import Store
from survey.web import create_app
from survey.web.staff.flyers import NAMES


@pytest.fixture
def run(sqlite_database):
    settings = Settings(
        database_url=sqlite_database,
        secret_key="a secret for tests, and for nothing else",
        public_url="https://encuesta.costaclara.example",
        today=date(2026, 11, 12),
    )
    app = create_app(settings)

    def run(*arguments):
        return CliRunner().invoke(
            survey, ["flyers", *map(str, arguments)], obj=ScriptInfo(create_app=lambda: app)
        )

    yield run
    app.extensions["puente"].store.close()


@pytest.fixture
def two_schools(sqlite_database):
    store = Store(sqlite_database)
    a_site(store, "oak", "Oak School")
    a_site(store, "pine", "Pine School")
    a_window(store, builders_instruments.instrument(), name="fall 2026")
    yield store
    store.close()


def test_each_school_has_every_flyer_and_questionnaire(run, two_schools, tmp_path):
    result = run("fall 2026", tmp_path / "new" / "folder")

    made = {file.name: file.read_bytes() for file in (tmp_path / "new" / "folder").iterdir()}
    assert result.exit_code == 0, result.output
    assert made.keys() == {
        f"fall-2026-{slug}-{name}-letter.pdf" for slug in ("oak", "pine") for name in NAMES
    }
    assert "14 files for 2 schools" in result.stdout
    assert result.stderr == ""
    for name, pdf in made.items():
        assert ("Oak School" if "oak" in name else "Pine School") in text(pdf)
        assert is_tagged(pdf)


def test_one_school_on_the_other_paper(run, two_schools, tmp_path):
    result = run("fall 2026", tmp_path / "a4", "--site", "oak", "--paper", "a4")

    assert result.exit_code == 0, result.output
    assert sorted(file.name for file in (tmp_path / "a4").iterdir()) == sorted(
        f"fall-2026-oak-{name}-a4.pdf" for name in NAMES
    )
    assert sizes((tmp_path / "a4" / "fall-2026-oak-flyer-page-a4.pdf").read_bytes()) == [(595, 842)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["spring"], "There is no window spring. There are: fall 2026"),
        (["fall 2026", "--site", "elm"], "The window fall 2026 is not at elm. It is at: oak, pine"),
    ],
)
def test_what_is_not_there_is_told_and_nothing_is_written(run, two_schools, tmp_path, arguments, said):
    name, *options = arguments

    result = run(name, tmp_path / "folder", *options)

    assert result.exit_code == 1
    assert said in result.stderr
    assert not (tmp_path / "folder").exists()


def test_a_window_that_takes_no_new_surveys_has_nothing_to_print(run, two_schools, tmp_path):
    over = {"opens": date(2026, 9, 1), "closes": date(2026, 9, 30)}
    a_window(two_schools, builders_instruments.instrument(), name="over", **over)

    result = run("over", tmp_path / "folder")

    assert result.exit_code == 1
    assert "nothing to print" in result.stderr


def test_a_folder_that_can_not_be_made_is_told(run, two_schools, tmp_path):
    (tmp_path / "file").write_text("")

    result = run("fall 2026", tmp_path / "file" / "folder")

    assert result.exit_code == 1
    assert "can not be made" in result.stderr
