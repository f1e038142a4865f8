import io
import shutil
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import date

import builders_hostile
import pytest
from builders_documents import hostile_release, large, opened_by_libreoffice
from builders_releases import release
from builders_workbook import SHEETS, opened, records, texts

from survey.documents import printed, workbook
from survey.documents.workbook import table


def test_the_sheets_are_in_the_order_they_are_read():
    assert opened().sheetnames == SHEETS


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
    made = large(sites=4, items=20, group_count=10)
    workbook.to_xlsx(made)
    tracemalloc.start()
    content = workbook.to_xlsx(made)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(made.figures) == 4400
    assert peak < 5_000_000 + 3 * len(content)


def test_a_long_text_is_cut_rather_than_lost():
    made = replace(release(), window="w" * 40_000)

    assert "www" in texts([opened(made)["Summary"]])
