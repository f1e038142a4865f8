"""Staff who may sign in, the sites each may see, their failed attempts, and the sign-in links not yet used."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from survey.storage.tables import SignInLinkRow, SiteRow, StaffRow, StaffSiteRow


class StaffRole(StrEnum):
    """What someone who signs in may see."""

    DISTRICT = "district"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who may sign in. ``sites`` are the slugs of the sites that staff with the role ``site`` may see.

    Whoever holds ``session_key`` is signed in. ``password`` is an argon2 hash, or None while only
    links open the account. ``locked_until`` is in UTC, without a zone, as every time here.
    """

    id: int
    email: str
    role: StaffRole
    sites: tuple[str, ...]
    session_key: str
    password: str | None
    failures: int
    locked_until: datetime | None


def add(db: Connection, email: str, role: StaffRole, sites: tuple[str, ...], session_key: str) -> int:
    """Store a new account and return its id; ``sites`` must be slugs of sites that exist."""
    made = insert(StaffRow).values(email=email, role=role.value, session_key=session_key, failures=0)
    staff_id = int(db.execute(made.returning(StaffRow.id)).scalar_one())
    for site_id in db.scalars(select(SiteRow.id).where(SiteRow.slug.in_(sites)).order_by(SiteRow.id)).all():
        db.execute(insert(StaffSiteRow).values(staff_id=staff_id, site_id=site_id))
    return staff_id


def find(db: Connection, email: str) -> Account | None:
    """The account with this address, or None."""
    return _one(db, _ACCOUNTS.where(StaffRow.email == email))


def by_id(db: Connection, staff_id: int) -> Account | None:
    """The account with this id, or None."""
    return _one(db, _ACCOUNTS.where(StaffRow.id == staff_id))


def by_session_key(db: Connection, session_key: str) -> Account | None:
    """The account this session belongs to, or None once the key has changed or the account is gone."""
    return _one(db, _ACCOUNTS.where(StaffRow.session_key == session_key))


def all_accounts(db: Connection) -> tuple[Account, ...]:
    """Every account, district staff first, by address."""
    rows = db.execute(_ACCOUNTS.order_by(StaffRow.role, StaffRow.email)).all()
    return tuple(_account(db, row) for row in rows)


def remove(db: Connection, staff_id: int) -> None:
    """Delete an account with its links and its sites: its sessions end with it."""
    db.execute(delete(StaffRow).where(StaffRow.id == staff_id))


def set_password(db: Connection, staff_id: int, password: str, session_key: str) -> None:
    """Store a new hash and a new session key; every older session, link and failure is forgotten."""
    db.execute(delete(SignInLinkRow).where(SignInLinkRow.staff_id == staff_id))
    db.execute(
        update(StaffRow)
        .where(StaffRow.id == staff_id)
        .values(password=password, session_key=session_key, failures=0, locked_until=None)
    )


def set_session_key(db: Connection, staff_id: int, session_key: str) -> None:
    """End every session of an account."""
    db.execute(update(StaffRow).where(StaffRow.id == staff_id).values(session_key=session_key))


def count_attempt(db: Connection, email: str, now: datetime) -> int | None:
    """Count one attempt to sign in before it is judged; None if there is no such account or it is locked.

    Returns how many attempts there have been since the last success or lock, this one included.
    """
    counted = db.execute(
        update(StaffRow)
        .where(
            StaffRow.email == email,
            (StaffRow.locked_until.is_(None)) | (StaffRow.locked_until <= now),
        )
        .values(failures=StaffRow.failures + 1, locked_until=None)
        .returning(StaffRow.failures)
    ).first()
    return None if counted is None else int(counted.failures)


def lock(db: Connection, email: str, until: datetime) -> None:
    """Refuse passwords for this account until then, and begin to count anew afterwards."""
    db.execute(update(StaffRow).where(StaffRow.email == email).values(failures=0, locked_until=until))


def forget_failures(db: Connection, staff_id: int) -> None:
    """After a success: no failure counts any more."""
    db.execute(update(StaffRow).where(StaffRow.id == staff_id).values(failures=0, locked_until=None))


def put_link(db: Connection, staff_id: int, digest: str, expires_at: datetime) -> None:
    """Remember a sign-in link by its digest; earlier links of the account stop working."""
    db.execute(delete(SignInLinkRow).where(SignInLinkRow.staff_id == staff_id))
    db.execute(insert(SignInLinkRow).values(digest=digest, staff_id=staff_id, expires_at=expires_at))


def has_link(db: Connection, digest: str, now: datetime) -> bool:
    """Whether a link is there, unused and in time."""
    found = select(SignInLinkRow.digest).where(SignInLinkRow.digest == digest, SignInLinkRow.expires_at > now)
    return db.execute(found).first() is not None


def take_link(db: Connection, digest: str, now: datetime) -> int | None:
    """Use a link up: the id of its account, once and in time; None ever after."""
    taken = db.execute(
        delete(SignInLinkRow)
        .where(SignInLinkRow.digest == digest)
        .returning(SignInLinkRow.staff_id, SignInLinkRow.expires_at)
    ).first()
    return int(taken.staff_id) if taken is not None and taken.expires_at > now else None


_ACCOUNTS: Select[int, str, str, str, str | None, int, datetime | None] = select(
    StaffRow.id,
    StaffRow.email,
    StaffRow.role,
    StaffRow.session_key,
    StaffRow.password,
    StaffRow.failures,
    StaffRow.locked_until,
)


def _one(
    db: Connection, wanted: Select[int, str, str, str, str | None, int, datetime | None]
) -> Account | None:
    row = db.execute(wanted).first()
    return None if row is None else _account(db, row)


def _account(db: Connection, row: Row[int, str, str, str, str | None, int, datetime | None]) -> Account:
    slugs = (
        select(SiteRow.slug)
        .join(StaffSiteRow, StaffSiteRow.site_id == SiteRow.id)
        .where(StaffSiteRow.staff_id == row.id)
        .order_by(SiteRow.slug)
    )
    return Account(
        id=row.id,
        email=row.email,
        role=StaffRole(row.role),
        sites=tuple(db.scalars(slugs).all()),
        session_key=row.session_key,
        password=row.password,
        failures=row.failures,
        locked_until=row.locked_until,
    )
