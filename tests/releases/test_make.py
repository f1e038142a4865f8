"""Making a release: of a sealed window, of every response once, stored whole and frozen."""

import json
import threading
import time
from datetime import date

import pytest
from builders_collection import AFTER_GRACE
from builders_instruments import framework
from builders_sealed import answer, answered, seal, sealed
from sqlalchemy import select

from survey.releases import make, read
from survey.releases.sets import NothingNew, ReleaseProblem, ReleaseRefused
from survey.storage import enrolment, installation, released, responses
from survey.storage.enrolment import Enrolment
from survey.storage.tables import ReleaseRow, ResponseRow


def made(store, minimum=11, window="fall-2026"):
    return make.make(store, window, (framework(),), minimum, AFTER_GRACE, district_name="Costa Clara")


def test_a_release_holds_every_school_and_the_district(store):
    sealed(store)

    release = made(store)

    assert [(row.slug, row.name, row.respondents) for row in release.sites] == [
        ("oak", "Oak Middle School", 20),
        ("pine", "Pine Elementary", 30),
    ]
    assert (release.district.name, release.district.respondents) == ("Costa Clara", 50)
    assert (release.number, release.made_on, release.audited) == (1, AFTER_GRACE, False)


def test_what_is_read_back_is_what_was_made(store):
    sealed(store)

    release = made(store)

    assert read.with_figures(store, "fall-2026") == release


def test_a_release_is_refused_before_the_window_is_sealed(store):
    answered(store)

    with pytest.raises(ReleaseRefused) as refused:
        made(store)

    assert refused.value.problem is ReleaseProblem.NOT_SEALED
    assert "survey window close fall-2026" in str(refused.value)


def test_the_command_to_close_a_window_can_be_typed_as_it_is_told(store):
    answered(store, name="Fall 2026")

    with pytest.raises(ReleaseRefused, match=r"survey window close 'Fall 2026'$"):
        made(store, window="Fall 2026")


def test_a_window_that_does_not_exist_is_refused(store):
    with pytest.raises(ReleaseRefused) as refused:
        made(store, window="nowhere")

    assert refused.value.problem is ReleaseProblem.UNKNOWN_WINDOW


def test_a_district_below_k_is_refused_and_nothing_is_stored(store):
    sealed(store, pine=6, oak=4)

    with pytest.raises(ReleaseRefused) as refused:
        made(store)

    assert refused.value.problem is ReleaseProblem.TOO_FEW
    assert read.numbers(store, "fall-2026") == ()


def test_a_window_nobody_answered_in_is_refused(store):
    sealed(store, pine=0, oak=0)

    with pytest.raises(ReleaseRefused) as refused:
        made(store)

    assert refused.value.problem is ReleaseProblem.TOO_FEW


def test_a_second_release_with_nothing_new_is_none(store):
    sealed(store)
    first = made(store)

    with pytest.raises(NothingNew) as same:
        made(store)

    assert str(same.value) == "Release 1 of fall-2026 already holds every response."
    assert read.numbers(store, "fall-2026") == (1,)
    assert read.with_figures(store, "fall-2026") == first


def test_every_response_is_marked_with_the_release_that_counted_it(store):
    at = sealed(store)

    made(store)

    with store.reading() as db:
        batches = db.execute(select(ResponseRow.batch)).scalars().all()
        assert batches == [1] * 50
        assert list(responses.packed(db, at.window.id, uncounted=True)) == []


def test_a_release_that_fails_to_be_stored_marks_no_response(store, monkeypatch):
    at = sealed(store)

    def fails(*_):
        raise OSError

    monkeypatch.setattr(responses, "mark_batch", fails)

    with pytest.raises(OSError):
        made(store)

    assert read.numbers(store, "fall-2026") == ()
    with store.reading() as db:
        assert len(list(responses.packed(db, at.window.id, uncounted=True))) == 50


def test_two_releases_made_at_once_are_one(store, monkeypatch):
    sealed(store)
    counted = make.disclosure.publish

    def meanwhile(*arguments):
        monkeypatch.setattr(make.disclosure, "publish", counted)
        made(store)
        return counted(*arguments)

    monkeypatch.setattr(make.disclosure, "publish", meanwhile)

    with pytest.raises(NothingNew):
        made(store)

    assert read.numbers(store, "fall-2026") == (1,)


