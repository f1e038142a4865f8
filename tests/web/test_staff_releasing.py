"""Making a release in the browser: what stands out first, which surveys, and each kind always under its name."""

import csv
import io

import builders_apart
import builders_staff
import pytest
from builders_staff import DISTRICT, ROBLES, signed_in, store_of
from builders_workbook import SHEETS, texts

from survey.settings import Settings
from survey.storage import windows
from survey.storage.windows import WindowState

CODED, OPEN = "Surveys with a household code", "Surveys from the open link"


@pytest.fixture
def app(sqlite_database):
    settings = Settings(database_url=sqlite_database, secret_key="x" * 40)
    with builders_staff.serving(settings) as app:
        yield app


@pytest.fixture
def district(app):
    return signed_in(app, DISTRICT)


@pytest.fixture
def window(app):
    """A sealed window with coded and open surveys."""
    return builders_apart.seal(store_of(app), builders_apart.with_codes(store_of(app)))


@pytest.fixture
def apart(district, window):
    """The same, released both apart."""
    district.post(f"/staff/windows/{window.id}/release", {"responses": "both"})
    return window


def at(window, path=""):
    return f"/staff/windows/{window.id}{path}"


class TestMaking:
    def test_each_way_to_release_is_offered_and_none_is_chosen(self, district, window):
        page = district.get(at(window, "/release")).text

        assert [page.count(f'value="{way}"') for way in ("coded", "open", "both")] == [1, 1, 1]
        assert " checked" not in page.replace("yet checked", "")

    def test_nothing_chosen_makes_nothing(self, district, window):
        answer = district.post(at(window, "/release"))

        assert answer.status_code == 422
        assert "Choose one kind, or both apart." in answer.text
        assert district.get(at(window, "/releases/1")).status_code == 404

    @pytest.mark.parametrize(("way", "kind"), [("coded", CODED), ("open", OPEN)])
    def test_one_kind_is_released_alone(self, district, window, way, kind):
        made = district.post(at(window, "/release"), {"responses": way})

        page = district.get(made.location).text
        assert f'<p class="lead">{kind}. ' in page
        assert "Release the other surveys too, apart from these" in page
        assert district.get(at(window, "/releases/2")).status_code == 404

    def test_both_are_two_releases_each_leading_to_the_other(self, district, window):
        made = district.post(at(window, "/release"), {"responses": "both"})

        first, second = (district.get(at(window, f"/releases/{number}")).text for number in (1, 2))
        assert made.location == at(window, "/releases/1")
        assert f'<a href="{at(window, "/releases/2")}">{OPEN}</a>' in first
        assert f'<a href="{at(window, "/releases/1")}">{CODED}</a>' in second
        assert "Release the other surveys too" not in first

    def test_the_other_kind_can_follow_later(self, district, window):
        district.post(at(window, "/release"), {"responses": "coded"})

        page = district.get(at(window, "/release")).text
        made = district.post(at(window, "/release"), {"responses": "open"})

        assert f"Not released yet: {OPEN}." in page
        assert '<input type="hidden" name="responses" value="open">' in page
        assert made.location == at(window, "/releases/2")

    def test_where_one_kind_is_too_small_the_other_is_made_and_it_is_said(self, app, district):
        few = builders_apart.with_codes(store_of(app), opened={"pine": 10})
        few = builders_apart.seal(store_of(app), few)

        made = district.post(at(few, "/release"), {"responses": "both"})

        page = district.get(made.location).text
        assert "There is no second release. Fewer than 11 surveys from the open link" in page
        assert CODED in page

    @pytest.mark.parametrize("way", ["coded", "open"])
    def test_a_second_press_leads_to_what_the_first_one_made(self, district, window, way):
        first = district.post(at(window, "/release"), {"responses": way})

        second = district.post(at(window, "/release"), {"responses": way})

        assert second.location == first.location
        assert "This release is made already." in district.get(second.location).text

    def test_a_second_press_of_both_does_so_too(self, district, window):
        first = district.post(at(window, "/release"), {"responses": "both"})

        second = district.post(at(window, "/release"), {"responses": "both"})

        assert (second.status_code, second.location) == (303, first.location)
        assert district.get(at(window, "/releases/3")).status_code == 404

    def test_an_open_window_leads_back_to_what_comes_first(self, app, district):
        window = builders_apart.with_codes(store_of(app))

        assert district.get(at(window, "/release")).location == at(window)

    def test_when_all_is_released_the_results_are_shown(self, district, apart):
        assert district.get(at(apart, "/release")).location == at(apart, "/results")


