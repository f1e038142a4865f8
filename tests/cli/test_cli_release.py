"""``survey release``: what it says when it worked, and when it did nothing."""

import builders_apart
import builders_staff
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

    def run(*arguments):
        told = ["release", *(arguments or ["fall-2026"])]
        return CliRunner().invoke(survey, told, obj=ScriptInfo(create_app=lambda: app))

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


@pytest.fixture
def parted(store):
    """A window with coded and open responses, and forty scripted ones at Pine; not sealed yet."""
    builders_staff.set_up(store)
    window = builders_apart.with_codes(store)
    builders_apart.script(store, window, 40, slugs=["pine"])
    return window


def test_a_window_with_codes_asks_which_responses(run, store, parted):
    builders_apart.seal(store, parted)

    result = run("fall-2026")

    assert result.exit_code == 1
    assert "--responses coded, --responses open, or --responses both" in result.output


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        (("fall-2026", "--responses", "coded"), (1,)),
        (("--responses", "open", "fall-2026"), (1,)),
        (("make", "fall-2026", "--responses", "both"), (1, 2)),
    ],
)
def test_which_responses_may_be_said_before_or_after_the_window(run, store, parted, arguments, numbers):
    builders_apart.seal(store, parted)

    result = run(*arguments)

    assert result.exit_code == 0, result.output
    assert read.numbers(store, "fall-2026") == numbers


def test_it_says_which_responses_each_release_holds(run, store, parted):
    builders_apart.seal(store, parted)

    told = run("fall-2026", "--responses", "both").output

    first, second = told.split("Release 2 of fall-2026")
    assert "Only surveys with a household code." in first
    assert "survey export fall-2026 --release 1" in first
    assert "Only surveys without a household code" in second
    assert "survey export fall-2026 --release 2" in second


def test_screening_tells_what_stands_out_in_steps(run, store, parted):
    builders_apart.seal(store, parted)

    result = run("screen", "fall-2026")

    assert result.exit_code == 0, result.output
    assert result.output.startswith(
        "fall-2026: 77 or more open responses looked at.\nPine School: of some 33"
    )
    assert read.numbers(store, "fall-2026") == ()


def test_only_a_closed_window_is_screened(run, store, parted):
    result = run("screen", "fall-2026")

    assert result.exit_code == 1
    assert "There is no closed window fall-2026" in result.output


def test_a_window_may_be_called_like_a_command(run, store):
    sealed(store, name="screen")

    assert run("make", "screen").exit_code == 0
