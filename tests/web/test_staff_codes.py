"""Household codes on staff pages: made into one file, void when asked, and never a word about how many were used."""

import csv
import io
import zipfile
from datetime import date
from uuid import uuid4

import builders_instruments
import pytest
from builders_codes import uses_left
from builders_collection import Place, sent
from builders_staff import DISTRICT, serving, signed_in, store_of
from builders_storage import a_window

from survey import household_codes
from survey.collection.submit import Outcome
from survey.instruments.answers import Answers
from survey.storage import codes, windows

NOTHING = Answers({}, {})


@pytest.fixture
def app(settings):
    with serving(settings) as app:
        yield app


@pytest.fixture
def district(app):
    return signed_in(app, DISTRICT)


@pytest.fixture
def window(app):
    return here(app, code_uses=1)


@pytest.fixture
def pages(district, window):
    return f"/staff/windows/{window.id}/codes"


def made(district, pages, **asked):
    return district.post(f"{pages}/make", {"site": "pine", "count": "3", "kind": "csv", **asked})


def lines(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def given(app, window):
    with store_of(app).reading() as db:
        return codes.given(db, window.id)[pine_of(app, window).id]


def test_a_list_holds_each_code_with_links_that_fill_it_in(app, district, window, pages):
    answer = made(district, pages)

    codes_made = [line["code"] for line in lines(answer)]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(codes_made) == 3
    for line in lines(answer):
        plain = household_codes.read(line["code"]).code
        assert line["link_es"].endswith(f"/s/pine/{window.survey}?l=es#c={plain}")
        assert line["link_en"].endswith(f"/s/pine/{window.survey}?l=en#c={plain}")
    assert given(app, window).made == 3


@pytest.mark.parametrize("kind", ["letter", "a4"])
def test_sheets_are_a_pdf(district, pages, kind):
    answer = made(district, pages, kind=kind)

    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert 'codes.pdf"' in answer.headers["Content-Disposition"]


def test_more_sheets_than_a_file_holds_are_several_files_in_one(district, pages, monkeypatch):
    monkeypatch.setattr("survey.web.staff.code_files.CODES_IN_A_FILE", 4)

    answer = made(district, pages, count="9", kind="letter")

    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert [name.rpartition("codes-")[2] for name in archive.namelist()] == ["1.pdf", "2.pdf", "3.pdf"]


def test_codes_that_were_made_can_be_used(app, district, window, pages):
    code = lines(made(district, pages))[0]["code"]

    assert spent(app, window, code) is Outcome.RECEIVED


def test_void_codes_can_not_be_used_any_more(app, district, window, pages):
    code = lines(made(district, pages))[0]["code"]

    refused = district.post(f"{pages}/void", {"site": "pine"})
    done = district.post(f"{pages}/void", {"site": "pine", "understood": "1"}, follow_redirects=True)

    assert refused.status_code == 422
    assert "The codes of Pine School are void." in done.text
    assert spent(app, window, code) is Outcome.CODE_UNKNOWN
    assert (given(app, window).made, given(app, window).void) == (3, 3)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"count": ""}, "how many codes"),
        ({"count": "-3"}, "how many codes"),
        ({"kind": "docx"}, "how many codes"),
        ({"count": "0"}, "from 1 to 5000"),
        ({"count": "1001", "kind": "letter"}, "at most 1000 codes on sheets"),
        ({"site": "nowhere"}, "is not open at a school"),
    ],
)
def test_what_can_not_be_made_is_told_and_changes_nothing(  # noqa: PLR0917 - fixtures
    app, district, window, pages, asked, told
):
    answer = made(district, pages, **asked)

    assert answer.status_code == 422
    assert told in answer.text
    assert given(app, window).made == 0


def test_the_page_is_the_same_however_many_codes_were_used(app, district, window, pages):
    made_codes = [line["code"] for line in lines(made(district, pages, count="40"))]
    before = district.get(pages).text

    for code in made_codes[:30]:
        assert spent(app, window, code) is Outcome.RECEIVED

    assert sum(uses_left(store_of(app), window)) == 10
    assert without_token(district.get(pages).text) == without_token(before)


def test_making_codes_void_does_not_tell_how_many_were_used(app, district, window, pages):
    def told(used):
        codes_made = [line["code"] for line in lines(made(district, pages, count="20"))]
        for code in codes_made[:used]:
            spent(app, window, code)
        district.post(f"{pages}/void", {"site": "pine", "understood": "1"})
        return given(app, window)

    assert (told(0), told(13)) == (codes.Given(20, 20), codes.Given(40, 40))


def test_a_sealed_window_tells_how_many_were_made_and_makes_no_more(app, district):
    sealed = here(app, code_uses=1, closed_on=date(2026, 11, 12), sealed_on=date(2026, 11, 12))
    pages = f"/staff/windows/{sealed.id}/codes"

    assert "The codes were destroyed when the window was sealed." in district.get(pages).text
    assert "/codes/make" not in district.get(pages).text
    assert made(district, pages).status_code == 422


def test_a_window_without_codes_says_so(app, district):
    plain = here(app)

    assert "opened without household codes" in district.get(f"/staff/windows/{plain.id}/codes").text
    assert f"/staff/windows/{plain.id}/codes" not in district.get(f"/staff/windows/{plain.id}").text


def test_the_window_leads_to_its_codes(district, window, pages):
    assert f'href="{pages}"' in district.get(f"/staff/windows/{window.id}").text


def here(app, **changes):
    return a_window(store_of(app), builders_instruments.instrument(), **changes)


def pine_of(app, window):
    with store_of(app).reading() as db:
        return next(site for site in windows.sites_of(db, window.id) if site.slug == "pine")


def spent(app, window, code):
    pine = pine_of(app, window)
    return sent(store_of(app), Place(window, pine, pine), uuid4(), NOTHING, code=code).outcome


def without_token(text):
    return [line for line in text.splitlines() if "csrf_token" not in line]