class TestScreening:
    def test_what_stands_out_is_told_school_by_school_in_steps(self, app, district):
        window = builders_apart.with_codes(store_of(app))
        builders_apart.script(store_of(app), window, 101, slugs=["pine"])
        builders_apart.seal(store_of(app), window)

        page = district.get(at(window, "/release")).text

        assert "<b>Pine School.</b> Of some 99 open surveys, at least 99 give the very same answers" in page
        assert "101" not in page

    def test_nothing_that_stands_out_is_said_too(self, district, window):
        assert "Nothing stands out among them" in district.get(at(window, "/release")).text

    def test_a_school_never_sees_it(self, app, window):
        assert signed_in(app, ROBLES).get(at(window, "/release")).status_code == 403


class TestResults:
    @pytest.mark.parametrize(("number", "kind", "other"), [(1, CODED, OPEN), (2, OPEN, CODED)])
    def test_a_page_says_which_surveys_it_counts_and_leads_to_the_others(
        self, app, apart, number, kind, other
    ):
        browser = signed_in(app, ROBLES)

        page = browser.get(at(apart, f"/releases/{number}/sites/los-robles")).text

        beside = at(apart, f"/releases/{3 - number}/sites/los-robles")
        assert f'<p class="lead">{kind}. ' in page
        assert f'Shown apart: <a href="{beside}">{other}</a>' in page

    def test_the_list_of_results_holds_both_the_coded_ones_first(self, app, apart):
        page = signed_in(app, ROBLES).get("/staff/results").text

        assert at(apart, "/releases/2/sites/los-robles") in page
        assert "There are 2 releases." in page
        assert page.index(f"<h3>{CODED}</h3>") < page.index(f"<h3>{OPEN}</h3>")

    def test_home_and_results_of_a_window_begin_with_the_coded_ones(self, app, apart):
        browser = signed_in(app, ROBLES)

        assert CODED in browser.get("/staff/").text
        assert browser.get(at(apart, "/results")).location == at(apart, "/releases/1")

    @pytest.mark.parametrize(("number", "key", "kind"), [(1, "coded", CODED), (2, "open", OPEN)])
    def test_each_row_of_the_csv_says_which_surveys_it_counts(self, district, apart, number, key, kind):
        answer = district.get(at(apart, f"/releases/{number}/results.csv"))

        rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
        assert {(row["responses"], row["responses_text"]) for row in rows} == {(key, kind)}

    @pytest.mark.parametrize(
        ("path", "name"),
        [
            ("/releases/1/results.csv", "fall-2026-release-1-household-codes-district.csv"),
            ("/releases/2/results.xlsx", "fall-2026-release-2-open-link-district.xlsx"),
            (
                "/releases/1/sites/los-robles/results.xlsx",
                "fall-2026-release-1-household-codes-los-robles.xlsx",
            ),
            ("/releases/2/sites/los-robles/results.csv", "fall-2026-release-2-open-link-los-robles.csv"),
        ],
    )
    def test_a_file_is_named_for_what_it_holds(self, district, apart, path, name):
        answer = district.get(at(apart, path))

        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'

    @pytest.mark.parametrize(
        ("number", "kind", "said"),
        [
            (1, CODED, "Only surveys with a household code."),
            (2, OPEN, "Only surveys without a household code: by the open link, at school, or on paper."),
        ],
    )
    def test_every_sheet_of_the_workbook_says_so(self, district, apart, number, kind, said):
        import openpyxl

        answer = district.get(at(apart, f"/releases/{number}/results.xlsx"))
        book = openpyxl.load_workbook(io.BytesIO(answer.data))

        for name in SHEETS:
            top = "\n".join(str(row[0]) for row in book[name].iter_rows(max_row=6, values_only=True))
            assert kind in top, name
            assert said in top, name
        assert f"{kind}. {400 if number == 1 else 46} surveys were counted" in texts(book)

    def test_both_languages_say_it(self, app, apart):
        browser = signed_in(app, ROBLES)
        browser.post("/staff/language", {"l": "es"})

        page = browser.get(at(apart, "/releases/2/sites/los-robles")).text

        assert "Encuestas del enlace abierto. Se contaron" in page
        assert "Solo encuestas sin código de familia" in page


def test_a_window_is_released_once_either_kind_is(app, apart):
    with store_of(app).reading() as db:
        found = windows.by_id(db, apart.id)

    assert windows.state(found, apart.closes) is WindowState.RELEASED
