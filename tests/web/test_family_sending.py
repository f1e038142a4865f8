import gzip
import json
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import builders_family as built
import pytest

from survey.collection import receipts
from survey.collection.receipts import Receipt
from survey.storage import Store

ANSWERS = {
    "q.welcome": "4",
    "q.learning": "2",
    "q.took_part": ["met_teacher", "event"],
    "q.comment": "More évening meetings ☺",
    "about.home_language": "es",
}
PACKED = "4-2/-1100" + "1" + "----" + "-----"


@pytest.fixture
def family(database_url):
    with built.a_family(built.settings_of(database_url)) as family:
        yield family


def test_what_is_sent_is_stored_once_and_received_in_words_and_a_date(family):
    response = family.post(family.fields(ANSWERS, l="es"), language="es")

    assert response.status_code == 201
    assert "12 de noviembre de 2026" in built.words(response)
    assert "Gracias. En enero de 2027, su escuela compartirá" in built.words(response)
    assert family.responses() == [(PACKED, "es", "link")]
    assert family.comments() == ["More évening meetings ☺"]


def test_the_key_is_not_among_the_words_of_the_receipt(family):
    fields = family.fields(ANSWERS)

    response = family.post(fields)

    assert fields["key"] not in response.page.one("body").text


def test_a_program_gets_a_receipt_that_holds_for_this_key_window_and_site(family):
    fields = family.fields(ANSWERS)

    status, told = family.receipt(fields)

    assert status == 201
    assert told == {
        "key": fields["key"],
        "window": family.window.name,
        "site": "los-robles",
        "signature": told["signature"],
        "already": False,
        "page": told["page"],
    }
    receipt = Receipt(UUID(told["key"]), told["window"], told["site"], told["signature"])
    assert receipts.is_genuine(built.SECRET, receipt)


def test_a_receipt_brings_the_inside_of_the_page_in_the_language_of_the_survey(family):
    fields = family.fields(ANSWERS, l="es")
    in_words = family.post(family.fields(ANSWERS, l="es"), language="es")

    _, first = family.receipt(fields)
    _, again = family.receipt(fields)

    assert f"<main>{first['page']}</main>" in in_words.text
    assert "12 de noviembre de 2026" in first["page"]
    assert "ya habían llegado" in again["page"]
    assert fields["key"] not in first["page"]


def test_a_receipt_reads_the_same_compressed_or_not(family):
    fields = family.fields(ANSWERS)
    _, plain = family.receipt(fields)

    response = family.app.test_client().post(
        family.address, data=fields, headers={"Accept": built.RECEIPT_TYPE, "Accept-Encoding": "gzip"}
    )

    assert json.loads(gzip.decompress(response.data))["signature"] == plain["signature"]


@pytest.mark.parametrize(
    ("status", "outcome", "changed"),
    [
        (422, "faults", {"q.welcome": "9"}),
        (409, "conflict", {"key": "stored", "q.welcome": "1"}),
        (409, "conflict", {"key": "stored", "q.welcome": "9"}),
        (400, "unknown", {"w": "1.wrong"}),
    ],
)
def test_a_refusal_brings_its_outcome_and_the_page_with_everything_typed(family, status, outcome, changed):
    stored = family.fields({"q.welcome": "2"})
    family.post(stored)
    fields = family.fields({"q.comment": "typed </main> here", **ANSWERS, **changed})
    if fields["key"] == "stored":
        fields["key"] = stored["key"]

    response = family.post(fields, Accept=built.RECEIPT_TYPE)

    told = response.json
    assert (response.status_code, response.headers["Content-Type"]) == (status, built.REFUSAL_TYPE)
    assert (told["key"], told["outcome"]) == (fields["key"], outcome)
    assert told["page"].strip().startswith("<form")
    assert told["page"].strip().endswith("</form>")
    assert "More évening meetings" in told["page"]
    assert len(family.responses()) == 1


def test_a_body_that_was_cut_short_is_no_refusal_but_to_be_sent_again(family):
    fields = family.fields(ANSWERS)
    del fields["end"]

    for cut in (fields, fields | {"w": "1.wrong"}):
        response = family.post(cut, Accept=built.RECEIPT_TYPE)

        assert response.status_code == 400
        assert response.headers["Content-Type"].startswith("text/html")


def test_what_arrives_too_late_is_on_the_page_in_words(family):
    fields = family.fields(ANSWERS | {"q.comment": "<b>late</b>"}, l="en")
    family.it_is(date(2026, 12, 20))

    response = family.post(fields, Accept=built.RECEIPT_TYPE)

    assert (response.status_code, response.json["outcome"]) == (410, "too_late")
    assert "&lt;b&gt;late&lt;/b&gt;" in response.json["page"]
    assert "<li><b>Strongly agree</b></li>" in response.json["page"]


def test_the_type_of_a_receipt_is_its_own(family):
    response = family.post(family.fields(ANSWERS), Accept=built.RECEIPT_TYPE)

    assert response.headers["Content-Type"] == built.RECEIPT_TYPE


