"""An instrument as a family reads it: parts and numbered questions in one language, ready to be put on a page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup, escape

from survey.instruments.answers import MAX_LENGTH
from survey.instruments.model import Instrument, Item, ItemType, Role, Section
from survey.storage import windows
from survey.storage.windows import Window
from survey.web import language, plain
from survey.web.family.reading import readable
from survey.web.services import services
from survey.wording import Wording


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to press. Those that stand ``apart`` are no point of the scale: "I do not know", "None of these".

    One that is ``alone`` goes with no other answer.
    """

    code: Markup
    text: Markup
    apart: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question under its number; ``condition`` says in words who is asked, if not everybody.

    ``described`` holds the ids of the paragraphs that belong to it. ``rule`` is the question and the
    answer it depends on. ``most`` bounds the answers that may be marked, ``longest`` the letters of a text.
    ``is_carried`` says that a family answers the same for another school.
    """

    number: int
    item: Markup
    kind: str
    text: Markup
    choices: tuple[Choice, ...]
    hint: Markup | None
    condition: str | None
    described: str
    rule: tuple[Markup, Markup] | None
    most: int | None
    longest: int | None
    is_carried: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its place among the others, such as "Part 2 of 6"."""

    number: int
    place: str
    title: Markup
    notice: Markup | None
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole survey in one language, and the style of its page. All its texts are safe to print as they are.

    ``topics`` names its parts in one line.
    """

    instrument: Instrument
    title: Markup
    notices: tuple[Markup, ...]
    parts: tuple[Part, ...]
    topics: Markup
    closing: dict[str, Markup]
    css: str

    def question(self, item_id: str) -> Question | None:
        """The question that asks this item, or None."""
        return next((q for part in self.parts for q in part.questions if q.item == item_id), None)


def of(window: Window) -> Sheet:
    """The survey of a window in the language of this page; made once in a process for each language."""
    minimum_group = services().settings.minimum_group
    made_of = (window.digest, language.current(), minimum_group)
    if made_of not in _made:
        with services().store.reading() as db:
            instrument = windows.instrument(db, window)
        if len(_made) >= MOST_MADE:
            _made.clear()
        _made[made_of] = _make(instrument, minimum_group)
    return _made[made_of]


def in_words(asked: Sheet, given: Mapping[str, Sequence[str]]) -> list[tuple[Question, list[str]]]:
    """Each question that something was ``given`` to, with the words of what was chosen or written."""
    found = []
    for question in (question for part in asked.parts for question in part.questions):
        values = given.get(question.item, ())
        if question.kind == "text":
            words = [text for text in map(readable, values) if text.strip()]
        else:
            words = [choice.text for choice in question.choices if choice.code in values]
        if words:
            found.append((question, words))
    return found


def questions(
    asked: Sheet, given: Mapping[str, Sequence[str]], wrong: Mapping[int, str], query: str = ""
) -> Markup:
    """Every part with its questions, the answers ``given`` to items, and what is ``wrong`` by number.

    ``query`` goes before the language in the address of each button.
    """
    page = plain.render("family/questions.html", sheet=asked, given=given, wrong_at=wrong, query=query)
    return Markup(page)  # noqa: S704 - a template has escaped everything in it


# Two surveys in two languages a year: a process that lives for years still holds few.
MOST_MADE = 64
_made: dict[tuple[str, str, int], Sheet] = {}


def _make(instrument: Instrument, minimum_group: int) -> Sheet:
    def words(wording: Wording) -> Markup:
        return escape(wording[language.current()].replace("{min_group}", str(minimum_group)))

    numbers = {item.id: number for number, item in enumerate(instrument.items(), 1)}
    counted = sum(not _is_background(section) for section in instrument.sections)

    def question(item: Item) -> Question:
        number = numbers[item.id]
        condition = _condition(instrument, item, numbers)
        described = (("c", condition), ("h", item.hint))
        return Question(
            number=number,
            item=escape(item.id),
            kind=item.type.value,
            text=words(item.text),
            choices=tuple(
                Choice(escape(o.code), words(o.text), o.missing is not None or o.exclusive, o.exclusive)
                for o in item.options
            ),
            hint=words(item.hint) if item.hint else None,
            condition=condition,
            described=" ".join(f"{letter}{number}" for letter, text in described if text),
            rule=(escape(item.shown_if.item), escape(item.shown_if.code)) if item.shown_if else None,
            most=item.max_choices,
            longest=(item.max_length or MAX_LENGTH) if item.type is ItemType.TEXT else None,
            is_carried=item.is_background and item.role is not Role.GRADE_BAND,
        )

    def part(number: int, section: Section) -> Part:
        counts = _("Part %(number)s of %(total)s", number=number, total=counted)
        return Part(
            number=number,
            place=_("To finish") if _is_background(section) else counts,
            title=words(section.title),
            notice=words(section.notice) if section.notice else None,
            questions=tuple(question(item) for item in section.items),
        )

    return Sheet(
        instrument=instrument,
        title=words(instrument.title),
        notices=tuple(words(notice) for notice in instrument.notices),
        parts=tuple(part(number, section) for number, section in enumerate(instrument.sections, 1)),
        topics=Markup("\u00a0· ").join(words(s.title) for s in instrument.sections if not _is_background(s)),
        closing={name: words(wording) for name, wording in instrument.closing.items()},
        css=plain.style("survey.css") + "".join(_hiding(instrument, numbers)),
    )


def _is_background(section: Section) -> bool:
    return all(item.is_background for item in section.items)


def _condition(instrument: Instrument, item: Item, numbers: dict[str, int]) -> str | None:
    rule = item.shown_if
    asked = instrument.item(rule.item) if rule else None
    option = asked.option(rule.code) if rule and asked else None
    if rule is None or asked is None or option is None:
        return None
    answer = option.text[language.current()]
    number = numbers[asked.id]
    return str(_("Only if you answered “%(answer)s” to question %(number)s.", answer=answer, number=number))


def _hiding(instrument: Instrument, numbers: dict[str, int]) -> Iterator[str]:
    """Rules that hide a question until the answer it depends on is chosen.

    A browser that does not know ``:has()`` drops the rule and shows the question, whose words say
    whom it is for; so does a question that something is wrong with.
    """
    for item in instrument.items():
        rule = item.shown_if
        while rule is not None:
            chosen = f'[name="{_css(rule.item)}"][value="{_css(rule.code)}"]:checked'
            yield f"form:not(:has({chosen})) #q{numbers[item.id]}:not(:has(.bad)){{display:none}}"
            asked = instrument.item(rule.item)
            rule = asked.shown_if if asked else None


def _css(text: str) -> str:
    """The text inside a quoted CSS string."""
    return re.sub(r"[^\w.-]", lambda found: f"\\{ord(found[0]):x} ", text)
