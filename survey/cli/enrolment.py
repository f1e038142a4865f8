"""``survey enrolment``: how many families or pupils each school has."""

from pathlib import Path

import click
from flask.cli import AppGroup

from survey.administration import enrolment as administration
from survey.cli.context import ready
from survey.cli.telling import FILE, counted, refusals

enrolment = AppGroup("enrolment", help="Import how many families or pupils each school has.")


@enrolment.command(name="import", short_help="Put a CSV file in place of all enrolment known before.")
@click.argument("file", type=FILE)
def import_(file: Path) -> None:
    """Put FILE in place of all enrolment known before.

    FILE is a comma-separated file in UTF-8 with the columns site (slug), unit (families or pupils),
    home_language, grade_band and count. An empty home_language or grade_band means all of them.
    Everything is imported or nothing; every fault is listed.
    """
    with refusals(file):
        count = administration.import_csv(ready().store, file.read_bytes())
    click.echo(f"{counted(count, 'row', 'rows')} of enrolment imported, in place of what was known before.")
