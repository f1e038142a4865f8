"""Every state of the survey with the module, by the rules that a machine can check: CAMPAIGN=whole looks at three widths."""

import os
from itertools import product

import looking
import pytest
import states

pytestmark = pytest.mark.browser

WHOLE = os.environ.get("CAMPAIGN") == "whole"
WIDTHS = (320, 390, 1280) if WHOLE else (320,)
# Each state in one of the languages, turn about, or all in both. These parts look like others.
ALIKE = set() if WHOLE else {"part 2", "part 3", "part 5", "two drafts", "nothing open"}
SEEN = [
    (name, language)
    for turn, name in enumerate(name for name in states.STATES if name not in ALIKE)
    for language in (("en", "es") if WHOLE else (("es", "en")[turn % 2],))
]
# Where there is most to press and to read.
FULL = ("first part answered", "questions left blank", "review", "two drafts", "no signal", "code refused")
LOOKS = {
    "forced colours": {"forced_colors": "active"},
    "dark": {"color_scheme": "dark"},
    "more contrast": {"contrast": "more"},
    "less motion": {"reduced_motion": "reduce"},
}


@pytest.fixture(scope="module")
def district(sqlite_template, tmp_path_factory):
    file = tmp_path_factory.mktemp("states") / "puente.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    with states.a_district(f"sqlite:///{file}") as district:
        yield district


@pytest.fixture
def phone(browser):
    contexts = []

    def of(width=320, height=740, **changes):
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **changes))
        return contexts[-1].new_page()

    yield of
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("name", "language"), SEEN)
def test_no_state_has_a_violation_a_small_target_or_anything_beside_the_screen(
    phone, district, name, language, width
):
    page = phone(width)

    states.STATES[name](page, district, language)

    assert looking.found_wrong(page, language) == []


@pytest.mark.parametrize(
    ("name", "look"), list(product(FULL, LOOKS) if WHOLE else zip(FULL, LOOKS, strict=False))
)
def test_so_has_none_in_other_colours(phone, district, name, look):
    page = phone(**LOOKS[look])

    states.STATES[name](page, district, "es")

    assert looking.found_wrong(page, "es") == []
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("name", FULL)
def test_nothing_is_lost_with_wider_spacing_or_letters_of_twice_the_size(phone, district, name):
    page = phone()
    states.STATES[name](page, district, "es")

    looking.space_out(page)
    wrong = looking.overflowing(page)
    page.evaluate("document.adoptedStyleSheets = []")
    looking.enlarge(page)

    assert wrong == []
    assert looking.overflowing(page) == []
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"


@pytest.mark.parametrize("name", ["first part answered", "review"])
def test_on_its_side_a_phone_shows_all_of_it(phone, district, name):
    page = phone(740, 320)

    states.STATES[name](page, district, "en")

    assert looking.found_wrong(page, "en") == []
