"""A wire between a browser and a server, and every byte that came over it, by request: a service worker's too."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

REQUEST = re.compile(rb"^(GET|POST|HEAD) (\S+) HTTP/1\.1\r\n")
DESTINATION = re.compile(rb"^Sec-Fetch-Dest: (\w+)\r$", re.IGNORECASE | re.MULTILINE)


@dataclass(slots=True)
class Exchange:
    """One request and what came back for it. ``to_phone`` counts headers and body as they were sent."""

    method: str
    path: str
    destination: str
    to_phone: int = 0

    @property
    def is_journey(self) -> bool:
        """Whether the family waits for it: a page, the module, or what was sent; not what is fetched on the side."""
        return self.method == "POST" or self.destination in ("document", "script", "style", "image", "font")


@dataclass(slots=True)
class Wire:
    """What went over it so far, in the order it was asked for."""

    port: int
    exchanges: list[Exchange] = field(default_factory=list)

    def told(self) -> str:
        """Every exchange on a line."""
        return "\n".join(f"{e.to_phone:>6}  {e.method} {e.path} ({e.destination})" for e in self.exchanges)


@contextmanager
def relayed(server_port: int) -> Iterator[Wire]:
    """A wire to this server until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    wire = Wire(listening.getsockname()[1])
    threading.Thread(target=_accept, args=(listening, server_port, wire), daemon=True).start()
    try:
        yield wire
    finally:
        # A thread that waits in accept() wakes only when the socket is shut.
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def _accept(listening: socket.socket, server_port: int, wire: Wire) -> None:
    with suppress(OSError):
        while True:
            phone, _ = listening.accept()
            server = socket.create_connection(("127.0.0.1", server_port))
            of_connection: list[Exchange] = []
            for way in (_up, _down):
                threading.Thread(target=way, args=(phone, server, wire, of_connection), daemon=True).start()


def _up(phone: socket.socket, server: socket.socket, wire: Wire, of_connection: list[Exchange]) -> None:
    """What the phone sends. Browsers do not pipeline: a request line always begins a packet."""
    with suppress(OSError):
        while packet := phone.recv(65536):
            found = REQUEST.match(packet)
            if found:
                destination = DESTINATION.search(packet)
                named = destination[1].decode() if destination else ""
                of_connection.append(Exchange(found[1].decode(), found[2].decode(), named))
                wire.exchanges.append(of_connection[-1])
            server.sendall(packet)
        server.shutdown(socket.SHUT_WR)


def _down(phone: socket.socket, server: socket.socket, wire: Wire, of_connection: list[Exchange]) -> None:
    with suppress(OSError), phone, server:
        while packet := server.recv(65536):
            of_connection[-1].to_phone += len(packet)
            phone.sendall(packet)
