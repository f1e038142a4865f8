"""Who may sign in: adding and removing staff, one-time links, and when an account is locked."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from survey.storage import Store, accounts, sites
from survey.storage.accounts import Account, StaffRole

LINK_LASTS = timedelta(hours=48)
ATTEMPTS = 10
LOCK_LASTS = timedelta(minutes=15)


class StaffProblem(StrEnum):
    """Why an account was not added, changed or removed."""

    NO_ADDRESS = "no_address"
    ALREADY_THERE = "already_there"
    NOT_THERE = "not_there"
    NO_SITE = "no_site"
    DISTRICT_HAS_NO_SITES = "district_has_no_sites"
    UNKNOWN_SITE = "unknown_site"
    LAST_OF_DISTRICT = "last_of_district"


class StaffRefused(ValueError):
    """Nothing was changed; ``problem`` says why and ``about`` names the address or the site it is about."""

    def __init__(self, problem: StaffProblem, about: str = "") -> None:
        super().__init__(PROBLEMS[problem].format(about=about))
        self.problem = problem
        self.about = about


# What the command line prints; pages say the same in both languages.
PROBLEMS = {
    StaffProblem.NO_ADDRESS: "{about!r} is no email address.",
    StaffProblem.ALREADY_THERE: "{about} is staff already. To change the role or the sites, remove the account first.",
    StaffProblem.NOT_THERE: "{about} is no staff.",
    StaffProblem.NO_SITE: "Site staff needs at least one site.",
    StaffProblem.DISTRICT_HAS_NO_SITES: "District staff sees every site: name none.",
    StaffProblem.UNKNOWN_SITE: "There is no site {about!r}.",
    StaffProblem.LAST_OF_DISTRICT: "{about} is the only district staff: add another first.",
}


def add(store: Store, email: str, role: StaffRole, site_slugs: Sequence[str] = ()) -> Account:
    """Make an account that only a sign-in link opens; raises ``StaffRefused`` where it can not be made."""
    address = _address(email)
    wanted = tuple(dict.fromkeys(site_slugs))
    if role is StaffRole.SITE and not wanted:
        raise StaffRefused(StaffProblem.NO_SITE)
    if role is StaffRole.DISTRICT and wanted:
        raise StaffRefused(StaffProblem.DISTRICT_HAS_NO_SITES)
    with store.writing() as db:
        if accounts.find(db, address) is not None:
            raise StaffRefused(StaffProblem.ALREADY_THERE, address)
        for slug in wanted:
            if sites.find(db, slug) is None:
                raise StaffRefused(StaffProblem.UNKNOWN_SITE, slug)
        accounts.add(db, address, role, wanted, _new_key())
        return _there(accounts.find(db, address), address)


def remove(store: Store, email: str, *, keep_one: bool = False) -> None:
    """Remove an account and end its sessions; with ``keep_one`` never the only district staff."""
    address = _folded(email)
    with store.writing() as db:
        account = _there(accounts.find(db, address), address)
        districts = [a for a in accounts.all_accounts(db) if a.role is StaffRole.DISTRICT]
        if keep_one and [a.id for a in districts] == [account.id]:
            raise StaffRefused(StaffProblem.LAST_OF_DISTRICT, address)
        accounts.remove(db, account.id)


def everyone(store: Store) -> tuple[Account, ...]:
    """Every account, district staff first."""
    with store.reading() as db:
        return accounts.all_accounts(db)


def new_link(store: Store, email: str, now: datetime) -> str:
    """The token of a sign-in link that works once, within 48 hours; only its digest is kept."""
    address = _folded(email)
    token = secrets.token_urlsafe(32)
    with store.writing() as db:
        account = _there(accounts.find(db, address), address)
        accounts.put_link(db, account.id, _digest(token), now + LINK_LASTS)
    return token


def link_works(store: Store, token: str, now: datetime) -> bool:
    """Whether a link would still sign in; looking uses nothing up."""
    with store.reading() as db:
        return accounts.has_link(db, _digest(token), now)


def use_link(store: Store, token: str, now: datetime) -> Account | None:
    """Whom this link signs in, the first time and in time; it also ends a lock. None otherwise."""
    with store.writing() as db:
        staff_id = accounts.take_link(db, _digest(token), now)
        if staff_id is None:
            return None
        accounts.forget_failures(db, staff_id)
        return accounts.by_id(db, staff_id)


def begin_attempt(store: Store, email: str, now: datetime) -> Account | None:
    """The account whose password may be tried now; None if there is none or it is locked.

    The attempt is counted before it is judged, so that many at once can not outrun the lock.
    """
    address = _folded(email)
    with store.writing() as db:
        made = accounts.count_attempt(db, address, now)
        if made is None:
            return None
        if made >= ATTEMPTS:
            accounts.lock(db, address, now + LOCK_LASTS)
        return accounts.find(db, address)


def attempt_succeeded(store: Store, account: Account) -> None:
    """Forget the failures before a password that was right."""
    with store.writing() as db:
        accounts.forget_failures(db, account.id)


def by_session_key(store: Store, session_key: str) -> Account | None:
    """Who is signed in with this session, if anyone still is."""
    with store.reading() as db:
        return accounts.by_session_key(db, session_key)


def set_password(store: Store, account: Account, password_hash: str) -> Account:
    """Store a new hash; every session and link of the account ends. Returns the account with its new session key."""
    with store.writing() as db:
        accounts.set_password(db, account.id, password_hash, _new_key())
        return _there(accounts.by_id(db, account.id), account.email)


def end_sessions(store: Store, account: Account) -> None:
    """Sign an account out everywhere."""
    with store.writing() as db:
        accounts.set_session_key(db, account.id, _new_key())


def utc_now() -> datetime:
    """The present moment in UTC, without a zone: how times of accounts are stored on both databases."""
    return datetime.now(UTC).replace(tzinfo=None)


_ADDRESS = re.compile(
    r"[^@\s<>\"'(),;:\\\x00-\x1f\x7f]+@[^@\s<>\"'(),;:\\\x00-\x1f\x7f]+\.[^@\s<>\"'(),;:\\\x00-\x1f\x7f.]+"
)
_LONGEST_ADDRESS = 255


def _address(email: str) -> str:
    folded = _folded(email)
    if len(folded) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(folded):
        raise StaffRefused(StaffProblem.NO_ADDRESS, email.strip()[:_LONGEST_ADDRESS])
    return folded


def _folded(email: str) -> str:
    return email.replace("\x00", "").strip().lower()


def _there(account: Account | None, address: str) -> Account:
    if account is None:
        raise StaffRefused(StaffProblem.NOT_THERE, address)
    return account


def _new_key() -> str:
    return secrets.token_urlsafe(32)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
