"""The codebook: every code, in the order it is asked."""

from dataclasses import replace

import builders_instruments as builders

from survey import catalogue
from survey.instruments import codebook
from survey.instruments.model import ItemType, Missing, ShownIf
from survey.wording import Wording


def rows(item_id: str) -> list[codebook.CodebookRow]:
    return [row for row in codebook.rows(builders.instrument()) if row.item == item_id]


def test_every_option_has_a_row_in_the_order_it_is_asked():
    instrument = builders.instrument()

    assert [(row.item, row.option) for row in codebook.rows(instrument)] == [
        (item.id, option.code if option else None)
        for item in instrument.items()
        for option in item.options or (None,)
    ]


def test_a_row_says_everything_about_a_code():
    dont_know = rows("q.welcome")[-1]

    assert dont_know == codebook.CodebookRow(
        section=Wording("The school", "La escuela"),
        item="q.welcome",
        type=ItemType.SINGLE,
        text=Wording("My family feels welcome.", "Mi familia se siente bienvenida."),
        shown_if=None,
        indicators=("fw.a.1",),
        option="0",
        option_text=Wording("I do not know", "No sé"),
        sign="?",
        favorable=None,
        missing=Missing.DONT_KNOW,
    )


def test_favorable_codes_are_marked():
    assert [row.favorable for row in rows("q.welcome")] == [True, True, False, False, None]


def test_an_option_names_what_it_alone_measures():
    assert {row.option: row.measures for row in rows("q.took_part")}["event"] == ("fw.a.1",)


def test_an_option_that_excludes_the_others_says_so():
    assert [row.option for row in rows("q.took_part") if row.exclusive] == ["none"]


def test_a_text_has_one_row_without_a_code():
    assert [(row.type, row.option, row.sign) for row in rows("q.comment")] == [(ItemType.TEXT, None, None)]


def test_what_an_item_is_shown_by_is_told_in_both_languages():
    assert rows("q.english")[0].shown_if == Wording(
        "only if q.learning is 1: Yes", "solo si q.learning es 1: Sí"
    )


def test_a_text_with_braces_is_printed_as_it_is():
    small = builders.instrument()
    school, *others = small.sections
    filter_item = replace(
        school.items[2], options=(builders.option("1", "{Yes}", "{Sí}"), *school.items[2].options[1:])
    )
    items = (*school.items[:2], filter_item, replace(school.items[3], shown_if=ShownIf("q.learning", "1")))

    found = codebook.rows(replace(small, sections=(replace(school, items=items), *others)))

    assert "only if q.learning is 1: {Yes}" in {row.shown_if.en for row in found if row.shown_if}


def test_every_code_of_the_built_in_surveys_has_one_sign_in_its_item():
    for instrument in catalogue.load().instruments.values():
        signs = [(row.item, row.sign) for row in codebook.rows(instrument) if row.sign]

        assert len(signs) == len(set(signs))
