"""``survey sites``: the district's schools."""

from pathlib import Path

import click
from flask.cli import AppGroup

from survey.administration import sites as administration
from survey.cli.context import ready
from survey.cli.telling import FILE, counted, refusals, table
from survey.storage import sites as stored

sites = AppGroup("sites", help="Import and list the district's schools.")


@sites.command(name="import", short_help="Add the schools in a CSV file, or change known ones.")
@click.argument("file", type=FILE)
def import_(file: Path) -> None:
    """Add the schools in FILE, or change those that are known by their slug.

    FILE is a comma-separated file in UTF-8 with the columns slug, name and cds_code (14 digits, or
    empty), and, if you like, contact and phone: whom families ask. A slug is the school's name in
    web addresses, of a-z, 0-9 and hyphens; it never changes. A school that is not in the file stays
    as it is. Everything is imported or nothing; every fault is listed.
    """
    with refusals(file):
        done = administration.import_csv(ready().store, file.read_bytes())
    click.echo(
        f"{counted(done.added, 'site', 'sites')} added, {done.changed:,} changed, {done.unchanged:,} as before."
    )


@sites.command(name="list")
def list_() -> None:
    """List the schools."""
    with ready().store.reading() as db:
        known = stored.all_sites(db)
    if not known:
        click.echo("No sites yet: survey sites import FILE.csv")
        return
    table(
        ("slug", "name", "cds_code", "contact", "phone"),
        [(site.slug, site.name, site.cds_code, site.contact, site.phone) for site in known],
    )
