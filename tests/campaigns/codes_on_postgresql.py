"""What whoever owns a PostgreSQL database can try against household codes: system columns, dumps, files, its log."""

import re
from collections import defaultdict
from collections.abc import Iterator

from campaigns.codes_plant import WithCodes
from campaigns.sealing_attacks import Order, Worth, by_guesses, by_order, places
from campaigns.sealing_plant import Planted
from sqlalchemy import Connection, text

from survey.storage import Store

PAGE = 8192


def attacks(store: Store, known: WithCodes) -> Iterator[Worth]:
    """Every attack on one dump, one after the other."""
    planted = known.planted
    with store.engine.connect() as db:
        answers = _rows(
            db,
            "SELECT key::text AS name, 0 AS uses_left, %s FROM response WHERE window_id = :window",
            planted,
        )
        codes = _rows(
            db, "SELECT digest AS name, uses_left, %s FROM household_code WHERE window_id = :window", planted
        )
        spent = {name: row for name, row in codes.items() if not row["uses_left"]}
        yield by_guesses("rows of one transaction (xmin)", planted, _joined(planted, answers, spent))
        yield by_order(
            "heap order (ctid)",
            planted,
            {f: float(answers[str(f.key)]["place"]) for f in planted.families},
            {f: float(spent[f.comment]["place"]) for f in planted.families if f.comment in spent},
        )
        yield by_order(
            "dump order (COPY)",
            planted,
            places(planted, lambda family: str(family.key), _dumped(db, "response", 2)),
            places(planted, lambda family: family.comment, _dumped(db, "household_code", 2, left="0")),
        )
        assert not _sequences(db)
        yield by_guesses("sequences (there are none)", planted, {})
        heaps = _file(db, "response"), _file(db, "household_code")
        yield by_order(
            "bytes of the table files, page slack too",
            planted,
            _bytes(planted, [f.packed.encode() for f in planted.families], heaps[0]),
            _bytes(planted, [f.comment.encode() for f in planted.families], heaps[1]),
        )
        indexes = _file(db, "pk_response"), _file(db, "pk_household_code")
        yield by_order(
            "bytes of the index files",
            planted,
            _bytes(planted, [f.key.bytes for f in planted.families], indexes[0]),
            _bytes(planted, [f.comment.encode() for f in planted.families], indexes[1]),
        )
        changed = text(
            "SELECT extract(epoch FROM (pg_stat_file(pg_relation_filepath('household_code'))).modification)"
        )
        time = float(db.execute(changed).scalar_one())
        yield by_order(
            "times of the files",
            planted,
            dict.fromkeys((f for f in planted.families if f.comment in codes), time),
            dict.fromkeys((f for f in planted.families if f.comment in codes), time),
        )


def write_ahead_log(store: Store, known: WithCodes) -> Worth:
    """What the files of the write-ahead log still tell: beyond sealing's reach. Needs pg_walinspect.

    The log holds each code as it was put in and says where it lay; afterwards it says which place each
    transaction changed, and which answers the same transaction put in.
    """
    planted = known.planted
    with store.engine.connect() as db:
        db.execute(text("CREATE EXTENSION IF NOT EXISTS pg_walinspect"))
        files = db.execute(
            text("SELECT name FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' ORDER BY name")
        )
        oldest = files.scalars().all()[0]
        records = db.execute(
            text(
                "SELECT xid::text AS xid, record_type AS kind, relfilenode AS file, relblocknumber AS page, "
                "block_id, description, block_data AS content "
                "FROM pg_get_wal_block_info(CAST(:begins AS pg_lsn), pg_current_wal_insert_lsn()) "
                "WHERE resource_manager = 'Heap' ORDER BY start_lsn, block_id"
            ),
            {"begins": f"{int(oldest[8:16], 16):X}/{int(oldest[16:24], 16) * 0x1000000:X}"},
        ).all()
        db.rollback()
    return by_guesses("write-ahead log (beyond sealing)", planted, _followed(planted, records))


