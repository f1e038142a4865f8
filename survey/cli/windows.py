"""``survey window``: when a survey is open at which schools, until it is closed and sealed."""

import shlex
from datetime import date, datetime

import click
from flask.cli import AppGroup

from survey import catalogue
from survey.administration import instruments
from survey.administration import windows as administration
from survey.administration.windows import Closed
from survey.cli.context import ready
from survey.cli.telling import DAY, counted, refusals, table
from survey.storage import windows as stored
from survey.storage.windows import GRACE_DAYS, Window, WindowState

window = AppGroup(
    "window",
    help="Open a survey at schools from one day to another, and close it for good.",
    short_help="Open a survey at schools, extend it, and close it for good.",
)


@window.command(name="open")
@click.argument("name")
@click.option("--survey", required=True, metavar="ID", help="The survey, by its id: survey check lists them.")
@click.option("--opens", required=True, type=DAY, help="The first day, such as 2026-11-02.")
@click.option("--closes", required=True, type=DAY, help="The last day.")
@click.option(
    "--site", "slugs", multiple=True, metavar="SLUG", help="A school; repeat it. Without it: all schools."
)
@click.option(
    "--code-uses",
    default=0,
    metavar="N",
    help="Household codes, each good for N surveys: survey codes make. Without it: no codes.",
)
def open_(  # noqa: PLR0917 - the command's own options
    name: str, survey: str, opens: datetime, closes: datetime, slugs: tuple[str, ...], code_uses: int
) -> None:
    """Open a survey at schools under the name NAME, such as fall-2026.

    Both days belong to it. The window keeps the survey as it reads now. Days that are past are
    taken, for answers collected elsewhere.
    """
    found = ready()
    today = found.settings.current_date()
    with refusals():
        opened = administration.open_window(
            found.store,
            catalogue.load(found.settings.survey_content),
            name,
            survey,
            opens.date(),
            closes.date(),
            slugs,
            today,
            code_uses,
        )
    with found.store.reading() as db:
        places = stored.sites_of(db, opened.id)
    click.echo(
        f"{name}: {opened.survey} (version {opened.version}) at {counted(len(places), 'site', 'sites')}, "
        f"{opened.opens} to {opened.closes}, {stored.state(opened, today)}."
    )
    if opened.code_uses:
        click.echo(
            f"Household codes are good for {counted(opened.code_uses, 'survey', 'surveys')} each. "
            f"To make them: survey codes make {shlex.quote(name)} --site SLUG --count N FILE.pdf"
        )


@window.command()
@click.argument("name")
@click.option("--closes", required=True, type=DAY, help="The new last day, later than the present one.")
def extend(name: str, closes: datetime) -> None:
    """Let a window close on a later day."""
    found = ready()
    with refusals():
        extended = administration.extend(found.store, name, closes.date(), found.settings.current_date())
    click.echo(f"{name}: open to {extended.closes}, and {GRACE_DAYS} days longer for surveys begun by then.")


@window.command()
@click.argument("name")
def close(name: str) -> None:
    """Close a window for good, now, and seal it.

    After this no answer is taken any more, and nothing in the database tells in which order the
    answers came. Interrupted, it can be run again. Only a closed window can be released.
    """
    found = ready()
    with refusals():
        done = administration.close(found.store, name, found.settings.current_date())
    click.echo(f"{name}: closed and sealed on {done.window.sealed_on}. {_cut_off(done)}")


@window.command(name="list")
def list_() -> None:
    """List the windows."""
    found = ready()
    today = found.settings.current_date()
    with found.store.reading() as db:
        windows = [(each, stored.sites_of(db, each.id)) for each in stored.all_windows(db)]
    if not windows:
        click.echo("No windows yet: survey window open NAME --survey ID --opens DATE --closes DATE")
        return
    table(
        ("name", "survey", "version", "state", "opens", "closes", "sites", "slugs"),
        [(*_row(each, today), str(len(at)), ",".join(site.slug for site in at)) for each, at in windows],
    )


@window.command(short_help="Correct a wording slip in an open window.")
@click.argument("name")
def reword(name: str) -> None:
    """Correct a wording slip in an open window: its texts become those of the content.

    Only words may differ. Every correction stays in the codebook, dated, with the words before.
    """
    found = ready()
    with refusals():
        content = catalogue.load(found.settings.survey_content)
        changed = instruments.reword(found.store, content, name, found.settings.current_date())
    for change in changed:
        language = f" ({change.language})" if change.language else ""
        click.echo(f"{change.path}{language}:\n  was: {change.old}\n  now: {change.new}")
    click.echo(f"{name}: {counted(len(changed), 'text', 'texts')} corrected.")


@window.command(short_help="Forget a window opened by mistake, without answers.")
@click.argument("name")
def remove(name: str) -> None:
    """Forget a window that was opened by mistake; refused if anybody has answered."""
    with refusals():
        administration.remove(ready().store, name)
    click.echo(f"{name}: removed.")


def _row(each: Window, today: date) -> tuple[str, ...]:
    state = stored.state(each, today)
    return (each.name, each.survey, each.version, state, each.opens.isoformat(), each.closes.isoformat())


def _cut_off(done: Closed) -> str:
    if not done.days_cut_off:
        return "Its grace was over: nothing was cut off."
    if done.was is WindowState.ENDED:
        return "It had been closed before."
    still_open = f"It was to stay open to {done.window.closes}. " if done.was is WindowState.OPEN else ""
    return (
        f"{still_open}Surveys begun by {done.window.closes} would have been taken until {done.until}: "
        f"{counted(done.days_cut_off, 'day', 'days')} cut off. Surveys that arrive now are told that they are too late."
    )
