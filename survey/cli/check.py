"""``survey check``: what a content folder holds and covers, or every fault in it."""

from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import click

from survey import catalogue
from survey.administration.instruments import ChangedSinceUse, changed_since_use
from survey.catalogue import Catalogue, ContentFaults, Coverage
from survey.catalogue.coverage import LONGEST_SECTION
from survey.cli.telling import counted
from survey.frameworks import Judgeable, Status
from survey.instruments.model import Instrument, ItemType
from survey.settings import Settings
from survey.storage import schema


@click.command(short_help="Read a content folder and say what is in it, or its faults.")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[FOLDER]")
@click.pass_context
def check(context: click.Context, folder: Path | None) -> None:
    """Read a content folder and say what it holds, what it leaves out, or every fault in it.

    FOLDER is the one in SURVEY_CONTENT unless given, and the built-in one where that is not set
    either. A survey that was used with other words or other questions under the same version is a
    fault too. Nothing is changed; with faults the exit code is 1.
    """
    # No application and no services: those would make a database where there is none.
    settings = Settings()
    try:
        content = catalogue.load(folder or settings.survey_content)
    except ContentFaults as refused:
        for fault in refused.faults:
            click.echo(str(fault))
        click.echo(f"\n{counted(len(refused.faults), 'fault', 'faults')}: this content can not be used.")
        context.exit(1)
    _tell_contents(content)
    _tell_coverage(catalogue.coverage(content))
    if _tell_changes(content, settings):
        context.exit(1)


def _tell_changes(content: Catalogue, settings: Settings) -> bool:
    """Whether any survey was changed after it was used, having said which and how."""
    store = schema.existing(settings.database_url)
    if store is None:
        click.echo("\nNo database to compare with: whether a used version was changed is not known.")
        return False
    with closing(store):
        changed = changed_since_use(store, content)
    for survey in changed:
        _tell_changed(survey)
    if not changed:
        click.echo("\nEvery survey that was used reads as it did then.")
    return bool(changed)


def _tell_contents(content: Catalogue) -> None:
    nodes = [node for framework in content.frameworks for node in framework.nodes]
    judged = Counter(node.judgeable for node in nodes)
    standing = Counter(node.status for node in nodes)
    click.echo(f"Read {content.folder}.\n")
    themselves = "the framework itself" if len(content.frameworks) == 1 else "the frameworks themselves"
    click.echo(
        f"{counted(len(content.frameworks), 'framework', 'frameworks')}, "
        f"{counted(len(content.frameworks) + len(nodes), 'node', 'nodes')} with {themselves}:"
    )
    for framework in content.frameworks:
        click.echo(
            f"  {framework.id:<10} {framework.name.en} ({counted(len(framework.nodes), 'node', 'nodes')})"
        )
    click.echo(f"  Their texts are {_listed((standing[status], status) for status in Status)}.")
    click.echo(
        f"  Families can judge {judged[Judgeable.YES]} of the indicators, {judged[Judgeable.PARTLY]} in part, "
        f"{judged[Judgeable.NO]} not."
    )
    items = {item.id for instrument in content.instruments.values() for item in instrument.items()}
    click.echo(
        f"\n{counted(len(content.instruments), 'survey', 'surveys')}, {counted(len(items), 'item', 'items')} in all:"
    )
    for instrument in content.instruments.values():
        _tell_survey(instrument)
    if not content.instruments:
        click.echo("  Nothing can be asked with this folder.")


def _tell_survey(instrument: Instrument) -> None:
    items = list(instrument.items())
    kinds = Counter(item.type for item in items)
    scored = sum(item.is_scored for item in items)
    background = sum(item.is_background for item in items)
    standing = f" ({instrument.status})" if instrument.status else ""
    click.echo(f"  {instrument.survey:<10} {instrument.title.en}, version {instrument.version}{standing}")
    click.echo(
        f"  {'':<10} {counted(len(items), 'item', 'items')} in "
        f"{counted(len(instrument.sections), 'section', 'sections')}: {kinds[ItemType.SINGLE]} single "
        f"({scored} with favorable answers), {kinds[ItemType.MULTI]} multi, {kinds[ItemType.TEXT]} text; "
        f"{background} of them background"
    )


def _tell_coverage(found: Coverage) -> None:
    click.echo("\nCoverage:")
    _tell_list(
        "Indicators that families can judge and no item measures",
        (f"{node.id}  {node.text.en}" for node in found.unmeasured),
    )
    _tell_list(
        "Items that measure nothing", (f"{item.id}  {item.text.en}" for item in found.measures_nothing)
    )
    _tell_list(
        f"Sections of more than {LONGEST_SECTION} items",
        (f"{section.id}  {len(section.items)} items" for section in found.long_sections),
    )
    _tell_list(
        "Indicators that families can not judge, named by an item all the same",
        (f"{node.id}  {node.text.en}" for node in found.beyond_families),
    )


def _tell_changed(changed: ChangedSinceUse) -> None:
    click.echo(
        f"\nThe survey {changed.survey}, version {changed.version}, was used before and has changed since:"
    )
    for place in changed.differences.substance:
        click.echo(f"  {place}")
    for words in changed.differences.words:
        language = f" ({words.language})" if words.language else ""
        click.echo(f"  {words.path}{language}\n    was: {words.old}\n    now: {words.new}")
    advice = "Give it a new version."
    if not changed.differences.substance:
        advice = "Give it a new version, or correct a slip of wording in its open window: survey window reword NAME"
    click.echo(advice)


def _tell_list(title: str, lines: Iterable[str]) -> None:
    listed = list(lines)
    click.echo(f"  {title}: {len(listed) or 'none'}")
    for line in listed:
        click.echo(f"    {line}")


def _listed(counts: Iterable[tuple[int, str]]) -> str:
    return ", ".join(f"{count} {word}" for count, word in counts if count)