def test_the_same_again_is_answered_with_the_same_receipt_and_adds_nothing(family):
    fields = family.fields(ANSWERS)
    _, first = family.receipt(fields)

    status, again = family.receipt(fields)

    assert (status, again | {"page": ""}) == (201, first | {"already": True, "page": ""})
    assert len(family.responses()) == len(family.comments()) == 1


def test_the_same_again_says_in_words_that_it_had_already_arrived(family):
    fields = family.fields(ANSWERS)
    family.post(fields)

    response = family.post(fields | {"q.comment": "another comment"})

    assert response.status_code == 201
    assert "had already arrived; nothing sent now was added" in built.words(response)
    assert family.comments() == ["More évening meetings ☺"]


def test_the_same_again_long_after_the_window_was_sealed_still_has_its_receipt(family):
    fields = family.fields(ANSWERS)
    _, first = family.receipt(fields)
    family.it_is(date(2027, 1, 10))
    family.close(closed=date(2026, 12, 1), sealed=date(2026, 12, 9))

    status, again = family.receipt(fields)
    assert (status, again | {"page": ""}) == (201, first | {"already": True, "page": ""})


def test_other_answers_under_the_same_key_are_refused_and_stay_on_the_page(family):
    fields = family.fields(ANSWERS)
    family.post(fields)
    other = fields | {"q.welcome": "1", "q.comment": "\nsomething else"}

    response = family.post(other)

    assert response.status_code == 409
    typed = dict(response.page.values())
    assert (typed["q.welcome"], typed["q.comment"]) == ("1", "\nsomething else")
    assert family.responses() == [(PACKED, "en", "link")]


def test_what_was_refused_can_be_sent_as_another_persons_with_a_new_key(family):
    fields = family.fields(ANSWERS)
    family.post(fields)
    page = family.post(fields | {"q.welcome": "1"}).page
    offers = [e.text for e in page.all("button", **{"class": "go"})]

    response = family.post(page.values())

    assert [offer.partition(":")[2] for offer in offers] == [" send it"] * 2
    assert response.status_code == 201
    assert sorted(answers[0] for answers, *_ in family.responses()) == ["1", "4"]


def test_the_offer_stays_when_the_language_changes_or_something_else_is_wrong(family):
    fields = family.fields(ANSWERS)
    family.post(fields)
    page = family.post(fields | {"q.welcome": "1"}).page

    switched = family.post([*page.values()[:-1], ("lang", "es"), ("end", "1")])
    faulty = family.post([*page.values()[:-1], ("q.welcome", "2"), ("end", "1")])

    for shown in (switched, faulty):
        assert ("another", "1") in shown.page.values()
        assert len(family.responses()) == 1


def test_changing_the_language_keeps_every_answer_letter_and_the_key(family):
    fields = family.fields(ANSWERS | {"q.comment": "\n  two\nlines & <b>“quotes”</b> ñ  "})

    page = family.post([("lang", "es"), *fields.items()], language="es").page

    assert sorted(page.values()) == sorted(
        (name, each)
        for name, value in (fields | {"l": "es"}).items()
        for each in (value if isinstance(value, list) else [value])
    )
    assert family.responses() == []


def test_the_buttons_that_change_the_language_lead_back_to_their_part(family):
    page = family.get(f"{family.address}?l=en").page

    inside = [e for e in page.all("button", name="lang") if "formaction" in e.attributes]
    assert [e.attributes["formaction"] for e in inside] == ["?l=es", "?l=es#p1", "?l=es#p2", "?l=es#p3"]
    assert {e.attributes["value"] for e in page.all("button", name="lang")} == {"es"}


def test_clear_empties_one_question_and_leads_back_to_it(family):
    fields = family.fields(ANSWERS)
    button = family.get().page.one("button", name="clear", value="q.welcome")

    page = family.post([("clear", "q.welcome"), *fields.items()]).page

    assert button.attributes["formaction"] == "?l=es#q1"
    names = {name for name, _ in page.values()}
    assert "q.welcome" not in names
    assert "q.took_part" in names
    assert family.responses() == []


def test_the_enter_key_sends_nothing_and_says_so(family):
    fields = family.fields(ANSWERS)

    response = family.post([("stay", "1"), *fields.items()])

    assert response.status_code == 200
    assert "Nothing has been sent yet" in built.words(response)
    assert ("q.welcome", "4") in response.page.values()
    assert family.responses() == []


@pytest.mark.parametrize("button", [("lang", "es"), ("stay", "1"), ("clear", "q.welcome")])
def test_a_page_whose_survey_is_stored_is_only_ever_answered_with_the_receipt(family, button):
    fields = family.fields(ANSWERS)
    family.post(fields)

    response = family.post([button, *(fields | {"q.comment": "typed since"}).items()])

    assert response.status_code == 200
    assert "typed since" not in response.text
    assert response.page.all("textarea") == []
    assert family.comments() == ["More évening meetings ☺"]


def test_a_fault_under_a_key_that_is_stored_is_answered_with_the_receipt(family):
    fields = family.fields(ANSWERS)
    family.post(fields)

    response = family.post(fields | {"q.welcome": "no such answer"})

    assert response.status_code == 200
    assert response.page.all("form", id="f") == []


