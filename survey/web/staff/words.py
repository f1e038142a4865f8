"""Sentences that several staff pages share: states of a window, counts, and refusals."""

from collections.abc import Mapping
from datetime import date

from survey.administration.faults import Refused
from survey.administration.staff import StaffProblem, StaffRefused
from survey.documents import printed
from survey.figures import SiteRow
from survey.storage.windows import Window, WindowState
from survey.web.language import date_in_words, number
from survey.web.staff.spoken import _, ngettext


def unit_count(count: int, unit: str) -> str:
    """A number of families or pupils."""
    if unit == "families":
        return ngettext("%(count)s family", "%(count)s families", count, count=number(count))
    return ngettext("%(count)s pupil", "%(count)s pupils", count, count=number(count))


def state_name(state: WindowState) -> str:
    """What a window is today, in a word or two."""
    names = {
        WindowState.SCHEDULED: _("Not open yet"),
        WindowState.OPEN: _("Open"),
        WindowState.GRACE: _("In its days of grace"),
        WindowState.ENDED: _("Ended, not sealed yet"),
        WindowState.SEALED: _("Sealed, no release yet"),
        WindowState.RELEASED: _("Released"),
    }
    return names[state]


def state_sentence(window: Window, state: WindowState, today: date) -> str:
    """What a window is today, with its dates, as one sentence that can be read aloud."""
    day = date_in_words
    if state is WindowState.SCHEDULED:
        return _(
            "It opens on %(opens)s and closes on %(closes)s.",
            opens=day(window.opens),
            closes=day(window.closes),
        )
    if state is WindowState.OPEN:
        left = (window.closes - today).days
        return ngettext(
            "It is open until %(closes)s: %(num)s day is left.",
            "It is open until %(closes)s: %(num)s days are left.",
            left,
            closes=day(window.closes),
        )
    if state is WindowState.GRACE:
        return _(
            "It closed on %(closes)s. Surveys begun before are taken until %(until)s.",
            closes=day(window.closes),
            until=day(window.grace_ends),
        )
    if state is WindowState.ENDED:
        return _("It takes no more surveys. Close it to seal it; then a release can be made.")
    return _(
        "It was open from %(opens)s to %(closes)s, and was sealed on %(sealed)s.",
        opens=day(window.opens),
        closes=day(min(window.closes, window.closed_on or window.closes)),
        sealed=day(window.sealed_on or today),
    )


def counted(row: SiteRow, *, one_each: bool) -> str:
    """How many surveys were counted, and of how many, as one sentence that can be read aloud."""
    count, rate = row.respondents, printed.rate(row)
    if rate is None:
        return ngettext(
            "%(count)s survey was counted.", "%(count)s surveys were counted.", count, count=number(count)
        )
    if row.unit == "families" and one_each:
        return _(
            "%(count)s of %(enrolled)s families answered: %(rate)s%%.",
            count=number(count),
            enrolled=number(row.enrolled or 0),
            rate=rate,
        )
    if row.unit == "families":
        return ngettext(
            "%(count)s survey was counted, %(rate)s for every 100 families.",
            "%(count)s surveys were counted, %(rate)s for every 100 families.",
            count,
            count=number(count),
            rate=rate,
        )
    return ngettext(
        "%(count)s survey was counted, %(rate)s for every 100 pupils.",
        "%(count)s surveys were counted, %(rate)s for every 100 pupils.",
        count,
        count=number(count),
        rate=rate,
    )


def refusal(refused: Refused) -> str:
    """Why something was not done."""
    return _(refused.message, **_in_words(refused.values))


def staff_refusal(refused: StaffRefused) -> str:
    """Why an account was not added, changed or removed."""
    sentences = {
        StaffProblem.NO_ADDRESS: _("“%(about)s” is no email address.", about=refused.about),
        StaffProblem.ALREADY_THERE: _(
            "%(about)s is staff already. To change what they see, remove the account first.",
            about=refused.about,
        ),
        StaffProblem.NOT_THERE: _("%(about)s is not on the list of staff.", about=refused.about),
        StaffProblem.NO_SITE: _("School staff need at least one school."),
        StaffProblem.DISTRICT_HAS_NO_SITES: _("District staff see every school: mark none."),
        StaffProblem.UNKNOWN_SITE: _("There is no school “%(about)s”.", about=refused.about),
        StaffProblem.LAST_OF_DISTRICT: _(
            "%(about)s is the only district staff: add another first.", about=refused.about
        ),
    }
    return sentences[refused.problem]


def _in_words(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: date_in_words(value) if isinstance(value, date) else value for name, value in values.items()
    }
