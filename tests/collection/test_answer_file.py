"""Whatever bytes somebody calls a file of answers, they are a table or are refused in words."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.collection import answer_file
from survey.collection.answer_file import AnswerFile, FileFaults

CSV_LIKE = st.lists(
    st.sampled_from(["site", "q.welcome", "pine", "4", ",", ";", '"', "\n", "\r\n", "\x00", "\ufeff", "é"])
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("files") / "answers.csv"


def read(path):
    try:
        return answer_file.read(path)
    except FileFaults as refused:
        return refused.faults


@given(
    st.one_of(
        st.binary(), st.binary().map(gzip.compress), CSV_LIKE.map(lambda parts: "".join(parts).encode())
    )
)
def test_any_bytes_are_a_table_or_faults(path, content):
    path.write_bytes(content)

    told = read(path)

    assert told
    if isinstance(told, AnswerFile):
        assert all(set(line.cells) == set(told.columns) for line in told.lines)


@given(st.binary())
def test_bytes_that_only_begin_as_compressed_are_refused(path, content):
    compressed = path.with_suffix(".csv.gz")
    compressed.write_bytes(b"\x1f\x8b" + content)

    with pytest.raises(FileFaults):
        answer_file.read(compressed)
