"""``survey database``: bringing the database to the shape this version of the program needs."""

from pathlib import Path

import click
from flask.cli import AppGroup

from survey.cli.context import ready
from survey.storage import backup as storage
from survey.storage import schema
from survey.web.services import services

database = AppGroup("database", help="Back the database up, or bring it to this version of Puente.")


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


@database.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy an SQLite database that is in use to the new FILE. PostgreSQL is copied with pg_dump.

    Only you may read the copy; it holds every answer and comment.
    """
    try:
        storage.copy(ready().store, file)
    except FileExistsError as there:
        raise click.ClickException(f"{file} is there already: name a new file.") from there
    except OSError as fault:
        raise click.ClickException(f"{file} can not be written: {fault.strerror}.") from fault
    except storage.NoCopyHere as other:
        raise click.ClickException(str(other)) from other
    click.echo(f"Copied to {file}.")
