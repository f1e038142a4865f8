"""Instruments as stored: read back equal, told apart by substance, mended in words only."""

from dataclasses import fields, replace
from datetime import date

import builders_instruments as builders
import pytest

from survey.instruments import stored
from survey.instruments.model import Instrument, Item, ItemType, Missing, Option, Section, ShownIf
from survey.instruments.stored import WordsChanged
from survey.wording import Wording

SOME_DAY = date(2026, 11, 12)


def with_item(item_id: str, **changes) -> Instrument:
    """The small instrument with one item changed."""
    small = builders.instrument()
    sections = tuple(
        replace(s, items=tuple(replace(i, **changes) if i.id == item_id else i for i in s.items))
        for s in small.sections
    )
    return replace(small, sections=sections)


def with_option(item_id: str, of_code: str, /, **changes) -> Instrument:
    """The small instrument with one option changed."""
    item = builders.instrument().item(item_id)
    return with_item(
        item_id, options=tuple(replace(o, **changes) if o.code == of_code else o for o in item.options)
    )


def substance(new: Instrument) -> tuple[str, ...]:
    found = stored.differences(builders.instrument(), new)
    assert not found.words
    return found.substance


def words(new: Instrument) -> tuple[WordsChanged, ...]:
    found = stored.differences(builders.instrument(), new)
    assert not found.substance
    return found.words


def test_what_is_stored_reads_back_equal():
    mended = stored.reworded(builders.instrument(), with_item("q.welcome", text=Wording("a", "b")), SOME_DAY)

    assert stored.from_json(stored.to_json(mended)) == mended


def test_the_barest_instrument_reads_back_equal():
    option = Option(code="0", sign="0", text=Wording("No", "No"), favorable=False)
    item = Item(id="i", type=ItemType.SINGLE, text=Wording("?", "¿?"), options=(option,))
    section = Section("s", Wording("S", "S"), (item,))
    bare = Instrument(survey="bare", version="0", title=Wording("B", "B"), sections=(section,))

    assert stored.from_json(stored.to_json(bare)) == bare


def test_every_field_of_the_model_is_stored():
    # A field that was added to the model and forgotten here would come back as its default.
    full = builders.instrument(
        corrections=stored.reworded(
            builders.instrument(), with_item("q.welcome", text=Wording("a", "b")), SOME_DAY
        ).corrections
    )
    read = stored.from_json(stored.to_json(full))

    for field in fields(Instrument):
        assert getattr(read, field.name), field.name
    for kind, parts in {
        Section: list(read.sections),
        Item: list(read.items()),
        Option: [o for i in read.items() for o in i.options],
    }.items():
        for field in fields(kind):
            assert any(getattr(part, field.name) for part in parts), f"{kind.__name__}.{field.name}"


def test_the_same_instrument_always_gives_the_same_text():
    closing = builders.instrument().closing
    turned = builders.instrument(closing=dict(reversed(closing.items())))

    assert stored.to_json(turned) == stored.to_json(builders.instrument())


@pytest.mark.parametrize(
    "other",
    [
        with_item("q.welcome", text=Wording("My family feels welcome!", "Mi familia se siente bienvenida.")),
        with_option("q.welcome", "4", favorable=False),
        with_option("q.took_part", "none", exclusive=False),
        builders.instrument(version="2"),
        builders.instrument(notices=()),
    ],
)
def test_any_change_gives_another_digest(other):
    assert stored.digest(other) != stored.digest(builders.instrument())


def test_past_corrections_do_not_count_in_the_digest():
    mended = with_item("q.welcome", text=Wording("We feel welcome.", "Nos sentimos en casa."))

    assert stored.digest(stored.reworded(builders.instrument(), mended, SOME_DAY)) == stored.digest(mended)


def test_the_same_instrument_has_no_differences():
    assert stored.differences(builders.instrument(), builders.instrument()) == stored.Differences()


def test_versions_are_not_a_difference():
    assert stored.differences(builders.instrument(), builders.instrument(version="2")) == stored.Differences()


