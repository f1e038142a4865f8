"""Nothing joins what a family sent to its code, its comment or a moment: a column that could is refused here first.

Whoever needs one more column reads docs/privacy.md, attacks it as tests/campaigns does, and writes it down there.
"""

from itertools import combinations

import pytest
from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    Interval,
    MetaData,
    Sequence,
    String,
    Table,
    Time,
    Uuid,
)

from survey.storage.sealing import SEALED
from survey.storage.tables import Base

# Every column of what a family sends and is given. Only the place is in more than one of them.
PLACE = {"window_id", "site_id"}
COLUMNS = {
    "response": PLACE | {"key", "language", "channel", "batch", "answers"},
    "comment": PLACE | {"key", "item", "text", "shown"},
    "household_code": PLACE | {"digest", "uses_left"},
}
# A key in two of them is another random one each time: see what makes them.
DRAWN_APART = {("comment", "response"): {"key"}}
# Every table that says something of a site in a window.
ABOUT_SITES = {*COLUMNS, "window_site", "participation", "paper_stack"}
TIMES = (Date, DateTime, Interval, Time)


def faults(metadata):
    """What could join a response, a comment or a code to one another, or to a moment."""
    tables = metadata.tables
    for name, columns in COLUMNS.items():
        yield from (f"{name}.{column} is new" for column in set(tables[name].columns.keys()) - columns)
        for column in tables[name].columns:
            if isinstance(column.type, TIMES):
                yield f"{name}.{column.name} tells a time"
            if column.server_default is not None or column.default is not None or column.identity is not None:
                yield f"{name}.{column.name} is filled in by itself, perhaps in order"
    for one, other in combinations(sorted(COLUMNS), 2):
        shared = set(tables[one].columns.keys()) & set(tables[other].columns.keys())
        yield from (
            f"{one} and {other} share {name}"
            for name in shared - PLACE - DRAWN_APART.get((one, other), set())
        )
    for table in tables.values():
        for key in table.foreign_keys:
            if key.column.table.name in COLUMNS:
                yield f"{table.name}.{key.parent.name} points at {key.column.table.name}"
        if set(table.columns.keys()) >= PLACE and table.name not in ABOUT_SITES:
            yield f"{table.name} is a new table about sites in windows"


def copied():
    metadata = MetaData()
    for table in Base.metadata.sorted_tables:
        table.to_metadata(metadata)
    return metadata


def test_nothing_in_the_tables_joins_them():
    assert list(faults(Base.metadata)) == []


def test_everything_a_family_sends_or_is_given_is_sealed():
    assert {mapped.__tablename__ for mapped in SEALED} >= set(COLUMNS)


@pytest.mark.parametrize(
    ("table", "name", "of"),
    [
        ("response", "code", (String(64),)),
        ("response", "digest", (String(64),)),
        ("response", "household", (ForeignKey("household_code.digest"),)),
        ("response", "number", (Integer, Sequence("numbers"))),
        ("response", "sent_at", (DateTime,)),
        ("household_code", "key", (Uuid,)),
        ("household_code", "response_key", (Uuid, ForeignKey("response.key"))),
        ("household_code", "spent_on", (Date,)),
        ("household_code", "language", (String(2),)),
        ("comment", "digest", (String(64),)),
        ("participation", "code", (ForeignKey("household_code.digest"),)),
    ],
)
def test_a_column_that_would_join_them_is_refused(table, name, of):
    metadata = copied()

    metadata.tables[table].append_column(Column(name, *of))

    assert list(faults(metadata)) != []


def test_a_table_that_would_join_them_is_refused():
    metadata = copied()

    Table("code_use", metadata, *(Column(name, Integer) for name in (*sorted(PLACE), "digest", "key")))

    assert list(faults(metadata)) == ["code_use is a new table about sites in windows"]
