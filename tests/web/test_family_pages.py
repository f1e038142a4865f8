from datetime import date, timedelta
from pathlib import Path

import builders_family as built
import builders_instruments
import builders_storage
import pages
import polib
import pytest

from survey.instruments.model import ShownIf
from survey.storage import installation
from survey.web.family import preview_url

LANGUAGES = ("en", "es")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def family(sqlite_database):
    with built.a_family(built.settings_of(sqlite_database)) as family:
        yield family


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/s", "/s/los-robles", "/s/los-robles/privacy", "/s/los-robles/small"])
def test_every_page_reads_well_in_both_languages(family, path, language):
    response = family.get(f"{path}?l={language}", language=language)

    assert response.status_code == 200


def test_the_front_leads_on_to_the_schools(family):
    response = family.get("/?l=es")

    assert response.status_code == 302
    assert response.headers["Location"] == "/s?l=es"


@pytest.mark.parametrize("path", ["/s/", "/s/los-robles/", "/s/los-robles/small/"])
def test_an_address_that_ends_in_a_slash_is_understood(family, path):
    assert family.get(path).status_code == 200


def test_the_schools_are_those_with_an_open_survey(family):
    builders_storage.a_site(family.store, "marina", "Marina Middle School")

    page = family.get("/s").page

    assert [a.text.strip() for a in page.all("a", **{"class": "door"})] == ["Los Robles Elementary School"]


def test_another_school_with_the_same_survey_is_one_tap_from_the_list(family):
    marina = builders_storage.a_site(family.store, "marina", "Marina Middle School")
    other = builders_instruments.instrument(survey="other")
    builders_storage.a_window(family.store, other, name="other", opens=date(2026, 11, 2), sites=[marina])

    page = family.get("/s?survey=small&l=en").page

    assert [a.attributes["href"] for a in page.all("a", **{"class": "door"})] == ["/s/los-robles/small?l=en"]


def test_a_survey_that_is_not_open_anywhere_is_looked_for_in_vain(family):
    page = family.get("/s?survey=nothing&l=en").page

    assert [a.attributes["href"] for a in page.all("a", **{"class": "door"})] == ["/s/los-robles?l=en"]


def test_the_start_page_offers_both_languages_alike_and_each_open_survey(family):
    page = family.get("/s/los-robles", language="es").page

    choices = [a.attributes for a in page.all("a") if (a.attributes.get("hreflang"))]
    assert [(c["lang"], c.get("aria-current")) for c in choices] == [("es", "true"), ("en", None)]
    assert page.one("a", href="/s/los-robles/small?l=es").text.startswith("Encuesta pequeña")


def test_the_language_asked_for_in_the_address_comes_before_that_of_the_browser(family):
    assert family.get(f"{family.address}?l=en").page.one("html").attributes["lang"] == "en"
    assert family.get(family.address).page.one("html").attributes["lang"] == "es"
    assert family.get(f"{family.address}?l=fr").page.one("html").attributes["lang"] == "es"


def test_school_and_district_lead_and_the_product_is_not_named(family):
    for path in ("/s/los-robles", family.address, "/s/los-robles/privacy"):
        page = family.get(path).page

        assert "Los Robles Elementary School" in page.one("header").text
        assert "Costa Clara Unified School District" in page.one("header").text
        assert "puente" not in page.html.lower()


def test_the_survey_is_one_form_with_every_question_numbered(family):
    page = family.get(language="es").page

    numbers = [legend.text.split(".")[0] for legend in page.all("legend")]
    assert numbers == ["1", "2", "3", "4", "5", "6", "8", "9", "10"]
    assert page.one("label", **{"for": "a7"}).text.startswith("7. ")
    titles = [h.text.split()[-1] for h in page.all("h2")]
    assert titles == ["escuela", "Participación", "(opcional)"]


