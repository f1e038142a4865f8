"""What is wrong with content: each fault with its file, its place in it, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContentFault:
    """One fault. ``path`` leads to the place by ids, such as "section engagement.voice, item eng.22"."""

    file: str
    path: str
    problem: str

    def __str__(self) -> str:
        """The fault in one line."""
        return ": ".join(part for part in (self.file, self.path, self.problem) if part)


class ContentFaults(Exception):
    """Content that can not be used, with every fault that was found, file by file."""

    def __init__(self, faults: Iterable[ContentFault]) -> None:
        self.faults = tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.file))
        super().__init__(self.faults)

    def __str__(self) -> str:
        """Every fault, one a line."""
        return "\n".join(map(str, self.faults))
