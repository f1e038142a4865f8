"""Keying in sheets of paper by keyboard alone: the page that does it, and what it sends of each sheet."""

import re
from collections.abc import Iterator, Mapping
from itertools import count, islice
from typing import Any
from uuid import UUID

from flask import abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from survey.collection import paper, second_keying
from survey.collection.paper import NotDone, PaperProblem, Sheet, Stack
from survey.instruments import answers
from survey.instruments.answers import Answers
from survey.instruments.model import Instrument, Item
from survey.storage import windows
from survey.web.language import NAMES
from survey.web.staff.access import Access, page
from survey.web.staff.paper import desk_here, problem_text
from survey.web.staff.spoken import _
from survey.wording import LANGUAGES, Wording


@page("/windows/<int:window_id>/sites/<slug>/paper/<int:stack_id>/keying", Access.SIGNED_IN)
def keying(window_id: int, slug: str, stack_id: int) -> ResponseReturnValue:
    """The sheets that are still to be keyed, one after the other; or the one that ``?sheet=`` names, once more."""
    desk = desk_here(window_id, slug)
    try:
        stack, sheets = desk.stack(stack_id)
    except NotDone:
        abort(404)
    with desk.store.reading() as db:
        instrument = windows.instrument(db, desk.window)
    asked_for = request.args.get("sheet", 0, int)
    once_more = [sheet for sheet in sheets if sheet.number == asked_for and not stack.is_checking]
    told = {
        "save": url_for("staff.save_sheet", window_id=window_id, slug=slug, stack_id=stack_id),
        "stack": url_for("staff.stack", window_id=window_id, slug=slug, stack_id=stack_id),
        "token": generate_csrf(),
        "second": stack.is_checking,
        "declared": stack.declared,
        "left": [asked_for] if once_more else _left(stack, sheets),
        "sheet": _given(instrument, once_more[0]) if once_more else None,
        "languages": NAMES,
        "spoken": {sheet.number: sheet.language for sheet in sheets if sheet.is_sampled},
        "items": list(_items(instrument, with_words=not stack.is_checking)),
        "words": _words(),
    }
    return render_template("staff/keying.html", stack=stack, site=desk.site, told=told)


@page(
    "/windows/<int:window_id>/sites/<slug>/paper/<int:stack_id>/keying", Access.SIGNED_IN, methods=("POST",)
)
def save_sheet(window_id: int, slug: str, stack_id: int) -> ResponseReturnValue:
    """Keep one sheet; the answer says which are left, or why it was not kept."""
    desk = desk_here(window_id, slug)
    sent = _sent()
    with desk.store.reading() as db:
        instrument = windows.instrument(db, desk.window)
    given = answers.read(instrument, sent["answers"])
    if not isinstance(given, Answers):
        return jsonify(
            problem=_("An answer could not be taken. Please look at it again."), item=given[0].item
        ), 422
    try:
        if sent["second"]:
            desk.save_second(stack_id, sent["number"], given)
        else:
            desk.save(stack_id, sent["number"], sent["key"], sent["language"], given)
        return jsonify(left=_left(*desk.stack(stack_id)))
    except NotDone as refused:
        is_taken = refused.problem is PaperProblem.TAKEN
        left = _left(*desk.stack(stack_id)) if is_taken else []
        return jsonify(problem=problem_text(refused.problem), left=left, isTaken=is_taken), 409


def _sent() -> dict[str, Any]:
    """What the page sent, if it has the form that the page gives it."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("answers"), dict):
        abort(400)
    is_list = all(isinstance(values, list) for values in sent["answers"].values())
    if not is_list or not all(isinstance(one, str) for values in sent["answers"].values() for one in values):
        abort(400)
    number, key = sent.get("number"), str(sent.get("key"))
    if not isinstance(number, int) or not 1 <= number <= paper.MOST_SHEETS or not _KEY.fullmatch(key):
        abort(400)
    if sent.get("language") not in LANGUAGES:
        abort(400)
    return {**sent, "key": UUID(key), "second": sent.get("second") is True}


_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _left(stack: Stack, sheets: tuple[Sheet, ...]) -> list[int]:
    """The numbers of the sheets that are still to be keyed, or to be keyed a second time."""
    if stack.is_checking:
        return [sheet.number for sheet in sheets if sheet.is_sampled and sheet.second is None]
    there = {sheet.number for sheet in sheets}
    free = (number for number in count(1) if number not in there)
    return list(islice(free, max(0, stack.declared - len(sheets))))


def _given(instrument: Instrument, sheet: Sheet) -> dict[str, Any]:
    chosen: Mapping[str, tuple[str, ...]] = second_keying.choices_of(instrument, sheet)
    words = {item: [text] for item, text in sheet.comments.items()}
    return {
        "key": str(sheet.key),
        "language": sheet.language,
        "answers": {item: list(codes) for item, codes in chosen.items()} | words,
    }


def _items(instrument: Instrument, *, with_words: bool) -> Iterator[dict[str, Any]]:
    """Every item in order, as the keying page asks it; words are not keyed a second time."""
    number = 0
    for section in instrument.sections:
        for item in section.items:
            number += 1
            if item.options or with_words:
                yield _item(number, section.title, item)


def _item(number: int, part: Wording, item: Item) -> dict[str, Any]:
    rule = item.shown_if
    return {
        "id": item.id,
        "number": number,
        "part": _both(part),
        "type": item.type.value,
        "text": _both(item.text),
        "options": [{"code": o.code, "text": _both(o.text), "alone": o.exclusive} for o in item.options],
        "most": item.max_choices,
        "longest": item.max_length or answers.MAX_LENGTH,
        "if": {"item": rule.item, "code": rule.code} if rule else None,
    }


def _both(wording: Wording) -> dict[str, str]:
    return {language: wording[language] for language in LANGUAGES}


def _words() -> dict[str, str]:
    """What the page says, with {places} that its module fills in."""
    return {
        "sheet": _("Survey %(number)s of %(total)s", number="{number}", total="{total}"),
        "second": _("Second keying: take survey %(number)s from the stack", number="{number}"),
        "language": _("In which language is this survey?"),
        "one": _(
            "Press the key of the answer. Space: left blank, or two answers marked. Backspace: go back."
        ),
        "many": _("Press the keys of all answers marked, then Enter. Space: left blank. Backspace: go back."),
        "text": _(
            "Type what is written, then Enter; Enter alone leaves it blank. Backspace in an empty box goes back."
        ),
        "review": _("Look over the whole survey"),
        "review_keys": _(
            "Compare it with the paper. Enter: save it and go on. Backspace: go back. Tab and Enter: change one answer."
        ),
        "blank": _("blank"),
        "no_key": _("No answer has the key %(key)s.", key="{key}"),
        "most": _("Only %(most)s may be marked. Where the paper has more, leave it blank.", most="{most}"),
        "saving": _("Saving…"),
        "saved": _("Survey %(number)s is saved.", number="{number}"),
        "lost": _("Not saved: there is no connection. The survey is still here. Press Enter to try again."),
        "signed_out": _(
            "Not saved: you are signed out. Sign in in another tab, then press Enter here. The survey is still here."
        ),
        "taken": _("Press Enter to save this one as survey %(number)s.", number="{number}"),
        "change": _("Change"),
        "so_far": _("This survey so far"),
    }
