"""Sites, enrolment and the mark of the made-up district, as they are stored and read."""

import builders_storage
import pytest
from sqlalchemy.exc import IntegrityError

from survey.storage import enrolment, installation, sites
from survey.storage.enrolment import Enrolment
from survey.storage.sites import Site


def test_sites_come_by_name(store):
    with store.writing() as db:
        sites.put(db, [Site(0, "a", "Zuma"), Site(0, "b", "Adams")])

    with store.reading() as db:
        assert [site.name for site in sites.all_sites(db)] == ["Adams", "Zuma"]


def test_a_site_put_again_keeps_its_id_and_takes_the_new_particulars(store):
    before = builders_storage.a_site(store, "pine", "Pine", phone="1")

    with store.writing() as db:
        sites.put(db, [Site(0, "pine", "Pine Elementary", "19647330123456", "Ms. Office", "2")])

    with store.reading() as db:
        assert sites.find(db, "pine") == Site(
            before.id, "pine", "Pine Elementary", "19647330123456", "Ms. Office", "2"
        )


def test_no_site_has_an_unknown_slug(store):
    with store.reading() as db:
        assert sites.find(db, "nowhere") is None


def test_enrolment_is_replaced_whole(store):
    builders_storage.a_site(store, "pine")
    with store.writing() as db:
        enrolment.replace(db, [Enrolment("pine", "families", "", "", 10)])

    with store.writing() as db:
        enrolment.replace(db, [Enrolment("pine", "pupils", "es", "k_2", 3)])

    with store.reading() as db:
        assert enrolment.all_rows(db) == (Enrolment("pine", "pupils", "es", "k_2", 3),)


def test_enrolment_of_an_unknown_site_changes_nothing(store):
    builders_storage.a_site(store, "pine")
    known = Enrolment("pine", "families", "", "", 10)
    with store.writing() as db:
        enrolment.replace(db, [known])

    with pytest.raises(KeyError), store.writing() as db:
        enrolment.replace(db, [Enrolment("nowhere", "families", "", "", 1)])

    with store.reading() as db:
        assert enrolment.all_rows(db) == (known,)


def test_a_count_below_zero_is_refused_by_the_database(store):
    builders_storage.a_site(store, "pine")

    with pytest.raises(IntegrityError), store.writing() as db:
        enrolment.replace(db, [Enrolment("pine", "families", "", "", -1)])


def test_totals_are_of_families_where_they_were_counted_and_never_of_a_part(store):
    for slug in ("both", "pupils-only", "parts-only"):
        builders_storage.a_site(store, slug)
    with store.writing() as db:
        enrolment.replace(
            db,
            [
                Enrolment("both", "pupils", "", "", 500),
                Enrolment("both", "families", "", "", 300),
                Enrolment("both", "families", "es", "", 100),
                Enrolment("pupils-only", "pupils", "", "", 400),
                Enrolment("parts-only", "families", "es", "", 100),
            ],
        )

    with store.reading() as db:
        assert enrolment.totals(db) == {"both": (300, "families"), "pupils-only": (400, "pupils")}


def test_a_database_is_real_until_it_is_marked_made_up_and_then_for_good(store):
    with store.reading() as db:
        before = installation.is_made_up(db)
    for _ in range(2):
        with store.writing() as db:
            installation.set_made_up(db)

    with store.reading() as db:
        assert (before, installation.is_made_up(db)) == (False, True)
