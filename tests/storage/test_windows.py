"""Windows as they are stored, the state of each on a day, and the instrument each was opened with."""

from datetime import date
from uuid import uuid4

import builders_instruments
import builders_storage
import pytest

from survey.storage import instruments, windows
from survey.storage.windows import Window, WindowState
from survey.wording import Wording

OPENS, CLOSES = date(2026, 11, 2), date(2026, 11, 20)


def a_window(**changes):
    values = {
        "id": 1,
        "name": "fall-2026",
        "survey": "small",
        "version": "1",
        "instrument_id": 1,
        "opens": OPENS,
        "closes": CLOSES,
        "closed_on": None,
        "sealed_on": None,
        "released": False,
        "digest": "",
    }
    return Window(**values | changes)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 11, 1), WindowState.SCHEDULED),
        (date(2026, 11, 2), WindowState.OPEN),
        (date(2026, 11, 20), WindowState.OPEN),
        (date(2026, 11, 21), WindowState.GRACE),
        (date(2026, 11, 27), WindowState.GRACE),
        (date(2026, 11, 28), WindowState.ENDED),
    ],
)
def test_both_dates_belong_to_a_window_and_seven_days_of_grace_follow(day, state):
    assert windows.state(a_window(), day) is state


@pytest.mark.parametrize("closes", [date.max, date(9999, 12, 25)])
def test_the_grace_of_a_window_ends_with_the_calendar_at_the_latest(closes):
    assert a_window(closes=closes).grace_ends == date.max


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 11, 10), date(2026, 11, 22), date(2027, 1, 1)])
def test_a_window_closed_by_hand_has_ended_whatever_the_day(day):
    assert windows.state(a_window(closed_on=date(2026, 11, 10)), day) is WindowState.ENDED


@pytest.mark.parametrize(("released", "state"), [(False, WindowState.SEALED), (True, WindowState.RELEASED)])
def test_a_sealed_window_is_sealed_whatever_the_day_and_released_with_its_first_release(released, state):
    sealed = a_window(closed_on=date(2026, 11, 10), sealed_on=date(2026, 11, 10), released=released)

    assert windows.state(sealed, date(2026, 11, 10)) is state


def test_a_release_without_a_seal_makes_no_window_released():
    assert windows.state(a_window(released=True), OPENS) is WindowState.OPEN


def test_a_window_is_found_by_name_by_id_and_at_its_sites(store):
    pine, oak = builders_storage.a_site(store, "pine"), builders_storage.a_site(store, "oak")
    window = builders_storage.a_window(store, builders_instruments.instrument(), sites=[pine])

    with store.reading() as db:
        assert windows.find(db, window.name) == windows.by_id(db, window.id) == window
        assert windows.all_windows(db) == windows.at_site(db, pine.id) == (window,)
        assert windows.at_site(db, oak.id) == ()
        assert windows.sites_of(db, window.id) == (pine,)
        assert windows.find(db, "other") is windows.by_id(db, 99) is None


def test_windows_come_by_the_day_they_open(store):
    builders_storage.a_site(store)
    asked = builders_instruments.instrument()
    later = builders_storage.a_window(store, asked, name="a", opens=date(2026, 11, 3), closes=CLOSES)
    earlier = builders_storage.a_window(store, asked, name="b", opens=OPENS, closes=CLOSES)

    with store.reading() as db:
        assert windows.all_windows(db) == (earlier, later)


def test_a_window_keeps_the_instrument_it_was_opened_with(store):
    builders_storage.a_site(store)
    asked = builders_instruments.instrument()

    window = builders_storage.a_window(store, asked)

    with store.reading() as db:
        assert windows.instrument(db, window) == asked


def test_corrected_words_are_read_by_whoever_looks_next(store):
    builders_storage.a_site(store)
    asked = builders_instruments.instrument()
    before = builders_storage.a_window(store, asked)
    with store.reading() as db:
        windows.instrument(db, before)
    mended = builders_instruments.instrument(title=Wording("Small survey", "Encuesta pequeña"))

    with store.writing() as db:
        instruments.replace(db, before.instrument_id, mended)

    with store.reading() as db:
        assert windows.instrument(db, windows.by_id(db, before.id)) == mended


def test_words_corrected_between_two_reads_are_kept_under_what_was_read(store):
    builders_storage.a_site(store)
    version = uuid4().hex  # No other test has read it into this process.
    first = builders_instruments.instrument(version=version)
    window = builders_storage.a_window(store, first)
    mended = builders_instruments.instrument(version=version, title=Wording("New", "Nueva"))
    with store.writing() as db:
        instruments.replace(db, window.instrument_id, mended)
        read_late = windows.instrument(db, window)
        instruments.replace(db, window.instrument_id, first)

    with store.reading() as db:
        assert (read_late, windows.instrument(db, window)) == (mended, first)


def test_a_removed_window_is_gone_and_its_instrument_stays(store):
    builders_storage.a_site(store)
    asked = builders_instruments.instrument()
    window = builders_storage.a_window(store, asked)

    with store.writing() as db:
        windows.remove(db, window.id)

    with store.reading() as db:
        assert windows.all_windows(db) == ()
        assert instruments.find(db, asked.survey, asked.version).id == window.instrument_id
