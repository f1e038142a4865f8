"""The content that comes with the program: all of it is there, and it covers what it measures."""

import os
from collections import Counter
from pathlib import Path

import pytest

from survey import catalogue
from survey.catalogue import coverage
from survey.catalogue.coverage import measures
from survey.frameworks import Judgeable, Status
from survey.instruments.model import ItemType, Missing, Role, Use

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def built_in():
    return catalogue.load()


def nodes(built_in):
    return [node for framework in built_in.frameworks for node in framework.nodes]


def test_every_framework_is_there_with_all_its_nodes(built_in):
    sizes = {framework.id: len(framework.nodes) for framework in built_in.frameworks}

    assert list(sizes) == ["ete", "lcap", "fef", "cde", "epstein", "lcff", "edscls", "dcbf"]
    assert sizes == {
        "ete": 38,
        "lcap": 5,
        "fef": 34,
        "cde": 26,
        "epstein": 6,
        "lcff": 29,
        "edscls": 16,
        "dcbf": 5,
    }
    assert len(sizes) + sum(sizes.values()) == 167


def test_every_node_says_where_its_text_is_from(built_in):
    assert Counter(node.status for node in nodes(built_in)) == {
        Status.VERBATIM: 105,
        Status.PROPOSED: 23,
        Status.RECONSTRUCTED: 18,
        Status.RECALLED: 13,
    }
    assert all(node.source and set(node.source) <= set(built_in.sources) for node in nodes(built_in))


def test_what_is_proposed_or_rebuilt_says_so_in_a_note(built_in):
    notes = {framework.id: framework.note or "" for framework in built_in.frameworks}

    assert "PROPOSED" in notes["fef"]
    assert "before they are shown to a principal as CDE text" in notes["cde"]


def test_stars_and_principles_are_as_many_as_in_the_documents(built_in):
    kinds = Counter(node.type for node in nodes(built_in))

    assert kinds["action_item"] == 22
    assert sum(node.starred for node in nodes(built_in)) == 13
    assert kinds["principle"] == 18
    assert kinds["prompt"] == 12


def test_both_surveys_are_there(built_in):
    climate, engagement = built_in.instruments["climate"], built_in.instruments["engagement"]

    assert [section.id for section in climate.sections] == [
        "climate.welcome",
        "climate.safety",
        "climate.support",
        "climate.learning",
        "climate.english",
        "climate.places",
        "climate.comments",
        "demographics",
    ]
    assert len(list(climate.items())) == 29 + 5
    assert len(list(engagement.items())) == 31 + 5
    assert climate.status == engagement.status == "proposed, untested"
    assert {climate.version, engagement.version} == {"0.2"}


def test_notices_hints_and_closing_texts_are_resolved(built_in):
    engagement = built_in.instruments["engagement"]

    assert [notice.en[:9] for notice in engagement.notices] == ["Thank you", "We do not", "“Your chi"]
    assert engagement.item("eng.30").hint.es.startswith("Por favor, no escriba nombres")
    assert engagement.sections[-1].notice.en.startswith("The last questions")
    assert set(engagement.closing) == {"thanks", "another_school"}


def test_the_background_knows_its_groups_and_roles(built_in):
    background = {item.id: item for item in built_in.instruments["climate"].sections[-1].items}

    assert {name: item.use for name, item in background.items()} == {
        "demo.children": Use.NONE,
        "demo.grades": Use.REPORTING_GROUP,
        "demo.home_language": Use.REPORTING_GROUP,
        "demo.programs": Use.DISTRICT_REPORTING_GROUP,
        "demo.race": Use.REPORTING_GROUP,
    }
    assert background["demo.home_language"].role is Role.HOME_LANGUAGE
    assert background["demo.grades"].role is Role.GRADE_BAND
    assert [item.role for item in background.values()].count(None) == 3
    assert all(item.is_background for item in background.values())


def test_shown_if_and_its_filter_are_resolved(built_in):
    climate = built_in.instruments["climate"]

    assert climate.item("clim.el").is_filter
    assert not climate.item("clim.el").is_scored
    assert climate.item("clim.23").shown_if == climate.item("clim.24").shown_if
    assert (climate.item("clim.23").shown_if.item, climate.item("clim.23").shown_if.code) == ("clim.el", "1")


def test_signs_are_codes_where_they_can_be_and_places_elsewhere(built_in):
    engagement = built_in.instruments["engagement"]

    assert {o.code: o.sign for o in engagement.item("eng.01").options} == {
        "4": "4",
        "3": "3",
        "2": "2",
        "1": "1",
        "0": "?",
    }
    assert [o.sign for o in engagement.item("demo.programs").options] == ["0", "1", "2", "3", "4", "?", "!"]


def test_missing_options_are_told_apart(built_in):
    programs = built_in.instruments["climate"].item("demo.programs")

    assert programs.option("unsure").missing is Missing.DONT_KNOW
    assert programs.option("no_answer").missing is Missing.DECLINED


def test_an_item_measures_every_framework_it_names_in_order(built_in):
    item = built_in.instruments["climate"].item("clim.01")

    assert item.indicators == (
        "fef.ae.3",
        "ete.sc.3",
        "ete.pc.1",
        "ete.value.5",
        "cde.ae.2",
        "ep.1",
        "lcap.g3",
        "lcff.3",
        "lcff.p3.2",
        "lcff.6",
        "edscls.eng.relationships",
    )


def test_the_surveys_cover_the_frameworks(built_in):
    found = coverage(built_in)

    assert found.unmeasured == found.beyond_families == found.measures_nothing == found.long_sections == ()


def test_what_families_can_judge_is_asked_at_least_twice(built_in):
    items = {i.id: i for instrument in built_in.instruments.values() for i in instrument.items()}
    asked = Counter(n for i in items.values() if i.type is not ItemType.TEXT for n in i.indicators)

    thin = [
        n.id for n in nodes(built_in) if n.judgeable in (Judgeable.YES, Judgeable.PARTLY) and asked[n.id] < 2
    ]

    assert thin == []


def test_every_indicator_that_families_can_not_judge_names_other_evidence(built_in):
    assert all(n.evidence for n in nodes(built_in) if n.judgeable is Judgeable.NO)


def test_a_folder_without_frameworks_uses_the_built_in_ones(built_in):
    made_up = catalogue.load(HERE / "made_up")

    assert made_up.frameworks == built_in.frameworks
    assert made_up.instruments["made_up"].item("vol").indicators == ("fef.pr.4", "ep.3", "lcff.3")
    assert made_up.glossary == ()
    assert {n.id for n in coverage(made_up).unmeasured} > {"fef.bc.1"}


def test_a_folder_of_one_survey_file_loads_as_it_is():
    found = catalogue.load(HERE / "made_up").instruments["made_up"]

    assert found.version == "2026"
    assert found.notices == ()
    assert found.closing == {}
    assert [section.id for section in found.sections] == ["made_up.done", "background"]
    assert found.item("home_language").role is Role.HOME_LANGUAGE
    assert found.item("grade_band").role is Role.GRADE_BAND
    assert found.item("vol").is_scored
    assert all(measures(item) for item in found.items() if not item.is_background)


@pytest.mark.skipif("PFI_DATA" not in os.environ, reason="PFI_DATA names no folder of real answers")
def test_the_real_survey_loads_as_it_is():
    found = catalogue.load(Path(os.environ["PFI_DATA"])).instruments["pfi2019"]

    assert len(list(found.items())) == 19
    assert sum(item.is_scored for item in found.items()) == 16
    assert found.version == "2019"
