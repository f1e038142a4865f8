"""Which responses of a window may be released together, which were released already, and why nothing is."""

import shlex
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from survey.figures import Responses
from survey.releases import frozen
from survey.storage import Store, released, responses, windows
from survey.storage.windows import Window


class ReleaseProblem(StrEnum):
    """Why no release is made."""

    UNKNOWN_WINDOW = "unknown_window"
    NOT_SEALED = "not_sealed"
    CHOOSE = "choose"
    NO_CODES = "no_codes"
    NOTHING_NEW = "nothing_new"
    LATE_ANSWERS = "late_answers"
    TOO_FEW = "too_few"
    MADE_MEANWHILE = "made_meanwhile"


class ReleaseRefused(Exception):
    """No release is made, and nothing was changed; the message says why and what to do."""

    def __init__(self, problem: ReleaseProblem, message: str) -> None:
        super().__init__(message)
        self.problem = problem


class NothingNew(ReleaseRefused):
    """Release ``number`` holds every one of these responses already."""

    def __init__(self, window: str, number: int, which: Responses) -> None:
        message = f"Release {number} of {window} already holds every {NAMED[which]}."
        super().__init__(ReleaseProblem.NOTHING_NEW, message)
        self.number = number


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be released of a sealed window: the sets it has, and for each the release that holds it, or None."""

    releases: dict[Responses, int | None]

    @property
    def left(self) -> tuple[Responses, ...]:
        """The sets that no release holds yet."""
        return tuple(which for which, number in self.releases.items() if number is None)

    @property
    def is_apart(self) -> bool:
        """Whether the window has household codes, so that coded and open responses are told apart."""
        return Responses.ALL not in self.releases


# What one of these responses is called in a message.
NAMED = {
    Responses.ALL: "response",
    Responses.CODED: "response with a household code",
    Responses.OPEN: "response from the open link",
}


def choices(store: Store, window: str) -> Choices | None:
    """What can be released of a window; None where it is not sealed, or not there."""
    with store.reading() as db:
        found = windows.find(db, window)
        if found is None or found.sealed_on is None:
            return None
        return Choices({which: _holding(db, found, which) for which in _sets(found)})


def permitted(db: Connection, name: str, which: Responses) -> Window:
    """The window, if a release of these responses may be made; ``ReleaseRefused`` otherwise."""
    window = windows.find(db, name)
    if window is None:
        raise ReleaseRefused(ReleaseProblem.UNKNOWN_WINDOW, f"There is no window {name}.")
    if window.sealed_on is None:
        raise ReleaseRefused(
            ReleaseProblem.NOT_SEALED,
            f"{name} is not sealed yet, and only a sealed window can be released. "
            f"Close it first: survey window close {shlex.quote(name)}",
        )
    if which not in _sets(window):
        raise _not_a_set(window)
    number = _holding(db, window, which)
    if number is not None:
        if next(iter(responses.packed(db, window.id, which, uncounted=True)), None) is None:
            raise NothingNew(name, number, which)
        raise ReleaseRefused(
            ReleaseProblem.LATE_ANSWERS,
            f"Answers came after release {number} of {name}. A second release of them could be "
            "subtracted from the first, and nothing checks that yet: none is made.",
        )
    return window


def _sets(window: Window) -> tuple[Responses, ...]:
    # In this order they are offered and shown: what nobody can send twice comes first.
    return (Responses.CODED, Responses.OPEN) if window.code_uses else (Responses.ALL,)


def _holding(db: Connection, window: Window, which: Responses) -> int | None:
    """The number of the newest release of these responses, or None."""
    made = [each.number for each in released.heads(db, window.id) if frozen.held(each.head) is which]
    return made[-1] if made else None


def _not_a_set(window: Window) -> ReleaseRefused:
    if not window.code_uses:
        return ReleaseRefused(
            ReleaseProblem.NO_CODES,
            f"{window.name} has no household codes: all its responses are released together.",
        )
    return ReleaseRefused(
        ReleaseProblem.CHOOSE,
        f"{window.name} has household codes: responses with a code and responses from the open link are never "
        "counted together. Say which to release: --responses coded, --responses open, or --responses both, "
        "which makes two releases, one of each.",
    )
