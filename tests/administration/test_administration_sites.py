"""Importing sites and enrolment: whole or not at all, again and again, and never among made-up schools."""

import builders_storage
import pytest

from survey.administration import enrolment, sites
from survey.administration.faults import ImportFaults, Refused
from survey.administration.sites import SitesImported
from survey.storage import enrolment as stored_enrolment
from survey.storage import installation
from survey.storage import sites as stored
from survey.storage.enrolment import Enrolment

HEADER = "slug,name,cds_code,contact,phone\n"
PINE = "pine,Pine Elementary,19647330123456,Ms. Office,555-0101\n"
ENROLMENT = "site,unit,home_language,grade_band,count\n"


def all_sites(store):
    with store.reading() as db:
        return [
            (site.slug, site.name, site.cds_code, site.contact, site.phone) for site in stored.all_sites(db)
        ]


def all_enrolment(store):
    with store.reading() as db:
        return stored_enrolment.all_rows(db)


def refused(work, *arguments):
    with pytest.raises(ImportFaults) as faults:
        work(*arguments)
    return [str(fault) for fault in faults.value.faults]


def test_sites_are_imported_with_all_their_particulars(store):
    done = sites.import_csv(store, HEADER + PINE)

    assert done == SitesImported(added=1, changed=0, unchanged=0)
    assert all_sites(store) == [("pine", "Pine Elementary", "19647330123456", "Ms. Office", "555-0101")]


def test_a_site_needs_no_cds_code_and_no_contact(store):
    sites.import_csv(store, "slug,name,cds_code\npine,Pine,\n")

    assert all_sites(store) == [("pine", "Pine", "", "", "")]


def test_importing_again_changes_names_and_leaves_the_rest(store):
    sites.import_csv(store, f"{HEADER}{PINE}oak,Oak,,,\nelm,Elm,,,\n")

    done = sites.import_csv(store, "slug,name,cds_code\npine,Pine School,19647330123456\noak,Oak,\n")

    assert done == SitesImported(added=0, changed=1, unchanged=1)
    assert all_sites(store) == [
        ("elm", "Elm", "", "", ""),
        ("oak", "Oak", "", "", ""),
        ("pine", "Pine School", "19647330123456", "Ms. Office", "555-0101"),
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("p,P,1964733012345,,", "line 3, cds_code: 13 digits; a CDS code has 14"),
        ("p,P,196473301234567,,", "line 3, cds_code: 15 digits; a CDS code has 14"),
        ("p,P,1.96E+13,,", "line 3, cds_code: A CDS code is 14 digits and nothing else, or left empty"),
        ("p,P,¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴,,", "line 3, cds_code: A CDS code is 14 digits and nothing else, or left empty"),
        (",P,,,", "line 3, slug: A slug is 1 to 64 of a-z, 0-9 and hyphens"),
        ("Pine School,P,,,", "line 3, slug: A slug is 1 to 64 of a-z, 0-9 and hyphens"),
        (f"{'p' * 65},P,,,", "line 3, slug: A slug is 1 to 64 of a-z, 0-9 and hyphens"),
        ("p,,,,", "line 3, name: A site needs a name"),
        (f"p,{'P' * 201},,,", "line 3, name: 201 characters; at most 200"),
        (f"p,P,,,{'5' * 41}", "line 3, phone: 41 characters; at most 40"),
        ("pine,Pine again,,,", "line 3, slug: The same slug is on line 2"),
    ],
)
def test_a_fault_is_told_by_line_and_column_and_nothing_is_imported(sqlite_store, line, told):
    assert refused(sites.import_csv, sqlite_store, f"{HEADER}{PINE}{line}\n") == [told]
    assert all_sites(sqlite_store) == []


def test_all_faults_are_told_in_the_order_of_lines(sqlite_store):
    assert refused(sites.import_csv, sqlite_store, f"{HEADER}p\n,P,1,,\nq,Q,,\x07,\n") == [
        "line 2: The line has 1 fields; the header has 5",
        "line 3, slug: A slug is 1 to 64 of a-z, 0-9 and hyphens",
        "line 3, cds_code: 1 digits; a CDS code has 14",
        "line 4, contact: There is a line break or another control character in it",
    ]


def test_enrolment_is_put_in_place_of_what_was_there(store):
    builders_storage.a_site(store, "pine")
    enrolment.import_csv(store, f"{ENROLMENT}pine,pupils,,,7\n")

    count = enrolment.import_csv(store, f"{ENROLMENT}pine,families,,,300\npine,families,es,k_2,0\n")

    assert count == 2
    assert all_enrolment(store) == (
        Enrolment("pine", "families", "", "", 300),
        Enrolment("pine", "families", "es", "k_2", 0),
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("oak,families,,,1", "line 3, site: There is no site with this slug; see: survey sites list"),
        ("pine,people,,,1", "line 3, unit: The unit is families or pupils"),
        (f"pine,families,{'x' * 33},,1", "line 3, home_language: 33 characters; at most 32"),
        ("pine,families,es,,", "count"),
        ("pine,families,es,,-1", "count"),
        ("pine,families,es,,1.5", "count"),
        ("pine,families,es,,1000001", "count"),
        (f"pine,families,es,,{'9' * 5000}", "count"),
        ("pine,families,,,1", "line 3: The same site, unit, language and grade band are on line 2"),
    ],
)
def test_a_fault_in_enrolment_is_told_and_what_was_there_stays(sqlite_store, line, told):
    builders_storage.a_site(sqlite_store, "pine")
    before = (Enrolment("pine", "pupils", "", "", 7),)
    with sqlite_store.writing() as db:
        stored_enrolment.replace(db, before)
    if told == "count":
        told = "line 3, count: A count is a whole number from 0 to 1000000, written with digits only"

    assert refused(enrolment.import_csv, sqlite_store, f"{ENROLMENT}pine,families,,,2\n{line}\n") == [told]
    assert all_enrolment(sqlite_store) == before


@pytest.mark.parametrize("work", [sites.import_csv, enrolment.import_csv])
def test_real_schools_never_come_into_a_made_up_district(store, work):
    builders_storage.a_site(store, "made-up")
    with store.writing() as db:
        installation.set_made_up(db)
    content = HEADER + PINE if work is sites.import_csv else f"{ENROLMENT}made-up,families,,,1\n"

    with pytest.raises(Refused, match="made-up district"):
        work(store, content)

    assert [slug for slug, *_ in all_sites(store)] == ["made-up"]
    assert all_enrolment(store) == ()
