from urllib.parse import urlencode
from uuid import uuid4

import builders_family as built
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.web.family import reading

ANSWERS = {"q.welcome": "4", "q.comment": "Más reuniones"}


@pytest.fixture
def family(sqlite_database):
    with built.a_family(built.settings_of(sqlite_database)) as family:
        yield family
        assert family.responses() == []
        assert family.comments() == []


@pytest.mark.parametrize(
    ("answers", "number", "said"),
    [
        ({"q.welcome": "9"}, 1, "Choose one of the answers on the page."),
        ({"q.welcome": ["4", "3"]}, 1, "Choose one answer only."),
        ({"q.took_part": ["event", "event"]}, 6, "Choose one answer only."),
        ({"q.took_part": ["met_teacher", "event", "helped"]}, 6, "Mark 2 answers at most."),
        (
            {"q.took_part": ["event", "none"]},
            6,
            "“None of these” cannot be marked together with other answers.",
        ),
        ({"q.comment": "x" * 201}, 7, "Write 200 letters or fewer."),
        ({"q.comment": ["a", "b"]}, 7, "Choose one answer only."),
    ],
)
def test_a_fault_is_told_above_and_at_its_question_and_everything_is_kept(family, answers, number, said):
    response = family.post(family.fields({"q.respect": "3"} | answers), language="en")

    page = response.page
    assert response.status_code == 422
    assert page.one("title").text == "Error: Small Survey"
    assert page.one("a", href=f"#q{number}").text == f"Question {number}. {said}"
    assert page.one("p", id=f"e{number}").text.endswith(said)
    assert ("q.respect", "3") in page.values()


def test_a_fault_is_tied_to_its_question_for_those_who_hear_the_page(family):
    page = family.post(family.fields({"q.welcome": "9", "q.comment": "x" * 201})).page

    assert page.one("fieldset", id="q1").attributes["aria-describedby"].split() == ["e1"]
    assert page.one("textarea").attributes["aria-describedby"].split() == ["h7", "e7"]
    assert page.one("textarea").attributes["aria-invalid"] == "true"
    summary = page.one("div", **{"class": "err"}).attributes
    assert (summary["role"], summary["tabindex"], summary["autofocus"]) == ("alert", "-1", None)


def test_every_fault_is_told_at_once_in_the_order_of_the_questions(family):
    page = family.post(family.fields({"q.comment": "x" * 201, "q.respect": "9", "q.welcome": "9"})).page

    assert [a.attributes["href"] for a in page.one("ul").around[-1:] and page.all("a") if "#q" in str(a)] == [
        "#q1",
        "#q2",
        "#q7",
    ]


def test_a_field_that_no_survey_asks_is_left_out_and_said(family):
    response = family.post(family.fields(ANSWERS | {"evil<b>": "1"}))

    assert response.status_code == 422
    assert "Something was sent that this survey does not ask" in built.words(response)
    assert "evil" not in response.text


def test_a_body_cut_short_is_refused_and_what_arrived_is_on_the_page(family):
    whole = urlencode(family.fields(ANSWERS, l="es")).encode()

    for length in range(whole.index(b"q.welcome"), len(whole)):
        response = family.post(whole[:length], language="es")

        assert response.status_code == 400
    assert sorted(ANSWERS.items()) == [pair for pair in sorted(response.page.values()) if pair[0] in ANSWERS]


def test_a_body_cut_short_anywhere_is_a_plain_page_and_no_row(family):
    whole = urlencode(family.fields(ANSWERS)).encode()

    for length in range(0, len(whole), 7):
        assert family.post(whole[:length]).status_code == 400


def test_broken_letters_are_a_fault_and_the_rest_of_them_is_kept(family):
    body = urlencode(family.fields(ANSWERS)).encode().replace(b"M%C3%A1s", b"M%C3s %FF raw \xff\xfe ok")

    response = family.post(body)

    assert response.status_code == 422
    assert "Some letters could not be read" in built.words(response)
    assert dict(response.page.values())["q.comment"].startswith("Ms  raw  ok")


@pytest.mark.parametrize("name", ["key", "w", "l", "end", "q.welcome", "%ff%fe"])
def test_broken_letters_anywhere_else_are_refused(family, name):
    body = urlencode(family.fields(ANSWERS)).encode()
    body = body.replace(f"{name}=".encode(), b"".join([name.encode(), b"=%ff\xff"])) + b"&%ff%fe=1"

    assert 400 <= family.post(body).status_code < 500


