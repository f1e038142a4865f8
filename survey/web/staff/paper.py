"""Stacks of surveys on paper: what is in them, how the second keying came out, and what is done with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection import paper, second_keying
from survey.collection.paper import Desk, NotDone, PaperProblem, Sheet, Stack
from survey.collection.second_keying import Difference
from survey.instruments.model import Instrument
from survey.storage import windows
from survey.storage.windows import WindowState
from survey.web.language import number
from survey.web.services import services
from survey.web.staff.access import Access, page, site_here, window_here
from survey.web.staff.spoken import _, ngettext
from survey.web.staff.windows import shown

# Where more than one answer in a hundred differs, the rest of the stack is worth another look.
ADVISE_ABOVE = 0.01
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class InWords:
    """An item that two keyings give differently, with both in words."""

    item: str
    number: int
    text: str
    first: str
    second: str


@page("/windows/<int:window_id>/sites/<slug>/paper", Access.SIGNED_IN, methods=("GET", "POST"))
def stacks(window_id: int, slug: str) -> ResponseReturnValue:
    """The stacks of a school that are not stored yet; a new one is begun here."""
    desk = desk_here(window_id, slug)
    problem = ""
    if request.method == "POST":
        declared = _count(request.form.get("declared", ""))
        if declared is None:
            problem = _("Please count the surveys: 1 to %(most)s in a stack.", most=paper.MOST_SHEETS)
        else:
            name = request.form.get("name", "").strip()[:LONGEST_NAME]
            try:
                stack = desk.begin(name or _("Stack %(number)s", number=len(desk.stacks()) + 1), declared)
            except NotDone as refused:
                problem = problem_text(refused.problem)
            else:
                return redirect(
                    url_for("staff.keying", window_id=window_id, slug=slug, stack_id=stack.id), 303
                )
    told = render_template(
        "staff/stacks.html",
        shown=shown(desk.window),
        site=desk.site,
        stacks=desk.stacks(),
        takes_new=shown(desk.window).state in (WindowState.OPEN, WindowState.GRACE),
        typed=request.form,
        problem=problem,
    )
    return told, 422 if problem else 200


@page("/windows/<int:window_id>/sites/<slug>/paper/<int:stack_id>", Access.SIGNED_IN)
def stack(window_id: int, slug: str, stack_id: int) -> ResponseReturnValue:
    """One stack: how far it is, what differs between the two keyings, and what can be done next."""
    desk = desk_here(window_id, slug)
    try:
        return _stack(desk, *desk.stack(stack_id))
    except NotDone:
        abort(404)


@page("/windows/<int:window_id>/sites/<slug>/paper/<int:stack_id>", Access.SIGNED_IN, methods=("POST",))
def change_stack(window_id: int, slug: str, stack_id: int) -> ResponseReturnValue:
    """Do with a stack what the pressed button says."""
    desk = desk_here(window_id, slug)
    here = redirect(url_for("staff.stack", window_id=window_id, slug=slug, stack_id=stack_id), 303)
    away = redirect(url_for("staff.stacks", window_id=window_id, slug=slug), 303)
    try:
        is_gone = _do(desk, stack_id, request.form.get("do", ""))
    except NotDone as refused:
        problem = refused.problem
    else:
        return away if is_gone else here
    try:
        return _stack(desk, *desk.stack(stack_id), problem=problem_text(problem)), 422
    except NotDone as gone:
        # In a closed window that is the first reason, though the stack is gone as well.
        flash(problem_text(gone.problem))
        return away


def desk_here(window_id: int, slug: str) -> Desk:
    """Where paper of this address's window and school is keyed in today."""
    window = window_here(window_id)
    found = services()
    return Desk(found.store, window, site_here(window, slug), found.settings.current_date())


def problem_text(problem: PaperProblem) -> str:
    """Why something was not done with a stack."""
    sentences = {
        PaperProblem.CLOSED: _("This window takes no paper any more."),
        PaperProblem.GONE: _("This stack is not here any more: it was stored or deleted."),
        PaperProblem.TAKEN: _("Somebody else keyed a survey with this number meanwhile."),
        PaperProblem.CHECKING: _("The stack is being checked: its surveys are not changed now."),
        PaperProblem.NOT_CHECKING: _("The stack has not been checked yet."),
        PaperProblem.COUNT: _("There are not as many surveys keyed in as were counted in the stack."),
        PaperProblem.NOT_IN_SAMPLE: _("This survey is not one of those to be keyed a second time."),
        PaperProblem.UNSETTLED: _("Some surveys are still to be keyed a second time, or differ."),
    }
    return sentences[problem]