def test_a_text_that_reads_differently_is_a_matter_of_words():
    mended = with_item("q.welcome", text=Wording("My family feels welcome.", "Nos sentimos en casa."))

    assert words(mended) == (
        WordsChanged(
            "section small.school, item q.welcome",
            "es",
            "Mi familia se siente bienvenida.",
            "Nos sentimos en casa.",
        ),
    )


@pytest.mark.parametrize(
    ("new", "path"),
    [
        (builders.instrument(title=Wording("Small survey", "Encuesta pequeña")), "title"),
        (builders.instrument(status="tried"), "status"),
        (
            with_option("q.welcome", "4", text=Wording("Very much", "Muy de acuerdo")),
            "section small.school, item q.welcome, option 4",
        ),
        (
            with_item("q.comment", hint=Wording("No names.", "Por favor, no escriba nombres.")),
            "section small.sharing, item q.comment: hint",
        ),
    ],
)
def test_every_text_can_be_reworded(new, path):
    assert [change.path for change in words(new)] == [path]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (
            with_option("q.welcome", "4", favorable=False),
            "section small.school, item q.welcome, option 4: favorable changed",
        ),
        (
            with_option("q.welcome", "4", sign="9"),
            "section small.school, item q.welcome, option 4: sign changed",
        ),
        (
            with_option("q.welcome", "1", missing=Missing.DECLINED),
            "section small.school, item q.welcome, option 1: missing changed",
        ),
        (
            with_option("q.took_part", "none", exclusive=False),
            "section small.sharing, item q.took_part, option none: exclusive changed",
        ),
        (
            with_item("q.english", shown_if=ShownIf("q.learning", "2")),
            "section small.school, item q.english: shown_if changed",
        ),
        (with_item("q.welcome", indicators=()), "section small.school, item q.welcome: indicators changed"),
        (
            with_item("q.took_part", max_choices=3),
            "section small.sharing, item q.took_part: max_choices changed",
        ),
        (with_item("q.comment", hint=None), "section small.sharing, item q.comment: hint: text removed"),
        (
            with_item("q.contact", options=tuple(reversed(builders.instrument().item("q.contact").options))),
            "section small.sharing, item q.contact, options: their order changed",
        ),
        (builders.instrument(survey="other"), "survey small: now other"),
        (
            builders.instrument(closing={"thanks": builders.instrument().closing["thanks"]}),
            "notice another_school: text removed",
        ),
        (builders.instrument(notices=()), "notices: 0 instead of 2"),
    ],
)
def test_what_is_asked_is_a_matter_of_substance(new, expected):
    assert substance(new) == (expected,)


def test_a_code_that_is_renamed_is_removed_and_added():
    assert substance(with_option("q.welcome", "4", code="5")) == (
        "section small.school, item q.welcome, option 4: removed",
        "section small.school, item q.welcome, option 5: added",
    )


def test_sections_and_items_that_change_places_are_named():
    small = builders.instrument()
    school, *others = small.sections
    turned = replace(school, items=tuple(reversed(school.items)))

    assert substance(replace(small, sections=(*others, turned))) == (
        "sections: their order changed",
        "section small.school, items: their order changed",
    )


def test_a_slip_of_wording_is_mended_with_its_date():
    mended = with_item("q.welcome", text=Wording("We feel welcome.", "Mi familia se siente bienvenida."))

    now = stored.reworded(builders.instrument(), mended, SOME_DAY)

    assert now.item("q.welcome").text.en == "We feel welcome."
    assert [(c.on, c.language, c.old, c.new) for c in now.corrections] == [
        (SOME_DAY, "en", "My family feels welcome.", "We feel welcome.")
    ]


def test_earlier_corrections_are_kept():
    first = stored.reworded(builders.instrument(), with_item("q.welcome", text=Wording("a", "b")), SOME_DAY)

    second = stored.reworded(first, builders.instrument(), SOME_DAY)

    assert [c.new for c in second.corrections] == [
        "a",
        "b",
        "My family feels welcome.",
        "Mi familia se siente bienvenida.",
    ]


def test_a_change_of_substance_is_no_rewording():
    changed = with_option("q.welcome", "4", favorable=False)

    with pytest.raises(stored.ChangedInSubstance, match=r"q\.welcome, option 4: favorable changed"):
        stored.reworded(builders.instrument(), changed, SOME_DAY)
