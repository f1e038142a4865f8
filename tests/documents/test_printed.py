from dataclasses import replace

import pytest
from builders_documents import capped, figure, withheld
from builders_releases import BREAKDOWNS, SITES, release

from survey.documents import printed
from survey.figures import NOTES, REASONS, FigureStatus, Group


def row(**changes):
    return replace(SITES[0], **changes)


@pytest.mark.parametrize(
    ("shown", "en", "es"),
    [
        (figure(), "87%", "87%"),
        (figure(status=FigureStatus.MERGED, reason="counted_together"), "87%", "87%"),
        (capped(), "nearly all", "casi todas"),
        (capped("almost_none"), "almost none", "casi ninguna"),
        (withheld(), "Not shown", "No se muestra"),
        (withheld("too_few_answers", status=FigureStatus.NO_BASE), "Not shown", "No se muestra"),
        (withheld("counted_together", status=FigureStatus.MERGED), "Not shown", "No se muestra"),
    ],
)
def test_a_share_is_a_percent_or_words(shown, en, es):
    assert printed.share(shown) == en
    assert printed.share(shown, "es") == es


def test_a_percent_has_no_sign_where_a_column_says_percent():
    assert printed.percent(figure()) == "87"


def test_a_number_left_in_a_withheld_figure_is_not_printed():
    leaking = figure(status=FigureStatus.WITHHELD, reason="small_group")

    assert printed.percent(leaking) == "Not shown"
    assert printed.likely_words(leaking) == ""
    assert printed.limits(leaking) is None


@pytest.mark.parametrize("shown", [capped(), withheld(), figure(range_low=None)])
def test_what_is_no_plain_percent_has_no_range(shown):
    assert printed.limits(shown) is None
    assert printed.likely_words(shown) == ""


def test_a_range_is_printed_with_both_ends():
    assert printed.limits(figure()) == (81, 91)
    assert printed.likely_words(figure()) == "81% to 91%"
    assert printed.likely_words(figure(), "es") == "81% a 91%"


def test_a_hidden_number_of_answers_prints_nothing():
    assert printed.count(165) == "165"
    assert printed.count(None) == ""


@pytest.mark.parametrize("key", REASONS)
def test_every_reason_is_told_in_both_languages(key):
    in_english = printed.reason(withheld(reason=key))
    in_spanish = printed.reason(withheld(reason=key), "es")

    assert in_english == REASONS[key]
    assert in_spanish != in_english


@pytest.mark.parametrize("status", [FigureStatus.WITHHELD, FigureStatus.NO_BASE, FigureStatus.MERGED])
def test_what_is_not_shown_always_has_a_reason(status):
    assert printed.reason(withheld("", status=status)) in REASONS.values()
    assert printed.reason(Group("los-robles", "language", "es", None, status)) in REASONS.values()


def test_a_published_figure_needs_no_reason():
    assert printed.reason(figure()) == ""


@pytest.mark.parametrize(
    ("respondents", "enrolled", "expected"),
    [
        (178, 412, 43),
        (1, 200, 1),
        (25, 1000, 3),
        (24, 1000, 2),
        (30, 20, 150),
        (10, None, None),
        (10, 0, None),
    ],
)
def test_surveys_for_each_hundred_round_halves_up(respondents, enrolled, expected):
    assert printed.rate(row(respondents=respondents, enrolled=enrolled)) == expected


@pytest.mark.parametrize(
    ("unit", "one_each", "words"),
    [
        ("families", True, "Response rate, percent of families"),
        ("families", False, "Surveys per 100 families"),
        ("pupils", True, "Surveys per 100 pupils"),
        ("pupils", False, "Surveys per 100 pupils"),
    ],
)
def test_only_families_with_single_use_codes_have_a_response_rate(unit, one_each, words):
    assert printed.rate_words(unit, one_each=one_each) == words


@pytest.mark.parametrize("key", NOTES)
def test_every_note_is_told_in_both_languages(key):
    breakdown = BREAKDOWNS[0]

    in_english = printed.note(breakdown, key, {"group": "en+es", "minimum": "11"})
    in_spanish = printed.note(breakdown, key, {"group": "en+es", "minimum": "11"}, "es")

    assert in_english != in_spanish
    assert ("“English + Spanish”" in in_english) == ("«Inglés + Español»" in in_spanish)
    assert ("11" in in_english) == ("11" in in_spanish)


def test_an_audited_release_of_real_answers_needs_no_statement():
    assert printed.statements(release(audited=True)) == ()
    assert printed.statements(release()) == (printed.PRELIMINARY.en,)
    assert printed.statements(release(made_up=True), "es") == (
        printed.MADE_UP.es,
        printed.PRELIMINARY.es,
    )
