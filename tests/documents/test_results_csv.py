import csv
import io
import re
import shutil
from dataclasses import replace

import pytest
from builders_documents import capped, figure, hostile_release, large, opened_by_libreoffice, withheld
from builders_releases import BREAKDOWNS, release

from survey.documents import printed, results_csv
from survey.figures import FigureStatus, Level, Measure

FIRST = (
    "release,window,site,level,item,indicators,measure,option,breakdown,group,"
    "n,percent,range_low,range_high,status,reason"
)


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def one(shown, **changes):
    return rows(results_csv.to_csv(release(figures=(shown,), **changes)))[0]


def test_the_columns_that_scripts_rely_on_come_first():
    header = results_csv.to_csv(release()).decode("utf-8-sig").splitlines()[0]

    assert header.startswith(FIRST + ",")


def test_it_is_utf_8_with_a_byte_order_mark():
    content = results_csv.to_csv(release(window="otoño-2026"))

    assert content.startswith(b"\xef\xbb\xbf")
    assert "otoño-2026".encode() in content


def test_every_row_ends_in_carriage_return_and_line_feed():
    content = results_csv.to_csv(release())

    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == len(release().figures) + 1


def test_each_figure_stands_once():
    written = rows(results_csv.to_csv(release()))

    keys = {
        tuple(row[c] for c in ("site", "item", "measure", "option", "breakdown", "group")) for row in written
    }
    assert len(keys) == len(written) == len(release().figures)


def test_a_published_figure_is_whole_numbers():
    row = one(figure())

    assert [row[c] for c in ("n", "percent", "range_low", "range_high", "status", "reason")] == [
        "165",
        "87",
        "81",
        "91",
        "published",
        "",
    ]
    assert [row[c] for c in ("release", "window", "site", "level")] == [
        "1",
        "engagement-2026",
        "los-robles",
        "site",
    ]


def test_the_district_has_no_site():
    row = one(figure(site="", level=Level.DISTRICT))

    assert (row["site"], row["level"], row["site_name"]) == ("", "district", release().district.name)


def test_a_capped_figure_says_so_and_prints_no_percent_and_no_range():
    row = one(capped("almost_none"))

    assert [row[c] for c in ("n", "percent", "range_low", "range_high", "status", "reason")] == [
        "165",
        "",
        "",
        "",
        "capped",
        "almost none",
    ]


@pytest.mark.parametrize("status", [FigureStatus.WITHHELD, FigureStatus.NO_BASE])
def test_a_figure_that_is_not_shown_prints_no_number_but_a_reason(status):
    row = one(figure(status=status))

    assert [row[c] for c in ("n", "percent", "range_low", "range_high")] == [""] * 4
    assert row["reason"]


def test_a_number_of_answers_that_could_tell_a_small_group_is_empty():
    row = one(figure(n=None))

    assert (row["n"], row["percent"]) == ("", "87")


def test_indicators_are_joined_by_semicolons():
    asked = release().instrument
    item = replace(asked.item("eng.25"), indicators=("fef.ae.2", "fef.dl.3"))
    section = replace(asked.sections[0], items=(item,))

    row = one(figure(), instrument=replace(asked, sections=(section,)))

    assert row["indicators"] == "fef.ae.2;fef.dl.3"


def test_people_find_the_words_beside_the_ids():
    row = one(
        figure(measure=Measure.OPTION, option="4+3", breakdown="demo.home_language", group="en+en_es+other")
    )

    assert row["item_text"] == "The principal of this school listens to families."
    assert row["option_text"] == "Strongly agree + Agree"
    assert row["breakdown_text"] == BREAKDOWNS[0].text["en"]
    assert row["group_text"] == "English + English and Spanish about the same + Another language"


def test_every_row_says_that_it_is_preliminary():
    assert one(figure())["audited"] == (
        "no: preliminary, not yet checked against subtraction, not for publication"
    )
    assert one(figure(), audited=True)["audited"] == "yes"


def test_every_row_of_invented_answers_says_so():
    assert one(figure())["made_up"] == "no"
    assert one(figure(), made_up=True)["made_up"].startswith("yes: ")


def test_a_site_file_holds_that_site_alone():
    assert {row["site"] for row in rows(results_csv.to_csv(release(), site="los-robles"))} == {"los-robles"}
    assert {row["site"] for row in rows(results_csv.to_csv(release(), site=""))} == {""}


def test_a_school_that_was_put_together_gets_the_row_it_is_in():
    assert {row["site"] for row in rows(results_csv.to_csv(release(), site="pine"))} == {"canyon+pine"}


def test_an_unknown_site_is_no_empty_file():
    with pytest.raises(LookupError):
        results_csv.to_csv(release(), site="nowhere")


def test_the_file_prints_what_pages_print():
    for shown, row in zip(release().figures, rows(results_csv.to_csv(release())), strict=True):
        assert row["percent"] == (printed.percent(shown) if printed.is_number(shown) else "")
        low, high = printed.limits(shown) or ("", "")
        assert (row["range_low"], row["range_high"]) == (str(low), str(high))
        assert row["reason"] == printed.reason(shown)


def test_no_cell_of_hostile_text_begins_with_a_sign():
    for row in rows(results_csv.to_csv(hostile_release())):
        for cell in row.values():
            assert not re.match(r"\s*[=+\-@]", cell), cell


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_spreadsheet_finds_no_formula_in_hostile_text(tmp_path):
    hostile = tmp_path / "hostile.csv"
    hostile.write_bytes(results_csv.to_csv(hostile_release()))

    sheet = opened_by_libreoffice(hostile, tmp_path / "again").active

    assert sheet.max_row == 501
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert sheet["L2"].value == 87


def test_a_withheld_district_figure_stays_withheld():
    assert one(withheld(site="", level=Level.DISTRICT))["percent"] == ""


def test_a_large_district_is_written_whole():
    content = results_csv.to_csv(large(sites=4, items=10, group_count=5))

    assert content.count(b"\r\n") == 1 + 4 * 10 * 6 * 5
