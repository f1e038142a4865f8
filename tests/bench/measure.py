"""What one family's survey costs the server, beside a bare Flask hello: ``make bench`` prints the table."""

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from bench import load
from bench.load import Load
from builders_collection import Place, place
from serving import FORM_TYPE, RECEIPT_TYPE, Server, cpu_ms, form, postgresql, served
from sqlalchemy import create_engine, text

from survey import catalogue
from survey.instruments.model import Instrument, ItemType
from survey.storage import Store, responses, schema

SURVEY = "engagement"
TURNS, SECONDS, CONNECTIONS, WORKERS, THREADS = 6, 2.0, 16, 2, 16
COMMENT = (
    "The teachers answer our messages. Más citas por la tarde ayudarían a las familias que trabajan. " * 2
)

Requests = Callable[[], Sequence[bytes]]


@dataclass(slots=True)
class Line:
    """One line of the table: the load of each turn, and what one round of it cost the server and PostgreSQL."""

    name: str
    requests: Requests
    loads: list[Load] = field(default_factory=list)
    server_ms: list[float] = field(default_factory=list)
    database_ms: list[float] = field(default_factory=list)

    def measure(self, server: Server, database: Store | None = None) -> None:
        """Ask for a second to warm up, then for the time that counts."""
        load.run(server.port, self.requests, connections=CONNECTIONS, seconds=1)
        server_before, database_before = server.cpu_ms(), _cpu_of(database)
        one = load.run(server.port, self.requests, connections=CONNECTIONS, seconds=SECONDS)
        if set(one.statuses) - {200, 201}:
            raise RuntimeError(f"{self.name}: {one.statuses}")
        self.loads.append(one)
        self.server_ms.append((server.cpu_ms() - server_before) / one.rounds)
        self.database_ms.append((_cpu_of(database) - database_before) / one.rounds)

    def told(self, hello: "Line") -> str:
        """The line in Markdown. The best turn counts: what else the machine did only made it worse."""
        best = max(one.a_second for one in self.loads)
        cost = min(self.server_ms)
        own = f"{min(self.database_ms):.2f}" if any(self.database_ms) else ""
        half, nearly_all = (min(one.wait(share) for one in self.loads) for share in (0.5, 0.99))
        ratio = cost / min(hello.server_ms)
        return f"| {self.name} | {best:,.0f} | {cost:.2f} | {ratio:.1f} | {own} | {half:.1f} | {nearly_all:.1f} |"


def main() -> None:
    """Measure everything in turns, check that every receipt has its row, and print the table."""
    with tempfile.TemporaryDirectory(prefix="puente-bench-") as name, postgresql(Path(name)) as server:
        folder = Path(name)
        asked = catalogue.load().instruments[SURVEY]
        hello = Line("bare Flask hello", lambda: [_get("/")])
        databases = [
            _Database("SQLite", f"sqlite:///{folder}/bench.sqlite", asked),
            _Database("PostgreSQL", _new_database(server), asked),
        ]
        for turn in range(TURNS):
            _say(f"turn {turn + 1} of {TURNS} ...")
            with served(
                databases[0].url,
                folder / "log",
                workers=WORKERS,
                threads=THREADS,
                application="bench.hello:app",
            ) as running:
                hello.measure(running)
            for database in databases:
                with served(database.url, folder / "log", workers=WORKERS, threads=THREADS) as running:
                    for line in database.lines:
                        line.measure(running, database.store)
        for database in databases:
            database.check()
        _print(hello, [line for database in databases for line in database.lines])


class _Database:
    """A database with the whole survey open at a school, and what is asked of it."""

    def __init__(self, name: str, url: str, asked: Instrument) -> None:
        self.url = url
        self.store = Store(url)
        schema.upgrade(self.store)
        self.at: Place = place(self.store, asking=asked)
        path, answers = f"/s/pine/{asked.survey}", _answers(asked)
        page = _get(f"{path}?l=es")

        def sent() -> bytes:
            return _post(path, form(self.at.window.id, uuid4(), answers, "es"))

        self.lines = [
            Line(f"survey page ({name})", lambda: [page]),
            Line(f"survey sent ({name})", lambda: [sent()]),
            Line(f"complete response ({name})", lambda: [page, sent()]),
        ]

    def check(self) -> None:
        """Every receipt has a row, and no row is there without one (but for the seconds of warming up)."""
        with self.store.reading() as db:
            rows = responses.counts(db, self.at.window.id)[self.at.pine.id]
        receipts = sum(one.statuses.get(201, 0) for line in self.lines for one in line.loads)
        self.store.close()
        if rows < receipts:
            raise RuntimeError(f"{receipts} receipts, but {rows} rows")


def _answers(asked: Instrument) -> dict[str, str | list[str]]:
    """An answer to every item, and a comment wherever one can be written."""
    answers: dict[str, str | list[str]] = {}
    for item in asked.items():
        if item.type is ItemType.TEXT:
            answers[item.id] = COMMENT
        elif item.type is ItemType.MULTI:
            answers[item.id] = [option.code for option in item.options if not option.exclusive][:2]
        else:
            answers[item.id] = item.options[0].code
    return answers


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def _post(path: str, body: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nAccept: {RECEIPT_TYPE}\r\n"
    return f"{head}Content-Type: {FORM_TYPE}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _new_database(server: str) -> str:
    name = f"bench_{uuid4().hex[:8]}"
    engine = create_engine(
        server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as db:
        db.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    head, _, query = server.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{query}"


def _cpu_of(database: Store | None) -> float:
    """What PostgreSQL's processes have used so far, in milliseconds, where they run on this machine."""
    if database is None or database.is_sqlite:
        return 0.0
    with database.reading() as db:
        return sum(cpu_ms(pid) for pid in db.execute(text("SELECT pid FROM pg_stat_activity")).scalars())


def _print(hello: Line, lines: Sequence[Line]) -> None:
    _say(
        f"\n{datetime.now(UTC):%Y-%m-%d}: {WORKERS} workers, {CONNECTIONS} connections, best of {TURNS} turns"
    )
    _say(
        "\n| | a second | server CPU ms | x hello | PostgreSQL's own CPU ms | half within ms | 99 % within ms |"
    )
    _say("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for line in (hello, *lines):
        _say(line.told(hello))
    page = lines[0].loads[0]
    _say(f"\nThe survey page in Spanish is {page.largest:,} bytes on the wire, headers and styles included.")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
