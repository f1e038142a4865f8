import logging
import re
from datetime import date

import builders_family as built
import pages
import pytest
from flask import abort, request

from survey.web import errors, language, plain


@pytest.fixture
def family(sqlite_database):
    with built.a_family(built.settings_of(sqlite_database)) as family:
        family.app.config["PROPAGATE_EXCEPTIONS"] = False
        yield family


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 415, 429, 500, 503])
@pytest.mark.parametrize("accepted", ["es", "en", "zh", ""])
def test_every_error_has_a_page_in_the_readers_language_or_in_both(family, status, accepted):
    family.app.add_url_rule("/fail", view_func=lambda: abort(status))

    response = family.app.test_client().get("/fail", headers={"Accept-Language": accepted})

    assert response.status_code == status
    page = pages.read(response.text)
    spoken = {span.attributes["lang"] for span in page.all("span")}
    assert spoken == ({accepted} if accepted in ("en", "es") else {"en", "es"})


def test_a_failure_is_written_down_without_its_words_and_without_whose_page_it_was(family, caplog):
    def fail(site, survey):
        try:
            {}[f"answer {1 + 3} of {survey} at {site}"]
        except KeyError as fault:
            raise RuntimeError(request.path) from fault

    family.app.add_url_rule("/s/<site>/<survey>/fail", "fail", fail)

    response = family.app.test_client().get("/s/los-robles/small/fail")

    written = "".join(logging.Formatter().format(record) for record in caplog.records)
    assert response.status_code == 500
    assert "fail failed" in written
    assert "builtins.KeyError" in written
    assert "builtins.RuntimeError" in written
    assert "answer 4" not in written
    assert "los-robles" not in written


def test_every_answer_is_hardened_errors_and_refusals_too(family):
    for response in (
        family.get("/s"),
        family.get(),
        family.get("/nothing"),
        family.post(b""),
        family.get("/"),
    ):
        headers = response.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "Strict-Transport-Security" not in headers


def test_a_page_allows_its_own_style_and_no_other(family):
    response = family.get()

    style = response.page.one("style").text
    assert response.headers["Content-Security-Policy"] == plain.headers.policy_for(style)


def test_https_is_kept_to_where_families_reach_it_by_https(sqlite_database):
    with built.a_family(
        built.settings_of(sqlite_database, public_url="https://surveys.example.org")
    ) as family:
        response = family.post(family.fields({"q.welcome": "4"}))

        assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert "Secure" in response.headers["Set-Cookie"]


def test_a_smaller_style_has_the_same_rules():
    css = "/* words */ a , b > c { margin : 0 ; color: red ; }\n fieldset :checked { top: calc(1px + 2px) }"

    assert plain.minified(css) == "a,b>c{margin :0;color:red}fieldset :checked{top:calc(1px + 2px)}"


def test_the_style_holds_no_comment_and_nothing_from_elsewhere():
    assert not re.search(r"/\*|url\(|@import|</", plain.style())


@pytest.mark.parametrize(
    ("address", "accepted", "spoken"),
    [
        ("/?l=es", "en", "es"),
        ("/", "es-MX,es;q=0.9,en;q=0.8", "es"),
        ("/", "en-US,en;q=0.9,es;q=0.8", "en"),
        ("/", "zh-CN,es;q=0.2", "es"),
        ("/?l=fr", "es", "es"),
        ("/?l=es&l=en", "en", "es"),
        ("/", "zh", None),
        ("/", "", None),
        ("/", "\u00ff;;q=,,", None),
    ],
)
def test_the_address_tells_the_language_then_the_browser(family, address, accepted, spoken):
    with family.app.test_request_context(address, headers={"Accept-Language": accepted}):
        assert language.told() == spoken
        assert language.current() == (spoken or "en")


def test_a_language_that_is_used_is_used_from_there_on(family):
    with family.app.test_request_context("/?l=en"):
        language.use("es")
        language.use("fr")
        language.use(None)

        assert (language.current(), language.other()) == ("es", "en")


def test_a_block_may_speak_the_other_language(family):
    with family.app.test_request_context("/?l=en"):
        with language.speaking("es"):
            inside = language.current()

        assert (inside, language.current()) == ("es", "en")


@pytest.mark.parametrize(
    ("spoken", "day", "month", "number"),
    [
        ("en", "November 3, 2026", "November 2026", "12,345.6"),
        ("es", "3 de noviembre de 2026", "noviembre de 2026", "12,345.6"),
    ],
)
def test_dates_are_in_words_and_numbers_as_families_here_read_them(spoken, day, month, number):
    assert language.date_in_words(date(2026, 11, 3), spoken) == day
    assert language.month_in_words(date(2026, 11, 3), spoken) == month
    assert language.number(12345.6, spoken) == number


def test_an_error_has_words_for_every_status_there_is(family):
    with family.app.test_request_context("/?l=en"):
        for status in range(400, 600):
            assert errors.page(status).status_code == status
