"""Setting up the district's sites from a file, and changing them by importing it again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from survey.administration import csv_file
from survey.administration.csv_file import Row
from survey.administration.faults import N_, ImportFaults, LineFault, Refused
from survey.storage import Store, installation, sites
from survey.storage.sites import Site

REQUIRED = ("slug", "name", "cds_code")
OPTIONAL = ("contact", "phone")
LONGEST = {"name": 200, "contact": 200, "phone": 40}
CDS_DIGITS = 14


@dataclass(frozen=True, slots=True)
class SitesImported:
    """How many sites were added, took something new, or stayed as they were."""

    added: int
    changed: int
    unchanged: int


def import_csv(store: Store, content: str | bytes) -> SitesImported:
    """Add or change the sites in the file; a site that is not in it stays as it is.

    Raises ``ImportFaults`` with everything wrong in the file, and ``Refused`` where the database
    holds the made-up district; then nothing is changed.
    """
    rows, faults = csv_file.read(content, REQUIRED, OPTIONAL)
    faults += [fault for row in rows for fault in _faults(row)] + _repeated(rows)
    if faults:
        raise ImportFaults(sorted(faults, key=lambda fault: fault.line))
    with store.writing() as db:
        if installation.is_made_up(db):
            raise Refused(
                N_(
                    "This database holds the made-up district. Set DATABASE_URL to a new one for real schools."
                )
            )
        before = {site.slug: site for site in sites.all_sites(db)}
        wanted = [_site(row, before.get(row.fields["slug"])) for row in rows]
        changed = [site for site in wanted if before.get(site.slug) != site]
        sites.put(db, changed)
    added = sum(site.slug not in before for site in wanted)
    return SitesImported(added, len(changed) - added, len(wanted) - len(changed))


_SLUG = re.compile(r"[a-z0-9-]{1,64}")


def _faults(row: Row) -> list[LineFault]:
    found = []
    if not _SLUG.fullmatch(row.fields["slug"]):
        message = N_("A slug is 1 to 64 of a-z, 0-9 and hyphens")
        found.append(LineFault(row.line, "slug", message))
    if not row.fields["name"]:
        found.append(LineFault(row.line, "name", N_("A site needs a name")))
    if (code := row.fields["cds_code"]) and (problem := _cds_fault(row.line, code)):
        found.append(problem)
    for column, longest in LONGEST.items():
        if len(row.fields.get(column, "")) > longest:
            message = N_("%(length)s characters; at most %(longest)s")
            values = {"length": len(row.fields[column]), "longest": longest}
            found.append(LineFault(row.line, column, message, values))
    return found


def _cds_fault(line: int, code: str) -> LineFault | None:
    if not (code.isascii() and code.isdigit()):
        return LineFault(line, "cds_code", N_("A CDS code is 14 digits and nothing else, or left empty"))
    if len(code) == CDS_DIGITS:
        return None
    return LineFault(line, "cds_code", N_("%(digits)s digits; a CDS code has 14"), {"digits": len(code)})


def _repeated(rows: Sequence[Row]) -> list[LineFault]:
    first: dict[str, int] = {}
    found = []
    for row in rows:
        line = first.setdefault(row.fields["slug"], row.line)
        if line != row.line:
            message = N_("The same slug is on line %(line)s")
            found.append(LineFault(row.line, "slug", message, {"line": line}))
    return found


def _site(row: Row, known: Site | None) -> Site:
    """The site as it will be: a column that the file does not have leaves what is stored."""
    known = known or Site(0, row.fields["slug"], "")
    return Site(
        id=known.id,
        slug=known.slug,
        name=row.fields["name"],
        cds_code=row.fields["cds_code"],
        contact=row.fields.get("contact", known.contact),
        phone=row.fields.get("phone", known.phone),
    )
