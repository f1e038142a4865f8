"""Passwords: how they are judged, hashed and compared, a few at a time and always in the same time."""

import time
from collections.abc import Callable
from threading import BoundedSemaphore

from flask import Flask, current_app
from flask_security import hash_password, verify_password
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from survey.storage.accounts import Account

SHORTEST = 15
LONGEST = 200
DIFFERENT_CHARACTERS = 5
FAILURES_A_MINUTE = 60


class TooBusy(RuntimeError):
    """Too many wrong passwords came in the last minute, or too many wait to be compared."""


class Pace:
    """How fast one process compares passwords, whoever sends them: no address is looked at or kept."""

    def __init__(self) -> None:
        self._comparing = BoundedSemaphore(2)
        self._waiting = BoundedSemaphore(6)
        self._failures = MovingWindowRateLimiter(MemoryStorage())

    def judged(self, password: str, begin: Callable[[], Account | None]) -> Account | None:
        """The account that ``begin`` finds, if this is its password; else None, after the same time.

        Two are compared at once and a few may wait, so that a flood of them leaves the families' pages
        alone. Whoever is turned away as too busy has begun nothing: no account was looked up or counted.
        """
        if not self._failures.test(_ALLOWED, "everybody") or not self._waiting.acquire(blocking=False):
            raise TooBusy
        begun = time.monotonic()
        try:
            with self._comparing:
                account = begin()
                kept = account.password if account else None
                right = verify_password(_normal(password)[:LONGEST], kept or _NOBODYS) and kept is not None
        finally:
            self._waiting.release()
        if not right:
            self._failures.hit(_ALLOWED, "everybody")
        # Rounded up to quarters of a second, a database write more or less can not be told from outside.
        time.sleep(_STEP_SECONDS - (time.monotonic() - begun) % _STEP_SECONDS)
        return account if right else None


def register(app: Flask) -> None:
    """Give the application its pace."""
    app.extensions["puente.pace"] = Pace()


def judged(password: str, begin: Callable[[], Account | None]) -> Account | None:
    """The account that ``begin`` finds, if this is its password, at this application's pace; raises ``TooBusy``."""
    pace: Pace = current_app.extensions["puente.pace"]
    return pace.judged(password, begin)


def hashed(password: str) -> str:
    """The argon2 hash of a password."""
    return str(hash_password(_normal(password)))


def is_right_length(password: str) -> bool:
    """Whether it has 15 characters or more, and at most 200."""
    return SHORTEST <= len(_normal(password)) <= LONGEST


def is_guessable(password: str, email: str) -> bool:
    """Whether it is a few characters over and over, or little more than the address."""
    plain = _normal(password).lower()
    rest = plain.replace(email, "").replace(email.partition("@")[0], "")
    return len(set(plain)) < DIFFERENT_CHARACTERS or len(rest) < SHORTEST // 2


_ALLOWED = RateLimitItemPerMinute(FAILURES_A_MINUTE)
_STEP_SECONDS = 0.25
# A hash made like every other, of a password that was thrown away.
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$BOD8/39vjZFSSsmZU0rJGQ$Wau2O6os3IOMigzw8NJx29pQSM+etrSr2H/NkzwgkcY"


def _normal(password: str) -> str:
    return str(current_app.extensions["security"].password_util.normalize(password))
