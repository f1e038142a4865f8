"""Household codes as they are kept: digests with the uses they have left, until sealing destroys them."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Update, bindparam, delete, exists, insert, select, update

from survey.storage.tables import HouseholdCodeRow, WindowSiteRow


class Spending(StrEnum):
    """What became of a code somebody used."""

    SPENT = "spent"
    NONE_LEFT = "none_left"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Given:
    """How many codes were ever made for a site, and how many of them were made void, unless they were used before."""

    made: int
    void: int

    @property
    def current(self) -> int:
        """How many are out now, as far as they are not used."""
        return self.made - self.void


def put(db: Connection, window_id: int, site_id: int, digests: Collection[str], uses: int) -> None:
    """Keep new codes, each good for so many uses, and count them; one that is there already is an error."""
    db.execute(
        insert(HouseholdCodeRow),
        [
            # In the order of their digests: where a row lies must not tell its place on a printed sheet.
            {"window_id": window_id, "site_id": site_id, "digest": digest, "uses_left": uses}
            for digest in sorted(digests)
        ],
    )
    db.execute(
        _at_site(window_id, site_id).values(codes_made=WindowSiteRow.codes_made + len(digests)),
    )


def known(db: Connection, window_id: int, site_id: int) -> frozenset[str]:
    """The digests a site has in a window."""
    rows = select(HouseholdCodeRow.digest).where(
        HouseholdCodeRow.window_id == window_id, HouseholdCodeRow.site_id == site_id
    )
    return frozenset(db.execute(rows.order_by(HouseholdCodeRow.digest)).scalars())


def spend(db: Connection, window_id: int, site_id: int, digest: str) -> Spending:
    """Use a code once, if it has a use left; however many try at once, it is used no more often than that."""
    code = {"window": window_id, "site": site_id, "which": digest}
    if db.execute(_SPEND, code).rowcount == 1:
        return Spending.SPENT
    return Spending.NONE_LEFT if db.execute(_IS_KNOWN, code).scalar_one() else Spending.UNKNOWN


def has_beginning(db: Connection, window_id: int, site_id: int, prefix_digest: str) -> bool:
    """Whether any code of this site begins so."""
    among = {"window": window_id, "site": site_id, "least": prefix_digest, "most": prefix_digest + "g"}
    return bool(db.execute(_HAS_BEGINNING, among).scalar_one())


def void(db: Connection, window_id: int, site_id: int) -> None:
    """Forget the codes of a site that can still be used. How many those were is told nowhere."""
    db.execute(
        delete(HouseholdCodeRow).where(
            HouseholdCodeRow.window_id == window_id,
            HouseholdCodeRow.site_id == site_id,
            HouseholdCodeRow.uses_left > 0,
        )
    )
    db.execute(_at_site(window_id, site_id).values(codes_void=WindowSiteRow.codes_made))


def given(db: Connection, window_id: int) -> dict[int, Given]:
    """How many codes each site of a window was given, none included; this stays when the codes are gone."""
    rows = db.execute(
        select(WindowSiteRow.site_id, WindowSiteRow.codes_made, WindowSiteRow.codes_void)
        .where(WindowSiteRow.window_id == window_id)
        .order_by(WindowSiteRow.site_id)
    )
    return {row.site_id: Given(row.codes_made, row.codes_void) for row in rows}


def destroy(db: Connection, window_id: int) -> None:
    """Forget every code of a window, spent or not."""
    db.execute(delete(HouseholdCodeRow).where(HouseholdCodeRow.window_id == window_id))


def _at_site(window_id: int, site_id: int) -> Update:
    return update(WindowSiteRow).where(WindowSiteRow.window_id == window_id, WindowSiteRow.site_id == site_id)


# Building a statement takes longer than running it, and these are run for every family that uses a code.
_HERE = (HouseholdCodeRow.window_id == bindparam("window"), HouseholdCodeRow.site_id == bindparam("site"))
_SPEND = (
    update(HouseholdCodeRow)
    .where(*_HERE, HouseholdCodeRow.digest == bindparam("which"), HouseholdCodeRow.uses_left > 0)
    .values(uses_left=HouseholdCodeRow.uses_left - 1)
)
_IS_KNOWN = select(exists().where(*_HERE, HouseholdCodeRow.digest == bindparam("which")))
_HAS_BEGINNING = select(
    exists().where(
        *_HERE,
        # No digit of a digest comes after f.
        HouseholdCodeRow.digest >= bindparam("least"),
        HouseholdCodeRow.digest < bindparam("most"),
    )
)
