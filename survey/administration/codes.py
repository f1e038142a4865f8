"""Household codes: made for a school, told once, and made void where their sheets went astray."""

from datetime import date

from sqlalchemy import Connection

from survey import household_codes
from survey.administration.faults import N_, Refused
from survey.storage import Store, codes, windows
from survey.storage.sites import Site
from survey.storage.windows import Window, WindowState

MOST_AT_ONCE = 5_000
# A window in one of these states may be given codes, or have them made void.
BEFORE_ITS_END = (WindowState.SCHEDULED, WindowState.OPEN, WindowState.GRACE)


def make(  # noqa: PLR0917 - what the command says, in its order
    store: Store, secret: str, name: str, slug: str, count: int, today: date
) -> tuple[str, ...]:
    """Make so many new codes for a school in a window and return them; nothing can tell them again.

    Codes made before stay good. Raises ``Refused`` where none can be made; then nothing is changed.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused(N_("Make from 1 to %(most)s codes at once."), most=MOST_AT_ONCE)
    with store.writing() as db:
        window, site = _place(db, name, slug, today)
        known = codes.known(db, window.id, site.id)
        made: dict[str, str] = {}
        while len(made) < count:
            code = household_codes.new()
            digest = household_codes.digest(secret, window.id, site.id, code)
            if digest not in known:
                made[digest] = code
        codes.put(db, window.id, site.id, made.keys(), window.code_uses)
    return tuple(made.values())


def void(store: Store, name: str, slug: str, today: date) -> None:
    """Make every code of a school void that can still be used; surveys that came with codes stay as they are.

    Raises ``Refused`` where there is nothing to make void.
    """
    with store.writing() as db:
        window, site = _place(db, name, slug, today)
        if not codes.given(db, window.id)[site.id].current:
            raise Refused(N_("%(site)s has no codes in %(name)s."), site=site.name, name=name)
        codes.void(db, window.id, site.id)


def _place(db: Connection, name: str, slug: str, today: date) -> tuple[Window, Site]:
    """A window with codes that is not over, and a site of it; this holds until the transaction ends."""
    found = windows.find(db, name)
    if found is None:
        raise Refused(N_("There is no window %(name)s."), name=name)
    windows.hold_open(db, found.id)
    window = windows.by_id(db, found.id)
    if window is None or windows.state(window, today) not in BEFORE_ITS_END:
        raise Refused(N_("%(name)s takes no more surveys: its codes are of no use."), name=name)
    if not window.code_uses:
        raise Refused(
            N_("%(name)s was opened without household codes, and stays so."),
            name=name,
        )
    for site in windows.sites_of(db, window.id):
        if site.slug == slug:
            return window, site
    raise Refused(N_("%(name)s is not open at a school with the slug %(slug)s."), name=name, slug=slug)