def _do(desk: Desk, stack_id: int, what: str) -> bool:
    """Whether the stack is gone afterwards."""
    match what:
        case "declare":
            declared = _count(request.form.get("declared", ""))
            if declared is not None:
                desk.declare(stack_id, declared)
        case "remove":
            desk.remove(stack_id, _count(request.form.get("number", "")) or 0)
        case "check":
            desk.begin_check(stack_id)
        case "uncheck":
            desk.end_check(stack_id)
        case "settle":
            _settle(desk, stack_id, _count(request.form.get("number", "")) or 0)
        case "delete" if "understood" in request.form:
            desk.delete(stack_id)
            flash(_("The stack is deleted. None of it was counted."))
            return True
        case "finish":
            stored = desk.finish(stack_id)
            flash(
                ngettext(
                    "The stack is stored: %(num)s survey on paper.",
                    "The stack is stored: %(num)s surveys on paper.",
                    stored,
                )
            )
            return True
        case _:
            abort(400)
    return False


def _settle(desk: Desk, stack_id: int, sheet_number: int) -> None:
    """What the paper says, where the two keyings differ; nothing is settled before all of it is said."""
    instrument = _instrument(desk)
    sheets = desk.stack(stack_id)[1]
    here = [sheet for sheet in sheets if sheet.number == sheet_number]
    said = {"first": lambda d: d.first, "second": lambda d: d.second}
    found: list[Difference] = second_keying.differences(instrument, here[0]) if here else []
    chosen = {
        d.item.id: said[request.form[d.item.id]](d) for d in found if request.form.get(d.item.id) in said
    }
    desk.settle(stack_id, sheet_number, chosen)


def _stack(desk: Desk, stack: Stack, sheets: Sequence[Sheet], problem: str = "") -> str:
    instrument = _instrument(desk)
    sample = [sheet for sheet in sheets if sheet.is_sampled]
    again = [sheet for sheet in sample if sheet.second is None]
    compared = [(sheet, _in_words(instrument, sheet)) for sheet in sample]
    found = second_keying.accuracy(instrument, sheets)
    return render_template(
        "staff/stack.html",
        shown=shown(desk.window),
        site=desk.site,
        stack=stack,
        keyed=len(sheets),
        sheets=[
            (sheet, len(second_keying.choices_of(instrument, sheet)) + len(sheet.comments))
            for sheet in sheets
        ],
        sample=sample,
        again=again,
        differing=[(sheet, items) for sheet, items in compared if items],
        twice=len(sample) - len(again),
        accuracy=_accuracy_sentence(found.compared, found.differed),
        advise=len(sample) < len(sheets) and found.differed > ADVISE_ABOVE * found.compared,
        is_ready=stack.is_checking and all(sheet.is_settled for sheet in sheets),
        sample_size=second_keying.sample_size(len(sheets)),
        problem=problem,
    )


def _accuracy_sentence(compared: int, differed: int) -> str:
    if not compared:
        return ""
    return ngettext(
        "%(differed)s of %(compared)s answers differed between the two keyings: %(rate)s%%.",
        "%(differed)s of %(compared)s answers differed between the two keyings: %(rate)s%%.",
        differed,
        differed=number(differed),
        compared=number(compared),
        rate=number(round(100 * differed / compared, 1)),
    )


def _in_words(instrument: Instrument, sheet: Sheet) -> list[InWords]:
    numbers = {item.id: place for place, item in enumerate(instrument.items(), 1)}

    def words(difference: Difference, codes: tuple[str, ...]) -> str:
        texts: Mapping[str, str] = {o.code: o.text[sheet.language] for o in difference.item.options}
        return "; ".join(texts[code] for code in codes) or _("left blank")

    return [
        InWords(
            d.item.id, numbers[d.item.id], d.item.text[sheet.language], words(d, d.first), words(d, d.second)
        )
        for d in second_keying.differences(instrument, sheet)
    ]


def _instrument(desk: Desk) -> Instrument:
    with desk.store.reading() as db:
        return windows.instrument(db, desk.window)


def _count(text: str) -> int | None:
    """A number of sheets that somebody typed, or None where it is none."""
    typed = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return typed if 1 <= typed <= paper.MOST_SHEETS else None