@pytest.mark.parametrize(
    "path", ["/s", "/s/los-robles", "/s/los-robles/privacy", "/s/los-robles/small", "/s/nowhere"]
)
def test_a_page_in_spanish_says_nothing_in_english(family, path):
    catalogue = polib.pofile(ROOT / "translations" / "es" / "LC_MESSAGES" / "messages.po")
    english = {e.msgid for e in catalogue if len(e.msgid) > 12 and "%" not in e.msgid and e.msgid != e.msgstr}

    text = family.get(f"{path}?l=es").page.one("body").text

    assert {said for said in english if said in text} - {"Choose your language"} == set()


def test_placeholders_of_the_notices_are_filled_in(family):
    assert "groups of 11 or more people" in family.get(f"{family.address}?l=en").page.html


def test_every_get_has_a_new_random_key_and_no_session(family):
    keys = {family.get().page.one("input", name="key").attributes["value"] for _ in range(5)}

    assert len(keys) == 5


def test_every_question_can_be_cleared_without_a_script(family):
    page = family.get(f"{family.address}?l=en").page

    asked = {
        e.attributes["name"] for e in page.elements if str(e.attributes.get("name")).startswith(("q.", "d."))
    }
    clear = {e.attributes["value"] for e in page.all("button", name="clear")}
    assert len(clear) == 10
    assert asked <= clear


def test_the_form_ends_with_its_last_field_and_begins_with_a_button_that_sends_nothing(family):
    page = family.get().page

    buttons = [e for e in page.elements if e.tag == "button"]
    assert buttons[0].attributes == {"form": "f", "name": "stay", "value": "1", "hidden": None}
    assert page.values()[-1] == ("end", "1")


def test_no_answer_is_chosen_beforehand(family):
    page = family.get().page

    assert [e for e in page.elements if "checked" in e.attributes] == []
    assert [e for e in page.elements if "required" in e.attributes] == []


def test_a_question_for_some_is_hidden_until_the_answer_it_depends_on_and_says_whom_it_is_for(family):
    page = family.get(f"{family.address}?l=en").page

    assert (
        'form:not(:has([name="q.learning"][value="1"]:checked)) #q4:not(:has(.bad)){display:none}'
        in page.html
    )
    assert page.one("p", id="c4").text == "Only if you answered “Yes” to question 3."
    assert page.one("fieldset", id="q4").attributes["aria-describedby"] == "c4"


def test_a_question_that_depends_on_a_hidden_one_is_hidden_with_it(sqlite_database):
    first, second, third, fourth = builders_instruments.school_section().items
    last = builders_instruments.scaled("q.more", "And more?", "¿Y más?", shown_if=ShownIf("q.english", "4"))
    section = builders_instruments.school_section()
    longer = type(section)(section.id, section.title, (first, second, third, fourth, last))
    chained = builders_instruments.instrument(version="chained", sections=(longer,))
    with built.a_family(built.settings_of(sqlite_database)) as family:
        builders_storage.a_window(
            family.store, chained, name="chained", opens=date(2026, 11, 2), sites=[family.site]
        )

        html = family.get().page.html

    assert 'form:not(:has([name="q.english"][value="4"]:checked)) #q5' in html
    assert 'form:not(:has([name="q.learning"][value="1"]:checked)) #q5' in html


def test_a_comment_has_its_hint_and_is_never_cut_short_by_the_browser(family):
    box = family.get().page.one("textarea").attributes

    assert box["aria-describedby"] == "h7"
    assert "maxlength" not in box


def test_a_survey_is_posted_to_an_address_the_page_does_not_have(family):
    first = family.get()
    action = first.page.one("form", id="f").attributes["action"]

    again = family.post([*first.page.values(), ("stay", "1")], f"{family.address}{action}")

    assert "n=" in action
    assert again.page.one("form", id="f").attributes["action"] not in ("", action)


def test_what_is_no_point_of_the_scale_stands_apart(family):
    page = family.get(f"{family.address}?l=en").page

    apart = [label.text for label in page.all("label", **{"class": "n"})]
    assert apart[:3] == ["I do not know"] * 3
    assert "None of these" in apart
    assert "Strongly agree" not in apart


