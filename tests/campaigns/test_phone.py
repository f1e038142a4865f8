"""Campaign: families answer in a real browser while everything fails that can. `make phone` runs it whole."""

import os
import sys
from dataclasses import replace

import builders_instruments
import pytest
from campaigns import phone
from campaigns.phone_network import Fault
from campaigns.phone_plan import Kind, Trouble, plan, plans

from survey import catalogue

pytestmark = pytest.mark.browser

WHOLE = os.environ.get("CAMPAIGN") == "whole"
SESSIONS = int(os.environ.get("SESSIONS", "300" if WHOLE else str(len(Kind))))
FIRST = int(os.environ.get("SEED", "1"))
# The reduced run has a survey of ten questions.
INSTRUMENT = catalogue.load(None).instruments["engagement"] if WHOLE else builders_instruments.instrument()

# What each session notices of what its module is without.
NOTICED = {
    "the check of the receipt": (Kind.FAULTS, {"posts": (Fault.PORTAL,)}, "received, and stored: []"),
    "one key for every try": (Kind.FAULTS, {"posts": (Fault.PORTAL_AFTER,)}, "received, and stored: [{"),
    "keeping what is sealed": (Kind.FAULTS, {"posts": (Fault.BUSY,)}, "not sent yet, and not kept"),
    "erasing after the receipt": (Kind.FAULTS, {"posts": ()}, "received, and still kept"),
    "the draft": (
        Kind.TAB_KILLED,
        {"while_filling": {2: Trouble.TAB_KILLED}},
        "nothing of the survey is left",
    ),
}


@pytest.fixture
def database(request):
    """SQLite always; PostgreSQL too where the campaign is run whole, since its reduced run would show nothing more."""
    return request.getfixturevalue(f"{request.param}_database")


@pytest.mark.timeout(7200 if WHOLE else 900)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"] if WHOLE else ["sqlite"], indirect=True)
def test_every_survey_is_one_row_or_shown_as_not_sent(database, tmp_path, browser_type_launch_args, capsys):
    def tell(ended):
        with capsys.disabled():
            if WHOLE:
                sys.stdout.write(f"\n{ended.plan.seed} {ended.plan.kind}: {'; '.join(ended.steps)}")

    played = plans(range(FIRST, FIRST + SESSIONS), INSTRUMENT)
    told = phone.run(database, tmp_path, browser_type_launch_args, INSTRUMENT, played, tell=tell)

    with capsys.disabled():
        if WHOLE:
            sys.stdout.write(f"\n{database.partition(':')[0]}: {told.figures}")
    assert not told.broken, "\n".join(told.broken)
    assert len(told.ended) == SESSIONS


@pytest.mark.timeout(900)
def test_a_session_notices_what_its_module_is_without(sqlite_database, tmp_path, browser_type_launch_args):
    calm = {"pages": (), "posts": (), "while_filling": {}, "while_waiting": None}
    played = [
        replace(plan(seed, kind, INSTRUMENT), **{**calm, **changes, "broken": what})
        for seed, (what, (kind, changes, _)) in enumerate(NOTICED.items())
    ]

    told = phone.run(sqlite_database, tmp_path, browser_type_launch_args, INSTRUMENT, played)

    noticed = {each.plan.broken: each.broken for each in told.ended}
    for what, (_, _, wanted) in NOTICED.items():
        assert any(wanted in rule for rule in noticed[what]), f"{what}: {noticed[what]}"
