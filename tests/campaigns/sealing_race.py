"""A process that sends surveys to a window as fast as it can until it is told that it is too late.

Run as ``python -m campaigns.sealing_race DATABASE_URL WINDOW SEED``; it prints the key of every survey that was
received, and "too late" at the end.
"""

import sys
from datetime import date
from random import Random
from uuid import UUID

from survey.collection import submit
from survey.collection.submit import Outcome
from survey.instruments.answers import Answers
from survey.storage import Store, windows

DURING = date(2026, 11, 12)


def main(database_url: str, name: str, seed: str) -> None:
    """Send until it is too late, or for far longer than any test waits."""
    store = Store(database_url)
    chance = Random(int(seed))
    with store.reading() as db:
        window = windows.find(db, name)
        sites = windows.sites_of(db, window.id)
        item = next(item for item in windows.instrument(db, window).items() if item.options)
    for _ in range(100_000):
        key = UUID(int=chance.getrandbits(128), version=4)
        submission = submit.submit(
            store,
            "a secret for tests, and for nothing else",
            window,
            chance.choice(sites),
            key=key,
            answers=Answers({item.id: (item.options[0].code,)}, {}),
            language="en",
            channel="link",
            today=DURING,
            started=True,
        )
        if submission.outcome is Outcome.TOO_LATE:
            sys.stdout.write("too late\n")
            return
        sys.stdout.write(f"{key}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
