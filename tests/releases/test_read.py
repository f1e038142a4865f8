"""Reading releases: whole, or only what one page shows."""

import pytest
from builders_releases import release as a_release
from builders_sealed import place

from survey.releases import frozen, read
from survey.storage import released


@pytest.fixture
def kept(store):
    """The builder's release, stored as release 1 of a window."""
    at = place(store)
    given = a_release()
    with store.writing() as db:
        released.add(
            db,
            at.window.id,
            made_on=given.made_on,
            audited=given.audited,
            head=frozen.head(given),
            unprotected="{}",
            documents=frozen.parts(given),
        )
    return given


def test_a_release_comes_back_as_it_was(store, kept):
    found = read.with_figures(store, "fall-2026", 1)

    assert (found.instrument, found.frameworks, found.breakdowns) == (
        kept.instrument,
        kept.frameworks,
        kept.breakdowns,
    )
    assert (found.sites, found.district, found.minimum_group) == (kept.sites, kept.district, 11)
    assert sorted(found.figures, key=repr) == sorted(kept.figures, key=repr)
    assert sorted(found.groups, key=repr) == sorted(kept.groups, key=repr)


def test_a_head_has_no_figures(store, kept):
    found = read.latest(store, "fall-2026")

    assert (found.number, found.made_on, found.figures, found.groups) == (1, kept.made_on, (), ())


def test_a_site_is_found_by_any_of_its_schools(store, kept):
    by_row = read.with_figures(store, "fall-2026", site="canyon+pine")

    assert read.with_figures(store, "fall-2026", site="pine") == by_row
    assert {figure.site for figure in by_row.figures} == {"canyon+pine"}
    assert by_row.figures == tuple(f for f in kept.figures if f.site == "canyon+pine")


def test_the_district_comes_without_pairs_unless_they_are_wanted(store, kept):
    plain = read.with_figures(store, "fall-2026", site="")
    pairs = read.with_figures(store, "fall-2026", site="", pairs=True)

    assert {f.site for f in plain.figures} == {""}
    assert not any(";" in f.breakdown for f in plain.figures)
    assert sorted(pairs.figures, key=repr) == sorted((f for f in kept.figures if f.site == ""), key=repr)


def test_what_does_not_exist_is_none(store, kept):
    assert read.with_figures(store, "fall-2026", 2) is None
    assert read.with_figures(store, "fall-2026", site="elm") is None
    assert read.with_figures(store, "nowhere") is None
    assert read.latest(store, "nowhere") is None
    assert read.numbers(store, "nowhere") == ()
