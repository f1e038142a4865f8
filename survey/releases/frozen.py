"""A release as the documents it is stored in: a head, and a part for each site row."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from functools import lru_cache
from typing import Any

from survey.figures import (
    Breakdown,
    Figure,
    FigureStatus,
    Group,
    Level,
    Measure,
    Release,
    Responses,
    SiteRow,
)
from survey.frameworks import Framework, Judgeable, Node, Status
from survey.instruments import stored
from survey.wording import Wording

# The part that holds the district's figures by two breakdowns at once; no slug is spelled so.
PAIRS = ";"


def part_of(row: SiteRow) -> str:
    """The name of the part with this site row's figures: its first school's slug, or "" for the district."""
    # Not the row's own slug, which has no bound on its length: it may join many schools.
    return row.members[0] if row.slug else ""


def head(release: Release) -> str:
    """Everything of a release but its figures, groups, number, date and standing."""
    return json.dumps(
        {
            "window": release.window,
            "opens": release.opens.isoformat(),
            "closes": release.closes.isoformat(),
            "minimum_group": release.minimum_group,
            "instrument": stored.to_json(release.instrument),
            "frameworks": [asdict(framework) for framework in release.frameworks],
            "breakdowns": [asdict(breakdown) for breakdown in release.breakdowns],
            "sites": [asdict(row) for row in release.sites],
            "district": asdict(release.district),
            "made_up": release.made_up,
            "channels": release.channels,
            "sent_empty": release.sent_empty,
            "responses": release.responses,
            "one_each": release.one_each,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


@lru_cache(maxsize=16)
def read_head(document: str) -> Release:
    """The release whose head this is, without number, date, standing, groups and figures."""
    found = json.loads(document)
    return Release(
        window=found["window"],
        opens=date.fromisoformat(found["opens"]),
        closes=date.fromisoformat(found["closes"]),
        number=0,
        made_on=date.min,
        audited=False,
        minimum_group=found["minimum_group"],
        instrument=stored.from_json(found["instrument"]),
        frameworks=tuple(_framework(each) for each in found["frameworks"]),
        breakdowns=tuple(_read_breakdown(each) for each in found["breakdowns"]),
        sites=tuple(_read_site(each) for each in found["sites"]),
        district=_read_site(found["district"]),
        made_up=found["made_up"],
        channels=tuple(found["channels"]),
        sent_empty=found["sent_empty"],
        responses=held(document),
        one_each=found.get("one_each", found["channels"] == ["code"]),
    )


def held(document: str) -> Responses:
    """Which responses the release with this head holds; heads stored before windows could have codes do not say."""
    return Responses(json.loads(document).get("responses", Responses.ALL))


def parts(release: Release) -> dict[str, str]:
    """The documents with the groups and figures of a release, by the name of the part."""
    names = {row.slug: part_of(row) for row in (release.district, *release.sites)}
    documents: dict[str, dict[str, list[Any]]] = {
        name: {"groups": [], "figures": []} for name in (*names.values(), PAIRS)
    }
    for group in release.groups:
        name = PAIRS if ";" in group.breakdown else names[group.site]
        documents[name]["groups"].append(
            [group.breakdown, group.group, group.n, group.status.value, group.reason]
        )
    for figure in release.figures:
        name = PAIRS if ";" in figure.breakdown else names[figure.site]
        documents[name]["figures"].append(
            [
                figure.item,
                figure.measure.value,
                figure.option,
                figure.breakdown,
                figure.group,
                figure.n,
                figure.percent,
                figure.range_low,
                figure.range_high,
                figure.status.value,
                figure.reason,
            ]
        )
    return {
        name: json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        for name, document in documents.items()
    }


def with_parts(release: Release, documents: Mapping[str, str]) -> Release:
    """The release with the groups and figures of these parts, in the order it is read."""
    groups: list[Group] = []
    figures: list[Figure] = []
    slugs = {"": "", PAIRS: "", **{part_of(row): row.slug for row in release.sites}}
    for name, slug in slugs.items():
        if name in documents:
            found = json.loads(documents[name])
            groups.extend(_group(slug, fields) for fields in found["groups"])
            figures.extend(_figure(slug, fields) for fields in found["figures"])
    return replace(release, groups=tuple(groups), figures=tuple(figures))


_STATUS = {status.value: status for status in FigureStatus}
_MEASURE = {measure.value: measure for measure in Measure}


def _group(site: str, fields: list[Any]) -> Group:
    breakdown, group, n, status, reason = fields
    return Group(site, breakdown, group, n, _STATUS[status], reason)


def _figure(site: str, fields: list[Any]) -> Figure:
    item, measure, option, breakdown, group, n, percent, low, high, status, reason = fields
    return Figure(
        site=site,
        level=Level.SITE if site else Level.DISTRICT,
        item=item,
        measure=_MEASURE[measure],
        option=option,
        breakdown=breakdown,
        group=group,
        n=n,
        percent=percent,
        range_low=low,
        range_high=high,
        status=_STATUS[status],
        reason=reason,
    )


def _read_site(fields: dict[str, Any]) -> SiteRow:
    members = {name: tuple(fields[name]) for name in ("members", "member_names")}
    return SiteRow(**{**fields, **members})


def _read_breakdown(fields: dict[str, Any]) -> Breakdown:
    notes = tuple((key, parameters) for key, parameters in fields["notes"])
    return Breakdown(**{**fields, "notes": notes})


def _framework(fields: dict[str, Any]) -> Framework:
    name, nodes = Wording(**fields["name"]), tuple(_node(node) for node in fields["nodes"])
    return Framework(**{**fields, "name": name, "nodes": nodes})


def _node(fields: dict[str, Any]) -> Node:
    return Node(
        **{
            **fields,
            "text": Wording(**fields["text"]),
            "status": Status(fields["status"]),
            "title": Wording(**fields["title"]) if fields["title"] else None,
            "judgeable": Judgeable(fields["judgeable"]) if fields["judgeable"] else None,
            "source": tuple(fields["source"]),
        }
    )
