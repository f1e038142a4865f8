"""``survey demo``: a made-up district to look at, in a database of its own."""

import click
from flask.cli import AppGroup

from survey import demo as district
from survey.administration import staff
from survey.cli.context import ready
from survey.storage import Store, installation, sites
from survey.web.staff.links import base_url, sign_in_link

demo = AppGroup(
    "demo",
    help="A made-up district, to see every page before there is anything real.",
    short_help="A made-up district, to look at every page.",
)


@demo.command(short_help="Fill an empty database with invented schools and answers.")
@click.option(
    "--if-empty", is_flag=True, help="Change nothing, and succeed, where the database holds schools already."
)
def load(*, if_empty: bool) -> None:
    """Fill an empty database with six invented schools, two years of answers and their results."""
    found = ready()
    if _holds_anything(found.store):
        if if_empty:
            return
        raise click.ClickException("The database is not empty. Made-up answers never mix with real ones.")
    click.echo("Making up a district: six schools, two years of answers. This takes some seconds.")
    district.load(found.store, found.settings)


@demo.command()
def show() -> None:
    """Say where the pages are, and print links to sign in with."""
    found = ready()
    here = base_url(found.settings)
    click.echo(f"\n  Families   {here}/s")
    click.echo(f"  Staff      {here}/staff")
    with found.store.reading() as db:
        made_up = installation.is_made_up(db)
    if made_up:
        now = staff.utc_now()
        click.echo("\n  Sign in with one of these links, each good once:")
        for email, role in ((district.DISTRICT_EMAIL, "district"), (district.SITE_EMAIL, "a principal")):
            click.echo(f"  {role:13}{sign_in_link(found.settings, staff.new_link(found.store, email, now))}")
        click.echo("\n  Everything here is made up. For real use set DATABASE_URL: see the README.\n")
    else:
        click.echo("\n  Sign in: survey staff add EMAIL --role district, then survey staff link EMAIL\n")


def _holds_anything(store: Store) -> bool:
    with store.reading() as db:
        return bool(sites.all_sites(db))
