import csv
import io
from dataclasses import replace

from builders_documents import figure, withheld
from builders_releases import BREAKDOWNS, release
from builders_workbook import opened, records, texts

from survey.documents import printed, results_csv
from survey.figures import FigureStatus, Group, Measure


def csv_rows(made, site=None):
    content = results_csv.to_csv(made, site).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def printed_in_csv(row):
    """A CSV row's figure as a workbook prints it."""
    numbers = [int(row[c]) if row[c] else None for c in ("n", "range_low", "range_high")]
    words = row["reason"] if row["status"] == "capped" else "Not shown"
    return (int(row["percent"]) if row["percent"] else words, *numbers)


def printed_in_sheet(row):
    return (row["Percent"], row["Answers counted (n)"], row["Likely range, from"], row["Likely range, to"])


def test_items_print_every_figure_as_the_csv_does():
    rows = [row for row in csv_rows(release()) if not row["breakdown"]]

    in_csv = {(row["site_name"], row["item"], row["option_text"]): printed_in_csv(row) for row in rows}
    in_sheet = {
        (row["School"], row["Id"], row["Answer"]): printed_in_sheet(row) for row in records(opened()["Items"])
    }

    assert in_sheet == in_csv
    assert len(in_csv) == len(rows)


def test_groups_print_every_figure_of_a_shown_group_as_the_csv_does():
    hidden = {(g.site, g.breakdown, g.group) for g in release().groups if printed.is_hidden(g)}
    rows = [
        row
        for row in csv_rows(release())
        if row["breakdown"] and (row["site"], row["breakdown"], row["group"]) not in hidden
    ]
    keys = ("site_name", "breakdown_text", "group_text", "item", "option_text")

    in_csv = {tuple(row[key] for key in keys): printed_in_csv(row) for row in rows}
    in_sheet = {
        tuple(row[key] for key in ("School", "By", "Group", "Id", "Answer")): printed_in_sheet(row)
        for row in records(opened()["Groups"])
    }

    assert in_sheet == in_csv
    assert len(in_csv) == len(rows)


def test_what_the_csv_publishes_is_in_the_workbook():
    published = [row for row in csv_rows(release()) if row["percent"] or row["status"] == "capped"]
    shown = [
        row
        for sheet in ("Items", "Groups")
        for row in records(opened()[sheet])
        if row["Percent"] not in (None, "Not shown")
    ]

    assert len(shown) == len(published)


def test_numbers_are_numbers_and_show_a_percent_sign():
    items = opened()["Items"]

    percents = [cell for cell in items["E"] if isinstance(cell.value, int)]

    assert percents
    assert {cell.number_format for cell in percents} == {'0"%"'}


def test_schools_stand_by_name_after_the_district():
    assert [row["School"] for row in records(opened()["Summary"])] == [
        "Costa Clara Unified School District",
        "Canyon School and Pine School together",
        "Los Robles Elementary School",
        "Mar Vista Middle School",
    ]


def test_the_summary_tells_surveys_against_enrolment():
    rows = {row["School"]: row for row in records(opened()["Summary"])}

    robles = rows["Los Robles Elementary School"]
    assert [robles[c] for c in ("Surveys counted", "Enrolled", "Surveys per 100 enrolled")] == [178, 412, 43]
    assert robles["What that number is"] == "Surveys per 100 families"
    assert rows["Mar Vista Middle School"]["Surveys per 100 enrolled"] is None


def test_a_glance_sets_the_schools_side_by_side():
    rows = {row["Id"]: row for row in records(opened()["At a glance"]) if row["Percent who answered"]}

    assert rows["clim.23"]["Costa Clara Unified School District"] == 64
    assert rows["clim.23"]["Los Robles Elementary School"] == "Not shown"
    assert rows["eng.28"]["Mar Vista Middle School"] == "nearly all"


def without(site, item):
    """The release's figures but those of one question at one site."""
    return tuple(f for f in release().figures if (f.site, f.item) != (site, item))


def test_a_hidden_question_with_several_answers_is_not_shown_beside_the_other_schools():
    hidden = withheld(site="los-robles", item="eng.21", measure=Measure.OPTION)
    book = opened(release(figures=(*without("los-robles", "eng.21"), hidden)))

    rows = [row for row in records(book["At a glance"]) if row["Id"] == "eng.21"]
    assert [row["Los Robles Elementary School"] for row in rows] == ["Not shown"] * 3
    assert [row["Mar Vista Middle School"] for row in rows] == [44, 21, 40]


