"""A release as one CSV file: each figure once, for machines first and for people beside them."""

import csv
import io
from collections.abc import Iterator
from functools import cache

from survey.documents import harmless, printed
from survey.documents.names import Names
from survey.figures import Figure, Measure, Release

# The first sixteen are what scripts may rely on; the texts after them are for people.
COLUMNS = (
    "release",
    "window",
    "site",
    "level",
    "item",
    "indicators",
    "measure",
    "option",
    "breakdown",
    "group",
    "n",
    "percent",
    "range_low",
    "range_high",
    "status",
    "reason",
    "site_name",
    "item_text",
    "option_text",
    "breakdown_text",
    "group_text",
    "survey",
    "version",
    "made_on",
    "audited",
    "made_up",
    "responses",
    "responses_text",
)

_NOT_AUDITED = "no: preliminary, not yet checked against subtraction, not for publication"
_INVENTED = "yes: schools, families and answers are invented"


def to_csv(release: Release, site: str | None = None) -> bytes:
    """Every figure of the release, or only those of the row that ``site`` is in ("" is the district).

    UTF-8 with a byte order mark, which Excel needs to show accents; rows end in CR LF. An empty
    ``percent`` is never zero: ``status`` and ``reason`` say what it is.
    """
    row = None if site is None else release.site(site)
    if site is not None and row is None:
        raise LookupError(site)
    kept = [f for f in release.figures if row is None or f.site == row.slug]
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(release, kept))
    # A lone surrogate has no UTF-8; losing it is better than losing the file.
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8", "replace")


def _rows(release: Release, figures: list[Figure]) -> Iterator[tuple[str, ...]]:
    names = Names(release)
    head = (str(release.number), harmless.text(release.window))
    tail = (
        harmless.text(release.instrument.survey),
        harmless.text(release.instrument.version),
        release.made_on.isoformat(),
        "yes" if release.audited else _NOT_AUDITED,
        _INVENTED if release.made_up else "no",
        release.responses.value,
        printed.held(release) or "All surveys",
    )

    # The same few texts stand in each of some hundred thousand rows.
    @cache
    def site(slug: str) -> tuple[str, str]:
        return harmless.text(slug), harmless.text(names.site(slug).en)

    @cache
    def question(item_id: str) -> tuple[str, str, str]:
        item = names.item(item_id)
        indicators = ";".join(item.indicators) if item else ""
        return harmless.text(item_id), harmless.text(indicators), harmless.text(names.question(item_id).en)

    @cache
    def group(breakdown_id: str, group_id: str) -> tuple[str, str, str, str]:
        of = names.breakdown(breakdown_id).en if breakdown_id else ""
        texts = (of, names.group(breakdown_id, group_id).en)
        return (*map(harmless.text, (breakdown_id, group_id, *texts)),)  # type: ignore[return-value]

    @cache
    def answer(item_id: str, measure: Measure, option: str) -> tuple[str, str]:
        return harmless.text(option), harmless.text(names.answer(item_id, measure, option).en)

    for figure in figures:
        slug, site_name = site(figure.site)
        item_id, indicators, text = question(figure.item)
        option, option_text = answer(figure.item, figure.measure, figure.option)
        breakdown, group_id, breakdown_text, group_text = group(figure.breakdown, figure.group)
        yield (
            *head,
            slug,
            figure.level.value,
            item_id,
            indicators,
            figure.measure.value,
            option,
            breakdown,
            group_id,
            *_numbers(figure),
            figure.status.value,
            printed.reason(figure),
            site_name,
            text,
            option_text,
            breakdown_text,
            group_text,
            *tail,
        )


def _numbers(figure: Figure) -> tuple[str, str, str, str]:
    """Number of answers, percent and both ends of the range as printed; empty where they are not."""
    low, high = printed.limits(figure) or (None, None)
    return printed.answers(figure), printed.digits(figure), printed.count(low), printed.count(high)
