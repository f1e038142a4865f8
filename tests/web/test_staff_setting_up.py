"""Setting up by the web: schools, enrollment, windows and staff, with nothing lost of what was typed wrong."""

import io
from datetime import date
from uuid import UUID

import builders_instruments
import builders_staff
import pytest
from builders_staff import CANYON, DISTRICT, ROBLES, is_signed_in, nobody, signed_in, store_of
from builders_storage import a_window
from sqlalchemy import func, select

from survey.administration import staff
from survey.instruments.packing import pack
from survey.settings import Settings
from survey.storage import enrolment, responses, sites, windows
from survey.storage.responses import Response
from survey.storage.tables import WindowRow

TODAY = date(2026, 11, 12)


@pytest.fixture
def app(sqlite_database):
    settings = Settings(
        database_url=sqlite_database,
        secret_key="a secret for tests, and for nothing else",
        district_name="Costa Clara Unified School District",
        today=TODAY,
    )
    with builders_staff.serving(settings) as app:
        yield app


@pytest.fixture
def district(app):
    return signed_in(app, DISTRICT)


def upload(browser, path, text):
    data = text if isinstance(text, bytes) else text.encode()
    return browser.post(path, {"file": (io.BytesIO(data), "any.csv")}, content_type="multipart/form-data")


def window_named(app, name):
    with store_of(app).reading() as db:
        return windows.find(db, name)


def here(app, name="fall-2026", **dates):
    return a_window(store_of(app), builders_instruments.instrument(), name=name, **dates)


def answered(app, window, slug, times):
    """This many whole answers of one school."""
    with store_of(app).writing() as db:
        site = sites.find(db, slug)
        instrument = windows.instrument(db, window)
        item = next(item for item in instrument.items() if item.is_rated and item.options)
        packed = pack(instrument, {item.id: (item.options[0].code,)})
        responses.insert_all(
            db,
            [Response(window.id, site.id, UUID(int=n + 1), "en", "link", packed) for n in range(times)],
        )


class TestSchools:
    def test_a_file_adds_and_changes_schools(self, app, district):
        answer = upload(
            district, "/staff/schools/import", "slug,name,cds_code\npine,Pine K-8,\nbay,Bay School,\n"
        )

        assert answer.status_code == 303
        assert "Schools added: 1. Changed: 1. As before: 0." in district.get("/staff/schools").text
        with store_of(app).reading() as db:
            assert sites.find(db, "bay").name == "Bay School"

    def test_everything_wrong_is_listed_by_line_and_nothing_is_imported(self, app, district):
        answer = upload(
            district, "/staff/schools/import", "slug,name,cds_code\nbay,,1\nBay School,Bay,\n<b>,Bay,\n"
        )

        assert answer.status_code == 422
        assert "A site needs a name" in answer.text
        assert "<td>cds_code</td>" in answer.text
        with store_of(app).reading() as db:
            assert len(sites.all_sites(db)) == len(builders_staff.SITES)

    @pytest.mark.parametrize(
        "content", [b"", b"\xff\xfe\x00", b"slug", b'slug,name,cds_code\n"open', b"PK\x03\x04 a workbook"]
    )
    def test_what_is_no_such_file_is_refused_in_words(self, district, content):
        answer = upload(district, "/staff/schools/import", content)

        assert answer.status_code == 422
        assert "Nothing was imported" in answer.text

    def test_a_form_without_a_file_is_refused_in_words(self, district):
        assert district.post("/staff/schools/import").status_code == 422

    def test_a_huge_file_is_refused_before_it_is_read(self, district):
        form = "application/x-www-form-urlencoded"

        answer = district.client.post("/staff/schools/import", data=b"a" * 1_000_001, content_type=form)

        assert answer.status_code == 413
        assert "That is too much at once" in answer.text

    def test_no_page_of_staff_takes_more_than_a_file(self, app):
        form = "application/x-www-form-urlencoded"

        answer = app.test_client().post("/staff/sign-in", data=b"a" * 1_000_001, content_type=form)

        assert answer.status_code == 413

    def test_a_page_of_the_district_says_for_whom_it_is(self, app):
        answer = builders_staff.signed_in(app, builders_staff.ROBLES).get("/staff/schools?l=es")

        assert answer.status_code == 403
        assert "another site" not in answer.text
        assert "Esta página es para el personal del distrito." in answer.text

    def test_of_thousands_of_faults_the_first_are_shown_and_the_rest_counted(self, district):
        answer = upload(district, "/staff/schools/import", "slug,name,cds_code\n" + "A B,x,\n" * 5000)

        assert answer.status_code == 422
        assert len(answer.text) < 30_000
        assert "more." in answer.text

    def test_a_school_may_be_called_anything(self, district):
        upload(district, "/staff/schools/import", "slug,name,cds_code\nx,<script>alert(1)</script>,\n")

        for path in ("/staff/schools", "/staff/people", "/staff/windows/new", "/staff/enrollment"):
            assert "<script>" not in district.get(path).text


