"""Campaign: what each attack on the order of arrival links before a window is sealed, and after.

Run in tests/ as ``python -m campaigns.sealing DATABASE_URL [FAMILIES [SCHOOLS]]`` on an empty database; it prints
the figures of docs/privacy.md.
"""

import sys
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from campaigns import sealing_on_postgresql, sealing_on_sqlite
from campaigns.sealing_attacks import Worth
from campaigns.sealing_plant import Planted, plant

from survey.storage import Store, schema, sealing


def main(database_url: str, families: str = "4000", schools: str = "16") -> None:
    """Plant, attack, seal, and attack again."""
    store = Store(database_url)
    schema.upgrade(store)
    planted = plant(store, int(families), int(schools))
    tell("before sealing", attacks(store, database_url, planted))
    began = time.perf_counter()
    sealing.seal(store, planted.window.id, date(2026, 12, 8))
    sys.stdout.write(f"sealed in {time.perf_counter() - began:.2f} s\n")
    tell("after sealing", attacks(store, database_url, planted))
    if not store.is_sqlite:
        sealing_on_postgresql.write_over_the_log(store)
        tell("after writing over the log", [sealing_on_postgresql.write_ahead_log(store, planted)])
    store.close()


def attacks(store: Store, database_url: str, planted: Planted) -> Iterable[Worth]:
    """Every attack on this kind of database, those that sealing does not stop last."""
    if store.is_sqlite:
        yield from sealing_on_sqlite.attacks(Path(database_url.removeprefix("sqlite:///")), planted)
    else:
        yield from sealing_on_postgresql.attacks(store, planted)
        yield sealing_on_postgresql.write_ahead_log(store, planted)


def tell(when: str, worths: Iterable[Worth]) -> None:
    """Print a table of figures; a star marks what guessing would do only one time in a million."""
    sys.stdout.write(f"{when}\n")
    for worth in worths:
        sys.stdout.write(f"  {worth}{'  *' if worth.beats_chance else ''}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
