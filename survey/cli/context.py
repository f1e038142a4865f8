"""What every command starts with: the services of a database that has the shape the program needs."""

import click

from survey.storage import schema
from survey.web.services import Services, services


def ready() -> Services:
    """The services, on a migrated database: an empty one is set up, an older one is refused."""
    found = services()
    if schema.is_empty(found.store):
        schema.upgrade(found.store)
    elif not schema.is_current(found.store):
        raise click.ClickException(
            "The database was made by another version of Puente. Back it up, then: survey database upgrade"
        )
    return found
