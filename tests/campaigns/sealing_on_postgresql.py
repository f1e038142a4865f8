"""What whoever owns a PostgreSQL database can try: system columns, dumps, and the bytes of its files."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from campaigns.sealing_attacks import Worth, by_guesses, by_order, places
from campaigns.sealing_plant import Family, Planted
from sqlalchemy import Connection, text

from survey.storage import Store

PAGE = 8192


def attacks(store: Store, planted: Planted) -> Iterator[Worth]:
    """Every attack, one after the other."""
    with store.engine.connect() as db:
        answers = _rows(db, "response", "key", planted.window.id)
        comments = _rows(db, "comment", "text", planted.window.id)
        yield by_guesses("rows of one transaction (xmin, cmin)", planted, _joined(planted, answers, comments))
        for name, column in (("heap order (ctid)", "place"), ("statements (cmin)", "cmin")):
            yield by_order(
                name,
                planted,
                _column(planted, answers, lambda family: str(family.key), column),
                _column(planted, comments, lambda family: family.comment, column),
            )
        yield by_order(
            "dump order (COPY)",
            planted,
            places(planted, lambda family: str(family.key), _dumped(db, "response", 2)),
            places(planted, lambda family: family.comment, _dumped(db, "comment", 4)),
        )
        yield by_order(
            "long comments (TOAST chunks)",
            planted,
            _column(planted, answers, lambda family: str(family.key), "place"),
            _chunks(db, planted),
        )
        yield by_order(
            "bytes of the table files",
            planted,
            _bytes(planted, lambda family: family.packed.encode(), _file(db, "response")),
            _bytes(planted, lambda family: family.comment[:16].encode(), _file(db, "comment")),
        )
        keys = dict(db.execute(text("SELECT text, key FROM comment")).all())
        yield by_order(
            "bytes of the index files",
            planted,
            _bytes(planted, lambda family: family.key.bytes, _file(db, "pk_response")),
            _bytes(planted, lambda family: keys[family.comment].bytes, _file(db, "pk_comment")),
        )


def write_ahead_log(store: Store, planted: Planted) -> Worth:
    """What the files of the write-ahead log still tell, until the server writes over them: beyond sealing's reach.

    Each comment goes with the answers that were logged just before it, wherever it was.
    """
    with store.engine.connect() as db:
        names = db.execute(text("SELECT name FROM pg_ls_waldir() ORDER BY name")).scalars().all()
        read = text("SELECT pg_read_binary_file('pg_wal/' || :name)")
        log = b"".join(bytes(db.execute(read, {"name": name}).scalar_one()) for name in names)
    packed = {family.packed.encode(): family.packed for family in planted.families}
    whole = {family.comment[:16].encode(): family.comment for family in planted.families}
    longest = max(map(len, packed))
    nearest: dict[str, tuple[int, str]] = {}
    last, last_at = "", 0
    for found in re.finditer(rb"[0-9a-f]{16}(?= )|(?=[0-9A-Za-z/?!-]{%d})" % longest, log):
        answers = packed.get(log[found.start() : found.start() + longest])
        comment = whole.get(found.group())
        if answers:
            last, last_at = answers, found.start()
        elif comment and last:
            nearest[comment] = min(nearest.get(comment, (len(log), "")), (found.start() - last_at, last))
    guesses = {comment: answers for comment, (_, answers) in nearest.items()}
    return by_guesses("write-ahead log (beyond sealing)", planted, guesses)


def write_over_the_log(store: Store) -> None:
    """What docs/privacy.md tells a server's superuser to do after closing a window: fill every file of the log anew."""
    fill = text("SELECT pg_logical_emit_message(false, '', ''), pg_switch_wal() FROM pg_ls_waldir()")
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        for statement in (text("CHECKPOINT"), fill, text("CHECKPOINT"), fill, text("CHECKPOINT")):
            db.execute(statement)


def copies(store: Store, planted: Planted) -> int:
    """How many answers and short comments lie more than once in the files of the tables."""
    with store.engine.connect() as db:
        answers, comments = _file(db, "response"), _file(db, "comment")
    return sum(
        answers.count(family.packed.encode()) > 1 or comments.count(family.comment[:16].encode()) > 1
        for family in planted.families
    )


def _rows(db: Connection, table: str, column: str, window_id: int) -> dict[str, dict[str, int]]:
    rows = db.execute(
        text(
            f"SELECT {column}::text AS name, site_id, xmin::text::bigint AS xmin, cmin::text::bigint AS cmin, "
            f"(ctid::text::point)[0]::bigint * 65536 + (ctid::text::point)[1]::bigint AS place "
            f"FROM {table} WHERE window_id = :window ORDER BY ctid"
        ),
        {"window": window_id},
    )
    return {row["name"]: dict(row) for row in rows.mappings()}


def _joined(planted: Planted, answers, comments) -> dict[str, str]:
    """In each school and transaction, the first comment goes with the first answers, and so on."""
    packed = {str(family.key): family.packed for family in planted.families}
    wrote = defaultdict(list)
    for key, row in sorted(answers.items(), key=lambda each: (each[1]["cmin"], each[1]["place"])):
        wrote[row["xmin"], row["site_id"]].append(packed[key])
    guesses = {}
    for comment, row in sorted(comments.items(), key=lambda each: (each[1]["cmin"], each[1]["place"])):
        candidates = wrote[row["xmin"], row["site_id"]] or wrote[_same_size(wrote, row["site_id"])]
        if candidates:
            guesses[comment] = candidates.pop(0)
    return guesses


def _same_size(wrote, site_id: int) -> tuple[int, int]:
    """Where no transaction wrote both, the largest that wrote this school's answers."""
    return max((each for each in wrote if each[1] == site_id), key=lambda each: len(wrote[each]))


def _column(planted: Planted, rows, of: Callable[[Family], str], column: str) -> dict[Family, float]:
    return {family: float(rows[of(family)][column]) for family in planted.families}


def _dumped(db: Connection, table: str, field: int) -> list[str]:
    driver = db.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as rows:
        return [row[field] for row in rows.rows()]


def _chunks(db: Connection, planted: Planted) -> dict[Family, float]:
    """The numbers under which long comments are kept apart; they are given out in order."""
    rows = dict(db.execute(text("SELECT text, pg_column_toast_chunk_id(text)::bigint FROM comment")).all())
    return {
        family: float(rows[family.comment]) for family in planted.families if rows[family.comment] is not None
    }


def _file(db: Connection, relation: str) -> bytes:
    db.connection.driver_connection.execute("CHECKPOINT")
    read = text("SELECT pg_read_binary_file(pg_relation_filepath(:relation))")
    return bytes(db.execute(read, {"relation": relation}).scalar_one())


def _bytes(planted: Planted, of: Callable[[Family], bytes], file: bytes) -> dict[Family, float]:
    """Where each family's bytes lie: pages in order, each filled from its end."""
    found = {family: file.find(of(family)) for family in planted.families}
    return {family: float(at // PAGE * PAGE + PAGE - at % PAGE) for family, at in found.items() if at >= 0}
