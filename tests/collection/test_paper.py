"""Surveys on paper: a stack is keyed in, checked by keying a sample again, and stored whole or not at all."""

from pathlib import Path
from uuid import UUID, uuid4

import builders_collection
import pytest
from builders_collection import AFTER_GRACE, BEFORE, DURING, IN_GRACE

from survey.administration import windows as administration
from survey.administration.faults import Refused
from survey.collection import second_keying
from survey.collection.paper import Desk, NotDone, PaperProblem
from survey.instruments import packing
from survey.instruments.answers import Answers
from survey.storage import comments, responses, windows

YES, NO = {"q.welcome": ("1",)}, {"q.welcome": ("2",)}


@pytest.fixture
def place(store):
    return builders_collection.place(store)


@pytest.fixture
def desk(store, place):
    return Desk(store, place.window, place.pine, DURING)


def stack_of(desk, n, *, declared=None, **words):
    """A stack with this many sheets keyed in, all alike."""
    stack = desk.begin("Monday", declared or n)
    for number in range(1, n + 1):
        desk.save(stack.id, number, uuid4(), "es", Answers(YES, words))
    return stack.id


def checked(desk, stack, given=YES):
    """Key every sampled sheet a second time."""
    desk.begin_check(stack)
    for sheet in desk.stack(stack)[1]:
        if sheet.is_sampled:
            desk.save_second(stack, sheet.number, Answers(given, {}))
    return stack


def stored(desk):
    """Every response of the window, with its channel and language."""
    with desk.store.reading() as db:
        return list(responses.packed(db, desk.window.id))


def instrument_of(desk):
    with desk.store.reading() as db:
        return windows.instrument(db, desk.window)


def problem(call, *given):
    with pytest.raises(NotDone) as refused:
        call(*given)
    return refused.value.problem


def test_a_finished_stack_is_stored_as_paper_and_forgotten(desk):
    stack = checked(desk, stack_of(desk, 4, **{"q.comment": "Más reuniones"}))

    assert desk.finish(stack) == 4

    packed = packing.pack(instrument_of(desk), YES)
    assert [tuple(row)[1:] for row in stored(desk)] == [("es", "paper", packed)] * 4
    assert desk.stacks() == {}
    with desk.store.reading() as db:
        words = comments.of_site(db, desk.window.id, desk.site.id)
    assert [comment.text for comment in words] == ["Más reuniones"] * 4


def test_nothing_of_a_stack_is_stored_before_it_is_finished(desk):
    checked(desk, stack_of(desk, 4))

    assert stored(desk) == []


def test_finishing_twice_stores_nothing_twice(desk):
    stack = checked(desk, stack_of(desk, 3))
    desk.finish(stack)

    assert problem(desk.finish, stack) is PaperProblem.GONE
    assert len(stored(desk)) == 3


def test_responses_have_other_keys_than_their_sheets(desk):
    stack = checked(desk, stack_of(desk, 3))
    keys = {sheet.key for sheet in desk.stack(stack)[1]}

    desk.finish(stack)

    with desk.store.reading() as db:
        assert responses.stored_under(db, desk.window.id, keys) == {}


def test_a_sheet_that_is_saved_again_is_the_same_sheet(desk):
    stack, key = desk.begin("Monday", 1).id, uuid4()

    desk.save(stack, 1, key, "en", Answers(YES, {}))
    desk.save(stack, 1, key, "es", Answers(NO, {}))

    (sheet,) = desk.stack(stack)[1]
    assert sheet.language == "es"
    assert second_keying.choices_of(instrument_of(desk), sheet) == NO


def test_two_people_who_key_the_same_number_do_not_overwrite_each_other(desk):
    stack = stack_of(desk, 1)

    assert problem(desk.save, stack, 1, uuid4(), "en", Answers(NO, {})) is PaperProblem.TAKEN
    assert second_keying.choices_of(instrument_of(desk), desk.stack(stack)[1][0]) == YES


@pytest.mark.parametrize("declared", [3, 5])
def test_a_stack_is_not_checked_before_as_many_sheets_are_keyed_as_were_counted(desk, declared):
    stack = stack_of(desk, 4, declared=declared)

    assert problem(desk.begin_check, stack) is PaperProblem.COUNT

    desk.declare(stack, 4)
    desk.begin_check(stack)


@pytest.mark.parametrize(
    ("sheets", "twice"), [(1, 1), (2, 2), (3, 3), (30, 3), (31, 4), (40, 4), (200, 20), (500, 20)]
)
def test_one_sheet_in_ten_is_keyed_twice_at_least_three_and_at_most_twenty(sheets, twice):
    assert second_keying.sample_size(sheets) == twice


def test_a_stack_is_not_finished_before_the_whole_sample_is_keyed_again(desk):
    stack = stack_of(desk, 4)
    assert problem(desk.finish, stack) is PaperProblem.NOT_CHECKING

    desk.begin_check(stack)

    assert problem(desk.finish, stack) is PaperProblem.UNSETTLED
    assert stored(desk) == []


def test_what_differs_is_shown_item_by_item_and_the_paper_decides(desk):
    stack = checked(desk, stack_of(desk, 3), given={"q.welcome": ("2",), "q.respect": ("1",)})
    sheet, *others = desk.stack(stack)[1]
    found = second_keying.differences(instrument_of(desk), sheet)
    assert [(d.item.id, d.first, d.second) for d in found] == [
        ("q.welcome", ("1",), ("2",)),
        ("q.respect", (), ("1",)),
    ]
    assert problem(desk.finish, stack) is PaperProblem.UNSETTLED

    for each in (sheet, *others):
        desk.settle(stack, each.number, {"q.welcome": ("2",), "q.respect": ()})
    desk.finish(stack)

    assert {row.answers for row in stored(desk)} == {packing.pack(instrument_of(desk), NO)}


