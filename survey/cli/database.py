"""``survey database``: bringing the database to the shape this version of the program needs."""

import click
from flask.cli import AppGroup

from survey.storage import schema
from survey.web.services import services

database = AppGroup("database", help="Set up the database, or bring it to this version of Puente.")


@database.command()
def upgrade() -> None:
    """Bring the database to this version of Puente. Back it up first.

    If anything fails, the database is as it was before.
    """
    store = services().store
    try:
        was_current = schema.is_current(store)
        schema.upgrade(store)
    except schema.UnknownVersion as unknown:
        raise click.ClickException(str(unknown)) from unknown
    click.echo("The database was up to date." if was_current else "The database is up to date now.")
