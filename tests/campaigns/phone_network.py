"""The network between a phone and the server: it cuts, loses, delays and forges what passes, as it is told."""

import json
import socket
import struct
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, Protocol, Self
from uuid import uuid4

from serving import RECEIPT_TYPE


class Fault(StrEnum):
    """What happens to one request."""

    CUT_BEFORE = "cut before it is sent"
    CUT_REQUEST = "cut in the middle of the request"
    PORTAL = "a login page answers 200"
    PORTAL_CREATED = "a login page answers 201"
    REDIRECTED = "a login page by a redirect"
    BUSY = "a proxy answers 503"
    LOST = "stored, and the reply lost"
    CUT_REPLY = "stored, and the reply cut"
    PORTAL_AFTER = "stored, and a login page answers 200"
    WRONG_KEY = "stored, and the receipt of another survey"
    WRONG_TYPE = "stored, and the receipt as something else"
    STALLED = "stored, and no reply for a very long time"
    SLOW = "slow"


class _Reached(Protocol):
    @property
    def port(self) -> int: ...


class _Reply(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


_HTML = [("Content-Type", "text/html; charset=utf-8")]
_PORTAL = (
    b"<!doctype html><title>Wi-Fi</title><main><h1>Received</h1><p>Accept the terms to go on.</p></main>"
)
_ANSWERED_ON_THE_WAY = {
    Fault.PORTAL: _Reply(200, _HTML, _PORTAL),
    Fault.PORTAL_CREATED: _Reply(201, _HTML, _PORTAL),
    Fault.REDIRECTED: _Reply(302, [("Location", "/wifi")], b""),
    Fault.BUSY: _Reply(503, _HTML, b""),
}
_STALLED = 600


@dataclass(frozen=True, slots=True)
class Passed:
    """One request as the network saw it: what was done to it, and what the server said, where it was asked."""

    method: str
    path: str
    fault: Fault | None
    status: int | None
    body: bytes


@dataclass(slots=True)
class Network:
    """What stands between one phone and the server, on a port of its own, until the block ends.

    ``posts`` are the faults of the next posts, one each; ``pages`` of the next requests for anything
    else. On a connection that it keeps alive a browser sends a post again by itself when the reply
    is lost; on another the page has to. While ``is_away`` nothing gets through, while it
    does not take posts only these do not, and requests that begin with ``never`` never do; a
    ``module`` comes instead of the server's.
    """

    server: _Reached
    posts: deque[Fault | None] = field(default_factory=deque)
    pages: deque[Fault | None] = field(default_factory=deque)
    keeps_alive: bool = True
    is_away: bool = False
    takes_posts: bool = True
    never: str | None = None
    module: bytes | None = None
    passed: list[Passed] = field(default_factory=list)
    under_way: set[int] = field(default_factory=set)
    _proxy: ThreadingHTTPServer | None = None
    _ended: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._proxy = _Proxy(("127.0.0.1", 0), type("Bound", (_Handler,), {"network": self}))
        threading.Thread(target=self._proxy.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._proxy.shutdown()
        self._proxy.server_close()

    @property
    def address(self) -> str:
        """Where the phone finds the server."""
        return f"http://127.0.0.1:{self._proxy.server_port}"

    @property
    def posted(self) -> list[Passed]:
        """The posts, those that never arrived included."""
        return [passed for passed in self.passed if passed.method == "POST"]

    def next_fault(self, method: str, path: str) -> Fault | None:
        """What is to happen to the next request of this kind."""
        if self.is_away or (self.never and path.startswith(self.never)):
            return Fault.CUT_BEFORE
        if method == "POST" and not self.takes_posts:
            return Fault.CUT_BEFORE
        due = self.posts if method == "POST" else self.pages
        with suppress(IndexError):
            return due.popleft()
        return None

    def wait(self, seconds: float) -> None:
        """Wait so long, or until nobody needs the network any more."""
        self._ended.wait(seconds)


class _Proxy(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A phone that hangs up is what this is about."""

    def shutdown_request(self, request):
        # Closed without a farewell, so that what was cut is reset.
        self.close_request(request)


class _Handler(BaseHTTPRequestHandler):
    network: Network
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self._count_and_pass()

    def do_POST(self):
        self._count_and_pass()

    def log_message(self, *_):
        """Nothing is logged."""

    def _count_and_pass(self):
        self.network.under_way.add(id(self))
        try:
            self._pass()
        finally:
            self.network.under_way.discard(id(self))

    def _pass(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = self.network.next_fault(self.command, self.path)
        told = None
        if fault not in (*_ANSWERED_ON_THE_WAY, Fault.CUT_BEFORE):
            told = self._ask(body, cut=fault is Fault.CUT_REQUEST)
        self.network.passed.append(Passed(self.command, self.path, fault, told and told.status, body))
        reply = _ANSWERED_ON_THE_WAY.get(fault) or (told and self._changed(fault, told))
        if reply is None:
            self._cut()
        else:
            self._tell(reply, fault)

    def _ask(self, body, *, cut):
        """What the server answers; None where it does not, or is not let."""
        connection = HTTPConnection("127.0.0.1", self.network.server.port, timeout=30)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                # A receipt that is to be forged has to be read.
                if name.lower() != "connection" and (self.command, name.lower()) != (
                    "POST",
                    "accept-encoding",
                ):
                    connection.putheader(name, value)
            connection.endheaders(body[: len(body) // 2] if cut else body)
            if cut:
                return None
            response = connection.getresponse()
            return _Reply(response.status, response.getheaders(), response.read())
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()

    def _changed(self, fault, told):
        """What the phone is told instead of what the server told."""
        if self.network.module and self.path.startswith("/phone.js"):
            return _Reply(200, [("Content-Type", "text/javascript")], self.network.module)
        if fault is Fault.STALLED:
            self.network.wait(_STALLED)
        match fault:
            case Fault.LOST | Fault.STALLED:
                return None
            case Fault.PORTAL_AFTER:
                return _ANSWERED_ON_THE_WAY[Fault.PORTAL]
            case Fault.WRONG_KEY if told.body.startswith(b"{"):
                return told._replace(body=json.dumps(json.loads(told.body) | {"key": str(uuid4())}).encode())
            case Fault.WRONG_TYPE:
                headers = [
                    (name, value.replace(RECEIPT_TYPE, "application/json")) for name, value in told.headers
                ]
                return told._replace(headers=headers)
        return told

    def _tell(self, reply, fault):
        whole = len(reply.body)
        self.send_response_only(reply.status)
        for name, value in reply.headers:
            if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(whole))
        if not self.network.keeps_alive:
            self.send_header("Connection", "close")
        self.end_headers()
        pieces, sent = (4 if fault is Fault.SLOW else 1), whole // 2 if fault is Fault.CUT_REPLY else whole
        for start in range(0, sent, whole // pieces + 1):
            self.wfile.write(reply.body[start : min(sent, start + whole // pieces + 1)])
            self.network.wait(0.4 if fault is Fault.SLOW else 0)
        if sent < whole:
            self._cut()

    def _cut(self):
        """End the connection with a reset: what the phone sees is a connection that is gone."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
