"""Campaign: workers are killed while families send. `make crash` runs it whole."""

import os
import sys

import pytest
from campaigns import crash

WHOLE = os.environ.get("CAMPAIGN") == "whole"


@pytest.fixture
def database(request):
    """SQLite always; PostgreSQL too where the campaign is run whole, since its reduced run would show nothing more."""
    return request.getfixturevalue(f"{request.param}_database")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"] if WHOLE else ["sqlite"], indirect=True)
def test_no_receipt_is_lost_and_nothing_is_stored_twice_when_workers_are_killed(database, tmp_path, capsys):
    kills = 100 if WHOLE else 5

    told = crash.run(database, tmp_path / "log", kills=kills)

    with capsys.disabled():
        if WHOLE:
            sys.stdout.write(f"\n{database.partition(':')[0]}: {told}")
    assert told.kills == kills
    assert told.went_on
    assert told.genuine
    assert told.rows_missing == told.rows_changed == 0
    assert told.rows == told.comments == told.receipts
