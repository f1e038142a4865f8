"""Every environment variable: its name, type, default and one line of help."""

import os
import re
import secrets
import tempfile
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"
SHORTEST_SECRET = 32


class Settings(BaseSettings):
    """The settings of one installation, which is one district. Read from the environment only."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    database_url: str = Field(
        default=f"sqlite:///{INSTANCE / 'puente.sqlite'}",
        description="The database: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.",
    )
    secret_key: str = Field(
        default="",
        description="Signs receipts and staff sessions: 32 random characters or more, kept for years.",
    )
    survey_content: Path | None = Field(
        default=None, description="A content folder to use instead of the built-in one."
    )
    time_zone: str = Field(default="America/Los_Angeles", description="The district's time zone.")
    district_name: str = Field(default="Our School District", description="The district's name.")
    minimum_group: int = Field(
        default=11, ge=10, le=100, description="The smallest group shown (k): 11, or more; never below 10."
    )
    public_url: str = Field(
        default="",
        description="Where families reach it, such as https://survey.example.org; https turns on secure cookies.",
    )
    port: int = Field(default=8000, ge=1, le=65535, description="The port that make run serves on.")
    today: date | None = Field(
        default=None, description="Pretend that today is this date: for rehearsals and tests only."
    )

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            message = f"{name} is no time zone; write one such as America/Los_Angeles"
            raise ValueError(message) from unknown
        return name

    @field_validator("secret_key")
    @classmethod
    def _is_long_enough(cls, secret: str) -> str:
        if secret and len(secret) < SHORTEST_SECRET:
            message = f"too short to be a secret: write {SHORTEST_SECRET} random characters or more, or leave it out"
            raise ValueError(message)
        return secret

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        if url and not _ADDRESS.fullmatch(url):
            message = "write the scheme and the host, such as https://survey.example.org, or leave it out"
            raise ValueError(message)
        return url

    @model_validator(mode="after")
    def _make_our_own_folder(self) -> Self:
        # Any other folder that is not there is a slip in DATABASE_URL, which the store refuses.
        if Path(self.database_url.removeprefix("sqlite:///")).parent == INSTANCE:
            with suppress(OSError):
                INSTANCE.mkdir(exist_ok=True)
        return self

    @property
    def is_https(self) -> bool:
        """Whether families reach it over HTTPS, so that cookies may be bound to it."""
        return self.public_url.lower().startswith("https://")

    def current_date(self) -> date:
        """Today's date in the district's time zone."""
        return self.today or datetime.now(ZoneInfo(self.time_zone)).date()

    @cached_property
    def secret(self) -> str:
        """SECRET_KEY, or one made for this machine and kept in instance/secret_key."""
        if self.secret_key:
            return self.secret_key
        kept = INSTANCE / "secret_key"
        if not kept.exists():
            _keep_secret(kept)
        return kept.read_text()


# The pages are at the root of their host.
_ADDRESS = re.compile(r"https?://(\[[0-9a-f:.]+\]|[^\s/?#@:\[\]]+)(:\d{1,5})?/?", re.IGNORECASE)


def _keep_secret(kept: Path) -> None:
    """Put a new secret there, unless another process was first; nobody ever finds half of one."""
    kept.parent.mkdir(exist_ok=True)
    # It is readable by its owner alone.
    with tempfile.NamedTemporaryFile("w", dir=kept.parent, prefix=".secret_key.") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(file.name, kept)
