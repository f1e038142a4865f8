"""``survey release``: the results of a sealed window, made and stored frozen; and a look at open responses before."""

import shlex
from typing import Any

import click
from flask.cli import AppGroup

from survey import catalogue
from survey.cli.context import ready
from survey.cli.telling import counted, refusals
from survey.documents import printed
from survey.figures import FigureStatus, Release, Responses
from survey.releases import make, screening
from survey.releases.screening import Flag, Signal
from survey.releases.sets import NothingNew, ReleaseRefused


class _MakesUnlessTold(AppGroup):
    """A group in which a word that is no command is the window to make a release of."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = args and args[0] in self.commands
        return super().resolve_command(ctx, args if known else ["make", *args])


release = _MakesUnlessTold(
    "release",
    help="""Make the results of a window, which must be closed: survey release NAME.

    With screen before the name, look for what stands out among its open responses first.
    """,
    short_help="Make the results of a window, or look at its open responses first.",
    # An option may stand before the window's name.
    context_settings={"ignore_unknown_options": True},
)


@release.command(name="make")
@click.argument("name")
@click.option(
    "--responses",
    "which",
    type=click.Choice(["coded", "open", "both"]),
    help="In a window with household codes: which responses. Both are two releases, never one.",
)
def make_(name: str, which: str | None) -> None:
    """Make the results of the window NAME, which must be closed.

    Every response is counted once. Small groups are hidden or counted together, and the release is
    stored as it is then: pages and files show it, and it never changes. It is preliminary: not yet
    checked against subtraction, not for publication.

    A window with household codes has the responses with a code and those from the open link released
    apart, each as a release of its own.
    """
    both = (Responses.CODED, Responses.OPEN)
    for each in both if which == "both" else (Responses(which or Responses.ALL),):
        _make(name, each)


@release.command()
@click.argument("name")
def screen(name: str) -> None:
    """Look for what stands out among a closed window's open responses.

    Numbers are in steps of the smallest group that is shown. Nothing is changed, and nothing of this
    is for publication: it is for deciding which responses to release.
    """
    found = ready()
    seen = screening.screen(found.store, name, found.settings.minimum_group)
    if seen is None:
        raise click.ClickException(f"There is no closed window {name}: only a closed one is looked at.")
    looked_at = f"{seen.surveys:,} or more" if seen.surveys else f"fewer than {found.settings.minimum_group}"
    click.echo(f"{name}: {looked_at} open responses looked at.")
    for flag in seen.flags:
        click.echo(_flagged(flag))
    if not seen.flags:
        click.echo(
            "Nothing stands out. Answers made up one by one, fewer than are enrolled, can not be seen."
        )


def _make(name: str, which: Responses) -> None:
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
            responses=which,
            progress=click.echo,
        )
    except NothingNew as same:
        click.echo(str(same))
        return
    except ReleaseRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(_told(made))


def _told(made: Release) -> str:
    respondents = counted(made.district.respondents, "respondent", "respondents")
    groups = counted(len(made.groups), "group", "groups")
    hidden = sum(group.status is FigureStatus.WITHHELD for group in made.groups)
    together = (", ".join(row.member_names) for row in made.sites if row.is_together)
    number = f" --release {made.number}" if made.responses is not Responses.ALL else ""
    return "\n".join(
        [
            f"Release {made.number} of {made.window}: {respondents}, {groups}, {hidden:,} not shown separately.",
            *(f"Counted together, because small: {names}." for names in together),
            *printed.statements(made),
            f"To download it: survey export {shlex.quote(made.window)}{number} --format xlsx --out FILE.xlsx",
        ]
    )


def _flagged(flag: Flag) -> str:
    values: dict[str, Any] = {
        "where": flag.site.name if flag.site else "The whole district",
        "surveys": f"{flag.surveys:,}",
        "part": f"{flag.part:,}",
        "coded": f" beside at least {flag.coded:,} with a household code" if flag.coded else "",
        "enrolled": f"{flag.enrolled:,}",
        "unit": flag.unit,
    }
    return _FLAGGED[flag.signal] % values


_FLAGGED = {
    Signal.ONE_SET: "%(where)s: of some %(surveys)s open responses, at least %(part)s give the very same answers to "
    "every rated question. Of real families, about 2 in 100 give the commonest.",
    Signal.SHARED: "%(where)s: of some %(surveys)s open responses, at least %(part)s agree with another one in every "
    "answer. Of real families of a school, at most 12 in 100 do.",
    Signal.BEYOND: "%(where)s: at least %(surveys)s open responses%(coded)s, "
    "where %(enrolled)s %(unit)s are enrolled.",
}
