import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import builders_instruments
import pytest
from builders_documents import capped, figure, option_figures, withheld
from hypothesis import given
from hypothesis import strategies as st

from survey.documents import charts
from survey.figures import Measure
from survey.wording import Wording

ITEM = builders_instruments.scaled("q.welcome", "Welcome?", "¿Bienvenida?")
SHARES = {"4": 41, "3": 46, "2": 9, "1": 4}
HOSTILE = '"><script>alert(1)</script><b style="x" onclick=y>&'


def parsed(chart):
    return ET.fromstring(chart)


def spread(percent=87, shares=None, **options):
    return charts.distribution(ITEM, [figure(percent=percent), *option_figures(shares or SHARES)], **options)


def segments(chart):
    """(class, start, width) of each part of the bar."""
    return [
        (box.get("class"), float(box.get("x")[:-1]), float(box.get("width")[:-1]))
        for box in parsed(chart).iter("rect")
        if box.get("class") not in ("hole", "enr")
    ]


def numbers(chart):
    return [text.text for text in parsed(chart).iter("text") if text.get("class", "") != "axis"]


def every_chart(name):
    district = figure(percent=80)
    item = replace(ITEM, options=tuple(replace(option, text=Wording(name, name)) for option in ITEM.options))
    yield charts.distribution(item, [figure(), *option_figures(SHARES)], district=district)
    yield charts.distribution(item, [capped()])
    yield charts.distribution(item, [withheld()])
    yield charts.strip(figure(), name, district=district)
    yield charts.strip(withheld(), name)
    yield charts.bar(figure(), name)
    yield charts.bar(capped(), name)
    yield charts.so_far(132, 412, name)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_chart_is_one_image_with_its_meaning_as_title(language):
    picture = parsed(spread(language=language, district=figure(percent=82)))

    assert picture.get("role") == "img"
    assert (
        picture.find("title").text
        == {
            "en": "87% favorable, likely 81% to 91%, 165 answers; district: 82%",
            "es": "87% favorables, rango probable: 81% a 91%, 165 respuestas; distrito: 82%",
        }[language]
    )
    assert picture.find("desc").text.startswith(
        {"en": "Strongly agree: 41%; Agree: 46%", "es": "Muy de acuerdo: 41%; De acuerdo: 46%"}[language]
    )


def test_no_chart_needs_a_style_or_a_script():
    for chart in every_chart("Spanish"):
        assert not re.search(r"style|script|\son\w+=", chart)


def test_no_text_becomes_markup():
    for chart in every_chart(HOSTILE):
        names = {element.tag for element in parsed(chart).iter()}

        assert not names & {"script", "b"}


def test_favorable_answers_come_first_and_the_others_end_with_the_strongest():
    assert [kind for kind, _, _ in segments(spread())] == ["f2", "f1", "u1", "u2"]


def test_a_scale_written_from_its_unfavorable_end_is_drawn_the_same():
    upside_down = replace(ITEM, options=ITEM.options[3::-1])

    chart = charts.distribution(upside_down, [figure(), *option_figures(SHARES)])

    assert segments(chart) == segments(spread())


@given(st.integers(1, 99), st.lists(st.integers(0, 100), min_size=4, max_size=4))
def test_the_border_is_the_percent_favorable_and_the_bar_is_whole(percent, shares):
    drawn = segments(spread(percent, dict(zip("4321", shares, strict=True))))

    favorable = sum(width for kind, _, width in drawn if kind[0] == "f")
    other = sum(width for kind, _, width in drawn if kind[0] == "u")
    assert favorable == pytest.approx(percent, abs=0.05)
    assert other == pytest.approx(100 - percent, abs=0.05)


def test_a_narrow_part_carries_no_number():
    assert numbers(spread()) == ["41", "46", "9"]


def test_a_side_printed_as_one_figure_is_drawn_as_one():
    chart = charts.distribution(
        ITEM,
        [
            figure(),
            withheld("side_together", measure=Measure.OPTION, option="4"),
            *option_figures({"3": 46, "2": 9, "1": 4}),
        ],
    )

    assert [kind for kind, _, _ in segments(chart)] == ["f1", "u1", "u2"]
    assert numbers(chart) == ["87", "9"]


@pytest.mark.parametrize(
    ("shown", "language", "words"),
    [
        (capped(), "en", "Nearly all favorable"),
        (capped("almost_none"), "es", "Favorables: casi ninguna"),
        (withheld(), "en", "Not shown"),
        (withheld(), "es", "No se muestra"),
    ],
)
def test_what_is_capped_or_withheld_is_drawn_in_words(shown, language, words):
    chart = charts.distribution(ITEM, [shown, *option_figures(SHARES)], language=language)

    assert {text.text for text in parsed(chart).iter("text")} == {words}
    assert segments(chart) == []


def test_a_question_without_any_figure_is_not_shown():
    assert "Not shown" in charts.distribution(ITEM, [])
    assert "Not shown" in charts.strip(None, "Spanish")


def test_a_withheld_district_is_no_diamond():
    assert "dia" not in charts.strip(figure(), "Spanish", district=withheld())


def test_more_surveys_than_enrolled_stay_inside_the_bar():
    assert max(width for _, _, width in segments(charts.so_far(50, 40, "pupils"))) == 100


def test_the_hatching_is_hidden_from_readers():
    assert parsed(charts.hatching()).get("aria-hidden") == "true"
