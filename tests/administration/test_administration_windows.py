"""Opening, extending, closing and removing windows: what is allowed when, and what is said when it is not."""

from datetime import date, timedelta
from threading import Thread
from uuid import uuid4

import builders_instruments
import builders_storage
import pytest

from survey.administration import windows
from survey.administration.faults import Refused
from survey.catalogue import Catalogue
from survey.storage import responses
from survey.storage import windows as stored
from survey.storage.responses import Response
from survey.storage.windows import WindowState

TODAY = date(2026, 11, 12)
OPENS, CLOSES = date(2026, 11, 2), date(2026, 11, 20)
SITES = ("oak", "pine")


@pytest.fixture
def store(store):
    return with_sites(store)


@pytest.fixture
def lite(sqlite_store):
    """A store for rules that no database has a say in."""
    return with_sites(sqlite_store)


def with_sites(store):
    for slug in SITES:
        builders_storage.a_site(store, slug)
    return store


def content(**changes):
    small = builders_instruments.instrument(**changes)
    other = builders_instruments.instrument(survey="other")
    instruments = {"small": small, "other": other}
    return Catalogue(None, (), instruments, {}, {}, ())


def opened(store, name="fall-2026", survey="small", *, opens=OPENS, closes=CLOSES, sites=()):
    return windows.open_window(store, content(), name, survey, opens, closes, sites, TODAY)


def answered(store, window, slug="pine"):
    with store.writing() as db:
        site = next(site for site in stored.sites_of(db, window.id) if site.slug == slug)
        responses.insert(db, Response(window.id, site.id, uuid4(), "en", "link", "4"))


def refused(work, *arguments, **named):
    with pytest.raises(Refused) as told:
        work(*arguments, **named)
    return str(told.value)


@pytest.mark.parametrize("uses", [0, 1, 10])
def test_a_window_is_opened_with_household_codes_or_without(lite, uses):
    window = windows.open_window(lite, content(), "fall-2026", "small", OPENS, CLOSES, (), TODAY, uses)

    assert window.code_uses == uses


@pytest.mark.parametrize("uses", [-1, 11])
def test_household_codes_are_used_ten_times_at_most(lite, uses):
    told = refused(windows.open_window, lite, content(), "fall-2026", "small", OPENS, CLOSES, (), TODAY, uses)

    assert "from 1 to 10 times" in told


def test_a_window_opens_at_all_sites_unless_some_are_named(store):
    everywhere = opened(store)
    somewhere = opened(store, "one", survey="other", sites=["pine"])

    with store.reading() as db:
        assert [site.slug for site in stored.sites_of(db, everywhere.id)] == ["oak", "pine"]
        assert [site.slug for site in stored.sites_of(db, somewhere.id)] == ["pine"]


def test_a_window_may_open_and_close_on_one_day_and_in_the_past(store):
    day = date(2019, 1, 31)

    assert stored.state(opened(store, opens=day, closes=day), TODAY) is WindowState.ENDED


@pytest.mark.parametrize(
    "name", ["", " fall", "fall ", "x" * 81, "otoño", "a/b", "a,b", "a\nb", "fall\n", "\x00", "=1+1"]
)
def test_a_name_has_only_what_addresses_files_and_shells_can_hold(lite, name):
    assert "1 to 80 letters without accents" in refused(opened, lite, name)


@pytest.mark.parametrize("name", ["x" * 80, "Fall 2026", "fall_2026-v1.2", "7"])
def test_a_name_may_hold_spaces_dots_hyphens_and_underscores(lite, name):
    assert opened(lite, name).name == name


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"closes": OPENS - timedelta(days=1)}, "before it opens on 2026-11-02"),
        ({"closes": date(2062, 11, 20)}, "is the year right?"),
        ({"survey": "nope"}, "There is no survey nope; the content has other, small."),
        ({"sites": ["pine", "palm", "birch"]}, "There is no site with the slug birch, palm."),
    ],
)
def test_what_can_not_be_opened_is_told_and_nothing_is_stored(lite, named, told):
    assert told in refused(opened, lite, **named)
    with lite.reading() as db:
        assert stored.all_windows(db) == ()


def test_a_window_needs_sites(sqlite_store):
    assert "import them first" in refused(opened, sqlite_store)


def test_a_name_is_taken_once(store):
    opened(store)

    assert refused(opened, store, survey="other") == "There is a window fall-2026 already."


@pytest.mark.parametrize(
    ("opens", "closes"),
    [(OPENS, CLOSES), (CLOSES, CLOSES + timedelta(days=9)), (OPENS - timedelta(days=9), OPENS)],
)
def test_a_site_has_one_window_of_a_survey_at_a_time(lite, opens, closes):
    opened(lite, sites=["pine"])

    assert refused(opened, lite, "second", opens=opens, closes=closes) == (
        "The window fall-2026 has the same survey from 2026-11-02 to 2026-11-20 at pine: "
        "a site can have only one at a time."
    )


