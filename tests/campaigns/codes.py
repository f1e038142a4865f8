"""Campaign: how many household codes each attack links to answers before a window is sealed, and after.

`make codes` runs it on both kinds of database and prints the figures of docs/privacy.md; in tests/,
``python -m campaigns.codes DATABASE_URL [FAMILIES [SCHOOLS]]`` runs it on an empty database.
"""

import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from campaigns import codes_in_dumps, codes_on_postgresql, codes_on_sqlite, sealing_on_postgresql
from campaigns.codes_plant import WithCodes, plant
from campaigns.sealing import tell
from campaigns.sealing_attacks import Worth
from serving import postgresql

from survey.storage import Store, schema, sealing


def main(database_url: str, families: str = "1000", schools: str = "10") -> None:
    """Plant, attack, seal, and attack again."""
    store = Store(database_url)
    schema.upgrade(store)
    known = plant(store, int(families), int(schools))
    tell("before sealing", [*attacks(store, database_url, known), codes_in_dumps.of_two(known)])
    if not store.is_sqlite:
        codes_on_postgresql.let_it_look(store)
    sealing.seal(store, known.planted.window.id, date(2026, 12, 8))
    tell("after sealing", attacks(store, database_url, known))
    sys.stdout.write(f"  {left_over(store, database_url, known)} codes are left in the files\n")
    if not store.is_sqlite:
        tell("beyond sealing", [codes_on_postgresql.write_ahead_log(store, known)])
        sealing_on_postgresql.write_over_the_log(store)
        tell("after writing over the log", [codes_on_postgresql.write_ahead_log(store, known)])
    store.close()


def attacks(store: Store, database_url: str, known: WithCodes) -> Iterable[Worth]:
    """Every attack on one dump of this kind of database."""
    if store.is_sqlite:
        yield from codes_on_sqlite.attacks(_file(database_url), known)
    else:
        yield from codes_on_postgresql.attacks(store, known)
    yield from codes_in_dumps.of_one(store, known)


def left_over(store: Store, database_url: str, known: WithCodes) -> int:
    """How many codes can still be found in the files."""
    if store.is_sqlite:
        return codes_on_sqlite.left_over(_file(database_url), known)
    return codes_on_postgresql.left_over(store, known)


def _file(database_url: str) -> Path:
    return Path(database_url.removeprefix("sqlite:///"))


def on_both() -> None:
    """Run it on an SQLite file and on a PostgreSQL server, both made for it."""
    with tempfile.TemporaryDirectory(prefix="puente-", ignore_cleanup_errors=True) as folder:
        sys.stdout.write("SQLite\n")
        main(f"sqlite:///{folder}/codes.sqlite")
        sys.stdout.write("PostgreSQL\n")
        with postgresql(Path(folder)) as database_url:
            main(database_url)


if __name__ == "__main__":
    main(*sys.argv[1:]) if sys.argv[1:] else on_both()
