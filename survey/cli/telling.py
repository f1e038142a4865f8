"""How commands say what is wrong, and print lists."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from survey.administration.faults import ImportFaults, Refused
from survey.catalogue import ContentFaults

# The type of an option that is a day.
DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@contextmanager
def refusals(file: Path | None = None) -> Iterator[None]:
    """Print what is wrong, every fault of a file on a line of its own, and exit with 1."""
    try:
        yield
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    except ContentFaults as found:
        for line in map(str, found.faults):
            click.echo(line, err=True)
        raise click.ClickException("The content can not be used: nothing was changed.") from found
    except ImportFaults as found:
        for fault in found.faults:
            click.echo(f"{file}{', ' if fault.line or fault.column else ': '}{fault}", err=True)
        count = counted(len(found.faults), "fault", "faults")
        raise click.ClickException(f"{count}: nothing was imported.") from found


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a header, in columns as wide as what is in them."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def counted(n: int, one: str, more: str) -> str:
    """A number with its noun: "1 site", "1,204 sites"."""
    return f"{n:,} {one if n == 1 else more}"