@pytest.mark.parametrize(
    "named",
    [
        {"sites": ["oak"]},
        {"survey": "other"},
        {"opens": CLOSES + timedelta(days=1), "closes": CLOSES + timedelta(days=9)},
        {"opens": OPENS - timedelta(days=9), "closes": OPENS - timedelta(days=1)},
    ],
    ids=["another site", "another survey", "after", "before"],
)
def test_windows_that_do_not_meet_are_all_opened(lite, named):
    opened(lite, sites=["pine"])

    assert opened(lite, "second", **named).name == "second"


def test_a_window_closed_by_hand_makes_room_from_that_day_on(store):
    opened(store)
    windows.close(store, "fall-2026", TODAY)

    assert opened(store, "again", opens=TODAY).name == "again"


def test_two_windows_opened_at_the_same_moment_do_not_pass_each_others_checks(store):
    results = []

    def attempt(name):
        try:
            results.append(opened(store, name).name)
        except Refused:
            results.append(None)

    attempts = [Thread(target=attempt, args=(name,)) for name in ("a", "b", "c", "a")]
    for each in attempts:
        each.start()
    for each in attempts:
        each.join()

    assert len([name for name in results if name]) == 1


def test_extending_moves_the_last_day(store):
    opened(store)

    assert windows.extend(store, "fall-2026", date(2026, 12, 4), TODAY).closes == date(2026, 12, 4)


@pytest.mark.parametrize("closes", [CLOSES, OPENS, date(2000, 1, 1)])
def test_an_extension_ends_later(lite, closes):
    opened(lite)

    assert refused(windows.extend, lite, "fall-2026", closes, TODAY) == (
        "fall-2026 closes on 2026-11-20 already: an extension ends later."
    )


@pytest.mark.parametrize("closes", [TODAY + timedelta(days=732), date(2062, 12, 4), date.max])
def test_an_extension_is_no_farther_than_two_years_from_now(lite, closes):
    opened(lite)

    assert "more than two years from now" in refused(windows.extend, lite, "fall-2026", closes, TODAY)
    with lite.reading() as db:
        assert stored.find(db, "fall-2026").closes == CLOSES


def test_an_extension_may_be_as_far_as_a_new_window(lite):
    opened(lite)
    farthest = TODAY + timedelta(days=731)

    assert windows.extend(lite, "fall-2026", farthest, TODAY).closes == farthest


def test_an_extension_does_not_reach_into_the_next_window(store):
    opened(store)
    opened(store, "next", opens=date(2026, 12, 1), closes=date(2026, 12, 9))

    assert "The window next has the same survey" in refused(
        windows.extend, store, "fall-2026", date(2026, 12, 1), TODAY
    )


@pytest.mark.parametrize(
    "work",
    [
        lambda store: windows.extend(store, "fall-2026", date(2027, 1, 1), TODAY),
        lambda store: windows.close(store, "fall-2026", TODAY),
    ],
)
def test_a_sealed_window_is_final(store, work):
    opened(store)
    windows.close(store, "fall-2026", TODAY)

    assert refused(work, store) == "fall-2026 was sealed on 2026-11-12, for good."


@pytest.mark.parametrize(
    ("today", "was", "days"),
    [
        (OPENS, WindowState.OPEN, 25),
        (CLOSES, WindowState.OPEN, 7),
        (CLOSES + timedelta(days=1), WindowState.GRACE, 6),
        (CLOSES + timedelta(days=7), WindowState.GRACE, 0),
        (CLOSES + timedelta(days=8), WindowState.ENDED, 0),
        (CLOSES + timedelta(days=300), WindowState.ENDED, 0),
    ],
)
def test_closing_seals_and_says_what_it_cut_off(store, today, was, days):
    opened(store)

    done = windows.close(store, "fall-2026", today)

    assert (done.was, done.days_cut_off, done.until) == (was, days, date(2026, 11, 27))
    assert stored.state(done.window, today) is WindowState.SEALED


def test_a_window_that_is_not_open_yet_has_nothing_to_close(store):
    opened(store)

    assert refused(windows.close, store, "fall-2026", OPENS - timedelta(days=1)) == (
        "fall-2026 opens on 2026-11-02: there is nothing to close yet."
    )


def test_a_mistaken_window_is_removed_and_leaves_room(store):
    opened(store)

    windows.remove(store, "fall-2026")

    assert opened(store).name == "fall-2026"


def test_a_window_with_answers_stays(store):
    answered(store, opened(store))

    assert refused(windows.remove, store, "fall-2026") == "fall-2026 holds answers and can not be removed."


@pytest.mark.parametrize(
    "work",
    [
        lambda store: windows.extend(store, "nope", CLOSES, TODAY),
        lambda store: windows.close(store, "nope", TODAY),
        lambda store: windows.remove(store, "nope"),
    ],
)
def test_a_window_that_does_not_exist_is_told(lite, work):
    assert refused(work, lite) == "There is no window nope."
