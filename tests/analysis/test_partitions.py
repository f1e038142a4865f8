"""Breakdowns as partitions: everybody is in one group of each, and no group of the district is small."""

from builders_analysis import Families, K, parted, table
from hypothesis import given
from hypothesis import strategies as st

from survey.analysis import partitions

HOME, GRADES, PROGRAMS = "about.home_language", "about.grades", "about.programs"


def test_groups_are_the_valid_options_in_the_order_of_the_instrument():
    found = parted(Families(20, {HOME: "other"}), Families(30, {HOME: "en"}), Families(15, {HOME: "es"}))

    assert found[HOME] == [("en", 30), ("es", 15), ("other", 20)]


def test_who_marked_several_is_in_a_group_of_its_own():
    found = parted(
        Families(40, {PROGRAMS: "el"}), Families(20, {PROGRAMS: "none"}), Families(14, {PROGRAMS: "el;iep"}),
        Families(12, {PROGRAMS: "iep"}),
    )  # fmt: skip

    assert found[PROGRAMS] == [("el", 40), ("iep", 12), ("none", 20), ("several", 14)]


def test_the_few_who_did_not_say_are_counted_with_the_largest_group():
    found = parted(
        Families(60, {HOME: "es"}), Families(36, {HOME: "en"}), Families(2, {}), Families(2, {HOME: "no_answer"})
    )  # fmt: skip

    assert dict(found[HOME])["es"] == 64


def test_the_many_who_did_not_say_are_a_group():
    found = parted(Families(80, {HOME: "en"}), Families(115, {HOME: "es"}), Families(15, {}))

    assert dict(found[HOME])["es"] == 115
    assert "not_stated" in str(found[HOME][-1][0])


def test_one_in_twenty_is_many():
    few = parted(Families(181, {HOME: "en"}), Families(200, {HOME: "es"}), Families(20, {}))
    many = parted(Families(180, {HOME: "en"}), Families(200, {HOME: "es"}), Families(20, {}))

    assert sum(dict(few[HOME]).values()) == sum(dict(many[HOME]).values()) + 1
    assert "not_stated" not in str(few[HOME])
    assert "not_stated" in str(many[HOME])


def test_who_did_not_say_their_grade_is_counted_with_the_largest_of_their_school():
    found = parted(
        Families(50, {GRADES: "k_2"}),
        Families(30, {GRADES: "g3_5"}),
        Families(49, {GRADES: "g6_8"}, place=1),
        Families(1, {}, place=1),
    )

    assert dict(found[GRADES])["g6_8"] == 50


def test_a_small_grade_band_joins_the_largest_of_its_school():
    found = parted(
        Families(50, {GRADES: "k_2"}),
        Families(10, {GRADES: "g6_8"}),
        Families(30, {GRADES: "g6_8"}, place=1),
        Families(20, {GRADES: "g3_5"}, place=1),
    )

    assert found[GRADES] == [("k_2", 60), ("g3_5+several", 20), ("g6_8", 30)]


def test_groups_below_k_in_the_district_join_the_next_smallest():
    found = parted(Families(50, {HOME: "en"}), Families(10, {HOME: "es"}), Families(12, {HOME: "other"}))

    assert found[HOME] == [("en", 50), ("es+other", 22)]


def test_a_breakdown_with_one_group_left_is_dropped():
    found = parted(Families(50, {HOME: "en"}), Families(10, {HOME: "es"}))

    assert HOME not in found


def test_languages_and_channels_that_were_used_are_breakdowns():
    found = parted(
        Families(50, {}, language="en"),
        Families(12, {}, language="es", channel="paper"),
        Families(4, {}, language="es", channel="kiosk"),
    )

    assert found["language"] == [("en", 50), ("es", 16)]
    assert found["channel"] == [("link", 50), ("kiosk+paper", 16)]


def test_files_that_tell_no_language_leave_none_unknown_alone():
    few = parted(
        Families(200, {}, language="en"), Families(90, {}, language="es"), Families(3, {}, language="")
    )
    many = parted(Families(60, {}, language="en"), Families(40, {}, language=""))

    assert few["language"] == [("en", 203), ("es", 90)]
    assert many["language"] == [("en", 60), ("not_stated", 40)]


def test_labels_and_notes_say_what_was_put_together():
    made = table(Families(50, {HOME: "en"}), Families(10, {HOME: "es"}), Families(12, {HOME: "other"}))

    (breakdown,) = [p.breakdown for p in partitions.make(made, made.place, K) if p.breakdown.id == HOME]

    assert breakdown.groups["es+other"] == {"en": "Spanish + Another language", "es": "Español + Otro idioma"}
    assert breakdown.notes == (
        ("not_stated_with", {"group": "en", "minimum": "11"}),
        ("put_together", {"group": "es+other", "minimum": "11"}),
    )


def test_programs_are_groups_of_the_district_only():
    made = table(Families(50, {PROGRAMS: "el"}), Families(20, {PROGRAMS: "none"}))

    (breakdown,) = [p.breakdown for p in partitions.make(made, made.place, K) if p.breakdown.id == PROGRAMS]

    assert breakdown.district_only


@given(
    st.lists(
        st.builds(
            Families,
            st.integers(1, 25),
            st.fixed_dictionaries(
                {},
                optional={
                    HOME: st.sampled_from(["en", "es", "other", "no_answer"]),
                    GRADES: st.sampled_from(["k_2", "g3_5", "g6_8", "k_2;g3_5", "no_answer"]),
                },
            ),
            place=st.integers(0, 3),
            language=st.sampled_from(["en", "es", ""]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_everybody_is_in_one_group_of_k_or_more(families):
    total = sum(each.count for each in families)

    for groups in parted(*families).values():
        assert sum(size for _, size in groups) == total
        assert all(size >= K for _, size in groups)
        assert len(groups) > 1
