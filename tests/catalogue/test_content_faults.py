"""Every mistake a specialist makes in content, and what is said about it."""

from collections.abc import Callable
from typing import Any

import builders_content as builders
import pytest
from builders_content import item

from survey import catalogue
from survey.catalogue import ContentFaults, items
from survey.web.family import reading

Content = dict[str, Any]


def faults(folder, **files) -> list[str]:
    """The faults of a folder with these files, as they are printed."""
    with pytest.raises(ContentFaults) as raised:
        catalogue.load(builders.write(folder, **files))
    return str(raised.value).splitlines()


def of(folder, change: Callable[[Content], Any]) -> list[str]:
    """The faults of the small content after one change, without the file's name."""
    content = builders.content()
    change(content)
    return [fault.removeprefix("small.yaml: ") for fault in faults(folder, small=content)]


def option(content: Content, item_id: str, number: int) -> Content:
    return item(content, item_id)["options"][number]


def without(values: Content, key: str) -> None:
    del values[key]


SCHOOL = "section small.school"
INDENTATION = "the indentation does not match the lines above, or a quote or bracket is missing"


def test_content_without_a_fault_loads(tmp_path):
    found = catalogue.load(builders.write(tmp_path, small=builders.content()))

    assert [item.id for item in found.instruments["small"].items()] == [
        "q.1",
        "q.2",
        "q.3",
        "q.4",
        "about.home_language",
        "about.grades",
    ]


def test_every_fault_is_told_at_once(tmp_path):
    content = builders.content()
    item(content, "q.1")["scale"] = "agre"
    del item(content, "q.2")["text"]["es"]
    other = {"scales": [{"id": "agree", "options": builders.content()["scales"][0]["options"]}]}

    assert faults(tmp_path, small=content, other=other) == [
        "small.yaml: scale agree: the id agree is used twice, first in other.yaml: ids are unique over the folder",
        f"small.yaml: {SCHOOL}, item q.1: unknown scale agre: did you mean agree?",
        f"small.yaml: {SCHOOL}, item q.2: no Spanish wording",
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda c: item(c, "q.1")["text"].pop("es"), f"{SCHOOL}, item q.1: no Spanish wording"),
        (lambda c: item(c, "q.1")["text"].update(en="  "), f"{SCHOOL}, item q.1: no English wording"),
        (
            lambda c: item(c, "q.1")["text"].update(fr="Un ?"),
            f"{SCHOOL}, item q.1: text: unknown language fr: the languages are en and es",
        ),
        (
            lambda c: item(c, "q.1").update(text="One?"),
            f"{SCHOOL}, item q.1: text is a text: write it in English (en) and Spanish (es)",
        ),
        (
            lambda c: item(c, "q.1").pop("text"),
            f"{SCHOOL}, item q.1: no text: write it in English (en) and Spanish (es)",
        ),
        (lambda c: c["surveys"][0]["title"].pop("es"), "survey small: no Spanish wording of its title"),
        (
            lambda c: option(c, "q.3", 0)["text"].update(es=False),
            f"{SCHOOL}, item q.3, option met: the Spanish wording is false (yes, no, on and off are true and false in YAML): put it in quotes",
        ),
        (
            lambda c: c["notices"][0]["text"].update(es="Grupos."),
            "notice privacy: English has the placeholders {min_group}, Spanish has none: both must have the same",
        ),
        (
            lambda c: c["notices"][1]["text"].update(en="{name}"),
            "notice no_names: {name} would be shown as it is: only {min_group} is filled in here",
        ),
        (
            lambda c: item(c, "q.1")["text"].update(en="{min_group}?"),
            f"{SCHOOL}, item q.1: {{min_group}} would be shown as it is: nothing is filled in here",
        ),
        (
            lambda c: item(c, "q.4").update(hint="privacy"),
            f"{SCHOOL}, item q.4: the notice privacy holds {{min_group}}, which is not filled in here: use another",
        ),
        (
            lambda c: item(c, "q.1")["text"].update(es="¿El Clima escolar?"),
            f'{SCHOOL}, item q.1: the Spanish wording says "Clima escolar": the glossary says "ambiente escolar" for "school climate" (a calque)',
        ),
        (
            lambda c: c["notices"][1]["text"].update(es="El clima escolar"),
            'notice no_names: the Spanish wording says "clima escolar": the glossary says "ambiente escolar" for "school climate" (a calque)',
        ),
    ],
)
def test_wordings_are_in_both_languages_and_keep_to_the_glossary(tmp_path, change, fault):
    assert of(tmp_path, change) == [fault]


