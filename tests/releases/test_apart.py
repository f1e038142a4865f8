"""Coded and open responses: two sets, each released and protected as its own, and nobody in both."""

import json

import builders_apart
import builders_staff
import pytest
from builders_collection import AFTER_GRACE
from sqlalchemy import func, select

from survey.figures import Responses
from survey.releases import make, participation, read, sets
from survey.releases.sets import NothingNew, ReleaseProblem, ReleaseRefused
from survey.storage import codes, enrolment, responses, windows
from survey.storage.enrolment import Enrolment
from survey.storage.tables import ReleaseRow, ResponseRow

CODED, OPEN, ALL = Responses.CODED, Responses.OPEN, Responses.ALL


@pytest.fixture
def schools(store):
    """The four schools, and nothing else."""
    builders_staff.set_up(store)
    return store


def sealed(store, **told):
    return builders_apart.seal(store, builders_apart.with_codes(store, **told))


def made(store, which=ALL, window="fall-2026"):
    return make.make(store, window, (), 11, AFTER_GRACE, district_name="Costa Clara", responses=which)


def refused(store, which):
    with pytest.raises(ReleaseRefused) as found:
        made(store, which)
    return found.value


def test_a_window_with_codes_is_never_released_as_one(schools):
    sealed(schools)

    why = refused(schools, ALL)

    assert why.problem is ReleaseProblem.CHOOSE
    assert "--responses coded, --responses open, or --responses both" in str(why)
    assert read.numbers(schools, "fall-2026") == ()


@pytest.mark.parametrize("which", [CODED, OPEN])
def test_a_window_without_codes_is_never_parted(schools, which):
    sealed(schools, code_uses=0)

    assert refused(schools, which).problem is ReleaseProblem.NO_CODES


def test_each_release_holds_its_own_respondents(schools):
    sealed(schools)

    coded, opened = made(schools, CODED), made(schools, OPEN)

    assert (coded.number, coded.responses, coded.district.respondents) == (1, CODED, 400)
    assert (opened.number, opened.responses, opened.district.respondents) == (2, OPEN, 46)
    assert read.with_figures(schools, "fall-2026", 1) == coded
    assert read.with_figures(schools, "fall-2026", 2) == opened


def test_open_first_is_as_good(schools):
    sealed(schools)
    opened = made(schools, OPEN)

    coded = made(schools, CODED)

    assert [(each.number, each.responses) for each in (opened, coded)] == [(1, OPEN), (2, CODED)]
    assert [each.responses for each in read.newest(schools, "fall-2026")] == [CODED, OPEN]
    assert read.latest(schools, "fall-2026").responses is CODED


def test_every_response_is_counted_by_the_release_of_its_kind_alone(schools):
    window = sealed(schools)
    made(schools, CODED)
    with schools.reading() as db:
        waiting = len(list(responses.packed(db, window.id, uncounted=True)))

    made(schools, OPEN)

    assert waiting == 46
    with schools.reading() as db:
        query = select(ResponseRow.channel, ResponseRow.batch, func.count())
        found = db.execute(query.group_by(ResponseRow.channel, ResponseRow.batch)).all()
    assert sorted(tuple(row) for row in found) == [("code", 1, 400), ("link", 2, 46)]


def test_each_release_keeps_the_unprotected_counts_of_its_own(schools):
    sealed(schools)
    made(schools, CODED)
    made(schools, OPEN)

    with schools.reading() as db:
        kept = db.execute(select(ReleaseRow.unprotected).order_by(ReleaseRow.number)).scalars().all()
    languages = [[row for row in json.loads(each)["groups"] if row[:2] == ["", "language"]] for each in kept]
    assert [sum(size for *_, size in rows) for rows in languages] == [400, 46]


@pytest.mark.parametrize("which", [CODED, OPEN])
def test_the_same_set_is_not_released_twice(schools, which):
    sealed(schools)
    first = made(schools, which)

    with pytest.raises(NothingNew) as same:
        made(schools, which)

    assert same.value.number == first.number
    assert read.numbers(schools, "fall-2026") == (1,)


def test_too_few_of_one_kind_leave_the_other_as_it_was(schools):
    sealed(schools, opened={"los-robles": 10})
    coded = made(schools, CODED)

    why = refused(schools, OPEN)

    assert why.problem is ReleaseProblem.TOO_FEW
    assert "fewer than 11 respondents from the open link" in str(why)
    assert read.with_figures(schools, "fall-2026") == coded


def test_a_school_too_small_in_one_set_is_put_together_there_alone(schools):
    sealed(schools, coded={"los-robles": 60, "mar-vista": 40, "canyon": 25}, opened=builders_apart.OPEN)

    coded, opened = made(schools, CODED), made(schools, OPEN)

    # Nobody answered at Pine with a code: it is as small there as a school with ten.
    assert [row.members for row in coded.sites] == [("los-robles",), ("canyon", "pine", "mar-vista")] or [
        row.is_together for row in coded.sites
    ].count(True) == 1
    assert {row.members for row in opened.sites if row.is_together} != {
        row.members for row in coded.sites if row.is_together
    }


@pytest.mark.parametrize(("code_uses", "is_rate"), [(1, True), (2, False)])
def test_only_single_use_codes_make_a_response_rate(schools, code_uses, is_rate):
    sealed(schools, code_uses=code_uses)

    assert made(schools, CODED).one_each is is_rate
    assert made(schools, OPEN).one_each is False


def test_codes_made_void_make_no_response_rate(schools):
    window = builders_apart.with_codes(schools)
    with schools.writing() as db:
        site = windows.sites_of(db, window.id)[0]
        codes.put(db, window.id, site.id, ["a" * 64], 1)
        codes.void(db, window.id, site.id)
    builders_apart.seal(schools, window)

    assert made(schools, CODED).one_each is False


def test_open_surveys_are_measured_against_pupils_and_coded_ones_against_families(schools):
    sealed(schools)
    with schools.writing() as db:
        enrolment.replace(
            db,
            [Enrolment("los-robles", unit, "", "", n) for unit, n in (("families", 300), ("pupils", 450))],
        )

    coded, opened = made(schools, CODED), made(schools, OPEN)

    assert [(each.site("los-robles").enrolled, each.site("los-robles").unit) for each in (coded, opened)] == [
        (300, "families"),
        (450, "pupils"),
    ]


def test_what_is_left_to_release_is_known(schools):
    window = builders_apart.with_codes(schools)
    assert sets.choices(schools, "fall-2026") is None
    assert sets.choices(schools, "nowhere") is None
    builders_apart.seal(schools, window)

    made(schools, CODED)

    assert sets.choices(schools, "fall-2026").releases == {CODED: 1, OPEN: None}
    assert sets.choices(schools, "fall-2026").left == (OPEN,)


def test_participation_counts_coded_surveys_alone_so_that_nobody_can_add_to_it(schools):
    window = builders_apart.with_codes(schools)

    found = participation.so_far(schools, window.name, 11, window.opens)

    assert {each.site.slug: each.at_least for each in found} == {
        "los-robles": 220,
        "mar-vista": 143,
        "canyon": 0,
        "pine": 11,
    }
