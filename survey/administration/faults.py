"""What can be wrong with what staff asks for: sentences that the command line prints and pages translate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


def N_(message: str) -> str:  # noqa: N802
    """Mark a sentence for translation where it is written; pages translate it where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class LineFault:
    """One thing wrong in a file. ``message`` has named placeholders for ``values``, so that a page can translate it.

    ``line`` counts from 1, the header; it is 0, and ``column`` is "", where the fault is the whole file's or line's.
    """

    line: int
    column: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def problem(self) -> str:
        """What is wrong, in English."""
        return self.message % self.values

    def __str__(self) -> str:
        """Where it is and what is wrong, in English."""
        line = f"line {self.line}" if self.line else ""
        where = ", ".join(part for part in (line, self.column) if part)
        return f"{where}: {self.problem}" if where else self.problem


class ImportFaults(ValueError):
    """Everything that is wrong with a file, none of which was imported."""

    def __init__(self, faults: Sequence[LineFault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class Refused(ValueError):
    """It can not be done, and nothing was changed; ``message`` and ``values`` say why, for a page to translate."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values)
        self.message = message
        self.values = values
