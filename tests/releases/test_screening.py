"""The look at open responses: what stands out, told in steps of k, of sealed windows only."""

import builders_apart
import builders_staff
import pytest

from survey.releases import screening
from survey.releases.screening import Flag, Signal
from survey.storage import enrolment
from survey.storage.enrolment import Enrolment


@pytest.fixture
def schools(store):
    """The four schools, and nothing else."""
    builders_staff.set_up(store)
    return store


def looked_at(store, window):
    builders_apart.seal(store, window)
    return screening.screen(store, window.name, 11)


def enrol(store, slug, unit, count):
    with store.writing() as db:
        enrolment.replace(db, [Enrolment(slug, unit, "", "", count)])


def told(flags):
    return [(flag.signal, flag.site.slug if flag.site else "", flag.surveys, flag.part) for flag in flags]


def test_a_window_that_is_not_sealed_is_not_looked_at(schools):
    builders_apart.with_codes(schools)

    assert screening.screen(schools, "fall-2026", 11) is None
    assert screening.screen(schools, "nowhere", 11) is None


def test_families_who_answer_each_in_their_own_way_do_not_stand_out(schools):
    window = builders_apart.with_codes(schools, opened={"los-robles": 180, "mar-vista": 90})

    assert looked_at(schools, window) == screening.Screening(264, ())


def test_one_set_of_answers_sent_again_and_again_stands_out(schools):
    window = builders_apart.with_codes(schools, opened={"los-robles": 100})
    builders_apart.script(schools, window, 40, slugs=["los-robles"])

    found = looked_at(schools, window)

    assert told(found.flags) == [(Signal.ONE_SET, "los-robles", 132, 33)]


def test_one_set_sent_to_every_school_a_few_times_is_seen_in_the_whole_district(schools):
    few = {"los-robles": 3, "mar-vista": 3, "canyon": 3, "pine": 3}
    window = builders_apart.with_codes(schools, opened=few)
    builders_apart.script(schools, window, 40, slugs=list(few))

    found = looked_at(schools, window)

    assert told(found.flags) == [(Signal.ONE_SET, "", 44, 33)]


def test_many_sets_of_answers_sent_a_few_times_each_stand_out(schools):
    window = builders_apart.with_codes(schools, opened={"los-robles": 60})
    builders_apart.templates(schools, window, "los-robles", sets=20, times=4)

    found = looked_at(schools, window)

    assert [(flag.signal, flag.site.slug) for flag in found.flags] == [(Signal.SHARED, "los-robles")]


def test_fewer_than_k_alike_are_never_told(schools):
    window = builders_apart.with_codes(schools, opened={})
    builders_apart.script(schools, window, 10, slugs=["los-robles"])

    assert looked_at(schools, window) == screening.Screening(0, ())


def test_every_number_is_in_steps_of_k(schools):
    window = builders_apart.with_codes(schools, opened={"mar-vista": 30})
    builders_apart.script(schools, window, 73, slugs=["los-robles"])

    found = looked_at(schools, window)

    assert {number % 11 for flag in found.flags for number in (flag.surveys, flag.part)} == {0}
    assert found.surveys % 11 == 0


@pytest.mark.parametrize(("families", "flagged"), [(109, True), (110, False)])
def test_more_open_surveys_than_families_who_used_no_code_stand_out(schools, families, flagged):
    # 77 open surveys at least, and 33 coded ones.
    window = builders_apart.with_codes(schools, coded={"pine": 43}, opened={"pine": 80})
    enrol(schools, "pine", "families", families)

    found = looked_at(schools, window)

    assert told(found.flags) == ([(Signal.BEYOND, "pine", 77, 77)] if flagged else [])


def test_pupils_are_the_measure_where_families_are_not_known(schools):
    window = builders_apart.with_codes(schools, coded={}, opened={"pine": 80})
    enrol(schools, "pine", "pupils", 76)

    (flag,) = looked_at(schools, window).flags

    assert flag == Flag(Signal.BEYOND, flag.site, 77, 77, 0, 76, "pupils")


def test_a_code_for_two_stands_for_two_surveys_of_a_family(schools):
    window = builders_apart.with_codes(schools, coded={"pine": 66}, opened={"pine": 80}, code_uses=2)
    enrol(schools, "pine", "families", 110)

    assert looked_at(schools, window).flags == ()


def test_a_window_without_codes_is_looked_at_too(schools):
    window = builders_apart.with_codes(schools, coded={}, opened={"pine": 30}, code_uses=0)
    builders_apart.script(schools, window, 60, slugs=["pine"])

    assert Signal.ONE_SET in {flag.signal for flag in looked_at(schools, window).flags}