KEY = "6f1c2a3e-9b4d-4e5f-8a6b-0c1d2e3f4a5b"


@pytest.mark.parametrize(
    "key",
    [
        "",
        "x",
        "1" * 36,
        KEY.replace("-4e5f-", "-1e5f-"),
        KEY.replace("-4e5f-", "-7e5f-"),
        KEY.replace("-", ""),
        KEY.upper(),
        f"{{{KEY}}}",
        "\u0661" * 36,
    ],
)
def test_a_key_that_no_page_of_ours_makes_is_replaced_and_nothing_stored(family, key):
    response = family.post(family.fields(ANSWERS, key=key))

    assert response.status_code == 400
    assert ("q.comment", "Más reuniones") in response.page.values()
    assert reading._key([dict(response.page.values())["key"]]) is not None


def test_two_keys_are_none(family):
    response = family.post([("key", str(uuid4())), *family.fields(ANSWERS).items()])

    assert response.status_code == 400


@pytest.mark.parametrize(
    "served", ["", "1", "1.", "1.x", "99.x", "-1.x", "9" * 400, "1.ñ", "\u0661.x", "0.x"]
)
def test_a_page_of_another_survey_or_version_is_shown_again_as_the_right_one(family, served):
    response = family.post(family.fields(ANSWERS, w=served))

    assert response.status_code == 400
    assert ("q.comment", "Más reuniones") in response.page.values()
    assert ("w", family.served()) in response.page.values()


def test_a_survey_of_another_school_is_not_taken(family):
    assert family.post(family.fields(ANSWERS), address="/s/nowhere/small").status_code == 404
    assert family.post(family.fields(ANSWERS), address="/s/los-robles/other").status_code == 404


def test_a_megabyte_of_text_is_too_much(family):
    response = family.post(family.fields({"q.comment": "x" * 1_000_000}), address=f"{family.address}?l=es")

    assert response.status_code == 413
    assert response.page.one("html").attributes["lang"] == "es"


def test_thousands_of_fields_are_too_much(family):
    assert family.post(b"&".join([b"a"] * 50_000)).status_code == 413


@pytest.mark.parametrize("kind", ["", "text/plain", "application/json", "multipart/form-data; boundary=x"])
def test_only_a_form_is_taken(family, kind):
    response = family.app.test_client().post(family.address, data=b"key=1&end=1", content_type=kind)

    assert response.status_code == 415


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "https://other.example"}, 403),
        ({"Sec-Fetch-Site": "", "Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "", "Origin": "https://localhost.evil.example"}, 403),
        ({"Sec-Fetch-Site": "", "Origin": "http://["}, 403),
        ({"Sec-Fetch-Site": "none", "Origin": "http://[::1"}, 403),
        ({"Sec-Fetch-Site": "", "Origin": "http://localhost"}, 400),
        ({"Sec-Fetch-Site": "", "Origin": "null"}, 400),
        ({"Sec-Fetch-Site": "none"}, 400),
        ({"Sec-Fetch-Site": ""}, 400),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://renamed.by.a.proxy.example"}, 400),
    ],
)
def test_a_post_is_refused_only_when_another_site_made_it(family, headers, status):
    assert family.post(b"q.welcome=4", **headers).status_code == status


def test_the_public_address_is_ours_whatever_the_proxy_calls_us(sqlite_database):
    known = built.settings_of(sqlite_database, public_url="https://surveys.example.org")
    with built.a_family(known) as family:
        headers = {"Sec-Fetch-Site": "", "Origin": "https://surveys.example.org"}

        assert family.post(family.fields(ANSWERS), **headers).status_code == 201


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_told_what_is_allowed(family, method):
    response = getattr(family.app.test_client(), method)(family.address)

    assert "GET" in response.headers["Allow"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from(
                ["key", "w", "l", "lang", "clear", "stay", "another", "end", "q.welcome", "q.took_part"]
            )
            | st.sampled_from(["q.comment", "about.home_language"])
            | st.text(max_size=5),
            st.sampled_from(["", "1", "4", "es", "q.welcome", "none"]) | st.text(max_size=20),
        ),
        max_size=12,
    ),
    tail=st.binary(max_size=12),
)
def test_whatever_is_posted_is_answered_with_a_page_and_no_row(family, pairs, tail):
    body = urlencode(pairs, errors="replace").encode() + tail

    assert 400 <= family.post(body).status_code < 500
