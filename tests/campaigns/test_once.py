"""Campaign: many copies of one submission at once. `make crash` runs it whole."""

import os
import sys

from campaigns import once

WHOLE = os.environ.get("CAMPAIGN") == "whole"
SUBMISSIONS, COPIES = (200, 50) if WHOLE else (12, 10)


def test_copies_sent_at_once_to_three_processes_are_one_row_and_one_receipt(database_url, tmp_path, capsys):
    told = once.run(database_url, tmp_path / "log", submissions=SUBMISSIONS, copies=COPIES, workers=3)

    with capsys.disabled():
        if WHOLE:
            sys.stdout.write(
                f"\n{database_url.partition(':')[0]}: {SUBMISSIONS} x {COPIES}: {told.rows} rows, {told.seconds:.0f} s"
            )
    assert told.without_receipt == []
    assert told.genuine
    assert told.answering == 3
    assert (told.rows, told.comments) == (SUBMISSIONS, SUBMISSIONS)
