"""Content changed anywhere, in any way: a fault or no matter, never an error."""

import copy
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey import catalogue
from survey.catalogue import BUILT_IN, ContentFaults

# One place among all the content is changed at a time, to anything that YAML can hold.
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=5),
    st.sampled_from(
        ["q", "agree4", "single", "multi", "text", "demographics", "clim.el", "{x}", "no_answer"]
    ),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=3)), max_size=3),
    st.dictionaries(
        st.sampled_from(["id", "en", "es", "code", "item", "text"]), st.text(max_size=3), max_size=3
    ),
)
FILES = [path.relative_to(BUILT_IN) for path in sorted(BUILT_IN.rglob("*.yaml"))]
CONTENT = {path: yaml.safe_load((BUILT_IN / path).read_text("utf-8")) for path in FILES}
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def places(values, path=()):
    """Every place in a tree, as the keys that lead to it."""
    yield path
    children = (
        values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    )
    for key, child in children:
        yield from places(child, (*path, key))


PLACES = [(file, place) for file, values in CONTENT.items() for place in places(values) if place]


def loads_or_lists_faults(folder: Path) -> None:
    faults = ()
    try:
        catalogue.load(folder)
    except ContentFaults as raised:
        faults = raised.faults
    assert all(fault.problem and fault.file for fault in faults)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("content")
    for file in FILES:
        (found / file).parent.mkdir(exist_ok=True)
        (found / file).write_bytes((BUILT_IN / file).read_bytes())
    return found


@MANY
@given(
    place=st.sampled_from(PLACES), value=VALUES, how=st.sampled_from(["replace", "remove", "add", "repeat"])
)
def test_any_value_anywhere_is_a_fault_or_no_matter(folder, place, value, how):
    file, (*above, last) = place
    changed = copy.deepcopy(CONTENT[file])
    parent = changed
    for key in above:
        parent = parent[key]
    if how == "remove":
        del parent[last]
    elif how == "repeat" and isinstance(parent, list):
        parent.append(copy.deepcopy(parent[last]))
    elif how == "add" and isinstance(parent, dict):
        parent[f"{last}s"] = value
    else:
        parent[last] = value

    (folder / file).write_text(yaml.safe_dump(changed, allow_unicode=True), encoding="utf-8")
    loads_or_lists_faults(folder)
    (folder / file).write_bytes((BUILT_IN / file).read_bytes())


@MANY
@given(
    file=st.sampled_from(FILES),
    at=st.floats(0, 1),
    length=st.integers(0, 40),
    put=st.binary(max_size=4)
    | st.sampled_from([b"\n", b":", b"-", b"\t", b"  ", b'"', b"{", b"]", b"&a", b"\n---\n"]),
)
def test_any_slip_of_the_keyboard_is_a_fault_or_no_matter(folder, file, at, length, put):
    written = (BUILT_IN / file).read_bytes()
    start = int(at * len(written))

    (folder / file).write_bytes(written[:start] + put + written[start + length :])
    loads_or_lists_faults(folder)
    (folder / file).write_bytes(written)