class TestEnrollment:
    def test_a_file_takes_the_place_of_what_was_known(self, app, district):
        text = "site,unit,home_language,grade_band,count\npine,families,,,412\npine,families,es,,1200\n"

        assert upload(district, "/staff/enrollment/import", text).status_code == 303
        page = district.get("/staff/enrollment").text
        assert "412 families" in page
        assert "1,200 families" in page
        with store_of(app).reading() as db:
            assert enrolment.totals(db) == {"pine": (412, "families")}

    def test_faults_are_listed_by_line(self, district):
        text = "site,unit,home_language,grade_band,count\nnowhere,cats,,,-1\n"

        answer = upload(district, "/staff/enrollment/import", text)

        assert answer.status_code == 422
        assert "The unit is families or pupils" in answer.text


def opening(**changes):
    return {
        "name": "fall-2026",
        "survey": "engagement",
        "opens": "2026-11-10",
        "closes": "2026-11-20",
        "site": ["pine", "canyon"],
        **changes,
    }


class TestWindows:
    def test_a_window_is_opened_at_the_schools_marked(self, app, district):
        answer = district.post("/staff/windows/new", opening())

        window = window_named(app, "fall-2026")
        assert answer.location == f"/staff/windows/{window.id}"
        page = district.get(answer.location).text
        assert "Pine School" in page
        assert "Los Robles" not in page

    @pytest.mark.parametrize(("typed", "uses"), [("", 0), ("0", 0), (" 2 ", 2)])
    def test_a_window_is_opened_with_household_codes_or_without(self, app, district, typed, uses):
        district.post("/staff/windows/new", opening(code_uses=typed))

        assert window_named(app, "fall-2026").code_uses == uses

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"name": "otoño"}, "letters without accents"),
            ({"survey": "nothing"}, ""),
            ({"opens": ""}, "give both dates"),
            ({"closes": "soon"}, "give both dates"),
            ({"closes": "2026-11-01"}, "before it opens on November 10, 2026"),
            ({"site": []}, "mark at least one school"),
            ({"site": ["nowhere"]}, "no site with the slug nowhere"),
            ({"code_uses": "11"}, "from 1 to 10 times"),
            ({"code_uses": "two"}, "from 1 to 10 times"),
        ],
    )
    def test_what_can_not_be_opened_is_told_and_nothing_typed_is_lost(self, app, district, changes, said):
        answer = district.post("/staff/windows/new", opening(**changes))

        assert answer.status_code == 422
        assert said in answer.text
        assert "The window was not set up." in answer.text
        with store_of(app).reading() as db:
            assert db.execute(select(func.count()).select_from(WindowRow)).scalar() == 0
        if "site" not in changes:
            assert answer.text.count('name="site"') == 4
            assert 'value="pine" checked' in answer.text

    def test_the_preview_is_the_page_of_families_and_needs_no_sign_in(self, app, district):
        window = here(app, opens=date(2026, 12, 1), closes=date(2026, 12, 10))
        page = district.get(f"/staff/windows/{window.id}").text
        link = page.partition('href="/s/pine/')[2].partition('"')[0].replace("&amp;", "&")

        assert nobody(app).get(f"/s/pine/{link}").status_code == 200

    def test_a_window_is_extended_and_never_made_shorter(self, app, district):
        window = here(app)

        done = district.post(f"/staff/windows/{window.id}/extend", {"closes": "2026-12-05"})
        refused = district.post(f"/staff/windows/{window.id}/extend", {"closes": "2026-12-01"})

        assert (done.status_code, refused.status_code) == (303, 422)
        assert window_named(app, window.name).closes == date(2026, 12, 5)

    def test_closing_asks_first_and_says_what_it_cuts_off(self, app, district):
        window = here(app)

        asked = district.get(f"/staff/windows/{window.id}/close").text
        district.post(f"/staff/windows/{window.id}/close")

        assert "until December 7, 2026, for 25 more days" in asked
        assert "It cannot be undone" in asked
        assert window_named(app, window.name).closed_on is None

    def test_closing_seals_and_a_release_can_be_made(self, app, district):
        window = here(app)
        answered(app, window, "los-robles", 30)

        closed = district.post(f"/staff/windows/{window.id}/close", {"understood": "1"})
        assert closed.status_code == 303
        page = district.get(closed.location).text
        assert "This cut off 25 days" in page
        assert window_named(app, window.name).sealed_on == TODAY

        made = district.post(f"/staff/windows/{window.id}/release")
        assert made.location == f"/staff/windows/{window.id}/releases/1"
        page = district.get(made.location).text
        assert "30 surveys were counted" in page
        assert "Preliminary: not yet checked against subtraction, not for publication." in page

    def test_a_second_release_of_the_same_answers_is_not_made(self, app, district):
        window = here(app)
        answered(app, window, "los-robles", 30)
        district.post(f"/staff/windows/{window.id}/close", {"understood": "1"})
        district.post(f"/staff/windows/{window.id}/release")

        again = district.post(f"/staff/windows/{window.id}/release")

        assert again.location == f"/staff/windows/{window.id}/releases/1"
        assert "This release is made already." in district.get(again.location).text

    @pytest.mark.parametrize("times", [0, 10])
    def test_too_few_answers_are_not_released(self, app, district, times):
        window = here(app)
        answered(app, window, "los-robles", times)
        district.post(f"/staff/windows/{window.id}/close", {"understood": "1"})

        answer = district.post(f"/staff/windows/{window.id}/release")

        assert answer.status_code == 422
        assert "Fewer than 11 families answered" in answer.text

    def test_an_open_window_has_no_release(self, app, district):
        answer = district.post(f"/staff/windows/{here(app).id}/release")

        assert answer.status_code == 422
        assert "not sealed yet" in answer.text

    def test_a_school_sees_only_its_windows(self, app):
        with store_of(app).reading() as db:
            pine = sites.find(db, "pine")
        here(app, name="pine-only", sites=[pine])

        assert "pine-only" not in signed_in(app, CANYON).get("/staff/windows").text


