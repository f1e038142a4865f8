"""``survey codes``: household codes of a window, made for one school at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup

from survey.administration import codes as administration
from survey.cli.context import ready
from survey.cli.export import write_whole
from survey.cli.telling import counted, refusals, table
from survey.storage import codes as stored
from survey.storage import windows
from survey.storage.windows import Window
from survey.web.services import Services
from survey.web.staff import code_files
from survey.web.staff.code_files import Kind

codes = AppGroup("codes", help="Make household codes for a window, and make them void.")


@codes.command(short_help="Make new codes for a school, as sheets or as a list.")
@click.argument("window")
@click.option("--site", "slug", required=True, metavar="SLUG", help="The school.")
@click.option("--count", required=True, type=int, metavar="N", help="How many, such as one for each family.")
@click.option(
    "--paper",
    type=click.Choice([Kind.LETTER.value, Kind.A4.value]),
    default=Kind.LETTER.value,
    show_default=True,
    help="The paper that sheets are printed on.",
)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def make(window: str, slug: str, count: int, paper: str, out: Path) -> None:
    """Make N new codes for a school in WINDOW and write them to OUT, a .pdf of sheets or a .csv list.

    OUT is the only place where the codes can be read, by you alone: delete it when they are handed
    out. More sheets than one file holds go into OUT-1.pdf, OUT-2.pdf and so on. Codes made before
    stay good. Only a window opened with --code-uses has codes.
    """
    kind = Kind.CSV if out.suffix == ".csv" else Kind(paper)
    if out.suffix not in (".csv", ".pdf"):
        raise click.ClickException(f"{out} ends neither in .pdf nor in .csv.")
    # What can not be written is told before the codes are made, since nothing can tell them afterwards.
    places = _places(out, count, kind)
    found = ready()
    with refusals():
        made = administration.make(
            found.store, found.settings.secret, window, slug, count, found.settings.current_date()
        )
    here = _window(found, window)
    with found.store.reading() as db:
        site = next(site for site in windows.sites_of(db, here.id) if site.slug == slug)
    if not found.settings.public_url:
        click.echo("PUBLIC_URL is not set: the links and QR codes lead nowhere. Set it first.", err=True)
    with _for_me_alone():
        files = code_files.to_files(found, here, site, made, kind)
        for place, (_name, content) in zip(places, files, strict=True):
            write_whole(place, content)
    click.echo(
        f"{counted(len(made), 'code', 'codes')} for {site.name}, good for "
        f"{counted(here.code_uses, 'survey', 'surveys')} each: written to {', '.join(map(str, places))}."
    )


@codes.command(name="list")
@click.argument("window")
def list_(window: str) -> None:
    """List how many codes each school of WINDOW was given. How many were used, a release tells."""
    found = ready()
    here = _window(found, window)
    with found.store.reading() as db:
        given = stored.given(db, here.id)
        there = windows.sites_of(db, here.id)
    if not here.code_uses:
        click.echo(f"{window} has no household codes: survey window open --code-uses N")
        return
    table(
        ("site", "made", "void", "out"),
        [
            (
                site.slug,
                *(f"{n:,}" for n in (given[site.id].made, given[site.id].void, given[site.id].current)),
            )
            for site in there
        ],
    )


@codes.command(short_help="Make a school's codes void that can still be used.")
@click.argument("window")
@click.option("--site", "slug", required=True, metavar="SLUG", help="The school.")
def void(window: str, slug: str) -> None:
    """Make every code of a school in WINDOW void that can still be used, for sheets that were lost or copied."""
    found = ready()
    with refusals():
        administration.void(found.store, window, slug, found.settings.current_date())
    click.echo(f"The codes of {slug} in {window} are void, but for those that were used. Make new ones.")


def _window(found: Services, name: str) -> Window:
    with found.store.reading() as db:
        window = windows.find(db, name)
        if window is None:
            known = ", ".join(each.name for each in windows.all_windows(db)) or "none yet"
            raise click.ClickException(f"There is no window {name}. There are: {known}")
    return window


def _places(out: Path, count: int, kind: Kind) -> tuple[Path, ...]:
    """Where the files go; refused where one is there already or the folder takes none."""
    parts = 1 if kind is Kind.CSV else max(1, -(-count // code_files.CODES_IN_A_FILE))
    numbered = (out.with_name(f"{out.stem}-{number}{out.suffix}") for number in range(1, parts + 1))
    places = tuple(numbered) if parts > 1 else (out,)
    there = [place for place in places if place.exists()]
    if there:
        raise click.ClickException(f"{there[0]} is there already: codes in it could be good still.")
    if not os.access(out.resolve().parent, os.W_OK | os.X_OK):
        raise click.ClickException(f"{out} can not be written: no files can be made in its folder.")
    return places


@contextmanager
def _for_me_alone() -> Iterator[None]:
    """Files made meanwhile are readable by nobody else on this machine."""
    mask = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(mask)
