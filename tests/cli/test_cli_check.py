"""``survey check``: what a folder holds and covers, every fault in it, and what was changed after it was used."""

import builders_content as content
import pytest
from builders_content import item
from click.testing import CliRunner

from survey import catalogue
from survey.cli import survey
from survey.storage import instruments


@pytest.fixture
def check(monkeypatch, tmp_path):
    """The command, where there is no database unless one is named."""
    monkeypatch.delenv("SURVEY_CONTENT", raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none' / 'there.sqlite'}")

    def run(*arguments):
        return CliRunner().invoke(survey, ["check", *map(str, arguments)])

    return run


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "content"
    folder.mkdir()
    return content.write(folder, small=content.content())


@pytest.fixture
def used(store, database_url, folder, monkeypatch):
    """A folder of which the survey is stored as it reads now, and the database it is stored in."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    with store.writing() as db:
        instruments.add(db, catalogue.load(folder).instruments["small"])
    return folder


def changed(folder, change):
    found = content.content()
    change(found)
    return content.write(folder, small=found)


def test_the_built_in_content_has_no_fault_and_no_gap(check):
    result = check()

    assert result.exit_code == 0
    assert "8 frameworks, 167 nodes" in result.output
    assert "2 surveys, 65 items in all:" in result.output
    assert result.output.count(": none\n") == 4


def test_a_small_folder_is_told_whole(check, folder):
    assert (
        check(folder).output
        == f"""\
Read {folder}.

1 framework, 3 nodes with the framework itself:
  fw         Framework (2 nodes)
  Their texts are 2 proposed.
  Families can judge 1 of the indicators, 0 in part, 0 not.

1 survey, 6 items in all:
  small      Small Survey, version 1 (proposed)
             6 items in 2 sections: 3 single (2 with favorable answers), 2 multi, 1 text; 2 of them background

Coverage:
  Indicators that families can judge and no item measures: none
  Items that measure nothing: none
  Sections of more than 7 items: none
  Indicators that families can not judge, named by an item all the same: none

No database to compare with: whether a used version was changed is not known.
"""
    )


def test_gaps_are_listed_and_are_no_fault(check, folder):
    def leave_gaps(found):
        section = found["surveys"][0]["sections"][0]
        section["items"] = [
            {"id": f"q.{n}", "type": "single", "scale": "agree", "text": {"en": f"{n}?", "es": f"¿{n}?"}}
            for n in range(8)
        ]
        found["frameworks"][0]["nodes"].append(
            {**found["frameworks"][0]["nodes"][1], "id": "fw.a.2", "judgeable": "no", "evidence": "records"}
        )
        section["items"][0]["fw"] = ["fw.a.2"]

    result = check(changed(folder, leave_gaps))

    assert result.exit_code == 0, result.output
    assert "no item measures: 1\n    fw.a.1  Families are welcome.\n" in result.output
    assert "Items that measure nothing: 7\n    q.1  1?\n" in result.output
    assert "Sections of more than 7 items: 1\n    small.school  8 items\n" in result.output
    assert "named by an item all the same: 1\n    fw.a.2  Families are welcome.\n" in result.output


def test_every_fault_is_listed_and_the_exit_code_is_1(check, folder):
    def two_slips(found):
        del item(found, "q.1")["text"]["es"]
        item(found, "q.3")["type"] = "checkbox"

    result = check(changed(folder, two_slips))

    assert result.exit_code == 1
    assert result.output == (
        "small.yaml: section small.school, item q.1: no Spanish wording\n"
        "small.yaml: section small.school, item q.3: unknown type checkbox: write single, multi or text\n"
        "\n2 faults: this content can not be used.\n"
    )


def test_the_folder_is_that_of_the_environment_unless_given(check, folder, monkeypatch):
    monkeypatch.setenv("SURVEY_CONTENT", str(folder))

    assert check().output.startswith(f"Read {folder}.")
    assert check(catalogue.BUILT_IN).output.startswith(f"Read {catalogue.BUILT_IN}.")


def test_no_database_is_made(check, folder, tmp_path):
    check(folder)

    assert not (tmp_path / "none").exists()


def test_a_database_of_another_shape_is_not_compared_with(check, folder, tmp_path, monkeypatch):
    (tmp_path / "empty.sqlite").touch()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite'}")

    result = check(folder)

    assert result.exit_code == 0
    assert "No database to compare with" in result.output


def test_a_survey_that_was_used_and_not_changed_is_no_fault(check, used):
    result = check(used)

    assert result.exit_code == 0
    assert result.output.endswith("Every survey that was used reads as it did then.\n")


def test_a_used_version_that_asks_otherwise_needs_a_new_one(check, used):
    def ask_otherwise(found):
        found["scales"][0]["options"][1]["favorable"] = True
        item(found, "q.4")["text"]["en"] = "Four, then?"

    result = check(changed(used, ask_otherwise))

    assert result.exit_code == 1
    assert result.output.endswith(
        "\nThe survey small, version 1, was used before and has changed since:\n"
        "  section small.school, item q.1, option 1: favorable changed\n"
        "  section small.school, item q.2, option 1: favorable changed\n"
        "  section small.school, item q.4 (en)\n"
        "    was: Four?\n"
        "    now: Four, then?\n"
        "Give it a new version.\n"
    )


def test_a_slip_of_wording_in_a_used_version_may_be_reworded(check, used):
    result = check(changed(used, lambda found: item(found, "q.4")["text"].update(es="¿Y cuatro?")))

    assert result.exit_code == 1
    assert "  section small.school, item q.4 (es)\n    was: ¿Cuatro?\n    now: ¿Y cuatro?\n" in result.output
    assert "survey window reword NAME" in result.output


def test_a_new_version_may_ask_otherwise(check, used):
    def anew(found):
        item(found, "q.4")["text"]["en"] = "Four, then?"
        found["meta"]["version"] = "2"

    assert check(changed(used, anew)).exit_code == 0
