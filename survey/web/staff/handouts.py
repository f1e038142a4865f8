"""What printed pages say of a window at a school: its dates, its address, and whom families ask."""

import re
from datetime import date

from survey.documents.handout import Handout
from survey.storage import installation, windows
from survey.storage.sites import Site
from survey.storage.windows import Window, WindowState
from survey.web.services import Services
from survey.web.staff.links import base_url
from survey.wording import Wording

# Paper is handed out before a window opens and while it is open; afterwards it would lead nowhere.
PRINTABLE = frozenset({WindowState.SCHEDULED, WindowState.OPEN})


def handout(found: Services, window: Window, site: Site) -> Handout:
    """What paper says of this window at this school.

    Its QR codes lead straight to the survey, or to the school's own page where another survey can
    be answered in the same days.
    """
    today = found.settings.current_date()
    with found.store.reading() as db:
        instrument = windows.instrument(db, window)
        there = windows.at_site(db, site.id)
        is_made_up = installation.is_made_up(db)
    address = f"{base_url(found.settings)}/s/{site.slug}"
    alone = not any(_beside(other, window, today) for other in there)
    return Handout(
        school=site.name,
        contact=site.contact,
        phone=site.phone,
        title=instrument.title,
        notices=tuple(_filled(notice, found.settings.minimum_group) for notice in instrument.notices),
        opens=window.opens,
        closes=window.closes,
        is_coming=windows.state(window, today) is WindowState.SCHEDULED,
        shared_in=window.shared_in,
        address=address,
        scanned=f"{address}/{window.survey}" if alone else address,
        is_made_up=is_made_up,
        thanks=instrument.closing.get("thanks"),
    )


def file_name(window: Window, site: Site, what: str) -> str:
    """A name that every system takes: small letters, digits and hyphens, whatever the window is called."""
    name = re.sub(r"[^a-z0-9]+", "-", window.name.lower()).strip("-")[:60] or "window"
    return f"{name}-{site.slug}-{what}"


def _beside(other: Window, window: Window, today: date) -> bool:
    """Whether a family may find this other window open too, on a day on which it is handed the paper."""
    return (
        other.id != window.id
        and other.closed_on is None
        and other.sealed_on is None
        and other.opens <= window.closes
        and other.closes >= max(window.opens, today)
    )


def _filled(text: Wording, minimum_group: int) -> Wording:
    return Wording(*(words.replace("{min_group}", str(minimum_group)) for words in (text.en, text.es)))
