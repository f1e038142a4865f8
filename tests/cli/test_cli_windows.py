"""``survey window``: what a technician types, and what is answered."""

from datetime import date
from uuid import uuid4

import builders_content
import builders_storage
import pytest

from survey.cli import survey
from survey.settings import Settings
from survey.storage import responses, windows
from survey.storage.responses import Response
from survey.web import create_app

DATES = ("--opens", "2026-11-02", "--closes", "2026-11-20")
SECRET = "a secret for tests, and for nothing else"


@pytest.fixture
def store(sqlite_store):
    for slug in ("oak", "pine"):
        builders_storage.a_site(sqlite_store, slug)
    return sqlite_store


@pytest.fixture
def typed(store, sqlite_database, tmp_path):
    """Run ``survey window`` on a day, with the built-in content or with a folder of content."""

    def run(*arguments, today=date(2026, 11, 12), content=None):
        settings = Settings(
            database_url=sqlite_database, secret_key=SECRET, today=today, survey_content=content
        )
        app = create_app(settings)
        try:
            return app.test_cli_runner().invoke(survey, ["window", *arguments])
        finally:
            app.extensions["puente"].store.close()

    return run


def opened(typed, *more):
    done = typed("open", "fall-2026", "--survey", "engagement", *DATES, *more)
    assert done.exit_code == 0, done.output
    return done.output


def test_opening_says_what_is_open_where_and_when(typed):
    assert opened(typed) == (
        "fall-2026: engagement (version 0.2) at 2 sites, 2026-11-02 to 2026-11-20, open.\n"
    )


def test_opening_with_household_codes_says_how_to_make_them(typed):
    assert opened(typed, "--code-uses", "2").endswith(
        "Household codes are good for 2 surveys each. "
        "To make them: survey codes make fall-2026 --site SLUG --count N FILE.pdf\n"
    )


def test_opening_at_named_sites(typed):
    assert "at 1 site," in opened(typed, "--site", "pine")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (
            ["open", "w", "--survey", "nope", *DATES],
            1,
            "There is no survey nope; the content has climate, engagement.",
        ),
        (["open", "w", "--survey", "climate", *DATES, "--site", "elm"], 1, "no site with the slug elm"),
        (
            ["open", "w", "--survey", "climate", "--opens", "11/2/2026", "--closes", "2026-11-20"],
            2,
            "'%Y-%m-%d'",
        ),
        (["open", "w", *DATES], 2, "Missing option '--survey'"),
        (["extend", "nope", "--closes", "2026-12-01"], 1, "There is no window nope."),
        (["close", "nope"], 1, "There is no window nope."),
        (["remove", "nope"], 1, "There is no window nope."),
        (["reword", "nope"], 1, "There is no window nope."),
    ],
)
def test_what_can_not_be_done_is_told_and_exits_with_a_code(typed, arguments, code, told):
    done = typed(*arguments)

    assert done.exit_code == code
    assert told in done.stderr


def test_extending_says_until_when(typed):
    opened(typed)

    assert typed("extend", "fall-2026", "--closes", "2026-12-04").output == (
        "fall-2026: open to 2026-12-04, and 7 days longer for surveys begun by then.\n"
    )


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (
            date(2026, 11, 12),
            (
                "It was to stay open to 2026-11-20. Surveys begun by 2026-11-20 would have been taken until 2026-11-27: 15 days cut off. "
                "Surveys that arrive now are told that they are too late."
            ),
        ),
        (
            date(2026, 11, 24),
            (
                "Surveys begun by 2026-11-20 would have been taken until 2026-11-27: 3 days cut off. "
                "Surveys that arrive now are told that they are too late."
            ),
        ),
        (date(2026, 11, 28), "Its grace was over: nothing was cut off."),
    ],
)
def test_closing_says_what_it_cut_off(typed, today, told):
    opened(typed)

    done = typed("close", "fall-2026", today=today)

    assert done.output == f"fall-2026: closed and sealed on {today}. {told}\n"


def test_closing_twice_is_refused(typed):
    opened(typed)
    typed("close", "fall-2026")

    assert typed("close", "fall-2026").stderr == "Error: fall-2026 was sealed on 2026-11-12, for good.\n"


def test_closing_again_after_an_interruption_finishes(typed, store):
    opened(typed)
    with store.writing() as db:
        windows.set_closed(db, windows.find(db, "fall-2026").id, date(2026, 11, 12))

    assert typed("close", "fall-2026").output == (
        "fall-2026: closed and sealed on 2026-11-12. It had been closed before.\n"
    )


def test_windows_are_listed_in_columns(typed):
    opened(typed)
    typed(
        "open",
        "Spring 2027",
        "--survey",
        "climate",
        "--opens",
        "2027-03-01",
        "--closes",
        "2027-03-19",
        "--site",
        "oak",
    )

    assert typed("list").output.splitlines() == [
        "name         survey      version  state      opens       closes      sites  slugs",
        "fall-2026    engagement  0.2      open       2026-11-02  2026-11-20  2      oak,pine",
        "Spring 2027  climate     0.2      scheduled  2027-03-01  2027-03-19  1      oak",
    ]


def test_a_list_without_windows_says_how_to_begin(typed):
    assert typed("list").output.startswith("No windows yet: survey window open NAME --survey ID")


def test_a_window_opened_by_mistake_is_removed(typed):
    opened(typed)

    assert typed("remove", "fall-2026").output == "fall-2026: removed.\n"
    assert opened(typed)


def test_a_window_with_answers_is_not_removed(typed, store):
    opened(typed)
    with store.writing() as db:
        window = windows.find(db, "fall-2026")
        site = windows.sites_of(db, window.id)[0]
        responses.insert(db, Response(window.id, site.id, uuid4(), "en", "link", "4"))

    assert "holds answers and can not be removed" in typed("remove", "fall-2026").stderr


def test_a_slip_of_wording_is_shown_before_and_after(typed, tmp_path):
    content = builders_content.content()
    typed("open", "w", "--survey", "small", *DATES, content=builders_content.write(tmp_path, all=content))
    builders_content.item(content, "q.2")["text"]["es"] = "¿Y dos?"

    done = typed("reword", "w", content=builders_content.write(tmp_path, all=content))

    assert done.output == (
        "section small.school, item q.2 (es):\n  was: ¿Dos?\n  now: ¿Y dos?\nw: 1 text corrected.\n"
    )


def test_content_that_can_not_be_used_is_told(typed, tmp_path):
    (tmp_path / "broken.yaml").write_text("surveys: [")

    done = typed("open", "w", "--survey", "s", *DATES, content=tmp_path)

    assert done.exit_code == 1
    assert "broken.yaml" in done.stderr
    assert done.stderr.endswith("The content can not be used: nothing was changed.\n")
