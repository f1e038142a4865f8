"""Files of answers: everything in or nothing, each response once, every fault by line and column."""

import gzip
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from builders_collection import CLOSES, DURING, SECRET, place, sent

from survey.collection import importing
from survey.collection.answer_file import FileFaults
from survey.collection.importing import Imported, Refused
from survey.instruments.answers import Answers
from survey.storage import comments, installation, responses, sites, windows
from survey.storage.responses import Packed
from survey.storage.sites import Site

HEADER = "site,response_id,language,q.welcome,q.learning,q.english,q.took_part,q.comment"
WITH_IDS = f"""{HEADER}
pine,a1,en,4,1,3,event;helped,thank you
Oak Middle School,a2,es,0,2,,none,
oak,a3,,,,,,
"""
WITHOUT_IDS = "site,q.welcome\npine,4\npine,4\noak,1\n"


@pytest.fixture
def file(tmp_path):
    def write(content, name="answers.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def imported(store, path, name="fall-2026", **told):
    return importing.import_file(store, SECRET, name, path, **told)


def faults_of(store, path, **told):
    with pytest.raises(FileFaults) as refused:
        imported(store, path, **told)
    return [(fault.line, fault.column, fault.problem) for fault in refused.value.faults]


def stored(store, at):
    with store.reading() as db:
        return list(responses.packed(db, at.window.id))


def test_every_line_is_a_response_with_its_site_language_and_codes(store, file):
    at = place(store)

    done = imported(store, file(WITH_IDS))

    assert done == Imported(new=3, already=0, comments=1)
    assert sorted(stored(store, at)) == sorted(
        [
            Packed(at.pine.id, "en", "import", "4-13" + "-" + "0110" + "-" * 10),
            Packed(at.oak.id, "es", "import", "?-2/" + "-" + "0001" + "-" * 10),
            Packed(at.oak.id, "", "import", "---/" + "-" * 15),
        ]
    )
    with store.reading() as db:
        assert [c.text for c in comments.of_site(db, at.window.id, at.pine.id)] == ["thank you"]


def test_the_channel_is_the_one_told(store, file):
    at = place(store)

    imported(store, file(WITHOUT_IDS), channel="paper")

    assert {response.channel for response in stored(store, at)} == {"paper"}


def test_the_same_file_with_ids_twice_changes_nothing_and_says_so(store, file):
    at = place(store)
    imported(store, file(WITH_IDS))
    before = stored(store, at)

    again = imported(store, file(WITH_IDS))

    assert again == Imported(new=0, already=3, comments=0)
    assert stored(store, at) == before


def test_a_longer_file_with_ids_adds_only_what_is_new(store, file):
    at = place(store)
    imported(store, file(WITH_IDS))

    done = imported(store, file(WITH_IDS + "pine,a4,,1,,,,more\n"))

    assert done == Imported(new=1, already=3, comments=1)
    assert len(stored(store, at)) == 4


def test_the_same_file_without_ids_is_refused_as_already_in(store, file):
    at = place(store)
    imported(store, file(WITHOUT_IDS))

    with pytest.raises(Refused, match="in fall-2026 already"):
        imported(store, file(gzip.compress(WITHOUT_IDS.encode()), "again.csv.gz"))

    assert len(stored(store, at)) == 3


def test_two_lines_alike_are_two_families(store, file):
    at = place(store)

    assert imported(store, file(WITHOUT_IDS)).new == 3
    assert [response.answers[0] for response in stored(store, at)].count("4") == 2


def test_the_key_of_an_imported_response_is_made_from_window_and_id(store, file):
    fall, spring = place(store), place(store, "spring-2027")
    imported(store, file(WITH_IDS))

    imported(store, file(WITH_IDS), "spring-2027")

    with store.reading() as db:
        keys = [set(responses.stored_under(db, at.window.id, _Everything())) for at in (fall, spring)]
    assert not keys[0] & keys[1]
    assert all(key.version == 4 for key in keys[0] | keys[1])


class _Everything:
    """A collection that holds any key."""

    def __contains__(self, _key):
        return True


def test_a_known_id_with_other_answers_is_a_fault_and_nothing_is_stored(store, file):
    at = place(store)
    imported(store, file(WITH_IDS))

    changed = WITH_IDS.replace("a1,en,4", "a1,en,3") + "pine,a4,,1,,,,\n"

    assert faults_of(store, file(changed)) == [(2, "response_id", "is in already, with other answers")]
    assert len(stored(store, at)) == 3


def test_a_known_id_at_another_site_is_a_fault(store, file):
    place(store)
    imported(store, file(WITH_IDS))

    moved = WITH_IDS.replace("oak,a3", "pine,a3")

    assert faults_of(store, file(moved)) == [(4, "response_id", "is in already, at another site")]


@pytest.mark.parametrize("second", ["pine,a1,4\n", "pine,a1,3\n"])
def test_an_id_twice_in_one_file_is_a_fault_whatever_its_answers(store, file, second):
    place(store)

    faults = faults_of(store, file("site,response_id,q.welcome\npine,a1,4\n" + second))

    assert faults == [(3, "response_id", "is the same as in line 2")]


def test_a_line_without_an_id_is_a_fault_where_the_file_has_ids(store, file):
    place(store)

    ((line, column, _),) = faults_of(store, file("site,response_id,q.welcome\npine,,4\n"))

    assert (line, column) == (2, "response_id")


def test_every_fault_is_told_by_line_and_column_and_nothing_is_stored(store, file):
    at = place(store)
    content = f"""{HEADER}
pine,a1,en,4,1,3,event,
elm,a2,fr,9,1,3,event;event,
pine,a3,en,4,2,3,none;event,"{"x" * 201}"
,a4,en,"4;3",,,,
"""

    faults = faults_of(store, file(content))

    assert [(line, column) for line, column, _ in faults] == [
        (3, "site"),
        (3, "language"),
        (3, "q.welcome"),
        (3, "q.took_part"),
        (4, "q.took_part"),
        (4, "q.comment"),
        (5, "site"),
        (5, "q.welcome"),
    ]
    assert stored(store, at) == []


def test_no_fault_repeats_an_answer(store, file):
    place(store)

    faults = faults_of(store, file(f"{HEADER}\npine,a1,en,own words,own words,own words,own words,\n"))

    assert "own words" not in str(faults)


def test_an_answer_to_a_question_that_was_not_asked_is_a_fault_naming_the_filter(store, file):
    place(store)

    faults = faults_of(store, file("site,q.learning,q.english\npine,2,4\n"))

    assert faults == [(2, "q.english", "answered, but asked only where q.learning is 1")]


def test_a_filter_left_out_of_the_file_counts_as_not_answered(store, file):
    place(store)

    ((line, column, _),) = faults_of(store, file("site,q.english\npine,4\n"))

    assert (line, column) == (2, "q.english")


def test_a_line_number_is_that_of_the_line_the_record_starts_on(store, file):
    place(store)

    faults = faults_of(store, file('site,q.welcome,q.comment\r\npine,4,"two\r\nlines"\r\n\r\npine,9,\r\n'))

    assert [(line, column) for line, column, _ in faults] == [(5, "q.welcome")]


def test_columns_that_are_no_question_are_faults_unless_ignored(store, file):
    at = place(store)
    path = file("site,q.welcome,race,income\npine,4,x,y\n")

    assert [(line, column) for line, column, _ in faults_of(store, path)] == [(1, "race"), (1, "income")]
    assert imported(store, path, ignore=["race", "income"]).new == 1
    assert len(stored(store, at)) == 1


@pytest.mark.parametrize("ignore", ["nowhere", "site"])
def test_a_column_that_can_not_be_ignored_is_a_fault(store, file, ignore):
    place(store)

    ((line, column, _),) = faults_of(store, file(WITHOUT_IDS), ignore=[ignore])

    assert (line, column) == (1, ignore)


def test_a_question_can_be_ignored(store, file):
    at = place(store)

    imported(store, file("site,q.welcome,q.respect\npine,4,not a code\n"), ignore=["q.respect"])

    assert stored(store, at)[0].answers.startswith("4-")


def test_a_site_that_is_not_of_this_window_or_whose_name_is_shared_is_a_fault(store, file):
    place(store)
    with store.writing() as db:
        sites.put(db, [Site(0, "elm", "Elm School"), Site(0, "oak-2", "Oak Middle School")])

    faults = faults_of(store, file("site,q.welcome\nelm,4\nElm School,4\nOAK,4\nOak Middle School,4\n"))

    assert [(line, problem.split(";")[0]) for line, _, problem in faults] == [
        (2, "the window is not open at elm"),
        (3, "the window is not open at Elm School"),
        (4, "OAK is no site"),
    ]


def test_a_name_shared_by_two_sites_of_the_window_needs_the_slug(store, file):
    at = place(store)
    with store.writing() as db:
        sites.put(db, [Site(0, "pine", "Oak Middle School")])

    faults = faults_of(store, file("site,q.welcome\nOak Middle School,4\noak,4\n"))

    assert faults == [(2, "site", "2 sites are named Oak Middle School; write the slug of one")]
    assert stored(store, at) == []


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "answers.csv", "the file is empty"),
        (b"\n \n", "answers.csv", "the file is empty"),
        (b"site,q.welcome\n", "answers.csv", "no answers"),
        ("site,q.comment\npine,señora\n".encode("latin-1"), "answers.csv", "not UTF-8"),
        (b"site,q.welcome\npine,4\n", "answers.csv.gz", "not compressed"),
        (gzip.compress(WITHOUT_IDS.encode(), mtime=0)[:-9], "answers.csv.gz", "not compressed"),
        (b"q.welcome\n4\n", "answers.csv", "no such column"),
        (b"site\npine\n", "answers.csv", "no column is a question"),
        (b"site,q.welcome\npine,4,4\n", "answers.csv", "3 cells, but the first line has 2"),
        (b"site,q.welcome\npine\n", "answers.csv", "1 cells, but the first line has 2"),
        (b"site,site,q.welcome\npine,pine,4\n", "answers.csv", "more than once"),
        (b"site,,q.welcome\npine,,4\n", "answers.csv", "column 2 has no name"),
        (b"site;q.welcome\npine;4\n", "answers.csv", "commas"),
        (b'site,q.comment\npine,"never closed\n', "answers.csv", "quotation mark"),
        (b'site,q.comment\npine,"' + b"x" * 200_000 + b'"\n', "answers.csv", "field larger"),
    ],
)
def test_a_file_that_is_no_table_of_answers_is_refused_in_words(store, file, content, name, told):
    at = place(store)

    faults = faults_of(store, file(content, name))

    assert told in faults[0][2]
    assert stored(store, at) == []


