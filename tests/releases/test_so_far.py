"""Participation: in steps of k, once a day, the same for everybody."""

from datetime import timedelta

from builders_collection import DURING, place
from builders_sealed import answer, answered

from survey.releases import participation
from survey.storage import enrolment
from survey.storage.enrolment import Enrolment


def so_far(store, today=DURING, step=11):
    return {each.site.slug: each.at_least for each in participation.so_far(store, "fall-2026", step, today)}


def test_surveys_are_counted_down_to_a_step_of_k(store):
    answered(store, pine=23, oak=10)

    assert so_far(store) == {"pine": 22, "oak": 0}


def test_the_count_of_a_day_stands_all_day(store):
    at = answered(store, pine=10, oak=0)
    assert so_far(store) == {"pine": 0, "oak": 0}

    answer(store, at, "the eleventh", {"q.welcome": ("4",)})

    assert so_far(store) == {"pine": 0, "oak": 0}
    assert so_far(store, DURING + timedelta(days=1)) == {"pine": 11, "oak": 0}


def test_a_district_that_asks_more_counts_in_larger_steps(store):
    answered(store, pine=29, oak=15)

    assert so_far(store, step=15) == {"pine": 15, "oak": 15}


def test_enrolment_stands_beside_it_where_it_is_known(store):
    place(store)
    with store.writing() as db:
        enrolment.replace(db, [Enrolment("pine", "families", "", "", 80)])

    found = participation.so_far(store, "fall-2026", 11, DURING)

    assert [(each.site.slug, each.enrolled, each.unit) for each in found] == [
        ("oak", None, None),
        ("pine", 80, "families"),
    ]


def test_a_window_that_does_not_exist_has_no_sites(store):
    assert participation.so_far(store, "nowhere", 11, DURING) == ()
