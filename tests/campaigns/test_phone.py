"""Campaign: families answer in a real browser while everything fails that can. `make phone` runs it whole."""

import os
import sys

import builders_instruments
import pytest
from campaigns import phone
from campaigns.phone_plan import Kind

from survey import catalogue

pytestmark = pytest.mark.browser

WHOLE = os.environ.get("CAMPAIGN") == "whole"
SESSIONS = int(os.environ.get("SESSIONS", "300" if WHOLE else "11"))
# The reduced run has a survey of ten questions.
INSTRUMENT = catalogue.load(None).instruments["engagement"] if WHOLE else builders_instruments.instrument()
FIRST = int(os.environ.get("SEED", "1"))


@pytest.fixture
def database(request):
    """SQLite always; PostgreSQL too where the campaign is run whole, since its reduced run would show nothing more."""
    return request.getfixturevalue(f"{request.param}_database")


@pytest.mark.timeout(7200 if WHOLE else 300)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"] if WHOLE else ["sqlite"], indirect=True)
def test_every_survey_is_one_row_or_shown_as_not_sent(database, tmp_path, browser_type_launch_args, capsys):
    told = phone.run(database, tmp_path, browser_type_launch_args, INSTRUMENT, range(FIRST, FIRST + SESSIONS))

    with capsys.disabled():
        if WHOLE:
            sys.stdout.write(f"\n{database.partition(':')[0]}: {told.figures}")
    assert not told.broken, "\n".join(told.broken)
    assert len(told.ended) == SESSIONS


def test_every_kind_of_session_is_played_in_a_reduced_run():
    assert len(Kind) <= SESSIONS
