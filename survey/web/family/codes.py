"""The field for a household code: what stands in it, and what is wrong with it in words a family can act on."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from survey import household_codes
from survey.collection.submit import Outcome
from survey.household_codes import Slip
from survey.storage.sites import Site
from survey.storage.windows import Window
from survey.web.family.reading import readable


@dataclass(frozen=True, slots=True)
class CodeField:
    """What the field holds, and why what was typed could not be used, if it could not."""

    typed: str
    problem: str = ""


def field(window: Window, typed: str = "") -> CodeField | None:
    """The field with what was typed in it; None where the window has no codes."""
    return CodeField(readable(typed)) if window.code_uses else None


def refused(window: Window, site: Site, typed: str, outcome: Outcome, wait: int) -> CodeField:
    """The field with the reason why the code was not taken; ``wait`` is in seconds."""
    return CodeField(readable(typed), _why(window, site, typed, outcome, wait))


def _why(window: Window, site: Site, typed: str, outcome: Outcome, wait: int) -> str:
    match outcome:
        case Outcome.CODE_SPENT:
            why = ngettext(
                "This code has already been used. It can be used for %(num)s survey.",
                "This code has already been used. It can be used for %(num)s surveys.",
                window.code_uses,
            )
        case Outcome.CODE_WAIT:
            why = ngettext(
                "Too many wrong codes like this one were tried. It can be tried again in %(num)s minute.",
                "Too many wrong codes like this one were tried. It can be tried again in %(num)s minutes.",
                -(-wait // 60),
            )
        case _:
            why = _slip(typed) or _(
                "This code is not for this survey at %(school)s. Each code is for one school and one survey, "
                "and a newer sheet takes the place of an older one.",
                school=site.name,
            )
    return str(why)


def _slip(typed: str) -> str:
    """What is wrong with how it was typed; nothing where it may be a code."""
    read = household_codes.read(readable(typed))
    match read.slip:
        case Slip.CHARACTERS:
            slip = _(
                "No code has the character %(characters)s. Codes have the digits 2 to 9, and no I, L or O.",
                characters=" ".join(read.unused),
            )
        case Slip.LENGTH:
            slip = ngettext(
                "A code has 10 characters. Here there is %(num)s.",
                "A code has 10 characters. Here there are %(num)s.",
                read.count,
            )
        case Slip.CHECK:
            slip = _("A character of this code is not right. Please compare it with your sheet.")
        case None:
            return ""
    return str(slip)
