"""``survey`` as it is run: what is told in words, and a help that is whole."""

import re
import sqlite3

import click
import pytest
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

from survey import cli
from survey.storage import silence


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command with an environment; its exit code and what it printed on standard error."""

    def run(*arguments, **environment):
        monkeypatch.setattr("sys.argv", ["survey", *arguments])
        for name, value in {"SECRET_KEY": "x" * 40, **environment}.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code, capsys.readouterr().err

    return run


def groups(group=cli.survey, *path):
    yield list(path)
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from groups(command, *path, name)


def test_a_server_that_is_not_there_is_one_line_without_the_password(run):
    code, told = run("sites", "list", DATABASE_URL="postgresql://puente:a-password@127.0.0.1:1/puente")

    assert code == 1
    assert re.fullmatch(r"The database can not be reached: .*\n", told)
    assert "refused" in told
    assert "a-password" not in told
    assert "sqlalche" not in told


def test_an_error_in_one_line_holds_neither_statement_nor_values():
    error = OperationalError(
        "SELECT secret", {"answer": "secret"}, sqlite3.OperationalError("disk I/O\nerror")
    )

    assert silence.in_one_line(error) == "disk I/O error"


def test_a_folder_that_is_not_there_is_told(run, tmp_path):
    code, told = run("sites", "list", DATABASE_URL=f"sqlite:///{tmp_path / 'slip' / 'puente.sqlite'}")

    assert code == 2
    assert f"the folder {tmp_path / 'slip'} does not exist" in told


def test_a_setting_that_can_not_be_used_is_told_with_its_name(run):
    assert run("sites", "list", SECRET_KEY="short") == (
        2,
        "SECRET_KEY: too short to be a secret: write 32 random characters or more, or leave it out\n",
    )


@pytest.mark.parametrize("path", list(groups()), ids=lambda path: " ".join(path) or "survey")
def test_no_line_of_help_is_cut(path):
    told = CliRunner().invoke(cli.survey, [*path, "--help"], terminal_width=80).output

    _, commands = told.split("Commands:\n")
    assert not [line for line in commands.splitlines() if line.endswith(("...", "…"))]