class TestParticipation:
    def enrolled(self, app):
        with store_of(app).writing() as db:
            enrolment.replace(
                db,
                [
                    enrolment.Enrolment(site, "families", "", "", count)
                    for site, count in (("los-robles", 100), ("mar-vista", 60), ("canyon", 20), ("pine", 20))
                ],
            )

    def test_surveys_come_in_steps_against_enrollment_with_the_district_beside(self, app):
        window = here(app)
        self.enrolled(app)
        answered(app, window, "los-robles", 37)

        page = signed_in(app, ROBLES).get(f"/staff/windows/{window.id}/participation").text

        assert (
            "Los Robles Elementary School has at least 33 surveys so far: 33 for every 100 families." in page
        )
        assert "37" not in page
        assert "Mar Vista" not in page
        assert "The whole district" in page

    def test_a_school_without_a_full_step_is_not_told_apart_from_one_without_any(self, app):
        window = here(app)
        answered(app, window, "canyon", 10)

        page = signed_in(app, CANYON).get(f"/staff/windows/{window.id}/participation").text

        assert "Canyon School has fewer than 11 surveys so far." in page
        assert ">10<" not in page

    def test_the_count_stays_for_the_day(self, app):
        window = here(app)
        browser = signed_in(app, ROBLES)
        before = browser.get(f"/staff/windows/{window.id}/participation").text
        answered(app, window, "los-robles", 40)

        assert browser.get(f"/staff/windows/{window.id}/participation").text.count("fewer than 11") == (
            before.count("fewer than 11")
        )

    def test_a_sealed_window_has_none(self, app, district):
        window = here(app, closed_on=TODAY, sealed_on=TODAY)

        assert district.get(f"/staff/windows/{window.id}/participation").status_code == 404


