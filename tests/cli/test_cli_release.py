"""``survey release``: what it says when it worked, and when it did nothing."""

import pytest
from builders_sealed import answered, sealed
from click.testing import CliRunner
from flask.cli import ScriptInfo

from survey.cli import survey
from survey.releases import read
from survey.web import create_app


@pytest.fixture
def run(settings):
    app = create_app(settings)

    def run(window="fall-2026"):
        return CliRunner().invoke(survey, ["release", window], obj=ScriptInfo(create_app=lambda: app))

    yield run
    app.extensions["puente"].store.close()


def test_it_says_what_it_made_and_that_it_is_preliminary(run, store):
    sealed(store)

    result = run()

    assert result.exit_code == 0
    assert "Release 1 of fall-2026: 50 respondents" in result.output
    assert "Preliminary: not yet checked against subtraction, not for publication." in result.output
    assert "survey export fall-2026" in result.output
    assert read.latest(store, "fall-2026").district.name == "Costa Clara Unified School District"


def test_schools_counted_together_are_named(run, store):
    sealed(store, oak=2)

    assert "Counted together, because small: Oak Middle School, Pine Elementary." in run().output


def test_again_it_makes_nothing_and_says_so(run, store):
    sealed(store)
    run()

    result = run()

    assert result.exit_code == 0
    assert result.output == "Release 1 of fall-2026 already holds every response.\n"


def test_a_window_that_is_not_sealed_is_refused_with_what_to_do(run, store):
    answered(store)

    result = run()

    assert result.exit_code == 1
    assert "survey window close fall-2026" in result.output
    assert read.numbers(store, "fall-2026") == ()


def test_a_window_that_does_not_exist_is_refused(run, store):
    result = run("nowhere")

    assert result.exit_code == 1
    assert result.output == "Error: There is no window nowhere.\n"
