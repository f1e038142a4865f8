"""Results of a release on screen: the same digits as the files, what is withheld named, the district beside a school."""

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import builders_releases
import builders_staff
import pytest
from builders_staff import CANYON, DISTRICT, ROBLES, VISTA, signed_in, store_of

from survey.settings import Settings
from survey.web.staff.files import file_name


@pytest.fixture(scope="module")
def app(sqlite_template, tmp_path_factory):
    import shutil

    file = tmp_path_factory.mktemp("results") / "puente.sqlite"
    shutil.copy(sqlite_template, file)
    settings = Settings(database_url=f"sqlite:///{file}", secret_key="x" * 40)
    with builders_staff.serving(settings) as app:
        app.window = builders_staff.released(store_of(app))
        yield app


@pytest.fixture(scope="module")
def robles(app):
    return signed_in(app, ROBLES)


@pytest.fixture(scope="module")
def district(app):
    return signed_in(app, DISTRICT)


def page(browser, app, path=""):
    answer = browser.get(f"/staff/windows/{app.window.id}/releases/1{path}")
    assert answer.status_code == 200
    return answer.text


class Tables(HTMLParser):
    """The tables of a page as lists of rows of texts, each with the id of the article it stands in."""

    def __init__(self, html):
        super().__init__()
        self.tables, self._cell, self._article = [], None, ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "article":
            self._article = dict(attributes).get("id", "")
        elif tag == "table":
            self.tables.append((self._article, []))
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in ("td", "th"):
            self._cell = ""

    def handle_data(self, words):
        if self._cell is not None:
            self._cell += words

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.tables[-1][1][-1].append(self._cell.strip())
            self._cell = None


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def rows_of_csv(browser, app, path):
    body = page(browser, app, path)
    return list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"))))


def as_printed(row):
    """Share, range and number of answers of a row of the CSV, as a page prints them."""
    if row["percent"]:
        low, high = row["range_low"], row["range_high"]
        return f"{row['percent']}%", f"{low}% to {high}%" if low else "", row["n"]
    return (row["reason"], "", row["n"]) if row["status"] == "capped" else ("Not shown", "", "")


@pytest.mark.parametrize(
    ("who", "place", "file"),
    [
        (ROBLES, "/sites/los-robles", "/sites/los-robles/results.csv"),
        (VISTA, "/sites/mar-vista", "/sites/mar-vista/results.csv"),
        (CANYON, "/sites/canyon", "/sites/canyon/results.csv"),
        (DISTRICT, "/district", "/results.csv"),
    ],
)
def test_screen_and_file_are_the_same_to_the_printed_digit(app, who, place, file):
    browser = signed_in(app, who)
    level = "district" if place == "/district" else "site"
    in_file = {
        (row["item"], row["option_text"]): as_printed(row)
        for row in rows_of_csv(browser, app, file)
        if row["level"] == level and not row["breakdown"] and not row["item"].startswith("demo.")
    }

    tables = Tables(page(browser, app, place)).tables
    on_screen = {
        (item, answer): (share, likely, n)
        for item, rows in tables
        if item and rows[0] == ["Answer", "Share", "Likely range", "Answers"]
        for answer, share, likely, n in rows[1:]
    }

    assert on_screen == in_file
    assert len(on_screen) > 12


@pytest.mark.parametrize("breakdown", ["demo.home_language", "language"])
def test_groups_on_screen_are_the_same_as_in_the_file(app, robles, breakdown):
    in_file = {
        (row["item"], row["group_text"]): as_printed(row)
        for row in rows_of_csv(robles, app, "/sites/los-robles/results.csv")
        if row["breakdown"] == breakdown and row["measure"] == "favorable"
    }
    html = page(robles, app, f"/sites/los-robles?by={breakdown}")
    on_screen = {}
    for article in re.findall(r'<article class="item" id="([^"]+)">(.*?)</article>', html, re.DOTALL):
        groups = re.findall(r"<div><b>([^<]*)</b><div><svg.*?</svg><p class=\"words\">(.*?)</p>", article[1])
        for name, words in groups:
            on_screen[article[0], name] = text_of(words)

    assert on_screen.keys() == in_file.keys()
    for key, (share, likely, n) in in_file.items():
        assert (share in on_screen[key]) == (share != "Not shown")
        assert likely in on_screen[key]
        assert n in on_screen[key]


def test_a_page_of_results_opens_with_one_sentence_that_is_a_count(app, robles):
    html = page(robles, app, "/sites/los-robles")

    assert text_of(re.search(r'<p class="lead">(.*?)</p>', html, re.DOTALL)[1]).strip() == (
        "178 surveys were counted, 43 for every 100 families."
    )


@pytest.mark.parametrize(
    "path",
    ["", "/withheld", "/district", "/district/frameworks", "/district/frameworks/fef", "/sites/los-robles"],
)
def test_what_was_not_audited_says_so_on_every_page(app, district, path):
    said = "Preliminary: not yet checked against subtraction, not for publication."

    assert said in page(district, app, path)


def test_what_is_withheld_is_drawn_and_named_never_left_out(app, robles):
    html = page(robles, app, "/sites/los-robles?by=demo.home_language")
    article = re.search(r'<article class="item" id="eng.25">.*?</article>', html, re.DOTALL)[0]

    assert "<b>Spanish</b>" in article
    assert "Not shown" in article
    assert "Counted together with others, to protect a small group." in article
    assert 'class="hole"' in article


def test_a_capped_figure_stands_after_its_name_in_either_language(app, robles):
    for language, said in (("es", "Favorables: <b>casi todas</b>"), ("en", "Favorable: <b>nearly all</b>")):
        robles.post("/staff/language", {"l": language})

        assert said in page(robles, app, "/sites/los-robles")


