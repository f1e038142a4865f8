"""The promise of 10,000 bytes, measured on the wire."""

import gzip
import re
import socket

import brotli
import builders_family as built
import pytest

from survey.storage import installation
from survey.web import create_app
from survey.web.stencil import Stencil

LIMIT = 10_000
# What a phone sends: Chromium's own headers, which ask for every language and compression it knows.
ASKED = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
    "Accept: text/html,application/xhtml+xml\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
    "Accept-Language: es-US,es;q=0.9\r\n\r\n"
)


@pytest.fixture
def served(sqlite_database):
    app = create_app(built.settings_of(sqlite_database, public_url="https://surveys.example.org"))
    store = app.extensions["puente"].store
    built.a_school(store, name="Escuela Primaria Comunitaria Nuestra Señora de los Robles y Encinos")
    built.both_surveys(store, code_uses=1)
    with store.writing() as db:
        installation.set_made_up(db)
    with built.serving(app) as port:
        yield port
    store.close()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("survey", ["engagement", "climate"])
def test_the_whole_survey_is_one_answer_of_at_most_10_000_bytes(served, survey, language):
    answer = _fetch(served, f"/s/los-robles/{survey}?l={language}")

    head, _, body = answer.partition(b"\r\n\r\n")
    page = brotli.decompress(body).decode()
    assert head.startswith(b"HTTP/1.1 200")
    assert len(answer) <= LIMIT
    assert "<link" not in page
    assert page.count("src=") == 1
    assert page.rstrip().endswith("</html>")


@pytest.mark.parametrize("word", [b"", b"one word", b"3f2a" * 9])
def test_a_page_that_is_filled_in_reads_the_same_compressed_or_not(word):
    page = b"before" * 100 + b"HERE" + b"after" * 1000

    stencil = Stencil(page, b"HERE")

    assert stencil.filled(word) == page.replace(b"HERE", word)
    assert stencil.filled_and_brotlied(word) is None
    assert gzip.decompress(stencil.filled_and_gzipped(word)) == stencil.filled(word)


@pytest.mark.parametrize("word", [b"\x00" * 36, b"z" * 36, b"3f2a" * 9])
def test_so_it_does_by_brotli_whatever_word_of_its_length_is_filled_in(word):
    page = b"before" * 100 + b"x" * 36 + b"after" * 1000

    stencil = Stencil(page, b"x" * 36)

    assert brotli.decompress(stencil.filled_and_brotlied(word)) == stencil.filled(word)


def test_every_blank_survey_has_a_key_of_its_own_and_is_otherwise_the_same(sqlite_database):
    with built.a_family(built.settings_of(sqlite_database)) as family:
        browser = family.app.test_client()
        pages = [
            browser.get(family.address, headers={"Accept-Encoding": asked})
            for asked in ("gzip", "gzip, br", "identity")
        ]

    unpack = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}
    texts = [unpack[page.headers.get("Content-Encoding")](page.data) for page in pages]
    keys = [re.search(rb'name="key" value="([^"]+)"', page)[1] for page in texts]
    assert len(set(keys)) == 3
    assert len({page.replace(key, b"") for page, key in zip(texts, keys, strict=True)}) == 1
    assert {page.headers["Vary"] for page in pages} == {"Accept-Encoding"}


def test_a_page_with_faults_is_compressed_too(sqlite_database):
    with built.a_family(built.settings_of(sqlite_database)) as family:
        response = family.app.test_client().post(
            family.address, data=family.fields({"q.welcome": "9"}), headers={"Accept-Encoding": "gzip"}
        )

    assert response.status_code == 422
    assert response.headers["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(response.data)


def test_a_browser_that_can_not_unpack_gets_the_page_as_it_is(sqlite_database):
    with built.a_family(built.settings_of(sqlite_database)) as family:
        for encodings in ("", "identity", "gzip;q=0", "zstd"):
            response = family.get(**{"Accept-Encoding": encodings})

            assert "Content-Encoding" not in response.headers


def _fetch(port, path):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(ASKED.format(path=path, host=f"127.0.0.1:{port}").encode())
        answer = b""
        while got := connection.recv(65536):
            answer += got
    return answer
