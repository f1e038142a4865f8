"""Which cells are hidden: the small ones, and as many more as keep these from being found by subtraction."""

from collections.abc import Sequence

from survey.analysis.lattice import Line


def protect(
    counts: Sequence[int], hidden: Sequence[bool], lines: Sequence[Line], minimum: int
) -> tuple[bool, ...]:
    """Hide more cells until no line gives a hidden one away; what is hidden stays hidden.

    Where a total is shown and somebody is in its hidden parts, these are two or more groups of
    people with ``minimum`` or more together, or all of its parts. Where a total is hidden, so
    are its parts. Each round hides a cell or is the last, so it ends.
    """
    found = list(hidden)
    before = -1
    while sum(found) > before:
        before = sum(found)
        for line in lines:
            _mend(line, counts, found, minimum)
    return tuple(found)


def holds(counts: Sequence[int], hidden: Sequence[bool], line: Line, minimum: int) -> bool:
    """Whether nobody in the hidden parts of a line can be found by subtraction along it."""
    people = [counts[part] for part in line.parts if hidden[part] and counts[part] > 0]
    return not people or (len(people) > 1 and sum(people) >= minimum)


def _mend(line: Line, counts: Sequence[int], hidden: list[bool], minimum: int) -> None:
    """Hide what this line asks for, the smallest first, the first of equals."""
    if hidden[line.total]:
        for part in line.parts:
            hidden[part] = True
    while not holds(counts, hidden, line, minimum):
        shown = [part for part in line.parts if not hidden[part]]
        if not shown:
            break
        hidden[min(shown, key=lambda part: (counts[part], part))] = True
