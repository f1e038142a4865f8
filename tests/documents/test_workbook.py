import csv
import io
import shutil
import zipfile
from dataclasses import replace
from datetime import date

import builders_hostile
import openpyxl
import pytest
from builders_documents import figure, hostile_release, large, opened_by_libreoffice
from builders_releases import BREAKDOWNS, release

from survey.documents import printed, results_csv, workbook
from survey.documents.workbook import table
from survey.figures import FigureStatus, Group

SHEETS = ["Read me", "Summary", "At a glance", "Indicators", "Items", "Groups", "Codebook", "Withheld"]
ITEM_COLUMNS = (
    "School",
    "Id",
    "Question",
    "Answer",
    "Percent",
    "Answers counted (n)",
    "Likely range, from",
    "Likely range, to",
)


def opened(made=None, site=None):
    return openpyxl.load_workbook(io.BytesIO(workbook.to_xlsx(made or release(), site)))


def english(value):
    """The English line of a cell in both languages."""
    return value.partition("\n")[0] if isinstance(value, str) else value


def records(sheet):
    """The rows of a table under its header, by the header's English."""
    rows = [[english(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    top = next(n for n, row in enumerate(rows) if len(row) > 2 and row[2])
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :]]


def texts(book):
    """Every text of a workbook, in one."""
    return "\n".join(
        cell
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str)
    )


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


def test_the_sheets_are_in_the_order_they_are_read():
    assert opened().sheetnames == SHEETS


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


def test_percents_have_bars_from_nothing_to_all():
    content = (
        zipfile.ZipFile(io.BytesIO(workbook.to_xlsx(release()))).read("xl/worksheets/sheet5.xml").decode()
    )

    assert '<cfvo type="num" val="0"/>' in content
    assert '<cfvo type="num" val="100"/>' in content


@pytest.mark.parametrize("name", SHEETS[1:])
def test_every_table_says_that_it_is_preliminary_in_both_languages(name):
    top = texts([opened()[name]])

    assert f"{printed.PRELIMINARY.en}  ·  {printed.PRELIMINARY.es}" in top


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_of_invented_answers_says_so_on_screen_and_on_paper(name):
    sheet = opened(release(made_up=True))[name]

    assert printed.MADE_UP.en in texts([sheet])
    assert printed.MADE_UP.es in texts([sheet])
    assert printed.MADE_UP.en in sheet.oddFooter.left.text


def test_an_audited_release_is_not_called_preliminary():
    assert "Preliminary" not in texts(opened(release(audited=True)))


@pytest.mark.parametrize("name", SHEETS[1:])
def test_a_table_can_be_filtered_scrolled_and_printed(name):
    sheet = opened()[name]

    assert sheet.auto_filter.ref
    assert sheet.freeze_panes
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows


def test_the_file_names_no_person_and_has_the_day_of_the_release():
    properties = opened().properties

    assert not properties.creator
    assert not properties.lastModifiedBy
    assert properties.created.date() == date(2026, 11, 9)


def test_the_same_release_gives_the_same_bytes():
    assert workbook.to_xlsx(release()) == workbook.to_xlsx(release())


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
        "Spanish",
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


def test_a_schools_workbook_names_no_other_school():
    words = texts(opened(site="los-robles"))

    assert "Los Robles Elementary School" in words
    assert "Mar Vista" not in words
    assert "Canyon" not in words


def test_a_schools_workbook_sets_the_district_apart():
    book = opened(site="los-robles")

    assert [row["School"] for row in records(book["Summary"])] == [
        "Costa Clara Unified School District",
        "Los Robles Elementary School",
    ]
    assert {row["School"] for row in records(book["Items"])} == {"Los Robles Elementary School"}
    assert {row["District, percent"] for row in records(book["Items"]) if row["Id"] == "clim.23"} == {64}
    assert {row["School"] for row in records(book["Groups"])} == {"Los Robles Elementary School"}


def test_a_schools_workbook_does_without_the_district_where_it_is_not_at_hand():
    made = release(figures=tuple(f for f in release().figures if f.site == "los-robles"))

    book = opened(made, site="los-robles")

    assert [row["School"] for row in records(book["Summary"])] == ["Los Robles Elementary School"]
    assert "District, percent" not in records(book["Items"])[0]


def test_an_unknown_school_is_no_empty_workbook():
    with pytest.raises(LookupError):
        workbook.to_xlsx(release(), "nowhere")


def test_the_read_me_is_in_both_languages_and_leads_to_each_sheet():
    sheet = opened()["Read me"]

    words = texts([sheet])
    links = {cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert "What is not shown, and why" in words
    assert "Qué no se muestra, y por qué" in words
    assert "fewer than 11" in words
    assert "menos de 11" in words
    assert links == {f"'{name}'!A1" for name in SHEETS[1:]}


def test_the_read_me_tells_how_many_surveys_were_empty_only_where_that_is_known():
    assert "14 more surveys" in texts([opened(release(sent_empty=14))["Read me"]])
    assert "more surveys" not in texts([opened()["Read me"]])


def test_a_table_longer_than_a_sheet_goes_on_in_another(monkeypatch):
    monkeypatch.setattr(table, "LAST_ROW", 20)

    book = opened()

    assert book.sheetnames[4:8] == ["Items", "Items 2", "Items 3", "Items 4"]
    parts = [row for name in book.sheetnames if name.startswith("Items") for row in records(book[name])]
    assert len(parts) == sum(not f.breakdown for f in release().figures)


def test_a_release_without_figures_is_a_workbook_all_the_same():
    empty = release(figures=(), groups=(), frameworks=(), breakdowns=(), sites=())

    assert opened(empty).sheetnames == SHEETS


def test_no_text_is_a_formula_or_a_link():
    book = opened(hostile_release())

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.coordinate for cell in cells if str(cell.value or "").lstrip()[:1] in tuple("=+-@")] == []
    assert [cell.coordinate for cell in cells if cell.hyperlink and cell.parent.title != "Read me"] == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_spreadsheet_finds_no_formula_in_a_hostile_workbook(tmp_path):
    hostile = tmp_path / "hostile.xlsx"
    hostile.write_bytes(workbook.to_xlsx(hostile_release()))

    book = opened_by_libreoffice(hostile, tmp_path / "again")

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 5 * len(builders_hostile.cells())
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def test_memory_does_not_grow_with_the_release():
    import tracemalloc

    made = large(sites=4, items=20, group_count=10)
    workbook.to_xlsx(made)
    tracemalloc.start()
    content = workbook.to_xlsx(made)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(made.figures) == 4400
    assert peak < 5_000_000 + 3 * len(content)


def test_a_group_of_an_unknown_breakdown_is_still_there():
    odd = figure(breakdown="new", group="x")
    made = release(figures=(odd,), groups=(Group("los-robles", "new", "x", 20, FigureStatus.PUBLISHED),))

    assert [row["Group"] for row in records(opened(made)["Groups"])] == ["x"]


def test_a_long_text_is_cut_rather_than_lost():
    made = replace(release(), window="w" * 40_000)

    assert "www" in texts([opened(made)["Summary"]])