def left_over(store: Store, known: WithCodes) -> int:
    """How many codes, used or not, can still be found in any file of the database, its statistics included."""
    with store.engine.connect() as db:
        db.connection.driver_connection.execute("CHECKPOINT")
        folder = "'base/' || (SELECT oid FROM pg_database WHERE datname = current_database())"
        files = text(
            f"SELECT pg_read_binary_file({folder} || '/' || name, 0, 1000000000, true) FROM pg_ls_dir({folder}) name"
        )
        everything = b"".join(bytes(file or b"") for file in db.execute(files).scalars())
    return sum(digest.encode() in everything for digest in known.next_evening.codes)


def let_it_look(store: Store) -> None:
    """Let the database take its samples of the codes, as it does by itself from time to time."""
    with store.writing() as db:
        db.execute(text("ANALYZE household_code"))


def _followed(planted: Planted, records) -> dict[str, str]:
    """Follow each code from where it was put in to the place that a transaction changed, and to that one's answers."""
    packed = {family.packed.encode(): family.packed for family in planted.families}
    answers, code_at, changed = {}, {}, {}
    for row in records:
        content = bytes(row.content or b"")
        if row.kind.startswith("INSERT"):
            place = int(re.search(r"off: (\d+)", row.description)[1])
            for digest in re.findall(rb"[0-9a-f]{64}", content):
                code_at[row.file, row.page, place] = digest.decode()
            for found in _in(content, packed):
                answers[row.xid] = found
        elif "UPDATE" in row.kind:
            old, new = (int(n) for n in re.findall(r"(?:old|new)_off: (\d+)", row.description))
            # Block 1 is the page that the row leaves, where that is another one; block 0 comes first.
            to = (row.file, row.page, new) if row.block_id == 0 else changed[row.xid][1]
            changed[row.xid] = ((row.file, row.page, old), to)
    guesses = {}
    for xid, (old, new) in changed.items():
        code_at[new] = code_at.get(old)
        if code_at[new] and xid in answers:
            guesses[code_at[new]] = answers[xid]
    return guesses


def _in(content: bytes, packed: dict[bytes, str]) -> list[str]:
    longest = max(map(len, packed))
    pieces = (content[at : at + longest] for at in range(len(content) - longest + 1))
    return [packed[piece] for piece in pieces if piece in packed]


def _rows(db: Connection, query: str, planted: Planted) -> dict[str, dict]:
    columns = (
        "site_id, xmin::text::bigint AS xmin, "
        "(ctid::text::point)[0]::bigint * 65536 + (ctid::text::point)[1]::bigint AS place"
    )
    rows = db.execute(text(query % columns + " ORDER BY ctid"), {"window": planted.window.id})
    return {row["name"]: dict(row) for row in rows.mappings()}


def _joined(planted: Planted, answers, spent) -> dict[str, str]:
    """In each school, the codes that a transaction spent go with the answers that it stored."""
    packed = {str(family.key): family.packed for family in planted.families}
    stored = defaultdict(list)
    for key, row in answers.items():
        if key in packed:
            stored[row["xmin"], row["site_id"]].append(packed[key])
    guesses = {}
    for digest, row in spent.items():
        candidates = stored[row["xmin"], row["site_id"]]
        if candidates:
            guesses[digest] = candidates.pop(0)
    return guesses


def _dumped(db: Connection, table: str, field: int, left: str | None = None) -> list[str]:
    driver = db.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copied:
        rows = list(copied.rows())
    return [row[field] for row in rows if left is None or row[-1] == left]


def _sequences(db: Connection) -> list[str]:
    """The sequences that give numbers to these tables."""
    owned = text(
        "SELECT s.relname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid JOIN pg_class t ON t.oid = d.refobjid "
        "WHERE s.relkind = 'S' AND t.relname IN ('response', 'household_code', 'comment')"
    )
    return list(db.execute(owned).scalars())


def _file(db: Connection, relation: str) -> bytes:
    db.connection.driver_connection.execute("CHECKPOINT")
    read = text("SELECT pg_read_binary_file(pg_relation_filepath(:relation))")
    return bytes(db.execute(read, {"relation": relation}).scalar_one())


def _bytes(planted: Planted, wanted: list[bytes], file: bytes) -> Order:
    """Where each family's bytes lie last: pages in order, each filled from its end."""
    found = {family: file.rfind(each) for family, each in zip(planted.families, wanted, strict=True)}
    return {f: float(at // PAGE * PAGE + PAGE - at % PAGE) for f, at in found.items() if at >= 0}
