"""Household codes for tests: made straight into a store, and what is left of them."""

from sqlalchemy import select

from survey import household_codes
from survey.storage import codes
from survey.storage.tables import HouseholdCodeRow

SECRET = "a secret for tests, and for nothing else"


def make(store, window, site, count=1, uses=1):
    """So many codes of a site, as they were printed."""
    made = [household_codes.new() for _ in range(count)]
    keep(store, window, site, made, uses)
    return made


def keep(store, window, site, plain, uses=1):
    """Let these be codes of a site."""
    digests = [household_codes.digest(SECRET, window.id, site.id, code) for code in plain]
    with store.writing() as db:
        codes.put(db, window.id, site.id, digests, uses)


def uses_left(store, window):
    """The uses that the codes of a window have left, the fewest first."""
    left = select(HouseholdCodeRow.uses_left).where(HouseholdCodeRow.window_id == window.id)
    with store.reading() as db:
        return sorted(db.execute(left).scalars())


def wrong_like(code):
    """Codes that begin like this one and are none, without end."""
    while True:
        characters = code[: household_codes.PREFIX] + household_codes.new()[household_codes.PREFIX : -1]
        made = characters + household_codes.check_character(characters)
        if made != code:
            yield made
