"""Telling the program how many families or pupils each site has, from a file."""

from collections.abc import Collection, Sequence

from survey.administration import csv_file
from survey.administration.csv_file import Row
from survey.administration.faults import N_, ImportFaults, LineFault, Refused
from survey.storage import Store, enrolment, installation, sites
from survey.storage.enrolment import UNITS, Enrolment

COLUMNS = ("site", "unit", "home_language", "grade_band", "count")
LONGEST_CODE = 32
LARGEST = 1_000_000


def import_csv(store: Store, content: str | bytes) -> int:
    """Put what the file says in place of all enrolment known before, and return how many rows that is.

    Raises ``ImportFaults`` with everything wrong in the file, and ``Refused`` where the database
    holds the made-up district; then nothing is changed.
    """
    rows, faults = csv_file.read(content, COLUMNS)
    with store.writing() as db:
        if installation.is_made_up(db):
            raise Refused(
                N_(
                    "This database holds the made-up district. Set DATABASE_URL to a new one for real schools."
                )
            )
        known = {site.slug for site in sites.all_sites(db)}
        faults += [fault for row in rows for fault in _faults(row, known)] + _repeated(rows)
        if faults:
            raise ImportFaults(sorted(faults, key=lambda fault: fault.line))
        enrolment.replace(db, [_enrolment(row) for row in rows])
    return len(rows)


def _faults(row: Row, known: Collection[str]) -> list[LineFault]:
    found = []
    if row.fields["site"] not in known:
        message = N_("There is no site with this slug; see: survey sites list")
        found.append(LineFault(row.line, "site", message))
    if row.fields["unit"] not in UNITS:
        found.append(LineFault(row.line, "unit", N_("The unit is families or pupils")))
    for column in ("home_language", "grade_band"):
        if len(row.fields[column]) > LONGEST_CODE:
            message = N_("%(length)s characters; at most %(longest)s")
            values = {"length": len(row.fields[column]), "longest": LONGEST_CODE}
            found.append(LineFault(row.line, column, message, values))
    count = row.fields["count"]
    # At most seven digits, so that a number of any length can not keep the program busy.
    if not (count.isascii() and count.isdigit() and len(count) <= 7 and int(count) <= LARGEST):
        message = N_("A count is a whole number from 0 to %(largest)s, written with digits only")
        found.append(LineFault(row.line, "count", message, {"largest": LARGEST}))
    return found


def _repeated(rows: Sequence[Row]) -> list[LineFault]:
    first: dict[tuple[str, ...], int] = {}
    found = []
    for row in rows:
        line = first.setdefault(tuple(row.fields[column] for column in COLUMNS[:-1]), row.line)
        if line != row.line:
            message = N_("The same site, unit, language and grade band are on line %(line)s")
            found.append(LineFault(row.line, "", message, {"line": line}))
    return found


def _enrolment(row: Row) -> Enrolment:
    return Enrolment(
        site=row.fields["site"],
        unit=row.fields["unit"],
        home_language=row.fields["home_language"],
        grade_band=row.fields["grade_band"],
        count=int(row.fields["count"]),
    )
