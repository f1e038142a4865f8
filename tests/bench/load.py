"""A load that costs little itself: prepared bytes on many connections that stay open, one request on each at a time."""

import re
import selectors
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


@dataclass(slots=True)
class Load:
    """What came back in ``seconds``: complete rounds, the statuses of every answer, and how long each took, in ms."""

    rounds: int = 0
    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    largest: int = 0

    @property
    def a_second(self) -> float:
        """Complete rounds a second."""
        return self.rounds / self.seconds

    def wait(self, share: float) -> float:
        """The wait that this share of the answers did not exceed, in ms."""
        return sorted(self.waits)[int(share * (len(self.waits) - 1))]


def run(port: int, rounds: Callable[[], Sequence[bytes]], *, connections: int, seconds: float) -> Load:
    """Ask for so long on so many connections; ``rounds`` makes the requests of the next round."""
    load = Load()
    selector = selectors.DefaultSelector()
    asking = [_Asking(port, rounds) for _ in range(connections)]
    began = time.perf_counter()
    until = began + seconds
    for one in asking:
        selector.register(one.socket, selectors.EVENT_READ, one)
        one.ask()
    waiting = connections
    while waiting:
        for key, _ in selector.select(10):
            if key.data.hear(load) and time.perf_counter() >= until:
                waiting -= 1
                selector.unregister(key.fileobj)
            elif key.data.is_free:
                key.data.ask()
    load.seconds = time.perf_counter() - began
    for one in asking:
        one.socket.close()
    selector.close()
    return load


class _Asking:
    """One connection, and what is still to be asked on it in this round."""

    def __init__(self, port: int, rounds: Callable[[], Sequence[bytes]]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.is_free = True
        self._rounds = rounds
        self._left: list[bytes] = []
        self._heard = bytearray()
        self._asked_at = 0.0

    def ask(self) -> None:
        if not self._left:
            self._left = list(reversed(self._rounds()))
        self.is_free = False
        self._asked_at = time.perf_counter()
        self.socket.sendall(self._left.pop())

    def hear(self, load: Load) -> bool:
        """Take what has arrived; whether it ended a round."""
        arrived = self.socket.recv(65536)
        if not arrived:
            raise ConnectionError("the server hung up")
        self._heard += arrived
        head = self._heard.find(b"\r\n\r\n")
        length = _LENGTH.search(self._heard, 0, head + 2) if head >= 0 else None
        if length is None or len(self._heard) < head + 4 + int(length[1]):
            return False
        load.waits.append((time.perf_counter() - self._asked_at) * 1000)
        status = int(self._heard[9:12])
        load.statuses[status] = load.statuses.get(status, 0) + 1
        load.largest = max(load.largest, len(self._heard))
        self._heard.clear()
        self.is_free = True
        if self._left:
            return False
        load.rounds += 1
        return True