def test_an_avoided_word_inside_another_word_is_no_fault(tmp_path):
    content = builders.content()
    item(content, "q.1")["text"]["es"] = "¿El subclima escolarizado?"

    assert catalogue.load(builders.write(tmp_path, small=content)).instruments["small"]


def test_a_word_that_is_right_for_another_concept_is_no_fault(tmp_path):
    content = builders.content()
    item(content, "q.1")["text"]["es"] = "¿En qué grados?"

    assert catalogue.load(builders.write(tmp_path, small=content)).instruments["small"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda c: item(c, "q.1").pop("type"), f"{SCHOOL}, item q.1: no type: write single, multi or text"),
        (lambda c: item(c, "q.1").update(type="singel"), f"{SCHOOL}, item q.1: unknown type singel: write single, multi or text"),
        (lambda c: item(c, "q.3").pop("id"), f"{SCHOOL}, item 3: no id"),
        (lambda c: item(c, "q.1").update(scale="likert"), f"{SCHOOL}, item q.1: unknown scale likert: known here are agree"),
        (lambda c: item(c, "q.1").pop("scale"), f"{SCHOOL}, item q.1: no options and no scale: list options, or name a scale"),
        (lambda c: item(c, "q.1").update(options=[]), f"{SCHOOL}, item q.1: both a scale and options: keep one"),
        (lambda c: item(c, "q.3").update(scale="agree"), f"{SCHOOL}, item q.3: a multi has its own options: list them in place of the scale"),
        (lambda c: item(c, "q.3").update(optoins=[]), f"{SCHOOL}, item q.3: unknown key optoins: did you mean options?"),
        (lambda c: item(c, "q.1").update(fef=[]), f"{SCHOOL}, item q.1: unknown key fef: no framework here has this id"),
        (lambda c: item(c, "q.1").update(fw=["fw.a.2"]), f"{SCHOOL}, item q.1: fw: unknown indicator fw.a.2: did you mean fw.a.1?"),
        (lambda c: item(c, "q.1").update(fw="fw.a.1"), f"{SCHOOL}, item q.1: fw must be a list of ids, such as [first, second]"),
        (lambda c: item(c, "q.1").update(fw=["fw.a.1", "fw.a.1"]), f"{SCHOOL}, item q.1: fw: fw.a.1 is listed twice"),
        (lambda c: item(c, "q.4").update(scale="agree"), f"{SCHOOL}, item q.4: a text has no scale: remove it, or make the item a single"),
        (lambda c: item(c, "q.4").update(hint="no_name"), f"{SCHOOL}, item q.4: unknown notice no_name: did you mean no_names?"),
        (lambda c: item(c, "q.4").update(max_length=0), f"{SCHOOL}, item q.4: max_length must be a whole number from 1 to 10000"),
        (lambda c: item(c, "q.1").update(max_length=9), f"{SCHOOL}, item q.1: max_length is for a text only: remove it"),
        (lambda c: item(c, "q.3").update(max_choices=3), f"{SCHOOL}, item q.3: max_choices must be 2 here, or left out"),
        (lambda c: item(c, "q.3").update(max_choices=True), f"{SCHOOL}, item q.3: max_choices must be 2 here, or left out"),
        (lambda c: item(c, "q.1").update(max_choices=2), f"{SCHOOL}, item q.1: max_choices is for a multi only: remove it"),
        (lambda c: item(c, "q.1").update(filter="yes"), f"{SCHOOL}, item q.1: filter is a text: write true or false, without quotes"),
        (lambda c: item(c, "q.1").update(use="reporting group"), f"{SCHOOL}, item q.1: only a single or multi of a block can be a reporting group: change its use"),
        (lambda c: item(c, "q.1").update(role="grade_band"), f"{SCHOOL}, item q.1: only a single or multi of a block can have a role"),
        (lambda c: item(c, "about.grades").update(role="grades"), "block about, item about.grades: unknown role grades: write home_language, grade_band or none"),
        (lambda c: item(c, "about.grades").update(role="home_language"), "survey small: about.home_language and about.grades both stand for home_language: give all but one role: none"),
    ],
)  # fmt: skip
def test_items_are_whole_and_refer_to_what_is_there(tmp_path, change, fault):
    assert of(tmp_path, change) == [fault]


