"""Every figure of a release and of its CSV, against the same computed a second time from the raw file."""

import csv
import io
import shutil
from datetime import date
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import independent
import pytest

from survey import catalogue
from survey.administration import sites, windows
from survey.analysis import (
    answer_table,
    disclosure,
    distribution,
    estimates,
    hiding,
    numbers,
    partitions,
    schools,
)
from survey.collection import importing
from survey.documents import results_csv
from survey.figures import FigureStatus
from survey.releases import make, read
from survey.storage import Store

HERE = Path(__file__).parent / "data"
TODAY = date(2026, 11, 12)


@pytest.fixture(scope="module")
def expected():
    return independent.expected(HERE / "instrument.yaml", HERE / "responses.csv", HERE / "sites.csv")


@pytest.fixture(scope="module")
def sealed(sqlite_template, tmp_path_factory):
    """A database with the 600 answers, closed and sealed, and what they are measured against."""
    folder = tmp_path_factory.mktemp("independent")
    (folder / "content").mkdir()
    shutil.copy(HERE / "instrument.yaml", folder / "content")
    shutil.copy(sqlite_template, folder / "puente.sqlite")
    content = catalogue.load(folder / "content")
    store = Store(f"sqlite:///{folder / 'puente.sqlite'}")
    sites.import_csv(store, (HERE / "sites.csv").read_text())
    windows.open_window(
        store, content, "trial", "trial", date(2026, 10, 5), date(2026, 10, 30), (), date(2026, 10, 5)
    )
    importing.import_file(store, "a secret for tests", "trial", HERE / "responses.csv")
    windows.close(store, "trial", TODAY)
    store.close()
    return folder / "puente.sqlite", content.frameworks


@pytest.fixture
def release(sealed, tmp_path):
    """Makes the release in a copy of that database, and reads it back."""
    file, frameworks = sealed
    shutil.copy(file, tmp_path / "copy.sqlite")
    store = Store(f"sqlite:///{tmp_path / 'copy.sqlite'}")

    def made(minimum: int = 11):
        make.make(store, "trial", frameworks, minimum, TODAY, district_name="Trial District")
        return read.with_figures(store, "trial")

    yield made
    store.close()


def figures_of(release):
    return {
        (f.site, f.item, f.measure.value, f.option, f.breakdown, f.group): (
            f.n,
            f.percent,
            f.range_low,
            f.range_high,
            f.status.value,
        )
        for f in release.figures
    }


def groups_of(release):
    return {(g.site, g.breakdown, g.group): (g.n, g.status.value) for g in release.groups}


def figures_in(file: bytes):
    """The figures of a CSV file, in the same shape."""
    rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))
    keys = ("site", "item", "measure", "option", "breakdown", "group")
    found = {
        tuple(row[key] for key in keys): (
            *(int(row[name]) if row[name] else None for name in ("n", "percent", "range_low", "range_high")),
            row["status"],
        )
        for row in rows
    }
    assert len(found) == len(rows), "a figure stands in the file twice"
    return found


def test_every_figure_is_the_one_computed_independently(release, expected):
    made = release()

    assert figures_of(made) == expected.figures
    assert len(made.figures) == len(expected.figures)


def test_every_group_is_the_one_computed_independently(release, expected):
    made = release()

    assert groups_of(made) == expected.groups
    assert {row.slug: row.members for row in made.sites} == expected.rows
    assert made.district.respondents == expected.respondents
    assert made.sent_empty is None


def test_the_csv_holds_every_figure_to_the_printed_digit_and_no_other(release, expected):
    file = results_csv.to_csv(release())

    assert figures_in(file) == expected.figures


def test_the_csv_of_a_site_holds_its_own_figures(release, expected):
    file = results_csv.to_csv(release(), "cove")

    assert figures_in(file) == {
        key: values for key, values in expected.figures.items() if key[0] == "cove+gull-rock"
    }


