"""What is published of a few families, from counts to figures."""

import pytest
from builders_analysis import Families, published, the_figures, the_groups

from survey.figures import FigureStatus, Level, Measure

HOME = "about.home_language"
PUBLISHED, CAPPED, MERGED = FigureStatus.PUBLISHED, FigureStatus.CAPPED, FigureStatus.MERGED
WITHHELD, NO_BASE = FigureStatus.WITHHELD, FigureStatus.NO_BASE


def home(count, code, place=0, **answers):
    """Families of one home language who feel welcome."""
    return Families(count, {"q.welcome": "4", HOME: code, **answers}, place)


def test_a_figure_says_percent_range_and_n_of_everybody():
    found = published(Families(30, {"q.welcome": "4"}), Families(20, {"q.welcome": "1"}))

    (figure,) = the_figures(found, "q.welcome", measure=Measure.FAVORABLE)

    assert (figure.level, figure.n, figure.percent, figure.range_low, figure.range_high) == (
        Level.DISTRICT,
        50,
        60,
        46,
        72,
    )
    assert figure.status is PUBLISHED


def test_a_capped_figure_has_neither_percent_nor_range():
    found = published(Families(49, {"q.welcome": "4"}), Families(1, {"q.welcome": "1"}))

    (figure,) = the_figures(found, "q.welcome", measure=Measure.FAVORABLE)

    assert (figure.percent, figure.range_low, figure.range_high) == (None, None, None)
    assert (figure.status, figure.reason) == (CAPPED, "nearly_all")


def test_hidden_groups_of_a_site_are_one_merged_group_and_look_alike():
    found = published(
        home(40, "en"), home(12, "es"), home(5, "other"), home(50, "en", 1), home(30, "es", 1), home(20, "other", 1)
    )  # fmt: skip

    groups = the_groups(found, "s0", HOME)

    assert [(g.group, g.n, g.status) for g in groups] == [
        ("en", 40, PUBLISHED),
        ("es", None, WITHHELD),
        ("other", None, WITHHELD),
        ("es+other", 17, MERGED),
    ]
    assert {g.reason for g in groups[1:]} == {"counted_together"}
    assert the_figures(found, "q.welcome", "s0", "es+other")[0].status is CAPPED
    assert [f.status for f in the_figures(found, "q.welcome", "s0", "es")] == [WITHHELD]


def test_a_merged_group_that_would_be_everybody_is_not_shown():
    found = published(
        home(40, "en"), home(3, "es"), home(50, "en", 1), home(30, "es", 1), home(20, "other", 1)
    )

    assert {g.status for g in the_groups(found, "s0", HOME)} == {WITHHELD}
    assert {g.reason for g in the_groups(found, "s0", HOME)} == {"small_group"}


def test_a_group_nobody_is_in_looks_like_a_small_one():
    found = published(
        home(40, "en"), home(20, "es"), home(50, "en", 1), home(30, "es", 1), home(20, "other", 1)
    )

    assert [(g.n, g.status, g.reason) for g in the_groups(found, "s0", HOME)][-1] == (
        None,
        WITHHELD,
        "small_group",
    )


def test_groups_of_the_district_by_two_breakdowns_are_hidden_and_never_merged():
    found = published(
        Families(40, {"q.welcome": "4", HOME: "en"}),
        Families(5, {"q.welcome": "4", HOME: "es"}),
        Families(30, {"q.welcome": "4", HOME: "es"}, language="es"),
        Families(15, {"q.welcome": "4", HOME: "en"}, language="es"),
    )

    groups = the_groups(found, "", f"{HOME};language")

    assert {g.status for g in groups} == {WITHHELD}


def asked(count, place, learning, answer="3"):
    english = {"q.english": answer} if learning == "1" else {}
    return Families(count, {"q.welcome": "3", "q.learning": learning, **english}, place)


def test_those_asked_a_shown_if_item_are_a_group_of_their_own():
    found = published(asked(4, 0, "1"), asked(60, 0, "2"), asked(30, 1, "1"), asked(70, 1, "2"), asked(40, 2, "1"),
                      asked(40, 2, "2"))  # fmt: skip

    statuses = {f.site: (f.status, f.reason) for f in found.figures if f.item == "q.english" and not f.group}

    assert statuses["s0"] == (NO_BASE, "few_asked")
    # 74 were asked in the district: with 70 shown at the other two schools, the four would be left.
    assert statuses["s1"] == (NO_BASE, "few_asked")
    assert statuses["s2"][0] is CAPPED
    assert statuses[""][0] is CAPPED


def test_an_item_that_four_were_asked_has_no_figure_anywhere():
    found = published(asked(4, 0, "1"), asked(60, 0, "2"), asked(70, 1, "2"))

    assert {f.status for f in found.figures if f.item == "q.english"} <= {NO_BASE, WITHHELD}


def test_where_all_but_a_few_were_asked_there_is_no_figure():
    found = published(asked(60, 0, "1"), asked(5, 0, "2"), asked(50, 1, "1"), asked(50, 1, "2"))

    statuses = {f.site: f.status for f in found.figures if f.item == "q.english" and not f.group}

    assert statuses["s0"] is NO_BASE
    assert statuses["s1"] is not NO_BASE


def test_figures_come_in_the_order_they_are_read():
    found = published(home(40, "en"), home(30, "es"), home(50, "en", 1), home(30, "es", 1))

    assert list(dict.fromkeys(f.site for f in found.figures)) == ["", "s0", "s1"]
    of_site = [f for f in found.figures if f.site == "s0"]
    assert list(dict.fromkeys(f.group for f in of_site)) == ["", "en", "es+other"]
    assert list(dict.fromkeys(f.item for f in of_site if not f.group))[:2] == ["q.welcome", "q.respect"]


def test_each_figure_stands_once():
    found = published(home(40, "en"), home(30, "es"), home(5, "other"), home(50, "en", 1), home(30, "es", 1))

    keys = [(f.site, f.item, f.measure, f.option, f.breakdown, f.group) for f in found.figures]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("minimum", [11, 20])
def test_no_group_below_the_threshold_is_told(minimum):
    found = published(home(40, "en"), home(15, "es"), home(50, "en", 1), home(18, "es", 1), minimum=minimum)

    assert all(g.n is None or g.n >= minimum for g in found.groups)