@pytest.mark.parametrize("name", ["eng 22", "eng/22", "¿uno?", "a" * 65])
def test_an_id_is_made_of_plain_characters(tmp_path, name):
    assert of(tmp_path, lambda c: item(c, "q.4").update(id=name)) == [
        f"{SCHOOL}, item 4: id {name!r}: use 1 to 64 letters, digits, dots, hyphens and underscores"
    ]


@pytest.mark.parametrize("name", sorted(items.TAKEN))
def test_an_id_that_the_program_uses_itself_is_refused(tmp_path, name):
    assert of(tmp_path, lambda c: item(c, "q.4").update(id=name)) == [
        f"{SCHOOL}, item {name}: the id {name} is used by the program itself: choose another, such as q.{name}"
    ]


def test_every_field_of_the_family_page_is_refused_as_an_id():
    assert set(reading._OWN) <= items.TAKEN


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda c: option(c, "q.3", 0).update(code=False), f"{SCHOOL}, item q.3, option 1: YAML reads this code as false (yes, no, on and off are true and false in YAML): put it in quotes"),
        (lambda c: option(c, "q.3", 0).pop("code"), f"{SCHOOL}, item q.3, option 1: no code"),
        (lambda c: option(c, "q.3", 0).update(code="event"), f"{SCHOOL}, item q.3: two options have the code event: each needs its own"),
        (lambda c: option(c, "q.3", 0).update(code="a;b"), f"{SCHOOL}, item q.3, option 1: code 'a;b': use 1 to 64 letters, digits, dots, hyphens and underscores"),
        (lambda c: option(c, "q.3", 0).update(txt={}), f"{SCHOOL}, item q.3, option met: unknown key txt: did you mean text?"),
        (lambda c: option(c, "q.3", 0).update(favorable=True), f"{SCHOOL}, item q.3, option met: only the options of a single can be marked favorable"),
        (lambda c: option(c, "q.3", 0).update(measures=["fw.b"]), f"{SCHOOL}, item q.3, option met: measures fw.b, which is in no framework: did you mean fw.a?"),
        (lambda c: option(c, "q.3", 0).update(missing=True), f"{SCHOOL}, item q.3: option met is missing but can be marked beside others: add exclusive: true"),
        (lambda c: option(c, "about.home_language", 0).update(exclusive=True), "block about, item about.home_language, option en: in a single every option excludes the others: remove exclusive"),
        (lambda c: option(c, "about.home_language", 0).update(code="several"), "block about, item about.home_language, option several: in a reporting group the code several has a meaning of its own: choose another"),
        (lambda c: item(c, "about.home_language").update(options=item(c, "about.home_language")["options"][:1]), "block about, item about.home_language: fewer than two options: nothing can be chosen"),
        (lambda c: item(c, "q.3").update(options=["met", "event"]), f"{SCHOOL}, item q.3: option 1 is a text: write its keys, such as code: ..."),
        (lambda c: c["scales"][0]["options"][0].update(missing=True), "scale agree, option 2: it is marked missing, so it can not be marked favorable or not: remove one of the two"),
        (lambda c: c["scales"][0]["options"][0].update(favorable=False), "scale agree: no option is marked favorable: true, so its percent would always be 0"),
        (lambda c: c["scales"][0]["options"].append({"code": 9, "missing": True, "text": {"en": "Not mine", "es": "No aplica"}}), "scale agree: two options are missing as don't know: one is the most (the code no_answer makes one a prefer-not-to-answer)"),
    ],
)  # fmt: skip
def test_options_can_be_told_apart_and_judged(tmp_path, change, fault):
    found = of(tmp_path, change)

    assert found[0] == fault
    assert len(found) == (2 if "option 1 is a text" in fault else 1)


