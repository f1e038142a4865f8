"""Flyers and paper on the web: one click each, for the days on which there is something to hand out."""

from datetime import date

import builders_instruments
import builders_staff
import pytest
from builders_printed import addresses, is_tagged, pictures, text
from builders_staff import DISTRICT, ROBLES, signed_in, store_of
from builders_storage import a_window

from survey.settings import Settings
from survey.storage import sites
from survey.web.staff.flyers import NAMES

HOST = "https://encuesta.costaclara.example"
SITE = f"{HOST}/s/los-robles"
PAPERS = ("letter", "a4")


def settings_of(database, **changes):
    return Settings(
        database_url=database,
        secret_key="a secret for tests, and for nothing else",
        district_name="Costa Clara Unified School District",
        **{"today": date(2026, 11, 12), **changes},
    )


@pytest.fixture
def app(sqlite_database):
    with builders_staff.serving(settings_of(sqlite_database, public_url=HOST)) as app:
        yield app


@pytest.fixture
def principal(app):
    return signed_in(app, ROBLES)


def here(app, survey="small", name="fall 2026", **dates):
    return a_window(store_of(app), builders_instruments.instrument(survey=survey), name=name, **dates)


def paper(window, file="", slug="los-robles"):
    return f"/staff/windows/{window.id}/sites/{slug}/print{file}"


def codes_of(answer):
    return addresses(pictures(answer.data)[0])


@pytest.mark.parametrize("size", PAPERS)
@pytest.mark.parametrize("name", NAMES)
def test_everything_is_one_click_from_the_page_of_the_school(app, principal, name, size):
    window = here(app)
    link = paper(window, f"/{name}-{size}.pdf")

    answer = principal.get(link)

    assert link in principal.get(paper(window)).text
    assert answer.content_type == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'filename="fall-2026-los-robles-{name}-{size}.pdf"' in answer.headers["Content-Disposition"]
    assert is_tagged(answer.data)
    assert "Los Robles Elementary School" in text(answer.data)


def test_the_page_of_a_window_leads_to_each_school(app):
    window = here(app)

    seen = signed_in(app, DISTRICT).get(f"/staff/windows/{window.id}").text

    assert all(paper(window, slug=slug) in seen for slug in ("los-robles", "mar-vista", "canyon", "pine"))


def test_codes_lead_straight_to_the_only_survey(app, principal):
    window = here(app)

    answer = principal.get(paper(window, "/flyer-page-letter.pdf"))

    assert codes_of(answer) == [f"{SITE}/small?l=en", f"{SITE}/small?l=es"]


def test_codes_lead_to_the_school_where_two_surveys_can_be_answered(app, principal):
    window = here(app)
    here(app, survey="other", name="other", opens=date(2026, 11, 20), closes=date(2026, 12, 20))

    answer = principal.get(paper(window, "/flyer-page-letter.pdf"))

    assert codes_of(answer) == [f"{SITE}?l=en", f"{SITE}?l=es"]


@pytest.mark.parametrize(
    "other",
    [
        {"opens": date(2026, 9, 1), "closes": date(2026, 9, 30)},
        {"opens": date(2026, 12, 1), "closes": date(2026, 12, 30)},
        {"opens": date(2026, 11, 1), "closes": date(2026, 11, 30), "closed_on": date(2026, 11, 10)},
    ],
    ids=["before", "after", "closed by hand"],
)
def test_a_survey_of_other_days_changes_no_code(app, principal, other):
    window = here(app)
    here(app, survey="other", name="other", **other)

    answer = principal.get(paper(window, "/flyer-page-letter.pdf"))

    assert codes_of(answer) == [f"{SITE}/small?l=en", f"{SITE}/small?l=es"]


def test_the_codes_of_a_flyer_open_the_survey_in_their_language(app, principal):
    window = here(app)
    english, spanish = codes_of(principal.get(paper(window, "/flyer-page-letter.pdf")))

    family = app.test_client()
    assert '<html lang="es"' in family.get(spanish.removeprefix(HOST)).text
    assert '<html lang="en"' in family.get(english.removeprefix(HOST)).text


def test_paper_can_be_made_before_the_window_opens(app, principal):
    window = here(app, opens=date(2026, 12, 1), closes=date(2026, 12, 18))

    said = text(principal.get(paper(window, "/flyer-half-letter.pdf")).data)

    assert "Del 1 de diciembre al 18 de diciembre de 2026" in said


@pytest.mark.parametrize(
    "dates",
    [
        {"opens": date(2026, 10, 1), "closes": date(2026, 11, 11)},
        {"opens": date(2026, 9, 1), "closes": date(2026, 9, 30)},
        {"closed_on": date(2026, 11, 10), "sealed_on": date(2026, 11, 10)},
    ],
    ids=["in its grace", "ended", "sealed"],
)
def test_when_no_new_survey_is_taken_there_is_nothing_to_print(app, principal, dates):
    window = here(app, **dates)

    page = principal.get(paper(window))
    file = principal.get(paper(window, "/flyer-page-letter.pdf"))

    assert "There is nothing to print" in page.text
    assert ".pdf" not in page.text
    assert file.location == paper(window)


@pytest.mark.parametrize(
    "name", ["flyer-page", "flyer-page-legal", "flyer-door-a4", "questionnaire-fr-a4", "a4", "-"]
)
def test_what_can_not_be_printed_is_not_found(app, principal, name):
    assert principal.get(paper(here(app), f"/{name}.pdf")).status_code == 404


def test_a_school_where_the_window_is_not_has_no_paper(app):
    with store_of(app).reading() as db:
        window = here(app, sites=[sites.find(db, "los-robles")])

    assert signed_in(app, DISTRICT).get(paper(window, slug="pine")).status_code == 404


def test_it_warns_where_nobody_to_ask_is_known(app):
    window = here(app)
    district = signed_in(app, DISTRICT)

    assert "No person or telephone number" not in district.get(paper(window)).text
    assert "No person or telephone number" in district.get(paper(window, slug="pine")).text


def test_without_an_address_it_warns_before_anybody_prints(sqlite_database):
    with builders_staff.serving(settings_of(sqlite_database)) as app:
        page = signed_in(app, ROBLES).get(paper(here(app))).text

    assert "PUBLIC_URL" in page