def test_answers_that_one_school_prints_together_are_not_blank_beside_the_others():
    together = figure(item="clim.el", measure=Measure.OPTION, option="1+2", percent=99)
    book = opened(release(figures=(*without("los-robles", "clim.el"), together)))

    rows = {
        row["Percent who answered"]: row for row in records(book["At a glance"]) if row["Id"] == "clim.el"
    }
    assert rows["Yes"]["Los Robles Elementary School"] == "grouped otherwise"
    assert rows["Yes + No"]["Los Robles Elementary School"] == 99


def test_a_hidden_question_has_one_row_that_says_so():
    hidden = withheld(site="", item="eng.21", measure=Measure.OPTION)
    book = opened(release(figures=(*without("", "eng.21"), hidden)))

    (item,) = [
        r for r in records(book["Items"]) if r["School"] == release().district.name and r["Id"] == "eng.21"
    ]
    (indicator,) = [r for r in records(book["Indicators"]) if r["Id"] == "eng.21"]
    assert (item["Answer"], item["Percent"]) == ("Every answer", "Not shown")
    assert (indicator["Answer"], indicator["Percent"]) == ("Every answer", "Not shown")


def test_an_indicator_lists_only_the_answers_that_name_it():
    asked = release().instrument
    item = asked.item("eng.21")
    naming = replace(item, options=(replace(item.options[0], measures=("fef.dl.5",)), *item.options[1:]))
    section = replace(asked.sections[0], items=(naming,))

    book = opened(release(instrument=replace(asked, sections=(section,))))

    named = [row["Answer"] for row in records(book["Indicators"]) if row["Indicator"] == "fef.dl.5"]
    assert named == ["The times do not work for me"]


def test_an_indicator_asked_only_in_words_says_so():
    asked = release().instrument
    item = replace(asked.item("eng.30"), indicators=("fef.dl.5",))
    section = replace(asked.sections[0], items=(item,))

    book = opened(release(instrument=replace(asked, sections=(section,))))

    (row,) = [row for row in records(book["Indicators"]) if row["Indicator"] == "fef.dl.5"]
    assert row["Note"].startswith("Asked in families' own words")


def test_an_indicator_lists_its_questions_with_the_standing_of_its_wording():
    rows = [row for row in records(opened()["Indicators"]) if row["Indicator"] == "fef.dl.3"]

    assert [(row["Id"], row["Percent"]) for row in rows] == [("eng.25", 72), ("eng.28", "nearly all")]
    assert rows[0]["Standing of this wording"] == "To be confirmed"


def test_an_indicator_that_is_not_asked_says_where_to_look():
    (row,) = [row for row in records(opened()["Indicators"]) if row["Indicator"] == "fef.dl.5"]

    assert row["Percent"] is None
    assert row["Note"] == (
        "Families can not see this from home, so it is not asked. Look at: Evaluation forms."
    )


def test_the_codebook_holds_every_answer_in_both_languages():
    sheet = opened()["Codebook"]

    assert {("eng.21", "times"), ("eng.25", "0"), ("demo.home_language", "es")} <= {
        (row["Id"], row["Code"]) for row in records(sheet)
    }
    assert "The times do not work for me\nLos horarios no me convienen" in texts([sheet])
    assert "only if clim.el is 1: Yes" in texts([sheet])


def test_withheld_lists_hidden_groups_and_figures_with_their_reasons():
    rows = records(opened()["Withheld"])

    told = {(row["School"], row["Group"], row["Id"], row["Why"]) for row in rows}
    assert (
        "Los Robles Elementary School",
        "Spanish; English and Spanish about the same + Another language",
        None,
        "counted together with others, to protect a small group",
    ) in told
    assert (
        "Mar Vista Middle School",
        "All families who answered",
        "clim.23",
        "too few families were asked this question, here or in a group beside this one",
    ) in told


def test_withheld_says_what_was_put_together():
    words = texts([opened()["Withheld"]])

    for key, parameters in BREAKDOWNS[0].notes:
        assert printed.note(BREAKDOWNS[0], key, parameters) in words
        assert printed.note(BREAKDOWNS[0], key, parameters, "es") in words


def test_a_group_of_an_unknown_breakdown_is_still_there():
    odd = figure(breakdown="new", group="x")
    made = release(figures=(odd,), groups=(Group("los-robles", "new", "x", 20, FigureStatus.PUBLISHED),))

    assert [row["Group"] for row in records(opened(made)["Groups"])] == ["x"]