def test_a_capped_figure_is_words_and_has_no_range(app, robles):
    html = page(robles, app, "/sites/los-robles")
    article = re.search(r'<article class="item" id="eng.28">.*?</article>', html, re.DOTALL)[0]

    assert "Favorable: <b>nearly all</b>" in article
    assert "Likely" not in article.partition("<details>")[0]


def test_the_district_stands_beside_a_school_and_not_beside_itself(app, robles, district):
    assert "District: 72%." in page(robles, app, "/sites/los-robles")
    assert "District: " not in page(district, app, "/district")


def test_no_page_of_a_school_names_another_school(app, robles):
    pages = ["", "/sites/los-robles", "/sites/los-robles/frameworks", "/sites/los-robles/frameworks/fef"]
    pages += ["/sites/los-robles/results.csv"]

    for path in pages:
        for other in ("Mar Vista", "Canyon", "Pine"):
            assert other not in page(robles, app, path)


def test_no_workbook_of_a_school_names_another_school(app, robles):
    import zipfile

    answer = robles.get(f"/staff/windows/{app.window.id}/releases/1/sites/los-robles/results.xlsx")
    book = zipfile.ZipFile(io.BytesIO(answer.data))
    inside = b"".join(book.read(name) for name in book.namelist())

    for other in (b"Mar Vista", b"Canyon", b"Pine School"):
        assert other not in inside


def test_a_small_school_sees_what_it_is_counted_together_with(app):
    html = page(signed_in(app, CANYON), app, "/sites/canyon")

    assert "Canyon School and Pine School together" in html
    assert "These schools are counted together" in html
    assert "Mar Vista" not in html


def test_two_breakdowns_at_once_are_for_the_district(app, robles, district):
    pair = "?by=demo.home_language;language"

    assert "Spanish; Spanish" in page(district, app, f"/district{pair}")
    address = f"/staff/windows/{app.window.id}/releases/1/sites/los-robles{pair}"
    assert robles.get(address).status_code == 404


def test_a_framework_lists_its_statements_in_order_with_their_standing(app, robles):
    text = text_of(page(robles, app, "/sites/los-robles/frameworks/fef"))

    places = [
        text.index(words)
        for words in (
            "Ensure Access and Equity Official wording",
            "Meetings are held when every family can take part. Proposed wording",
            "Every family feels welcome. Reconstructed",
            "Demonstrate Leadership Official wording",
            "Leaders listen to families. To be confirmed",
        )
    ]
    assert places == sorted(places)


def test_an_indicator_lists_its_questions_and_has_no_score(app, robles):
    html = page(robles, app, "/sites/los-robles/frameworks/fef")
    section = re.search(r'aria-labelledby="fef.dl.3">.*?</section>', html, re.DOTALL)[0]

    assert "The principal of this school listens to families." in section
    assert "I know what to do if I do not agree" in section
    assert "72%" in text_of(section)
    assert "nearly all" in section


def test_an_indicator_that_families_can_not_judge_says_what_else_would_show_it(app, robles):
    text = text_of(page(robles, app, "/sites/los-robles/frameworks/fef"))

    assert (
        "Families cannot see this from home, so the survey does not ask. Look at: Evaluation forms ." in text
    )


def test_withheld_figures_are_counted_by_reason(app, district):
    rows = Tables(page(district, app, "/withheld")).tables[0][1][1:]
    figures = builders_releases.release().figures

    assert sum(int(count) for _, count in rows) == sum(f.status != "published" for f in figures)


def test_texts_of_schools_and_surveys_are_escaped(sqlite_database):
    bad = "<script>alert(1)</script>"
    release = builders_releases.release()
    rows = tuple(replace(row, name=f"{bad}{row.name}", member_names=(bad,)) for row in release.sites)
    settings = Settings(database_url=sqlite_database, secret_key="x" * 40)
    with builders_staff.serving(settings) as app:
        app.window = builders_staff.released(store_of(app), replace(release, sites=rows))
        browser = signed_in(app, DISTRICT)
        for path in ("", "/sites/los-robles", "/sites/los-robles/frameworks/fef"):
            assert bad not in page(browser, app, path)
            assert "&lt;script&gt;" in page(browser, app, path)


@pytest.mark.parametrize(
    ("window", "site", "name"),
    [
        ("Fall 2026", "los-robles", "fall-2026-release-1-los-robles.csv"),
        ('../../etc/"passwd\r\n', None, "etc-passwd-release-1-district.csv"),
        ("ñ", "a+b", "window-release-1-a-b.csv"),
        ("x" * 80, "y" * 300, "x" * 80 + "-release-1-" + "y" * 29 + ".csv"),
    ],
)
def test_a_file_has_a_name_that_every_system_takes(window, site, name):
    assert file_name(window, 1, site, "csv") == name


def test_a_file_is_downloaded_and_not_shown(app, robles):
    answer = robles.get(f"/staff/windows/{app.window.id}/releases/1/sites/los-robles/results.csv")

    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="engagement-2026-release-1-los-robles.csv"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "text/csv"


@pytest.mark.parametrize(
    "path", ["/sites/los-robles", "/sites/los-robles?by=language", "/sites/los-robles/frameworks/fef"]
)
def test_pages_in_spanish_speak_spanish(app, path):
    browser = signed_in(app, ROBLES)
    browser.post("/staff/language", {"l": "es"})

    html = page(browser, app, path)

    assert '<html lang="es">' in html
    assert "El director o la directora de esta escuela escucha a las familias." in html
    assert "The principal of this school" not in html
