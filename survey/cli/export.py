"""``survey export``: a release as a file, for a spreadsheet or for another program."""

import os
import shlex
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
from flask.cli import with_appcontext

from survey.cli.context import ready
from survey.documents import printed, results_csv, workbook
from survey.figures import Release
from survey.releases import read
from survey.storage import Store, windows

_FORMATS: dict[str, Callable[[Release, str | None], bytes]] = {
    "csv": results_csv.to_csv,
    "xlsx": workbook.to_xlsx,
}


@click.command()
@click.argument("name")
@click.option(
    "--release",
    "number",
    type=int,
    metavar="N",
    help="Which release; the newest unless told, or unless coded and open responses are apart.",
)
@click.option("--format", "kind", type=click.Choice(list(_FORMATS)), required=True, help="csv or xlsx.")
@click.option("--site", metavar="SLUG", help="One school only. Without it: the district and every school.")
@click.option("--out", required=True, metavar="FILE", help="Where to write it; - is standard output.")
@with_appcontext
def export(name: str, number: int | None, kind: str, site: str | None, out: str) -> None:
    """Write a release of the window NAME to a file.

    csv holds each figure once, for other programs; xlsx is a workbook to read, with a codebook and
    with what was withheld and why. A school that was counted together with others gets the figures
    of all of them. An existing file is replaced only by a whole one.
    """
    store = ready().store
    release = _release(store, name, number, site)
    content = _FORMATS[kind](release, site)
    if out == "-":
        sys.stdout.buffer.write(content)
    else:
        write_whole(Path(out), content)
    click.echo(_told(release, site, out), err=True)


def write_whole(named: Path, content: bytes) -> None:
    """Replace the file by a whole one, or leave it as it was."""
    target = named.resolve()
    try:
        if target.exists() and not target.is_file():
            # Something else, such as a pipe, takes what is written to it and must not be replaced.
            target.write_bytes(content)
            return
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            part = Path(file.name)
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                # As readable as any file of this user: a temporary one is for its owner's eyes only.
                mask = os.umask(0)
                os.umask(mask)
                part.chmod(0o666 & ~mask)
                part.replace(target)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
    except OSError as fault:
        raise click.ClickException(f"{named} can not be written: {fault.strerror}") from fault


def _release(store: Store, name: str, number: int | None, site: str | None) -> Release:
    """The release with every figure the file needs, or words about what there is instead."""
    if number is None:
        _one_set(store, name)
    head = read.head(store, name, number)
    if head is None:
        raise click.ClickException(_nothing_there(store, name, number))
    if site is None:
        return _with_figures(store, head, None)
    # The empty slug is the district's own, which is no school.
    row = head.site(site) if site else None
    if row is None:
        known = ", ".join(slug for each in head.sites for slug in each.members)
        raise click.ClickException(
            f"No school {site or 'without a name'} in release {head.number} of {name}. It has: {known}"
        )
    own, district = _with_figures(store, head, site), _with_figures(store, head, "")
    # The workbook shows the district's figures beside a school's; the CSV leaves them out.
    return replace(own, figures=(*district.figures, *own.figures), groups=(*district.groups, *own.groups))


def _one_set(store: Store, name: str) -> None:
    """Coded and open responses have releases of their own, and neither is taken without its being said which."""
    made = read.newest(store, name)
    if len(made) > 1:
        known = "; ".join(f"--release {release.number} ({printed.held(release).lower()})" for release in made)
        raise click.ClickException(f"{name} has releases of different responses. Say which one: {known}")


def _with_figures(store: Store, head: Release, site: str | None) -> Release:
    found = read.with_figures(store, head.window, head.number, site=site)
    if found is None:
        raise click.ClickException(f"Release {head.number} of {head.window} is not there any more.")
    return found


def _nothing_there(store: Store, name: str, number: int | None) -> str:
    with store.reading() as db:
        if windows.find(db, name) is None:
            known = ", ".join(window.name for window in windows.all_windows(db)) or "none yet"
            return f"There is no window {name}. There are: {known}"
    made = read.numbers(store, name)
    if not made:
        return f"The window {name} has no release yet. To make one: survey release {shlex.quote(name)}"
    return f"There is no release {number} of {name}. There are: {', '.join(map(str, made))}"


def _told(release: Release, site: str | None, out: str) -> str:
    row = release.site(site) if site else None
    where = "standard output" if out == "-" else out
    whose = row.name if row else "the district and every school"
    told = [f"Release {release.number} of {release.window}, {whose}: written to {where}."]
    if row and row.is_together:
        told.append(f"Counted together, because small: {', '.join(row.member_names)}.")
    return "\n".join([*told, *printed.statements(release)])
