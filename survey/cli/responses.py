"""``survey responses``: answers that families gave elsewhere, such as on paper."""

from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup

from survey.cli.context import ready
from survey.cli.telling import FILE
from survey.collection import importing
from survey.collection.answer_file import FileFaults, LineFault
from survey.collection.importing import CHANNELS, Imported, Refused

# As many as anybody mends before trying again.
MOST_PRINTED = 100

responses = AppGroup(
    "responses",
    help="Bring in answers that were collected elsewhere, such as on paper.",
    short_help="Bring in answers collected elsewhere, such as on paper.",
)


@responses.command(name="import", short_help="Put the answers of a CSV file into a window.")
@click.argument("file", type=FILE)
@click.option("--window", required=True, metavar="NAME", help="The window that the answers belong to.")
@click.option(
    "--channel",
    type=click.Choice(CHANNELS),
    default="import",
    show_default=True,
    help="How the families answered.",
)
@click.option(
    "--ignore", multiple=True, metavar="COLUMN", help="A column of the file to leave out; repeat it."
)
def import_(file: Path, window: str, channel: str, ignore: tuple[str, ...]) -> None:
    """Put the answers of FILE, a CSV file (it may be compressed: .csv.gz), into a window.

    Its columns: site (slug or exact name of the school), then one for each question, named by its
    id and holding codes; in a check-all question they are separated by semicolons. The column
    language may say en or es. With a column response_id, a file that has grown can be imported
    again: what is in already is not counted twice. Without it, every line is a family of its own
    and the same file is refused.

    Either everything is stored or nothing is; every fault is listed.
    """
    found = ready()
    try:
        done = importing.import_file(
            found.store, found.settings.secret, window, file, channel=channel, ignore=ignore
        )
    except Refused as refused:
        raise click.ClickException(_sentence(str(refused))) from refused
    except FileFaults as refused:
        _print(file, refused.faults)
        raise click.ClickException(_refusal(len(refused.faults))) from refused
    click.echo(_told(done, window))


def _print(file: Path, faults: Sequence[LineFault]) -> None:
    for fault in faults[:MOST_PRINTED]:
        line = f", line {fault.line}" if fault.line else ""
        column = f", column {fault.column}" if fault.column else ""
        click.echo(f"{file}{line}{column}: {fault.problem}", err=True)
    if len(faults) > MOST_PRINTED:
        click.echo(f"... and {len(faults) - MOST_PRINTED:,} more", err=True)


def _refusal(n: int) -> str:
    return f"{n:,} {'fault' if n == 1 else 'faults'}: nothing was imported."


def _told(done: Imported, window: str) -> str:
    told = f"Imported {done.new:,} {'response' if done.new == 1 else 'responses'} into {window}"
    if done.comments:
        told += f", with {done.comments:,} {'comment' if done.comments == 1 else 'comments'}"
    if done.already:
        told += (
            f"; {done.already:,} {'was' if done.already == 1 else 'were'} in already and not counted again"
        )
    return f"{told}." if done.new else f"Nothing new: all {done.already:,} are in {window} already."


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
