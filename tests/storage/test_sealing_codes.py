"""Sealing and household codes: before it, a code leads to its answers; after it, no code is left to lead anywhere."""

from datetime import date

from campaigns import codes, codes_in_dumps, codes_on_postgresql
from campaigns.codes_plant import dump, plant

from survey.storage import codes as stored
from survey.storage import sealing

AFTER = date(2026, 12, 8)


def test_after_sealing_no_attack_links_codes_better_than_guessing(store, database_url):
    known = plant(store, 120, schools=4)
    before = list(codes.attacks(store, database_url, known))
    day_by_day = codes_in_dumps.of_two(known)
    assert codes.left_over(store, database_url, known) == len(known.evening.codes)
    if not store.is_sqlite:
        codes_on_postgresql.let_it_look(store)

    sealing.seal(store, known.planted.window.id, AFTER)

    assert max(worth.linked / worth.of for worth in before) > 0.9
    assert day_by_day.linked > 4 * day_by_day.by_chance
    after = list(codes.attacks(store, database_url, known))
    assert [str(worth) for worth in after if worth.beats_chance] == []
    assert codes.left_over(store, database_url, known) == 0
    assert dump(store, known.planted.window).codes == {}


def test_sealing_leaves_the_codes_of_other_windows_and_how_many_were_made(store):
    known, other = plant(store, 20, schools=2), plant(store, 10, schools=2, seed=2)
    window, beside = known.planted.window, other.planted.window
    before = dump(store, beside).codes
    with store.reading() as db:
        given = stored.given(db, window.id)

    sealing.seal(store, window.id, AFTER)

    assert dump(store, beside).codes == before
    with store.reading() as db:
        assert stored.given(db, window.id) == given
        assert sum(each.made for each in given.values()) == 40
