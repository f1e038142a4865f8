"""Campaign: household codes are guessed for an hour, and at a school's own address while its families send.

`make codes` runs it whole.
"""

import os
import sys

import pytest
from campaigns import guessing, one_address

WHOLE = os.environ.get("CAMPAIGN") == "whole"
A_MINUTE, CODES = (10_000, 600) if WHOLE else (1_000, 60)
FAMILIES = 600 if WHOLE else 30


@pytest.mark.parametrize("attacker", guessing.ATTACKERS)
def test_an_hour_of_guessing_finds_a_code_less_than_once_in_a_thousand_times(attacker, capsys):
    told = guessing.an_hour(attacker, a_minute=A_MINUTE, codes=CODES)

    with capsys.disabled():
        if WHOLE:
            sys.stdout.write(f"\n{told}")
    assert told.hits < 0.001


@pytest.mark.parametrize("attacker", ["knows nothing", "knows how one code begins"])
def test_families_with_other_codes_do_not_wait_while_somebody_guesses(attacker):
    told = guessing.an_hour(attacker, a_minute=A_MINUTE, codes=CODES)

    assert told.waited == 0


def test_guesses_like_one_code_are_tried_three_times_in_ten_minutes():
    assert guessing.an_hour("knows how one code begins", a_minute=1_000, codes=10).tried == 3 * 6


@pytest.fixture
def database(request):
    """SQLite always; PostgreSQL too where the campaign is run whole."""
    return request.getfixturevalue(f"{request.param}_database")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"] if WHOLE else ["sqlite"], indirect=True)
def test_families_behind_one_address_are_not_refused_while_somebody_there_guesses(database, tmp_path, capsys):
    told = one_address.run(database, tmp_path / "log", families=FAMILIES)

    with capsys.disabled():
        if WHOLE:
            sys.stdout.write(f"\n{database.partition(':')[0]}: {told}")
    assert told.instead == []
    assert (told.receipts, told.coded) == (FAMILIES, FAMILIES)
    # Only the code whose beginning was seen is left.
    assert told.uses_left == 1
    assert set(told.guesses) == {422, 429}
