"""``make proxy``: nginx, as docs/deploy sets it up, in front of the server; then everything it wrote is searched."""

import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from builders_collection import place
from serving import FORM_TYPE, ROOT, form, served
from sqlalchemy import create_engine

from survey.storage import Store, schema

DEPLOY = ROOT / "docs" / "deploy"
HOST, ADDRESS, AGENT, WORDS = "survey.example.org", "127.0.0.77", "CanaryAgent/1.0", "CanaryComment"
# Nothing of these may be in any file: the paths of families, where they ask from, and what they send.
NEVER = ("/s/", "/s ", "/s?", ADDRESS, AGENT, WORDS)
HEADERS = f"Host: {HOST}\r\nUser-Agent: {AGENT}\r\nReferer: https://{HOST}/s/pine/small\r\n"
ANSWERS = {"q.welcome": "4", "q.comment": WORDS}


class Nginx:
    """Debian's nginx with our file of docs/deploy, its ports and paths moved to a folder."""

    def __init__(self, folder: Path, upstream: int, change: tuple[str, str] = ("", "")) -> None:
        self.folder = folder
        self.port, self.plain = _free(), _free()
        for name in ("log", "body", "proxy"):
            (folder / name).mkdir(parents=True)
        _certify(folder)
        site = (
            (DEPLOY / "nginx.conf").read_text().replace(*change)
            if change[0]
            else (DEPLOY / "nginx.conf").read_text()
        )
        moved = {
            f"/etc/letsencrypt/live/{HOST}": str(folder),
            "/srv/puente/docs/deploy": str(DEPLOY),
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "listen 80": f"listen 127.0.0.1:{self.plain}",
            "    listen [::]:443 ssl http2;\n": "",
            "    listen [::]:80;\n": "",
            "127.0.0.1:8000": f"127.0.0.1:{upstream}",
            # A page that does not come is waited for a minute; here nobody has that long.
            "proxy_max_temp_file_size": "proxy_read_timeout 1s; proxy_max_temp_file_size",
        }
        main = Path("/etc/nginx/nginx.conf").read_text()
        own = {
            "/var/log/nginx": str(folder / "log"),
            "/run/nginx.pid": str(folder / "pid"),
            "include /etc/nginx/modules-enabled/*.conf;": "",
            "include /etc/nginx/conf.d/*.conf;": f"client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;",
            "include /etc/nginx/sites-enabled/*;": f"include {folder}/site.conf;",
        }
        (folder / "site.conf").write_text(_replaced(site, moved))
        (folder / "nginx.conf").write_text(_replaced(main, own))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Until the block ends."""
        command = ["nginx", "-c", str(self.folder / "nginx.conf"), "-g", "daemon off;"]
        with (self.folder / "log" / "stderr").open("ab") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            _wait(self.port)
            yield
        finally:
            process.terminate()
            process.wait(20)

    def said(self) -> str:
        """Everything that it wrote, with the names of the files that were made on the way."""
        files = [
            file for file in self.folder.rglob("*") if file.is_file() and file.suffix not in (".conf", ".pem")
        ]
        return "\n".join(f"{file.name}: {file.read_text(errors='replace')}" for file in files)

    def asked(self, request: bytes, *, hang_up: bool = False, tls: bool = True) -> int:
        """The status of the answer to these bytes; 0 where none came or nobody waited for it."""
        port = self.port if tls else self.plain
        with socket.create_connection(("127.0.0.1", port), 10, source_address=(ADDRESS, 0)) as bare:
            connection = _trusting().wrap_socket(bare, server_hostname=HOST) if tls else bare
            with connection, suppress(OSError):
                connection.sendall(request)
                if not hang_up:
                    return int((connection.recv(65536) or b"- 0 -").split()[1])
        return 0

    def asked_over_http2(self, path: str, body: bytes) -> int:
        """The status, as a browser would ask; 0 where curl or its HTTP/2 is not there."""
        told = [
            "-A",
            AGENT,
            "-e",
            f"https://{HOST}{path}",
            "-H",
            f"Content-Type: {FORM_TYPE}",
            "--interface",
            ADDRESS,
        ]
        address = f"https://{HOST}:{self.port}{path}"
        command = [
            "curl",
            "-sk",
            "--http2",
            "--resolve",
            f"{HOST}:{self.port}:127.0.0.1",
            *told,
            "--data-binary",
            "@-",
        ]
        shown = ["-o", "/dev/null", "-w", "%{http_code} %{http_version}", address]
        done = subprocess.run([*command, *shown], input=body, capture_output=True, check=False)
        status, version = done.stdout.decode().split()
        return int(status) if version == "2" else 0


def requests(path: str, body: bytes) -> dict[str, bytes]:
    """What a family may send, well and badly, by what it is."""
    posted = f"{HEADERS}Content-Type: {FORM_TYPE}\r\nConnection: close\r\n"
    return {
        "the page": f"GET {path} HTTP/1.1\r\n{HEADERS}Connection: close\r\n\r\n".encode(),
        "the schools": f"GET /s HTTP/1.1\r\n{HEADERS}Connection: close\r\n\r\n".encode(),
        "the module": f"GET /phone.js HTTP/1.1\r\n{HEADERS}Connection: close\r\n\r\n".encode(),
        "no such page": f"GET {path}/nothing/here HTTP/1.1\r\n{HEADERS}Connection: close\r\n\r\n".encode(),
        "the survey": f"POST {path} HTTP/1.1\r\n{posted}Content-Length: {len(body)}\r\n\r\n".encode() + body,
        "the survey in chunks": f"POST {path} HTTP/1.1\r\n{posted}Transfer-Encoding: chunked\r\n\r\n".encode()
        + b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body),
        "200 kB": f"POST {path} HTTP/1.1\r\n{posted}Content-Length: 200000\r\n\r\n".encode()
        + b"q="
        + b"x" * 199_998,
        "413": f"POST {path} HTTP/1.1\r\n{posted}Content-Length: 300000\r\n\r\n".encode() + b"x" * 300_000,
        "413 of nginx": f"POST {path} HTTP/1.1\r\n{posted}Content-Length: 2000000\r\n\r\n".encode()
        + b"x" * 300_000,
        "414": f"GET {path}?{'x' * 40_000} HTTP/1.1\r\n{HEADERS}\r\n".encode(),
        "400": f"GET {path} HTTP/1.1\r\n{HEADERS}bad header\r\nHost: two\r\n\r\n".encode(),
        "the staff": f"GET /staff HTTP/1.1\r\n{HEADERS}Connection: close\r\n\r\n".encode(),
        "signing in": f"POST /staff/sign-in HTTP/1.1\r\n{posted}Content-Length: 9\r\n\r\nemail=a@b".encode(),
    }


def hung_up(path: str, body: bytes) -> dict[str, bytes]:
    """What a family may begin and not wait for."""
    whole = requests(path, body)
    return {"499": whole["the survey"], "a part of the survey": whole["the survey"][:-20]}


def tried(
    folder: Path, server_url: str, path: str, body: bytes, change: tuple[str, str] = ("", "")
) -> tuple[dict, str]:
    """The status of every request, with the server there, gone and silent; and everything that nginx wrote."""
    statuses: dict[str, int] = {}
    folder.mkdir()
    with served(server_url, folder / "granian.log") as server:
        nginx = Nginx(folder / "nginx", server.port, change)
        with nginx.running():
            for name, request in requests(path, body).items():
                statuses[name] = nginx.asked(request)
            for request in hung_up(path, body).values():
                nginx.asked(request, hang_up=True)
            statuses["HTTP/2"] = nginx.asked_over_http2(path, body)
            statuses["without TLS"] = nginx.asked(requests(path, body)["the page"], tls=False)
            statuses["TLS where none is"] = nginx.asked(b"\x16\x03\x01" + b"x" * 40, tls=False)
            time.sleep(1)
    gone = Nginx(folder / "gone", server.port, change)
    with gone.running():
        statuses["502"] = gone.asked(requests(path, body)["the survey"])
        statuses["502 for the staff"] = gone.asked(requests(path, body)["the staff"])
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        waiting = Nginx(folder / "silent", silent.getsockname()[1], change)
        with waiting.running():
            statuses["504"] = waiting.asked(requests(path, body)["the survey"])
            waiting.asked(requests(path, body)["the survey"], hang_up=True)
            time.sleep(1.5)
    return statuses, "\n".join(each.said() for each in (nginx, gone, waiting))


def _free() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError("nginx did not start")


def _certify(folder: Path) -> None:
    subject = [
        "-subj",
        f"/CN={HOST}",
        "-days",
        "2",
        "-nodes",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
    ]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(["openssl", "req", "-x509", *subject, *files], check=True, capture_output=True)


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _replaced(text: str, words: dict[str, str]) -> str:
    for old, new in words.items():
        text = text.replace(old, new)
    return text


def _main() -> None:
    if shutil.which("nginx") is None:
        sys.exit("no nginx: install Debian's package nginx")
    with tempfile.TemporaryDirectory(prefix="puente-proxy-") as name:
        folder = Path(name)
        # The workers of nginx have a user of their own.
        folder.chmod(0o755)
        runs = {
            "as it is": ("", ""),
            "with what Debian logs": ("    access_log off;\n    error_log /dev/null emerg;\n", ""),
            "with everything logged": ("error_log /dev/null emerg;", f"error_log {folder}/info.log info;"),
        }
        found = {}
        for number, (run, change) in enumerate(runs.items()):
            url = f"sqlite:///{folder}/{number}.sqlite"
            store = Store(url)
            schema.upgrade(store)
            at = place(store)
            path = f"/s/{at.pine.slug}/{at.window.survey}"
            statuses, said = tried(
                folder / str(number), url, path, form(at.window.id, uuid4(), ANSWERS), change
            )
            with create_engine(url).connect() as db:
                stored = db.exec_driver_sql("SELECT count(*) FROM response").scalar()
            store.close()
            found[run] = {never: said.count(never) for never in NEVER}
            sys.stdout.write(f"{run}: {statuses}, {stored} stored\n  in its files: {found[run]}\n")
        spooled = (folder / "info.log").read_text().count("temporary file")
        sys.stdout.write(f"bodies and pages that went through a file: {spooled}\n")
        if any(found["as it is"].values()) or not any(found["with what Debian logs"].values()) or spooled:
            sys.exit("FAILED")


if __name__ == "__main__":
    _main()
