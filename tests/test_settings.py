"""Settings: what is refused in words, and the secret that is made where none is given."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import ValidationError

from survey import settings
from survey.settings import Settings


@pytest.fixture
def instance(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "INSTANCE", tmp_path / "instance")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    return tmp_path / "instance"


def test_a_secret_is_made_once_for_its_owner_alone(instance):
    made = Settings().secret

    assert Settings().secret == made
    assert len(made) >= settings.SHORTEST_SECRET
    assert [file.name for file in instance.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((instance / "secret_key").stat().st_mode) == 0o600


def test_whoever_asks_first_all_get_the_same_whole_secret(instance):
    with ThreadPoolExecutor(16) as pool:
        found = set(pool.map(lambda _: Settings().secret, range(64)))

    assert len(found) == 1
    assert len(found.pop()) >= settings.SHORTEST_SECRET
    assert [file.name for file in instance.iterdir()] == ["secret_key"]


def test_a_secret_that_was_there_first_is_kept(instance):
    instance.mkdir()
    (instance / "secret_key").write_text("first")

    settings._keep_secret(instance / "secret_key")

    assert (instance / "secret_key").read_text() == "first"


def test_a_given_secret_is_used_and_none_is_made(instance):
    assert Settings(secret_key="x" * 32).secret == "x" * 32
    assert not (instance / "secret_key").exists()


@pytest.mark.parametrize("secret", ["x", "x" * 31])
def test_a_short_secret_is_refused(secret):
    with pytest.raises(ValidationError, match="32 random characters or more"):
        Settings(secret_key=secret)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://survey.example.org",
        "https://survey.example.org/",
        "HTTPS://Survey.Example.org",
        "http://127.0.0.1:8000",
        "http://[::1]:8000",
    ],
)
def test_a_public_address_is_a_scheme_and_a_host(url):
    assert Settings(public_url=url).public_url == url


@pytest.mark.parametrize(
    "url",
    [
        "survey.example.org",
        "ftp://survey.example.org",
        "https://",
        "https:///s",
        "https://survey.example.org/surveys",
        "https://survey.example.org?x=1",
        "https://somebody@survey.example.org",
        "https://survey example.org",
        "https://survey.example.org:port",
    ],
)
def test_any_other_public_address_is_refused(url):
    with pytest.raises(ValidationError, match="the scheme and the host"):
        Settings(public_url=url)


def test_an_address_in_capitals_is_https_all_the_same():
    assert Settings(public_url="HTTPS://survey.example.org").is_https


def test_our_own_folder_is_made_for_the_database(instance):
    Settings(database_url=f"sqlite:///{instance / 'puente.sqlite'}", secret_key="x" * 32)

    assert instance.is_dir()


def test_any_other_folder_is_not_made(instance, tmp_path):
    Settings(database_url=f"sqlite:///{tmp_path / 'slip' / 'puente.sqlite'}", secret_key="x" * 32)

    assert not (tmp_path / "slip").exists()