def test_a_file_that_is_not_there_is_refused_in_words(store):
    place(store)

    ((line, _, problem),) = faults_of(store, Path("/nowhere/answers.csv"))

    assert line == 0
    assert "No such file" in problem


def test_what_excel_saves_is_read(store, file):
    at = place(store)

    done = imported(store, file("\ufeffsite,q.welcome\r\npine, 4 \r\n,\r\n"))

    assert done.new == 1
    assert stored(store, at)[0].answers.startswith("4")


def test_characters_no_database_can_hold_do_no_harm(store, file):
    at = place(store)

    imported(store, file("site,q.comment\npine,a nul\x00 here\n"))

    with store.reading() as db:
        assert comments.of_site(db, at.window.id, at.pine.id)[0].text == "a nul here"


def test_answers_go_into_any_window_that_is_not_closed_for_good(store, file):
    place(store)

    with store.writing() as db:
        windows.create(
            db,
            name="last-year",
            instrument_id=windows.find(db, "fall-2026").instrument_id,
            opens=date(2025, 11, 1),
            closes=date(2025, 11, 20),
            site_ids=[sites.find(db, "pine").id, sites.find(db, "oak").id],
        )

    assert imported(store, file(WITHOUT_IDS), "last-year").new == 3


@pytest.mark.parametrize("sealed", [False, True])
def test_a_window_that_was_closed_or_sealed_takes_no_file(store, file, sealed):
    at = place(store)
    with store.writing() as db:
        windows.set_closed(db, at.window.id, DURING)
        if sealed:
            windows.set_sealed(db, at.window.id, CLOSES)

    with pytest.raises(Refused, match="sealed" if sealed else "closed"):
        imported(store, file(WITHOUT_IDS))

    assert stored(store, at) == []


def test_a_window_that_does_not_exist_is_told(store, file):
    with pytest.raises(Refused, match="no window autumn"):
        imported(store, file(WITHOUT_IDS), "autumn")


def test_real_answers_never_go_into_the_made_up_district(store, file):
    at = place(store)
    with store.writing() as db:
        installation.set_made_up(db)

    with pytest.raises(Refused, match="made-up"):
        imported(store, file(WITHOUT_IDS))

    assert stored(store, at) == []


def test_a_file_joins_what_families_sent_themselves(store, file):
    at = place(store)
    sent(store, at, uuid4(), Answers({"q.welcome": ("4",)}, {}))

    imported(store, file(WITHOUT_IDS))

    assert sorted(response.channel for response in stored(store, at)) == ["import"] * 3 + ["link"]
