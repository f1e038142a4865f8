"""What a folder becomes: everything resolved, so that nothing in an instrument refers to a file."""

import builders_content as builders
import pytest
from builders_content import item

from survey import catalogue
from survey.catalogue import Catalogue
from survey.frameworks import Judgeable, Node, Status
from survey.instruments import stored
from survey.instruments.model import Item, Missing, Role, ShownIf, Use
from survey.wording import Wording


def load(folder, change=dict.copy) -> Catalogue:
    content = builders.content()
    change(content)
    return catalogue.load(builders.write(folder, small=content))


def resolved(folder, item_id, change=dict.copy) -> Item:
    found = load(folder, lambda content: change(item(content, item_id)))
    return found.instruments["small"].item(item_id)


def signs(found: Item) -> dict[str, str]:
    return {option.code: option.sign for option in found.options}


def test_a_scale_becomes_the_options_of_its_items(tmp_path):
    found = resolved(tmp_path, "q.1")

    assert found.scale == "agree"
    assert [(o.code, o.favorable, o.missing) for o in found.options] == [
        ("2", True, None),
        ("1", False, None),
        ("0", None, Missing.DONT_KNOW),
    ]


def test_unmarked_options_are_not_favorable_where_any_is_marked(tmp_path):
    found = load(tmp_path, lambda content: content["scales"][0]["options"][1].pop("favorable"))

    assert [o.favorable for o in found.instruments["small"].item("q.1").options] == [True, False, None]


def test_an_item_without_marks_is_not_scored(tmp_path):
    assert not resolved(tmp_path, "about.home_language").is_scored


def test_codes_of_one_character_are_their_own_signs(tmp_path):
    assert signs(resolved(tmp_path, "q.1")) == {"2": "2", "1": "1", "0": "?"}


def test_other_codes_are_signed_by_their_places(tmp_path):
    assert signs(resolved(tmp_path, "about.home_language")) == {"en": "0", "es": "1", "no_answer": "!"}


def test_the_eleventh_place_is_a_letter(tmp_path):
    many = [{"code": f"c{n}", "text": {"en": f"{n}", "es": f"{n}"}} for n in range(62)]

    found = resolved(tmp_path, "q.3", lambda values: values.update(options=many))

    assert (found.options[10].sign, found.options[61].sign) == ("A", "z")


def test_the_code_no_answer_is_declined_and_others_are_not_known(tmp_path):
    def rename(values):
        values["options"][2]["code"] = "unsure"

    assert resolved(tmp_path, "about.home_language").options[2].missing is Missing.DECLINED
    assert resolved(tmp_path, "about.home_language", rename).options[2].missing is Missing.DONT_KNOW


def test_what_an_option_is_missing_as_can_be_written(tmp_path):
    def say(values):
        values["options"][2].update(code="rather_not", missing="declined")

    assert resolved(tmp_path, "about.home_language", say).options[2].missing is Missing.DECLINED


def test_hints_and_notices_become_texts(tmp_path):
    found = load(tmp_path).instruments["small"]

    assert found.item("q.4").hint == Wording("No names.", "Sin nombres.")
    assert found.sections[-1].notice == Wording("No names.", "Sin nombres.")
    assert found.notices == (Wording("Groups of {min_group}.", "Grupos de {min_group}."),)
    assert found.closing == {"thanks": Wording("See you in {month}.", "Hasta {month}.")}


def test_the_background_comes_last_and_is_no_rating(tmp_path):
    found = load(tmp_path).instruments["small"]

    assert [section.id for section in found.sections] == ["small.school", "about"]
    assert [i.is_background for i in found.items()] == [False] * 4 + [True] * 2
    assert [i.is_rated for i in found.items()] == [True, True, True, False, False, False]


def test_shown_if_holds_a_text_whatever_yaml_reads(tmp_path):
    assert resolved(tmp_path, "q.2").shown_if == ShownIf("q.1", "2")