def test_an_item_has_no_more_options_than_there_are_signs(tmp_path):
    many = [{"code": f"c{n}", "text": {"en": f"{n}", "es": f"{n}"}} for n in range(63)]

    assert of(tmp_path, lambda c: item(c, "q.3").update(options=many)) == [
        f"{SCHOOL}, item q.3: 63 options besides the missing ones: 62 is the most"
    ]


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ({"item": "q.9", "code": 2}, "show_if: unknown item q.9 in the survey small: did you mean q.1?"),
        ({"item": "q.3", "code": "met"}, "show_if: q.3 must come before this item in the survey small"),
        ({"item": "q.1", "code": 7}, "show_if: unknown code 7 of q.1: its codes are 2, 1, 0"),
        ("q.1", "show_if must name an item and a code, such as {item: q.1, code: 2}"),
    ],
)
def test_shown_if_names_an_earlier_single_and_one_of_its_codes(tmp_path, condition, problem):
    assert of(tmp_path, lambda c: item(c, "q.2").update(show_if=condition)) == [
        f"{SCHOOL}, item q.2: {problem}"
    ]


def test_a_code_of_shown_if_that_yaml_misreads_is_a_fault(tmp_path):
    assert of(tmp_path, lambda c: item(c, "q.2").update(show_if={"item": "q.1", "code": True})) == [
        f"{SCHOOL}, item q.2, show_if: YAML reads this code as true (yes, no, on and off are true and false in YAML): put it in quotes"
    ]


def test_shown_if_goes_one_step_and_never_by_a_check_all(tmp_path):
    def chain(content):
        item(content, "q.3")["show_if"] = {"item": "q.2", "code": 2}
        item(content, "q.4")["show_if"] = {"item": "q.3", "code": "met"}

    assert of(tmp_path, chain) == [
        f"{SCHOOL}, item q.3: show_if: q.2 is itself shown only sometimes: one step is the most",
        f"{SCHOOL}, item q.4: show_if: q.3 is a multi: only a single can decide what is shown",
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda c: c["surveys"][0].update(sections=[]), "survey small: no sections: list at least one"),
        (lambda c: c["surveys"][0].update(blocks=["abuot"]), "survey small: unknown block abuot: did you mean about?"),
        (lambda c: c["surveys"][0].update(notices=["privacidad"]), "survey small: unknown notice privacidad: did you mean privacy?"),
        (lambda c: c["surveys"][0].update(notices=["thanks"]), "survey small: the notice thanks holds {month}, which is not filled in here: use another"),
        (lambda c: c["surveys"][0].update(section=[]), "survey small: unknown key section: did you mean sections?"),
        (lambda c: c["surveys"][0]["sections"][0].update(item=[]), f"{SCHOOL}: unknown key item: did you mean items?"),
        (lambda c: c["blocks"][0].update(items=None), "block about: no items: list at least one"),
        (lambda c: c["meta"].pop("version"), 'survey small: no version: write version: "1" in the survey, or under meta at the top of the file'),
        (lambda c: c["surveys"][0].update(version="v" * 65), "survey small: the version is longer than 64 characters"),
        (lambda c: c["blocks"][0]["items"][0].update(id="q.1"), f"{SCHOOL}, item q.1: the id q.1 is used twice, first in block about, item q.1: ids are unique over the folder"),
        (lambda c: c.update(survey=[]), "unknown key survey: did you mean surveys?"),
        (lambda c: c.update(scales=None), "scales is empty: remove it, or list what belongs there"),
        (lambda c: c["meta"].update(languages=["en"]), "meta: languages must be [en, es]: every text is written in both"),
        (lambda c: c["glossary"][0].update(avoid_es="clima escolar"), 'term 1: avoid_es must be a list of texts in quotes, such as ["clima escolar"]'),
    ],
)  # fmt: skip
def test_surveys_sections_and_files_are_whole(tmp_path, change, fault):
    assert fault in of(tmp_path, change)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda n: n.update(judgeable=False), 'framework fw, node fw.a.1: YAML reads judgeable as true or false: write "yes", "partly" or "no" in quotes'),
        (lambda n: n.update(judgeable="perhaps"), "framework fw, node fw.a.1: unknown judgeable perhaps: write yes, partly or no"),
        (lambda n: n.update(judgeable="no"), 'framework fw, node fw.a.1: families can not judge it: say under evidence what would show it, such as "budget records"'),
        (lambda n: n.update(status="official"), "framework fw, node fw.a.1: unknown status official: write verbatim, recalled, reconstructed or proposed"),
        (lambda n: n.pop("status"), "framework fw, node fw.a.1: no status: write verbatim, recalled, reconstructed or proposed"),
        (lambda n: n.update(parent="fw.b"), "framework fw, node fw.a.1: unknown parent fw.b: it must be the framework or a node above this one: did you mean fw.a?"),
        (lambda n: n.update(source=["staf"]), "framework fw, node fw.a.1: unknown source staf: did you mean staff?"),
        (lambda n: n.update(txt={}), "framework fw, node fw.a.1: unknown key txt: did you mean text?"),
        (lambda n: n["text"].pop("en"), "framework fw, node fw.a.1: no English wording"),
    ],
)  # fmt: skip
def test_nodes_say_where_they_belong_and_what_they_are(tmp_path, change, fault):
    assert of(tmp_path, lambda c: change(c["frameworks"][0]["nodes"][1])) == [fault]