def test_made_up_schools_are_marked_on_every_page(family):
    with family.store.writing() as db:
        installation.set_made_up(db)

    for path in ("/s", "/s/los-robles", family.address, "/s/los-robles/privacy"):
        assert "Made-up data" in family.get(f"{path}?l=en").page.html


def test_help_is_at_the_same_place_with_a_number_to_press(family):
    for path in ("/s/los-robles", family.address, "/s/los-robles/privacy"):
        footer = family.get(f"{path}?l=en").page.one("footer")

        assert "Need help? Call or text Ms. Ortiz: (310) 555-0142" in footer.text
    assert family.get().page.one("a", href="tel:3105550142")


@pytest.mark.parametrize(
    ("particulars", "said"),
    [
        ({"contact": "", "phone": "310-555-0142"}, "Call the school: 310-555-0142"),
        ({"contact": "Ms. Ortiz", "phone": ""}, "Ask Ms. Ortiz at the school."),
        ({"contact": "", "phone": ""}, "Ask at the school office."),
    ],
)
def test_help_says_what_is_known(family, particulars, said):
    built.a_school(family.store, **particulars)

    assert said in family.get(f"{family.address}?l=en").page.one("footer").text


def test_before_it_opens_the_page_says_when(sqlite_database):
    dates = {"opens": date(2026, 11, 30), "closes": date(2026, 12, 11)}
    with built.a_family(built.settings_of(sqlite_database), **dates) as family:
        response = family.get(f"{family.address}?l=en")

        assert response.status_code == 200
        assert "You can answer it from November 30, 2026 to December 11, 2026." in built.words(response)
        assert response.page.all("form") == []


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 12, 7), date(2026, 12, 20)])
def test_after_it_closed_the_page_says_so_and_whom_to_ask(family, day):
    family.it_is(day)

    response = family.get(f"{family.address}?l=en")

    assert "It closed on November 30, 2026." in built.words(response)
    assert "Call or text Ms. Ortiz" in built.words(response)
    assert "In January 2027, your school will share" in built.words(response)
    assert response.page.all("form") == []


def test_closed_by_hand_it_closed_on_that_day(family):
    family.close(closed=date(2026, 11, 10), sealed=date(2026, 11, 10))

    assert "closed on November 10, 2026" in built.words(family.get(f"{family.address}?l=en"))


def test_of_two_windows_of_a_survey_the_open_one_is_meant_then_the_coming_one(family):
    later = {"opens": date(2027, 3, 1), "closes": date(2027, 3, 31)}
    builders_storage.a_window(family.store, builders_instruments.instrument(), name="later", **later)

    assert family.get().page.one("form")
    family.it_is(date(2027, 1, 15))
    assert "March 1, 2027" in built.words(family.get(f"{family.address}?l=en"))
    family.it_is(date(2027, 3, 15))
    assert family.get().page.one("form")


@pytest.mark.parametrize(
    "path",
    ["/s/nowhere", "/s/los-robles/nothing", "/s/nowhere/privacy", "/s/a%00b", "/s/%FF/small", "/nothing"],
)
def test_what_is_not_there_is_404_in_the_language_of_the_reader(family, path):
    response = family.get(path, language="es")

    assert response.status_code == 404


def test_where_nothing_tells_the_language_an_error_is_told_in_both(family):
    family.headers = {}

    page = family.get("/s/nowhere").page

    assert [span.attributes["lang"] for span in page.all("span")] == ["en", "es"]


def test_an_error_page_can_be_had_in_the_other_language(family):
    assert family.get("/s/nowhere").page.one("a", href="?l=en").text == "English"


