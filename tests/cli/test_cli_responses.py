"""``survey responses import``: what it says when it worked, and when it did nothing."""

import pytest
from builders_collection import place
from click.testing import CliRunner
from flask.cli import ScriptInfo

from survey.cli import survey
from survey.storage import responses
from survey.web import create_app

WITH_IDS = "site,response_id,q.welcome,q.comment\npine,a1,4,thank you\noak,a2,3,\n"


@pytest.fixture
def at(store):
    return place(store)


@pytest.fixture
def run(settings, tmp_path, at):
    app = create_app(settings)

    def run(content, *options, name="answers.csv", window="fall-2026"):
        path = tmp_path / name
        path.write_text(content, newline="")
        return CliRunner().invoke(
            survey,
            ["responses", "import", "--window", window, *options, str(path)],
            obj=ScriptInfo(create_app=lambda: app),
        )

    yield run
    app.extensions["puente"].store.close()


def test_it_says_what_it_stored(run, store, at):
    result = run(WITH_IDS, "--channel", "paper")

    assert result.exit_code == 0
    assert result.output == "Imported 2 responses into fall-2026, with 1 comment.\n"
    with store.reading() as db:
        assert {response.channel for response in responses.packed(db, at.window.id)} == {"paper"}


def test_the_same_file_again_is_nothing_new(run):
    run(WITH_IDS)

    result = run(WITH_IDS)

    assert result.exit_code == 0
    assert result.output == "Nothing new: all 2 are in fall-2026 already.\n"


def test_a_file_that_grew_says_what_was_in_already(run):
    run(WITH_IDS)

    result = run(WITH_IDS + "oak,a3,3,\n")

    assert result.output == ("Imported 1 response into fall-2026; 2 were in already and not counted again.\n")


def test_the_same_file_without_ids_is_an_error(run):
    run("site,q.welcome\npine,4\n")

    result = run("site,q.welcome\npine,4\n")

    assert result.exit_code == 1
    assert result.output == "Error: This file is in fall-2026 already: nothing was changed.\n"


def test_faults_are_printed_by_line_and_column_without_the_answers(run, tmp_path):
    result = run("site,q.welcome,race\npine,own words,x\n", "--ignore", "race")

    assert result.exit_code == 1
    assert result.output == (
        f"{tmp_path}/answers.csv, line 2, column q.welcome: "
        "holds what is no code of this question; its codes are 4, 3, 2, 1, 0\n"
        "Error: 1 fault: nothing was imported.\n"
    )


def test_a_hundred_faults_are_printed_and_the_rest_counted(run):
    result = run("site,q.welcome\n" + "pine,9\n" * 1250)

    lines = result.output.splitlines()
    assert len(lines) == 102
    assert lines[-2:] == ["... and 1,150 more", "Error: 1,250 faults: nothing was imported."]


def test_a_window_that_does_not_exist_is_an_error(run):
    result = run(WITH_IDS, window="autumn")

    assert result.exit_code == 1
    assert result.output == "Error: There is no window autumn.\n"


def test_a_channel_nobody_knows_is_an_error(run):
    assert run(WITH_IDS, "--channel", "pigeon").exit_code == 2