class TestPeople:
    def test_someone_is_added_with_a_link_shown_once(self, app, district):
        answer = district.post(
            "/staff/people/add", {"email": "new@pine.example", "role": "site", "site": ["pine", "canyon"]}
        )

        link = answer.text.partition("<code>http://127.0.0.1:8000")[2].partition("<")[0]
        browser = nobody(app)
        browser.post(link)
        assert is_signed_in(browser)
        assert link not in district.get("/staff/people").text
        assert "Pine School" in browser.get("/staff/account").text

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"email": "x", "role": "district"}, "no email address"),
            ({"email": "<script>@b.example", "role": "district"}, "&lt;script&gt;"),
            ({"email": "a@b.example", "role": "site"}, "at least one school"),
            ({"email": "a@b.example", "role": "site", "site": ["nowhere"]}, "no school “nowhere”"),
            ({"email": ROBLES, "role": "district"}, "is staff already"),
            ({}, "at least one school"),
        ],
    )
    def test_who_can_not_be_added_is_told(self, app, district, sent, said):
        before = staff.everyone(store_of(app))

        answer = district.post("/staff/people/add", sent)

        assert answer.status_code == 422
        assert said in answer.text or "no email address" in answer.text
        assert staff.everyone(store_of(app)) == before

    def test_district_staff_has_no_schools_even_where_some_are_marked(self, app, district):
        district.post("/staff/people/add", {"email": "d@c.example", "role": "district", "site": ["pine"]})

        assert {one.email: one.sites for one in staff.everyone(store_of(app))}["d@c.example"] == ()

    def test_removing_asks_first_and_signs_out(self, app, district):
        browser = signed_in(app, ROBLES)
        asked = district.get(f"/staff/people/remove?email={ROBLES}")
        assert ROBLES in asked.text
        assert is_signed_in(browser)

        district.post("/staff/people/remove", {"email": ROBLES})

        assert not is_signed_in(browser)

    def test_nobody_removes_themselves(self, district):
        answer = district.post("/staff/people/remove", {"email": DISTRICT.upper()})

        assert answer.status_code == 422
        assert is_signed_in(district)

    def test_a_link_begins_with_the_address_of_the_settings_and_not_with_the_browsers(self, app):
        browser = signed_in(app, DISTRICT)
        sent = {"email": ROBLES, "csrf_token": browser.token()}
        cookie = f"puente={browser.client.get_cookie('puente').value}"
        headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Cookie": cookie}

        # A client that keeps no cookies sends them to any host.
        answer = app.test_client(use_cookies=False).post("/staff/people/link", data=sent, headers=headers)

        assert "http://127.0.0.1:8000/staff/link/" in answer.text
        assert "evil.example" not in answer.text
