import re

import builders_family as built
import pytest

from survey.web import plain


@pytest.fixture
def family(sqlite_database):
    with built.a_family(built.settings_of(sqlite_database)) as family:
        yield family


def test_the_worker_brings_its_words_in_both_languages(family):
    text = family.app.test_client().get("/worker.js").get_data(as_text=True)

    assert "No signal" in text
    assert "Sin señal" in text
    assert "@said@" not in text


def test_a_browser_that_has_the_worker_is_told_so_in_few_bytes(family):
    browser = family.app.test_client()
    first = browser.get("/worker.js", headers={"Accept-Encoding": "gzip"})

    again = browser.get(
        "/worker.js", headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
    )

    assert first.headers["Cache-Control"] == "no-cache"
    assert first.mimetype == "text/javascript"
    assert len(first.data) <= 3_000
    assert (again.status_code, again.data) == (304, b"")


def test_the_worker_may_fetch_from_its_own_server_only(family):
    policy = family.app.test_client().get("/worker.js").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy


def test_the_worker_touches_nothing_that_is_sent():
    source = (plain.STATIC / "worker.js").read_text()

    # The first thing that is asked of a request, before anything answers it.
    asked = re.search(r'request\.method !== "GET".*\) return;', source)
    assert asked is not None
    assert asked.start() < source.index("respondWith")
    assert len(source.splitlines()) <= 250