def test_a_release_stored_at_the_same_moment_by_another_process_undoes_this_one(store):
    at = sealed(store)
    counted, outcomes = threading.Event(), []

    def makes():
        try:
            make.make(
                store,
                "fall-2026",
                (),
                11,
                AFTER_GRACE,
                district_name="Costa Clara",
                progress=lambda told: counted.set() if "protected" in told else None,
            )
        except ReleaseRefused as refused:
            outcomes.append(refused.problem)

    with store.writing() as db:
        released.add(
            db,
            at.window.id,
            made_on=AFTER_GRACE,
            audited=False,
            head="{}",
            unprotected="{}",
            documents={"": "{}"},
        )
        thread = threading.Thread(target=makes)
        thread.start()
        assert counted.wait(60)
        # Long enough for it to be waiting for this transaction.
        time.sleep(0.3)
        responses.mark_batch(db, at.window.id, 1)
    thread.join(60)

    assert outcomes == [ReleaseProblem.NOTHING_NEW]
    assert read.numbers(store, "fall-2026") == (1,)


def test_answers_that_no_release_counted_are_never_released_beside_an_earlier_one(store):
    at = sealed(store)
    made(store)
    with store.writing() as db:
        db.execute(responses.ResponseRow.__table__.update().values(batch=None))

    with pytest.raises(ReleaseRefused) as refused:
        made(store)

    assert refused.value.problem is ReleaseProblem.LATE_ANSWERS
    assert read.numbers(store, at.window.name) == (1,)


def test_small_schools_are_put_together_under_their_names(store):
    at = answered(store, pine=30, oak=4)
    seal(store, at)

    release = made(store)

    (row,) = release.sites
    assert (row.slug, row.name) == ("oak+pine", "Oak Middle School and Pine Elementary together")
    assert (row.members, row.respondents, row.is_together) == (("oak", "pine"), 34, True)


@pytest.mark.parametrize(("empty", "told"), [(0, 0), (1, None), (10, None), (11, 11)])
def test_how_many_were_sent_empty_is_told_where_it_is_no_small_group(store, empty, told):
    at = answered(store)
    for number in range(empty):
        answer(store, at, f"nobody {number}", {"about.home_language": ("es",)})
    seal(store, at)

    release = made(store)

    assert release.sent_empty == told
    assert release.district.respondents == 50


def test_enrolment_stands_beside_the_respondents(store):
    sealed(store)
    with store.writing() as db:
        enrolment.replace(
            db,
            [
                Enrolment("pine", "families", "", "", 80),
                Enrolment("pine", "pupils", "", "", 100),
                Enrolment("oak", "pupils", "", "", 90),
            ],
        )

    release = made(store)

    assert [(row.enrolled, row.unit) for row in release.sites] == [(90, "pupils"), (80, "families")]
    # Families and pupils do not add up.
    assert (release.district.enrolled, release.district.unit) == (None, None)


def test_enrolment_of_schools_put_together_is_their_sum(store):
    sealed(store, oak=3)
    with store.writing() as db:
        enrolment.replace(
            db, [Enrolment("pine", "families", "", "", 80), Enrolment("oak", "families", "", "", 9)]
        )

    release = made(store)

    assert [(row.enrolled, row.unit) for row in (*release.sites, release.district)] == [(89, "families")] * 2


def test_the_channel_is_told_where_it_is_the_only_one(store):
    at = answered(store)
    seal(store, at)

    assert made(store).channels == ("link",)


def test_a_release_of_invented_answers_says_so(store):
    with store.writing() as db:
        installation.set_made_up(db)
    sealed(store)

    assert made(store).made_up


def test_the_sizes_of_hidden_groups_stay_in_the_database(store):
    at = answered(store)
    for number in range(4):
        answer(store, at, f"es {number}", {"q.welcome": ("4",)}, language="es", site=at.oak)
    for number in range(40):
        answer(store, at, f"es too {number}", {"q.welcome": ("4",)}, language="es")
    seal(store, at)

    release = made(store)

    with store.reading() as db:
        kept = json.loads(db.execute(select(ReleaseRow.unprotected)).scalar_one())
        parts = released.parts(db, released.find(db, at.window.id).id)
    assert ["oak", "language", "es", 4] in kept["groups"]
    assert {g.n for g in release.groups if (g.site, g.breakdown) == ("oak", "language")} == {None}
    assert '"language","es",4,' not in "".join(parts.values())


def test_progress_is_told(store):
    sealed(store)
    told = []

    make.make(
        store, "fall-2026", (), 11, date(2026, 12, 1), district_name="Costa Clara", progress=told.append
    )

    assert told[0] == "50 respondents read."