def test_ids_of_nodes_are_unique_over_all_frameworks(tmp_path):
    other = builders.content()["frameworks"]
    other[0]["id"] = "other"
    other[0]["nodes"] = [{**other[0]["nodes"][0], "parent": "other"}]

    assert faults(tmp_path, other={"frameworks": other}, small=builders.content()) == [
        "small.yaml: framework fw, node fw.a: the id fw.a is used twice, first in other.yaml: ids are unique over the folder"
    ]


def test_a_node_of_another_framework_is_told(tmp_path):
    other = builders.content()["frameworks"]
    other[0].update(id="other", nodes=[{**other[0]["nodes"][0], "id": "other.1", "parent": "other"}])
    content = builders.content()
    item(content, "q.1")["other"] = ["fw.a.1"]

    assert faults(tmp_path, other={"frameworks": other}, small=content) == [
        f"small.yaml: {SCHOOL}, item q.1: other: fw.a.1 is of the framework fw: list it there"
    ]


def test_a_file_that_is_not_yaml_is_told_by_line(tmp_path):
    assert faults(tmp_path, broken="surveys:\n  - id: x\n  title: y\n", small=builders.content()) == [
        f"broken.yaml: line 3: not YAML: did not find expected '-' indicator ({INDENTATION})"
    ]


def test_what_a_broken_file_may_hold_is_not_told_as_missing(tmp_path):
    content = builders.content()
    del content["scales"]
    del item(content, "q.2")["text"]["es"]

    assert faults(tmp_path, scales="scales: [\n", small=content) == [
        f"scales.yaml: line 2: not YAML: did not find expected node content ({INDENTATION})",
        f"small.yaml: {SCHOOL}, item q.2: no Spanish wording",
    ]


def test_a_key_written_twice_is_a_fault(tmp_path):
    assert faults(tmp_path, twice="scales: []\nscales: []\n", small=builders.content()) == [
        "twice.yaml: line 2: scales is written twice: keep one"
    ]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"\xff\xfe\x00", "more.yaml: not UTF-8 text: save it as UTF-8"),
        (b"", "more.yaml: nothing is in it: write keys such as surveys: or scales:"),
        (b"- a\n- b\n", "more.yaml: it is a list: write keys such as surveys: or scales:"),
        (b"a\x07b: 1", "more.yaml: a character that no text can hold: save the file as plain UTF-8 text"),
    ],
)
def test_a_file_that_is_no_content_is_told(tmp_path, data, fault):
    (tmp_path / "more.yaml").write_bytes(data)

    assert faults(tmp_path, small=builders.content()) == [fault]


def test_a_file_with_the_other_ending_is_told(tmp_path):
    (tmp_path / "more.yml").write_text("scales: []")

    assert faults(tmp_path, small=builders.content()) == [
        "more.yml: not read: rename it so that it ends in .yaml"
    ]


def test_a_folder_without_content_or_that_is_not_there_is_told(tmp_path):
    assert faults(tmp_path) == [f"{tmp_path}: no content: it holds no file that ends in .yaml"]
    with pytest.raises(ContentFaults, match="nowhere: no such folder"):
        catalogue.load(tmp_path / "nowhere")


def test_hidden_files_and_byte_order_marks_are_no_faults(tmp_path):
    folder = builders.write(tmp_path, **{".draft": "a: [", "small": builders.content()})
    file = folder / "small.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    assert catalogue.load(folder).instruments["small"]
