"""From counts to printed numbers: caps at both ends, and the likely range."""

import numpy as np

from survey.analysis.answer_table import Ints

NEARLY_ALL = "nearly_all"
ALMOST_NONE = "almost_none"

# From this many answers on, a figure within so many percent of everybody or nobody is capped ...
CAP_PERCENT = ((300, 1), (100, 2), (40, 5), (20, 10), (0, 20))
# ... and within this many answers at any size, since whoever knows two of them knows the third.
CAP_ANSWERS = 3


def cap(count: int, n: int) -> str:
    """Which end a percent is capped at, where it would show how nearly everybody or nobody it is; else ""."""
    share = next(share for least, share in CAP_PERCENT if n >= least)
    margin = max(share * n, 100 * CAP_ANSWERS)
    if 100 * count <= margin:
        return ALMOST_NONE
    return NEARLY_ALL if 100 * (n - count) <= margin else ""


def likely_ranges(counts: Ints, n: Ints) -> tuple[Ints, Ints]:
    """Both ends of the Wilson 95 % interval of each count, as whole percents."""
    # Here, because it takes 1.5 s and 90 MB, and a web worker that makes no release needs none of it.
    from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415

    low, high = proportion_confint(counts, n, alpha=0.05, method="wilson")
    return _whole(low), _whole(high)


def _whole(shares: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> Ints:
    return np.floor(100 * shares + 0.5).astype(np.int64)
