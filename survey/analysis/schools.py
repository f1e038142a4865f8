"""Which schools are counted together, because one of them alone would be too small a group."""

from collections.abc import Mapping


def rows(respondents: Mapping[str, int], minimum: int) -> tuple[tuple[str, ...], ...]:
    """The slugs of the schools of each site row: a school alone where it has ``minimum`` respondents or more.

    All smaller ones are one row, last; where they are fewer than ``minimum`` together, the
    smallest of the others joins them. One school in the whole district is a row of its own.
    """
    small = sorted(slug for slug, count in respondents.items() if count < minimum)
    large = sorted((slug for slug in respondents if slug not in small), key=lambda s: (respondents[s], s))
    if small and sum(respondents[slug] for slug in small) < minimum and large:
        small = sorted([*small, large.pop(0)])
    return (*((slug,) for slug in sorted(large)), *((tuple(small),) if small else ()))
