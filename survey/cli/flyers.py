"""``survey flyers``: flyers and paper questionnaires for schools, as PDF files in a folder."""

from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from survey.cli.context import ready
from survey.cli.export import write_whole
from survey.cli.telling import counted
from survey.documents.typesetting import Paper
from survey.storage import Store, windows
from survey.storage.sites import Site
from survey.storage.windows import Window
from survey.web.staff import flyers as printed
from survey.web.staff.handouts import PRINTABLE, file_name


@click.command()
@click.argument("name", metavar="WINDOW")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--site", "slugs", multiple=True, metavar="SLUG", help="One school only; may be given again.")
@click.option(
    "--paper",
    type=click.Choice([size.value for size in Paper]),
    default=Paper.LETTER.value,
    show_default=True,
    help="The paper they are printed on.",
)
@with_appcontext
def flyers(name: str, folder: Path, slugs: tuple[str, ...], paper: str) -> None:
    """Write flyers and paper questionnaires of WINDOW into FOLDER.

    For each school: a flyer as a page, a half page, a quarter and cards, and the questionnaire in
    both languages and in each alone. A window that is not open yet has them too. Existing files are
    replaced.
    """
    found = ready()
    window = _window(found.store, name)
    state = windows.state(window, found.settings.current_date())
    if state not in PRINTABLE:
        raise click.ClickException(
            f"The window {name} takes no new surveys any more: there is nothing to print."
        )
    chosen = _sites(found.store, window, slugs)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise click.ClickException(f"{folder} can not be made: {fault.strerror}") from fault
    if not found.settings.public_url:
        click.echo("PUBLIC_URL is not set: the addresses and QR codes lead nowhere. Set it first.", err=True)
    for site in chosen:
        for what in printed.NAMES:
            file = folder / file_name(window, site, f"{what}-{paper}.pdf")
            write_whole(file, printed.make(found, window, site, what, Paper(paper)))
    files = counted(len(chosen) * len(printed.NAMES), "file", "files")
    click.echo(f"{files} for {counted(len(chosen), 'school', 'schools')}: written to {folder}.")


def _window(store: Store, name: str) -> Window:
    with store.reading() as db:
        window = windows.find(db, name)
        if window is None:
            known = ", ".join(each.name for each in windows.all_windows(db)) or "none yet"
            raise click.ClickException(f"There is no window {name}. There are: {known}")
    return window


def _sites(store: Store, window: Window, slugs: Sequence[str]) -> list[Site]:
    """The schools of these slugs, or all of the window's."""
    with store.reading() as db:
        there = {site.slug: site for site in windows.sites_of(db, window.id)}
    unknown = [slug for slug in slugs if slug not in there]
    if unknown:
        raise click.ClickException(
            f"The window {window.name} is not at {', '.join(unknown)}. It is at: {', '.join(there)}"
        )
    return [there[slug] for slug in dict.fromkeys(slugs or there)]