def test_the_receipt_can_be_read_in_the_other_language(family):
    page = family.post(family.fields(ANSWERS, l="en"), language="en").page

    other = family.post([*page.values()[:-1], ("lang", "es"), ("end", "1")], language="es")

    assert "12 de noviembre de 2026" in built.words(other)
    assert "nothing sent now was added" not in built.words(other)
    assert len(family.responses()) == 1


def test_the_receipt_leads_on_to_another_school_and_another_person(family):
    page = family.post(family.fields(ANSWERS, l="en")).page

    assert [a.attributes["href"] for a in page.all("a", **{"class": "door"})] == [
        "/s?survey=small&l=en",
        "/s/los-robles/small?l=en",
    ]


def test_a_receipt_sets_an_empty_cookie_for_five_seconds_and_nothing_else_sets_any(family):
    received = family.post(family.fields(ANSWERS))
    pages = [
        family.get(),
        family.get("/s/los-robles"),
        family.post(family.fields(ANSWERS, key="x")),
        family.post(family.fields({"q.welcome": "9"})),
    ]

    (cookie,) = received.headers.getlist("Set-Cookie")
    assert cookie.startswith("received=; ")
    assert "Max-Age=5" in cookie
    assert [page.headers.getlist("Set-Cookie") for page in pages] == [[], [], [], []]


def test_an_empty_survey_may_be_sent(family):
    assert family.post(family.fields()).status_code == 201


def test_a_survey_begun_while_open_is_taken_in_the_days_of_grace(family):
    fields = family.fields(ANSWERS)
    family.it_is(date(2026, 12, 7))

    assert family.post(fields).status_code == 201


@pytest.mark.parametrize("served", ["", "1", "1.wrong", "99.x"])
def test_a_survey_that_shows_no_page_of_the_open_window_is_too_late_in_the_days_of_grace(family, served):
    family.it_is(date(2026, 12, 7))

    response = family.post(family.fields(ANSWERS, w=served))

    assert response.status_code == 410
    assert family.responses() == []


@pytest.mark.parametrize(
    ("today", "changed"),
    [
        (date(2026, 12, 8), {}),
        (date(2026, 11, 12), {"closed": date(2026, 11, 12)}),
        (date(2026, 12, 20), {"closed": date(2026, 12, 8), "sealed": date(2026, 12, 9)}),
    ],
)
def test_what_arrives_too_late_is_said_not_to_count(family, today, changed):
    fields = family.fields(ANSWERS)
    family.it_is(today)
    family.close(**changed)

    response = family.post(fields)

    assert response.status_code == 410
    assert response.page.one("title").text == "This survey arrived too late and was not counted"
    assert "received" not in built.words(response).lower()
    assert (family.responses(), family.comments()) == ([], [])


def test_a_fault_that_arrives_too_late_is_too_late(family):
    fields = family.fields({"q.welcome": "9"})
    family.it_is(date(2026, 12, 20))

    assert family.post(fields).status_code == 410


def test_before_a_window_opens_nothing_is_taken(database_url):
    dates = {"opens": date(2026, 11, 30), "closes": date(2026, 12, 11)}
    with built.a_family(built.settings_of(database_url), **dates) as family:
        for served in (family.served(), "1.wrong"):
            response = family.post(family.fields(ANSWERS, w=served))

            assert response.status_code == 403
            assert "not open yet" in built.words(response)
        assert family.responses() == []


def test_a_failure_of_ours_keeps_everything_on_the_page_to_be_sent_again(family, caplog):
    fields = family.fields(ANSWERS)
    with family.store.engine.begin() as db:
        db.exec_driver_sql("ALTER TABLE response RENAME TO elsewhere")
    family.app.config["PROPAGATE_EXCEPTIONS"] = False

    response = family.post(fields)

    with family.store.engine.begin() as db:
        db.exec_driver_sql("ALTER TABLE elsewhere RENAME TO response")
    assert response.status_code == 503
    assert response.page.values() == [
        (name, each)
        for name, value in fields.items()
        for each in (value if isinstance(value, list) else [value])
    ]
    assert "los-robles" not in caplog.text
    assert family.post(response.page.values()).status_code == 201


def test_a_database_that_can_not_be_reached_loses_nothing_either(family):
    fields = family.fields(ANSWERS, l="es")
    family.app.config["PROPAGATE_EXCEPTIONS"] = False
    at_hand = family.app.extensions["puente"]
    nowhere = Store("postgresql://nobody@127.0.0.1:1/nothing")

    family.app.extensions["puente"] = replace(at_hand, store=nowhere)
    failed = family.post(fields, language="es")
    page = family.get()

    family.app.extensions["puente"] = at_hand
    assert (failed.status_code, page.status_code) == (503, 500)
    assert family.post(failed.page.values()).status_code == 201
    nowhere.close()


def test_the_key_of_one_school_is_not_taken_for_that_of_another(family):
    key = str(uuid4())
    family.post(family.fields(ANSWERS, key=key))

    assert family.post(family.fields(ANSWERS, key=key), address="/s/elsewhere/small").status_code == 404
    assert len(family.responses()) == 1
