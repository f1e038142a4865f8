"""A survey that was used keeps its meaning: a change needs a new version, and a slip of wording is corrected, dated."""

from dataclasses import replace
from datetime import date, timedelta

import builders_instruments
import builders_storage
import pytest

from survey.administration import instruments, windows
from survey.administration.faults import Refused
from survey.catalogue import Catalogue
from survey.instruments.stored import WordsChanged
from survey.storage import windows as stored
from survey.wording import Wording

TODAY = date(2026, 11, 12)
USED = builders_instruments.instrument()
SLIP = WordsChanged("title", "es", "Encuesta pequeña", "Encuesta corta")
MENDED = replace(USED, title=Wording(USED.title.en, "Encuesta corta"))
CHANGED = replace(USED, sections=USED.sections[:-1])


@pytest.fixture
def store(store):
    builders_storage.a_site(store)
    return store


def content(instrument):
    return Catalogue(None, (), {instrument.survey: instrument}, {}, {}, ())


def opened(store, instrument=USED, name="fall-2026", **dates):
    dates = {"opens": date(2026, 11, 2), "closes": date(2026, 11, 20), **dates}
    return windows.open_window(
        store, content(instrument), name, "small", dates["opens"], dates["closes"], (), TODAY
    )


def opened_again(store, instrument):
    return opened(store, instrument, "again", opens=date(2027, 3, 1), closes=date(2027, 3, 9))


def refused(work, *arguments):
    with pytest.raises(Refused) as told:
        work(*arguments)
    return str(told.value)


def reads(store, name="fall-2026"):
    with store.reading() as db:
        return stored.instrument(db, stored.find(db, name))


def test_windows_of_the_same_version_share_what_is_stored(store):
    assert opened(store).instrument_id == opened_again(store, USED).instrument_id


def test_a_new_version_is_stored_beside_the_old(store):
    opened(store)

    opened_again(store, replace(CHANGED, version="2"))

    assert reads(store) == USED
    assert reads(store, "again") == replace(CHANGED, version="2")


def test_a_used_version_that_asks_otherwise_can_not_be_opened(store):
    opened(store)

    assert "Version 1 of small was used before, and asked otherwise: section" in refused(
        opened_again, store, CHANGED
    )


def test_a_used_version_in_other_words_can_not_be_opened_and_the_way_out_is_told(store):
    opened(store)

    told = refused(opened_again, store, MENDED)

    assert "was used before in other words: title (es)." in told
    assert "survey window reword" in told


def test_a_slip_of_wording_is_corrected_with_the_words_before_kept_and_dated(store):
    opened(store)

    changed = instruments.reword(store, content(MENDED), "fall-2026", TODAY)

    correction = reads(store).corrections[0]
    assert changed == (SLIP,)
    assert replace(reads(store), corrections=()) == MENDED
    assert (correction.on, correction.old, correction.new) == (TODAY, SLIP.old, SLIP.new)


def test_after_a_correction_the_content_opens_the_next_window(store):
    opened(store)
    instruments.reword(store, content(MENDED), "fall-2026", TODAY)

    assert opened_again(store, MENDED).name == "again"


def test_a_correction_taken_back_is_kept_twice(store):
    opened(store)
    instruments.reword(store, content(MENDED), "fall-2026", TODAY)

    instruments.reword(store, content(USED), "fall-2026", TODAY)

    assert replace(reads(store), corrections=()) == USED
    assert [correction.new for correction in reads(store).corrections] == [SLIP.new, SLIP.old]


@pytest.mark.parametrize(
    ("instrument", "told"),
    [
        (CHANGED, "More than words is different: section"),
        (USED, "fall-2026 reads like the content: there is nothing to correct."),
        (replace(MENDED, version="2"), "The content has version 2 of small; fall-2026 uses 1."),
        (replace(MENDED, survey="other"), "There is no survey small; the content has other."),
    ],
)
def test_nothing_but_words_of_the_same_version_is_corrected(store, instrument, told):
    opened(store)

    assert told in refused(instruments.reword, store, content(instrument), "fall-2026", TODAY)
    assert reads(store) == USED


def test_a_closed_window_keeps_its_words(store):
    opened(store)
    windows.close(store, "fall-2026", TODAY)

    assert refused(instruments.reword, store, content(MENDED), "fall-2026", TODAY) == (
        "fall-2026 is closed: its words stay as they were answered."
    )


def test_a_window_whose_grace_is_over_keeps_its_words(store):
    last = opened(store).grace_ends

    told = refused(instruments.reword, store, content(MENDED), "fall-2026", last + timedelta(days=1))

    assert told == "fall-2026 is closed: its words stay as they were answered."
    assert reads(store) == USED


def test_the_words_are_corrected_as_long_as_answers_are_taken(store):
    last = opened(store).grace_ends

    assert instruments.reword(store, content(MENDED), "fall-2026", last) == (SLIP,)


def test_a_window_that_does_not_exist_has_no_words(store):
    assert refused(instruments.reword, store, content(MENDED), "nope", TODAY) == "There is no window nope."


def test_what_changed_since_it_was_used_is_found(store):
    opened(store)

    assert instruments.changed_since_use(store, content(USED)) == ()
    assert instruments.changed_since_use(store, content(replace(CHANGED, version="2"))) == ()
    (found,) = instruments.changed_since_use(store, content(MENDED))
    assert (found.survey, found.version, found.differences.words) == ("small", "1", (SLIP,))
