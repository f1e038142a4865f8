"""The mapped classes. No column could name a family, and none holds the day or the time of an answer."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every mapped class shares: names of constraints that migrations can rely on."""

    metadata = MetaData(naming_convention=NAMING)


class InstallationRow(Base):
    """The one row that says whether this database holds the made-up district."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_up: Mapped[bool]


class SiteRow(Base):
    """A school, and whom its families ask."""

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    cds_code: Mapped[str] = mapped_column(String(14), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")


class EnrolmentRow(Base):
    """How many families or pupils a site has; "" in a column means all of them."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("site_id", "unit", "home_language", "grade_band"),
        CheckConstraint("unit IN ('families', 'pupils')", name="unit"),
        CheckConstraint("count >= 0", name="count"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    unit: Mapped[str] = mapped_column(String(8))
    home_language: Mapped[str] = mapped_column(String(32), default="")
    grade_band: Mapped[str] = mapped_column(String(32), default="")
    count: Mapped[int]


class InstrumentRow(Base):
    """An instrument as a window was opened with: its document never changes but by a dated correction of words."""

    __tablename__ = "instrument"
    __table_args__ = (UniqueConstraint("survey", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = mapped_column(Text)


class WindowRow(Base):
    """The dates one instrument is open at some sites. ``closed_on`` is set by hand, ``sealed_on`` by sealing.

    ``code_uses`` is how often each household code may be used, 0 where the window has none.
    """

    __tablename__ = "survey_window"
    __table_args__ = (CheckConstraint("opens <= closes", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"))
    opens: Mapped[date]
    closes: Mapped[date]
    closed_on: Mapped[date | None]
    sealed_on: Mapped[date | None]
    code_uses: Mapped[int] = mapped_column(default=0, server_default="0")


class WindowSiteRow(Base):
    """A site that a window is open at; how many household codes were ever made for it, and how many of them are void."""

    __tablename__ = "window_site"

    window_id: Mapped[int] = mapped_column(
        ForeignKey("survey_window.id", ondelete="CASCADE"), primary_key=True
    )
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), primary_key=True)
    codes_made: Mapped[int] = mapped_column(default=0, server_default="0")
    codes_void: Mapped[int] = mapped_column(default=0, server_default="0")


class ResponseRow(Base):
    """One respondent's answers, packed; ``batch`` is the number of the release that first counted it."""

    __tablename__ = "response"
    __table_args__ = ({"sqlite_with_rowid": False},)

    window_id: Mapped[int] = mapped_column(ForeignKey("survey_window.id"), primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(2))
    channel: Mapped[str] = mapped_column(String(8))
    batch: Mapped[int | None]
    answers: Mapped[str] = mapped_column(Text)


class CommentRow(Base):
    """Words a family wrote, under a key of their own: nothing here leads to the answers.

    ``shown`` is None until district staff has read it, then whether the site may see it.
    """

    __tablename__ = "comment"
    __table_args__ = ({"sqlite_with_rowid": False},)

    window_id: Mapped[int] = mapped_column(ForeignKey("survey_window.id"), primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    shown: Mapped[bool | None]


class HouseholdCodeRow(Base):
    """A code that a household was given, as an HMAC, and how often it can still be used; sealing destroys it."""

    __tablename__ = "household_code"
    __table_args__ = (
        CheckConstraint("uses_left >= 0", name="uses_left"),
        {"sqlite_with_rowid": False},
    )

    window_id: Mapped[int] = mapped_column(
        ForeignKey("survey_window.id", ondelete="CASCADE"), primary_key=True
    )
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    uses_left: Mapped[int]


class PaperStackRow(Base):
    """A stack of surveys on paper that is being keyed in, and how many sheets somebody counted in it."""

    __tablename__ = "paper_stack"

    id: Mapped[int] = mapped_column(primary_key=True)
    window_id: Mapped[int] = mapped_column(ForeignKey("survey_window.id", ondelete="CASCADE"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    name: Mapped[str] = mapped_column(String(80))
    declared: Mapped[int]
    checking: Mapped[bool]


class PaperSheetRow(Base):
    """A sheet of a stack, until the stack is stored as responses under new keys and forgotten."""

    __tablename__ = "paper_sheet"
    __table_args__ = ({"sqlite_with_rowid": False},)

    window_id: Mapped[int] = mapped_column(
        ForeignKey("survey_window.id", ondelete="CASCADE"), primary_key=True
    )
    stack_id: Mapped[int] = mapped_column(ForeignKey("paper_stack.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[UUID]
    language: Mapped[str] = mapped_column(String(2))
    answers: Mapped[str] = mapped_column(Text)
    comments: Mapped[str] = mapped_column(Text)
    sampled: Mapped[bool]
    second: Mapped[str | None] = mapped_column(Text)
    differed: Mapped[int | None]


class ParticipationRow(Base):
    """How many surveys a site has so far, in steps of k, as of one day: all anyone sees while a window is open."""

    __tablename__ = "participation"
    __table_args__ = ({"sqlite_with_rowid": False},)

    window_id: Mapped[int] = mapped_column(
        ForeignKey("survey_window.id", ondelete="CASCADE"), primary_key=True
    )
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), primary_key=True)
    counted_on: Mapped[date]
    at_least: Mapped[int]


class ImportedFileRow(Base):
    """The digest of a file of answers without response ids, so that the same file is not counted twice."""

    __tablename__ = "imported_file"
    __table_args__ = ({"sqlite_with_rowid": False},)

    window_id: Mapped[int] = mapped_column(
        ForeignKey("survey_window.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)


class ReleaseRow(Base):
    """A release, frozen. ``head`` is everything but the figures; ``unprotected`` holds its raw counts, never exported."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("window_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    window_id: Mapped[int] = mapped_column(ForeignKey("survey_window.id"))
    number: Mapped[int]
    made_on: Mapped[date]
    audited: Mapped[bool]
    head: Mapped[str] = mapped_column(Text)
    unprotected: Mapped[str] = mapped_column(Text)


class ReleasePartRow(Base):
    """The figures of one site row of a release ("" is the district), so that a page reads only its own."""

    __tablename__ = "release_part"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"), primary_key=True)
    site: Mapped[str] = mapped_column(String(400), primary_key=True)
    document: Mapped[str] = mapped_column(Text)


class StaffRow(Base):
    """Someone who may sign in. ``session_key`` ends every session when it changes; passwords are argon2 hashes."""

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint("role IN ('district', 'site')", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    role: Mapped[str] = mapped_column(String(8))
    password: Mapped[str | None] = mapped_column(String(255))
    session_key: Mapped[str] = mapped_column(String(64), unique=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class StaffSiteRow(Base):
    """A site that someone with the role ``site`` may see."""

    __tablename__ = "staff_site"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), primary_key=True)


class SignInLinkRow(Base):
    """A sign-in link that was printed and not yet used, by the SHA-256 of its token."""

    __tablename__ = "sign_in_link"
    __table_args__ = (Index("ix_sign_in_link_staff_id", "staff_id"),)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]
