"""The made-up district: complete enough to show every page, marked as invented, and kept apart from real use."""

import pytest

from survey import demo
from survey.administration import sites
from survey.administration.faults import Refused
from survey.releases import read
from survey.settings import Settings
from survey.storage import Store, installation, windows
from survey.storage.windows import WindowState


@pytest.fixture(scope="module")
def loaded(sqlite_template, tmp_path_factory):
    import shutil

    file = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    shutil.copy(sqlite_template, file)
    settings = Settings(
        database_url=f"sqlite:///{file}", secret_key="a secret for tests, and for nothing else"
    )
    store = Store(settings.database_url)
    demo.load(store, settings)
    yield store, settings
    store.close()


def test_it_has_two_years_released_one_window_open_and_one_to_come(loaded):
    store, settings = loaded

    with store.reading() as db:
        states = [windows.state(w, settings.current_date()) for w in windows.all_windows(db)]

    assert states == [WindowState.RELEASED, WindowState.RELEASED, WindowState.OPEN, WindowState.SCHEDULED]


def test_its_releases_say_that_they_are_made_up_and_hold_small_groups_back(loaded):
    store, _ = loaded
    with store.reading() as db:
        first = windows.all_windows(db)[0].name

    release = read.with_figures(store, first, 1, None)

    assert release.made_up
    assert "isla-verde+playa-norte" in [row.slug for row in release.sites]
    assert {figure.status.value for figure in release.figures} >= {
        "published",
        "capped",
        "merged",
        "withheld",
    }


def test_real_schools_are_refused_beside_it(loaded):
    store, _ = loaded
    with store.reading() as db:
        assert installation.is_made_up(db)

    with pytest.raises(Refused):
        sites.import_csv(store, "slug,name,cds_code\nreal,A real school,\n")