def test_a_preview_is_the_real_page_with_a_band_and_stores_nothing(family):
    with family.app.test_request_context():
        link = preview_url(family.window, family.site, "en")

    page = family.get(link, language="en").page
    assert "This is the page as families will see it." in page.one("main").text
    sent = family.post(dict(page.values()) | {"q.welcome": "4"}, address=link)

    assert sent.status_code == 200
    assert "Nothing was stored" in built.words(sent)
    assert family.responses() == []


@pytest.mark.parametrize(("day", "status"), [(date(2026, 11, 12), 400), (None, 410)])
def test_what_was_begun_on_a_preview_is_not_taken_as_begun_while_the_window_was_open(family, day, status):
    family.it_is(day or family.window.closes + timedelta(days=1))
    with family.app.test_request_context():
        link = preview_url(family.window, family.site, "en")
    own = dict(family.get(link, language="en").page.values())
    again = dict(family.post(own | {"stay": "1", "end": "1"}, address=link).page.values())

    for fields in (own, again):
        assert family.post(fields | {"q.welcome": "4", "end": "1"}).status_code == status
    assert family.responses() == []


def test_a_preview_of_a_window_that_is_not_open_yet_works_and_keeps_answers_between_languages(
    sqlite_database,
):
    dates = {"opens": date(2026, 11, 30), "closes": date(2026, 12, 11)}
    with built.a_family(built.settings_of(sqlite_database), **dates) as family:
        with family.app.test_request_context():
            link = preview_url(family.window, family.site, "en")
        first = family.get(link).page

        other = family.post([*first.values(), ("q.welcome", "3"), ("lang", "es"), ("end", "1")], address=link)

        assert other.page.one("input", name="q.welcome", value="3").attributes.get("checked", 0) is None
        assert other.page.one("form").attributes["action"].startswith(f"?w={family.window.id}&p=")


@pytest.mark.parametrize("spoilt", ["p=wrong", "w=99", "w=x", ""])
def test_a_preview_needs_its_link(family, spoilt):
    with family.app.test_request_context():
        link = preview_url(family.window, family.site, "en")
    name = spoilt.partition("=")[0]
    parts = [part for part in link.partition("?")[2].split("&") if not part.startswith(f"{name}=")]

    address = f"{family.address}/preview?" + ("&".join([*parts, spoilt]) if spoilt else "")

    assert family.get(address).status_code == 404
    assert family.post(family.fields(), address=address).status_code == 404


def test_the_link_of_a_preview_is_for_one_school(family):
    marina = builders_storage.a_site(family.store, "marina", "Marina Middle School")
    with family.app.test_request_context():
        link = preview_url(family.window, family.site, "en")

    assert family.get(link.replace("los-robles", marina.slug)).status_code == 404


def test_texts_of_the_instrument_are_never_markup(sqlite_database):
    section = builders_instruments.school_section()
    hostile = builders_instruments.scaled(
        "q.<x>", "<b>1 < 2 & 'this'</b>", "</textarea><script>", hint=section.title
    )
    evil = builders_instruments.instrument(
        version="evil", sections=(type(section)("s", section.title, (hostile,)),)
    )
    with built.a_family(built.settings_of(sqlite_database)) as family:
        builders_storage.a_window(
            family.store, evil, name="evil", opens=date(2026, 11, 2), sites=[family.site]
        )

        english = family.get(f"{family.address}?l=en").page
        spanish = family.get(f"{family.address}?l=es").page

    assert english.one("legend").text == "1. <b>1 < 2 & 'this'</b>"
    assert spanish.one("legend").text == "1. </textarea><script>"
    assert {e.attributes["name"] for e in english.all("input", type="radio")} == {"q.<x>"}


def test_a_page_that_reads_badly_is_found_out():
    bad = "<html><h1></h1><p id=a></p><p id=a></p><a href='#b'></a><input name=x><label for=c>c</label>"

    faults = "; ".join(pages.Page(bad).faults("es"))

    for said in (
        "no doctype",
        "language is None",
        "1 h1",
        "no title",
        "a is there 2 times",
        "not there",
        "0 labels",
    ):
        assert said in faults
