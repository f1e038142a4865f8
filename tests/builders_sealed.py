"""A window at two schools whose answers are in, sealed and ready for a release."""

from uuid import UUID, uuid5

from builders_collection import AFTER_GRACE, Place, place, sent

from survey.administration import windows
from survey.instruments.answers import Answers
from survey.storage import Store

_KEYS = UUID("6f1b0c3e-6a76-4b1e-9a58-0d3c1f1f8f11")


def answered(store: Store, pine: int = 30, oak: int = 20, **told) -> Place:
    """An open window with so many families at Pine, who feel welcome, and at Oak, where every second one does.

    It has no household codes unless told.
    """
    at = place(store, **{"code_uses": 0, **told})
    for number in range(pine):
        answer(store, at, f"pine {number}", {"q.welcome": ("4",)})
    for number in range(oak):
        answer(store, at, f"oak {number}", {"q.welcome": ("4" if number % 2 else "1",)}, site=at.oak)
    return at


def answer(store: Store, at: Place, who: str, choices, comments=None, **told) -> None:
    """One family's answers, under a key made from ``who``."""
    sent(store, at, uuid5(_KEYS, who), Answers(choices, comments or {}), **told)


def seal(store: Store, at: Place) -> Place:
    """Close the window for good; the same place is returned."""
    windows.close(store, at.window.name, AFTER_GRACE)
    return at


def sealed(store: Store, pine: int = 30, oak: int = 20, **told) -> Place:
    """The same, closed and sealed."""
    return seal(store, answered(store, pine, oak, **told))
