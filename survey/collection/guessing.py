"""How fast codes may be guessed: by how they begin and by everybody together, never by who or where somebody is.

Only a code that begins like one that was given out can be that one, so only such guesses are counted:
scripts that try anything use up nothing, and families are let through whatever they do. What is
counted is in the memory of one process and gone after ten minutes; nothing of it is stored.
"""

import time
from collections import deque
from collections.abc import Callable
from threading import Lock
from weakref import WeakKeyDictionary

from survey.storage import Store

SECONDS = 600
# How many wrong codes with the same beginning are tried within that time: a family's slips, and a few more.
WRONG_ALIKE = 3
# How many wrong codes altogether. Beyond it, a beginning that has seen one wrong code waits already.
WRONG_ALTOGETHER = 500


class Pace:
    """Wrong codes of the last ten minutes, by how they begin."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._all: deque[tuple[float, str]] = deque()
        self._alike: dict[str, deque[float]] = {}

    def seconds_to_wait(self, beginning: str) -> int:
        """How long a code that begins so is not tried; 0 where it may be tried now."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            wrong = self._alike.get(beginning)
            allowed = 1 if len(self._all) >= WRONG_ALTOGETHER else WRONG_ALIKE
            if wrong is None or len(wrong) < allowed:
                return 0
            return max(1, int(wrong[-allowed] + SECONDS - now) + 1)

    def was_wrong(self, beginning: str) -> None:
        """Count a code that begins like one that was given out and is none."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            self._all.append((now, beginning))
            self._alike.setdefault(beginning, deque()).append(now)

    def _forget(self, now: float) -> None:
        while self._all and self._all[0][0] <= now - SECONDS:
            _, beginning = self._all.popleft()
            self._alike[beginning].popleft()
            if not self._alike[beginning]:
                del self._alike[beginning]


def pace_of(store: Store) -> Pace:
    """The pace at which this process tries codes on a database."""
    with _making:
        return _paces.setdefault(store, Pace())


_making = Lock()
_paces: WeakKeyDictionary[Store, Pace] = WeakKeyDictionary()
