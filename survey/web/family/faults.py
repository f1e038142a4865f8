"""What is wrong with an answer, in words a family can act on."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from survey.instruments.answers import Fault, FaultReason
from survey.web.family.sheet import Question, Sheet


@dataclass(frozen=True, slots=True)
class Said:
    """A fault beside its question; ``number`` is None where it is with no question."""

    number: int | None
    text: str


def said(sheet: Sheet, faults: tuple[Fault, ...]) -> list[Said]:
    """Each fault in the language of this page, in the order of the questions, the same words once."""
    found: dict[Said, None] = {}
    for fault in faults:
        question = sheet.question(fault.item) if fault.item else None
        found[Said(question.number if question else None, _text(fault, question))] = None
    return sorted(found, key=lambda fault: fault.number or 0)


def _text(fault: Fault, question: Question | None) -> str:
    match fault.reason:
        case FaultReason.TOO_MANY:
            text = ngettext(
                "Mark %(num)s answer at most.", "Mark %(num)s answers at most.", int(fault.detail)
            )
        case FaultReason.TOO_LONG:
            text = _("Write %(limit)s letters or fewer.", limit=fault.detail)
        case FaultReason.EXCLUSIVE if question:
            alone = " / ".join(c.text for c in question.choices if c.code in fault.detail.split(", "))
            text = _("“%(answer)s” cannot be marked together with other answers.", answer=alone)
        case reason:
            text = _RULES[reason]
    return str(text)


_RULES = {
    FaultReason.EXCLUSIVE: lazy_gettext("Some of these answers cannot be marked together."),
    FaultReason.REPEATED: lazy_gettext("Choose one answer only."),
    FaultReason.UNKNOWN_CODE: lazy_gettext("Choose one of the answers on the page."),
    FaultReason.UNREADABLE: lazy_gettext("Some letters could not be read. Please write them again."),
    FaultReason.UNKNOWN_FIELD: lazy_gettext(
        "Something was sent that this survey does not ask. It was left out."
    ),
}
