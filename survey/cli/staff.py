"""``survey staff``: who may sign in, and the links they sign in with."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask.cli import AppGroup

from survey.administration import staff as administration
from survey.administration.staff import LINK_LASTS, StaffRefused
from survey.cli.context import ready
from survey.cli.telling import table
from survey.storage.accounts import Account, StaffRole
from survey.web.services import Services
from survey.web.staff.links import sign_in_link

staff = AppGroup(
    "staff",
    help="Who may sign in: add, list and remove staff, and print sign-in links.",
    short_help="Who may sign in, and links to sign in with.",
)


def _told(command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except StaffRefused as refused:
            raise click.ClickException(str(refused)) from refused

    return run


@staff.command(short_help="Add someone and print their first sign-in link.")
@click.argument("email")
@click.option(
    "--role",
    type=click.Choice([role.value for role in StaffRole]),
    required=True,
    help="district sees everything; site sees the sites named with --site.",
)
@click.option(
    "--site", "sites", multiple=True, metavar="SLUG", help="A site that site staff may see; repeat it."
)
@_told
def add(email: str, role: str, sites: tuple[str, ...]) -> None:
    """Add someone and print the link that signs them in for the first time."""
    found = ready()
    account = administration.add(found.store, email, StaffRole(role), sites)
    where = ", ".join(account.sites) if account.sites else "the whole district"
    click.echo(f"Added {account.email}: {account.role.value} staff, {where}.")
    _print_link(found, account.email)


@staff.command()
@click.argument("email")
@_told
def link(email: str) -> None:
    """Print a link that signs someone in once; earlier links stop working."""
    _print_link(ready(), email)


@staff.command()
@click.argument("email")
@_told
def remove(email: str) -> None:
    """Remove someone and sign them out everywhere."""
    administration.remove(ready().store, email)
    click.echo(f"Removed {email.strip().lower()}. Nobody is signed in with this account any more.")


@staff.command(name="list")
def list_() -> None:
    """List everyone who may sign in."""
    everyone = administration.everyone(ready().store)
    if not everyone:
        click.echo("Nobody may sign in yet: survey staff add EMAIL --role district")
        return
    table(("email", "role", "sites"), [(each.email, each.role.value, _where(each)) for each in everyone])


def _where(account: Account) -> str:
    everywhere = "the whole district" if account.role is StaffRole.DISTRICT else "no site"
    return ",".join(account.sites) or everywhere


def _print_link(found: Services, email: str) -> None:
    token = administration.new_link(found.store, email, administration.utc_now())
    hours = int(LINK_LASTS.total_seconds() // 3600)
    click.echo(f"This link signs in once, within {hours} hours. Give it to nobody else:")
    click.echo(sign_in_link(found.settings, token))
