"""``survey release``: the results of a sealed window, made once and stored frozen."""

import shlex

import click
from flask.cli import with_appcontext

from survey import catalogue
from survey.cli.context import ready
from survey.cli.telling import counted, refusals
from survey.figures import FigureStatus, Release
from survey.releases import make
from survey.releases.make import NothingNew, Refused


@click.command()
@click.argument("name")
@with_appcontext
def release(name: str) -> None:
    """Make the results of the window NAME, which must be closed.

    Every response is counted once. Small groups are hidden or counted together, and the release is
    stored as it is then: pages and files show it, and it never changes. It is preliminary: not yet
    checked against subtraction, not for publication.
    """
    found = ready()
    with refusals():
        frameworks = catalogue.load(found.settings.survey_content).frameworks
    try:
        made = make.make(
            found.store,
            name,
            frameworks,
            found.settings.minimum_group,
            found.settings.current_date(),
            district_name=found.settings.district_name,
            progress=click.echo,
        )
    except NothingNew as same:
        click.echo(str(same))
        return
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(_told(made))


def _told(made: Release) -> str:
    respondents = counted(made.district.respondents, "respondent", "respondents")
    groups = counted(len(made.groups), "group", "groups")
    hidden = sum(group.status is FigureStatus.WITHHELD for group in made.groups)
    together = (", ".join(row.member_names) for row in made.sites if row.is_together)
    return "\n".join(
        [
            f"Release {made.number} of {made.window}: {respondents}, {groups}, {hidden:,} not shown separately.",
            *(f"Counted together, because small: {names}." for names in together),
            "Preliminary: not yet checked against subtraction, not for publication.",
            f"To download it: survey export {shlex.quote(made.window)} --format xlsx --out FILE.xlsx",
        ]
    )