def test_no_total_minus_the_groups_shown_leaves_a_small_group(release):
    made = release()
    sizes = {(g.site, g.breakdown, g.group): g.n for g in made.groups if g.status is FigureStatus.PUBLISHED}
    totals = {row.slug: row.respondents for row in (made.district, *made.sites)}

    for breakdown in made.breakdowns:
        for slug, total in totals.items():
            shown = [sizes.get((slug, breakdown.id, group), 0) for group in breakdown.groups]
            assert not 0 < total - sum(shown) < 11
        if not breakdown.district_only:
            for group in breakdown.groups:
                shown = [sizes.get((row.slug, breakdown.id, group), 0) for row in made.sites]
                assert not 0 < sizes["", breakdown.id, group] - sum(shown) < 11
    for one, other in combinations(made.breakdowns, 2):
        for a in one.groups:
            shown = [sizes.get(("", f"{one.id};{other.id}", f"{a};{b}"), 0) for b in other.groups]
            assert not 0 < sizes["", one.id, a] - sum(shown) < 11


def test_the_file_holds_the_traps(expected):
    """The comparison is worth what is in the file; who makes a new one must keep these."""
    lines = (HERE / "responses.csv").read_text().splitlines()[1:]
    statuses = {values[-1] for values in expected.figures.values()}

    assert len(lines) == 600
    assert len(set(lines)) < len(lines)
    assert expected.empty == 7
    assert expected.rows["cove+gull-rock"] == ("cove", "gull-rock")
    assert sum(line.split(",")[9] == "1" for line in lines) == 4
    assert {v[-1] for k, v in expected.figures.items() if k[1] == "s.2"} == {"no_base", "withheld"}
    assert expected.figures["", "v.2", "favorable", "", "", ""][-1] == "capped"
    assert statuses == {"published", "capped", "merged", "withheld", "no_base"}
    assert any(values[0] is None and values[1] is not None for values in expected.figures.values())


WEAKENED: list[tuple[str, ModuleType, str, Any]] = [
    ("schools are not put together", schools, "rows", lambda sizes, _: tuple((slug,) for slug in sizes)),
    ("nothing is hidden beside a small group", hiding, "holds", lambda *_: True),
    ("nothing is capped", numbers, "cap", lambda *_: ""),
    ("caps do not grow where groups are small", numbers, "CAP_PERCENT", ((0, 1),)),
    ("fewer than three may stand apart", numbers, "CAP_ANSWERS", 2),
    ("a capped answer is printed within its side", distribution, "SIDE_TOGETHER", ""),
    ("every figure prints its n", estimates, "_may_tell", lambda *_: True),
    ("small grade bands are left alone", partitions, "_small_bands", lambda draft, *_: draft),
    ("who did not say is a group apart", partitions, "FEW_NOT_STATED", 10**6),
    ("small groups of the district are left alone", partitions, "_put_together", None),
    ("those asked are no group of their own", disclosure, "_refused", None),
    ("what was sent empty is counted", answer_table, "respondents", lambda table: table),
    ("halves are rounded to even", disclosure, "whole_percent", lambda people, n: round(100 * people / n)),
    ("the range is the normal one", numbers, "likely_ranges", None),
]


def _apart(draft, minimum, together=partitions._put_together):
    return together(draft, 0)


def _never_refused(item, plan, *_):
    return tuple(False for _ in plan.cells)


def _normal(people, n):
    share = people / n
    half = 1.96 * (share * (1 - share) / n) ** 0.5
    return [(100 * end + 0.5).astype(int) for end in (share - half, share + half)]


_INSTEAD = {"_put_together": _apart, "_refused": _never_refused, "likely_ranges": _normal}


@pytest.mark.parametrize("rule", WEAKENED, ids=[rule[0] for rule in WEAKENED])
def test_a_weakened_rule_is_noticed(release, expected, monkeypatch, rule):
    _, module, name, weaker = rule
    monkeypatch.setattr(module, name, weaker or _INSTEAD.get(name, weaker))

    made = release()

    assert (figures_of(made), groups_of(made)) != (expected.figures, expected.groups)


def test_a_lower_threshold_is_noticed(release, expected):
    assert groups_of(release(10)) != expected.groups
