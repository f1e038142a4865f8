"""Surveys on paper, keyed in by the stack: every sheet once, a sample twice, and then all of them stored at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from random import SystemRandom
from uuid import UUID, uuid4

from sqlalchemy import Connection

from survey.collection import second_keying
from survey.instruments import answers as judged
from survey.instruments import packing
from survey.instruments.answers import Answers
from survey.storage import Store, comments, paper, responses, windows
from survey.storage.comments import NewComment
from survey.storage.paper import Sheet, Stack
from survey.storage.responses import Response
from survey.storage.sites import Site
from survey.storage.windows import Window, WindowState

__all__ = ["Desk", "NotDone", "PaperProblem", "Sheet", "Stack"]

CHANNEL = "paper"
MOST_SHEETS = 500


class PaperProblem(StrEnum):
    """Why something was not done with a stack."""

    CLOSED = "closed"
    GONE = "gone"
    TAKEN = "taken"
    CHECKING = "checking"
    NOT_CHECKING = "not_checking"
    COUNT = "count"
    NOT_IN_SAMPLE = "not_in_sample"
    UNSETTLED = "unsettled"


class NotDone(Exception):
    """It was not done, and nothing was changed."""

    def __init__(self, problem: PaperProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Desk:
    """Where sheets are keyed in: one site of a window, on one day."""

    store: Store
    window: Window
    site: Site
    today: date

    def begin(self, name: str, declared: int) -> Stack:
        """Begin a stack of so many sheets. Paper is taken from the first day of the window through its grace."""
        with self.store.writing() as db:
            self._refuse_closed(db, for_new_sheets=True)
            return paper.add_stack(db, Stack(0, self.window.id, self.site.id, name, declared))

    def stacks(self) -> dict[Stack, int]:
        """The stacks that are not stored yet, with how many sheets of each are keyed in."""
        with self.store.reading() as db:
            return paper.stacks(db, self.window.id, self.site.id)

    def stack(self, stack_id: int) -> tuple[Stack, tuple[Sheet, ...]]:
        """A stack with its sheets; raises ``NotDone`` where there is none, because it is stored or deleted."""
        with self.store.reading() as db:
            found = next(
                (s for s in paper.stacks(db, self.window.id, self.site.id) if s.id == stack_id), None
            )
            if found is None:
                raise NotDone(PaperProblem.GONE)
            return found, paper.sheets(db, found)

    def declare(self, stack_id: int, declared: int) -> None:
        """Say anew how many sheets there are in the stack."""
        with self.store.writing() as db:
            paper.set_stack(db, replace(self._held(db, stack_id, checking=False), declared=declared))

    def save(self, stack_id: int, number: int, key: UUID, language: str, given: Answers) -> None:
        """Keep a sheet under its number: a new one, or one with this key again, changed or not.

        Raises ``NotDone`` with ``TAKEN`` where another sheet has this number, which somebody else keyed.
        """
        with self.store.writing() as db:
            self._refuse_closed(db, for_new_sheets=True)
            stack = self._held(db, stack_id, checking=False)
            there = {sheet.number: sheet for sheet in paper.sheets(db, stack)}
            if number in there and there[number].key != key:
                raise NotDone(PaperProblem.TAKEN)
            packed, words = self._kept(db, given)
            paper.put_sheet(db, stack, Sheet(number, key, language, packed, words))

    def remove(self, stack_id: int, number: int) -> None:
        """Forget a sheet that was keyed by mistake."""
        with self.store.writing() as db:
            paper.remove_sheet(db, self._held(db, stack_id, checking=False), number)

    def begin_check(self, stack_id: int) -> None:
        """Draw the sheets that are keyed a second time; the stack must hold as many sheets as were counted."""
        with self.store.writing() as db:
            stack = self._held(db, stack_id, checking=False)
            numbers = [sheet.number for sheet in paper.sheets(db, stack)]
            if not numbers or len(numbers) != stack.declared:
                raise NotDone(PaperProblem.COUNT)
            paper.set_stack(db, replace(stack, is_checking=True))
            paper.set_sample(
                db, stack, SystemRandom().sample(numbers, second_keying.sample_size(len(numbers)))
            )

    def end_check(self, stack_id: int) -> None:
        """Go back to keying; what was keyed a second time is forgotten, and another sample is drawn later."""
        with self.store.writing() as db:
            stack = self._held(db, stack_id, checking=True)
            paper.set_stack(db, replace(stack, is_checking=False))
            paper.set_sample(db, stack, ())

    def save_second(self, stack_id: int, number: int, given: Answers) -> None:
        """Keep what the second keying of a sampled sheet gave; words are not keyed twice."""
        with self.store.writing() as db:
            stack, sheet = self._sampled(db, stack_id, number)
            if sheet.is_settled:
                raise NotDone(PaperProblem.NOT_IN_SAMPLE)
            packed, _ = self._kept(db, given)
            differed = len(
                second_keying.differences(windows.instrument(db, self.window), replace(sheet, second=packed))
            )
            paper.put_sheet(db, stack, replace(sheet, second=packed, differed=differed))

    def settle(self, stack_id: int, number: int, chosen: Mapping[str, Sequence[str]]) -> None:
        """Let a sheet that was keyed twice hold what the paper says: ``chosen`` for items that differ."""
        with self.store.writing() as db:
            stack, sheet = self._sampled(db, stack_id, number)
            instrument = windows.instrument(db, self.window)
            open_items = {difference.item.id for difference in second_keying.differences(instrument, sheet)}
            if sheet.second is None or set(chosen) != open_items:
                raise NotDone(PaperProblem.UNSETTLED)
            first, second = (
                second_keying.choices(instrument, packed) for packed in (sheet.answers, sheet.second)
            )
            both = {item: codes for item, codes in first.items() if second.get(item) == codes}
            settled = packing.pack(instrument, both | {item: tuple(codes) for item, codes in chosen.items()})
            paper.put_sheet(db, stack, replace(sheet, answers=settled, second=settled))

    def delete(self, stack_id: int) -> None:
        """Forget a stack with all its sheets: none of it is counted."""
        with self.store.writing() as db:
            paper.remove_stack(db, self._held(db, stack_id))

    def finish(self, stack_id: int) -> int:
        """Store every sheet of a stack as a response, and forget the stack; says how many there were.

        All are stored, or none: keys are new and random, so that nothing leads from a response back to
        its place in the stack. A stack that was keyed in time is taken until the window is closed.
        """
        with self.store.writing() as db:
            self._refuse_closed(db, for_new_sheets=False)
            stack = self._held(db, stack_id, checking=True)
            found = paper.sheets(db, stack)
            if len(found) != stack.declared:
                raise NotDone(PaperProblem.COUNT)
            if not all(sheet.is_settled for sheet in found):
                raise NotDone(PaperProblem.UNSETTLED)
            at, site = self.window.id, self.site.id
            responses.insert_all(
                db, [Response(at, site, uuid4(), s.language, CHANNEL, s.answers) for s in found]
            )
            words = [NewComment(site, item, text) for s in found for item, text in s.comments.items()]
            comments.insert(db, at, words)
            paper.remove_stack(db, stack)
        return len(found)

    def _held(self, db: Connection, stack_id: int, *, checking: bool | None = None) -> Stack:
        stack = paper.hold(db, self.window.id, self.site.id, stack_id)
        if stack is None:
            raise NotDone(PaperProblem.GONE)
        if checking is not None and stack.is_checking is not checking:
            raise NotDone(PaperProblem.CHECKING if stack.is_checking else PaperProblem.NOT_CHECKING)
        return stack

    def _sampled(self, db: Connection, stack_id: int, number: int) -> tuple[Stack, Sheet]:
        stack = self._held(db, stack_id, checking=True)
        for sheet in paper.sheets(db, stack):
            if sheet.number == number and sheet.is_sampled:
                return stack, sheet
        raise NotDone(PaperProblem.NOT_IN_SAMPLE)

    def _refuse_closed(self, db: Connection, *, for_new_sheets: bool) -> None:
        windows.hold_open(db, self.window.id)
        window = windows.by_id(db, self.window.id)
        if window is None or window.closed_on is not None or window.sealed_on is not None:
            raise NotDone(PaperProblem.CLOSED)
        state = windows.state(window, self.today)
        if for_new_sheets and state not in (WindowState.OPEN, WindowState.GRACE):
            raise NotDone(PaperProblem.CLOSED)

    def _kept(self, db: Connection, given: Answers) -> tuple[str, dict[str, str]]:
        """What is kept of a sheet: nothing of items that somebody with these answers is not asked."""
        instrument = windows.instrument(db, self.window)
        asked = judged.shown(instrument, given.choices)
        words = {item: text for item, text in given.comments.items() if item in asked}
        return packing.pack(instrument, given.choices), words