def test_a_difference_that_nobody_decided_is_not_settled(desk):
    stack = checked(desk, stack_of(desk, 3), given=NO)

    assert problem(desk.settle, stack, 1, {}) is PaperProblem.UNSETTLED


def test_the_error_rate_counts_the_answers_that_differed_even_once_they_are_settled(desk):
    stack = checked(desk, stack_of(desk, 3), given=NO)
    asked = sum(
        v is not None for v in packing.unpack(instrument_of(desk), desk.stack(stack)[1][0].answers).values()
    )
    for number in (1, 2, 3):
        desk.settle(stack, number, {"q.welcome": ("1",)})

    found = second_keying.accuracy(instrument_of(desk), desk.stack(stack)[1])

    assert (found.compared, found.differed) == (3 * asked, 3)
    assert problem(desk.save_second, stack, 1, Answers(YES, {})) is PaperProblem.NOT_IN_SAMPLE


def test_sheets_do_not_change_while_the_stack_is_checked(desk):
    stack = checked(desk, stack_of(desk, 3))

    assert problem(desk.save, stack, 4, uuid4(), "en", Answers(YES, {})) is PaperProblem.CHECKING
    assert problem(desk.remove, stack, 1) is PaperProblem.CHECKING
    desk.end_check(stack)
    desk.remove(stack, 1)
    assert [sheet.number for sheet in desk.stack(stack)[1]] == [2, 3]


@pytest.mark.parametrize(
    ("day", "may"), [(BEFORE, False), (DURING, True), (IN_GRACE, True), (AFTER_GRACE, False)]
)
def test_paper_is_keyed_in_from_the_first_day_through_the_grace(store, place, day, may):
    desk = Desk(store, place.window, place.pine, day)

    if may:
        stack_of(desk, 1)
    else:
        assert problem(desk.begin, "late", 1) is PaperProblem.CLOSED


def test_a_stack_that_was_keyed_in_time_is_taken_until_the_window_is_closed(store, place, desk):
    stack = checked(desk, stack_of(desk, 3))
    later = Desk(store, place.window, place.pine, AFTER_GRACE)

    assert problem(later.save, stack, 4, uuid4(), "en", Answers(YES, {})) is PaperProblem.CLOSED
    assert later.finish(stack) == 3


def test_a_window_is_not_closed_over_a_stack_that_is_not_stored(desk):
    stack = stack_of(desk, 2)

    with pytest.raises(Refused, match=r"Surveys on paper .* at Pine Elementary"):
        administration.close(desk.store, desk.window.name, IN_GRACE)

    with desk.store.reading() as db:
        assert windows.by_id(db, desk.window.id).closed_on is None
    desk.delete(stack)
    administration.close(desk.store, desk.window.name, IN_GRACE)


def test_a_stack_without_sheets_does_not_keep_a_window_open(desk):
    desk.begin("empty", 5)

    administration.close(desk.store, desk.window.name, IN_GRACE)

    assert desk.stacks() == {}


def test_a_closed_window_takes_no_paper(desk):
    administration.close(desk.store, desk.window.name, DURING)

    assert problem(desk.begin, "late", 1) is PaperProblem.CLOSED


def test_a_window_with_sheets_is_not_removed(desk):
    stack_of(desk, 1)

    with pytest.raises(Refused, match="holds answers"):
        administration.remove(desk.store, desk.window.name)


def test_after_sealing_nothing_is_left_of_the_sheets(desk, database_url):
    desk.finish(checked(desk, stack_of(desk, 3, **{"q.comment": "Unas palabras que se encuentran"})))
    desk.delete(stack_of(desk, 2, **{"q.comment": "Otras que se borraron"}))

    administration.close(desk.store, desk.window.name, IN_GRACE)

    with desk.store.engine.connect() as db:
        if desk.store.is_sqlite:
            file = database_url.removeprefix("sqlite:///")
            bytes_of = b"".join(Path(f).read_bytes() for f in (file, f"{file}-wal"))
            assert b"Otras que se borraron" not in bytes_of
            assert bytes_of.count(b"Unas palabras que se encuentran") == 3
        else:
            assert db.exec_driver_sql("SELECT pg_relation_size('paper_sheet')").scalar() == 0


def test_a_stack_of_another_site_is_not_there(store, place, desk):
    stack = stack_of(desk, 1)
    elsewhere = Desk(store, place.window, place.oak, DURING)

    assert problem(elsewhere.stack, stack) is PaperProblem.GONE
    assert problem(elsewhere.delete, stack) is PaperProblem.GONE
    assert problem(elsewhere.save, stack, 1, UUID(int=1), "en", Answers(YES, {})) is PaperProblem.GONE


def test_answers_to_items_that_are_not_asked_are_left_out(desk):
    stack = desk.begin("Monday", 1).id
    asked_if = next(item for item in instrument_of(desk).items() if item.shown_if and item.options)

    desk.save(stack, 1, uuid4(), "en", Answers({asked_if.id: (asked_if.options[0].code,)}, {}))

    assert second_keying.choices_of(instrument_of(desk), desk.stack(stack)[1][0]) == {}