def test_a_block_can_be_shared_by_surveys(tmp_path):
    def share(content):
        section = {
            "id": "other.school",
            "title": {"en": "School", "es": "Escuela"},
            "items": [{"id": "o.1", "type": "single", "scale": "agree", "text": {"en": "O?", "es": "¿O?"}}],
        }
        title = {"en": "Other", "es": "Otra"}
        content["surveys"].append({"id": "other", "title": title, "sections": [section], "blocks": ["about"]})

    found = load(tmp_path, share).instruments

    assert found["other"].sections[-1] == found["small"].sections[-1]


@pytest.mark.parametrize(
    ("words", "use"),
    [
        ("reporting group", Use.REPORTING_GROUP),
        ("Reporting group, in bands", Use.REPORTING_GROUP),
        ("reporting group at district level only", Use.DISTRICT_REPORTING_GROUP),
        ("denominators; never a reporting group", Use.NONE),
        (None, Use.NONE),
    ],
)
def test_the_use_of_an_item_is_read_from_its_words(tmp_path, words, use):
    assert resolved(tmp_path, "about.grades", lambda values: values.update(use=words)).use is use


def test_roles_are_read_from_ids_unless_written(tmp_path):
    assert resolved(tmp_path, "about.home_language").role is Role.HOME_LANGUAGE
    assert resolved(tmp_path, "about.grades").role is Role.GRADE_BAND
    assert resolved(tmp_path, "about.grades", lambda values: values.update(role="none")).role is None


def test_an_item_outside_the_background_has_no_role_by_its_id(tmp_path):
    found = load(tmp_path, lambda content: item(content, "q.1").update(id="q.1", role=None))
    renamed = load(tmp_path, lambda content: item(content, "q.4").update(id="q.grade_reports"))

    assert found.instruments["small"].item("q.1").role is None
    assert renamed.instruments["small"].item("q.grade_reports").role is None


def test_the_version_is_the_surveys_own_or_that_of_its_file(tmp_path):
    own = load(tmp_path, lambda content: content["surveys"][0].update(version=2.0))

    assert own.instruments["small"].version == "2.0"
    assert load(tmp_path).instruments["small"].version == "1"


def test_a_list_of_nodes_under_any_key_measures_them(tmp_path):
    found = resolved(tmp_path, "q.1", lambda values: values.update(also=["fw.a"]))

    assert found.indicators == ("fw.a.1", "fw.a")


def test_what_is_spread_over_files_is_one_folder(tmp_path):
    content = builders.content()
    (tmp_path / "spread" / "below").mkdir(parents=True)
    (tmp_path / "whole").mkdir()
    shared = {key: content.pop(key) for key in ("scales", "notices", "blocks")}
    builders.write(tmp_path / "spread" / "below", shared=shared)
    builders.write(tmp_path / "spread", small=content)

    assert catalogue.load(tmp_path / "spread").instruments == load(tmp_path / "whole").instruments


def test_a_node_keeps_its_standing_and_its_source(tmp_path):
    assert load(tmp_path).frameworks[0].node("fw.a.1") == Node(
        id="fw.a.1",
        parent="fw.a",
        type="indicator",
        text=Wording("Families are welcome.", "Las familias son bienvenidas."),
        status=Status.PROPOSED,
        judgeable=Judgeable.YES,
        source=("staff",),
    )


def test_the_levels_of_a_rubric_are_nodes_of_their_framework(tmp_path):
    level = {"id": "fw.level.1", "order": 1, "status": "verbatim", "text": {"en": "Basic", "es": "Básico"}}

    found = load(tmp_path, lambda content: content["frameworks"][0].update(rubric_levels=[level]))

    assert found.frameworks[0].nodes[-1].type == "rubric_level"
    assert not found.frameworks[0].nodes[-1].is_indicator


@pytest.mark.parametrize("survey", ["climate", "engagement"])
def test_a_built_in_survey_reads_back_from_its_stored_text(survey):
    found = catalogue.load().instruments[survey]

    assert stored.from_json(stored.to_json(found)) == found
