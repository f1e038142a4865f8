"""QR codes: an address as a picture of squares that a phone's camera reads, also from a poor photocopy."""

from itertools import groupby

import segno

# A white margin of four squares is part of the code: cameras look for it.
QUIET = 4


def svg(address: str, pattern: int | None = None) -> str:
    """The code of an address as one black path on white, its quiet margin included.

    ``pattern`` is the mask to lay over it; unless one is given, all eight are tried, which takes most of the time.
    """
    code = _code(address, pattern)
    side = code.symbol_size(border=QUIET)[0]
    path = "".join(_row(y, bytes(row)) for y, row in enumerate(code.matrix, QUIET))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>'
    )


def pattern_for(address: str) -> int:
    """The mask that suits this address best, and others that differ from it in a few letters nearly as well."""
    return int(_code(address, None).mask)


def _code(address: str, pattern: int | None) -> segno.QRCode:
    # Level M mends 15 % of the squares; where a higher level needs no more squares, it is taken.
    return segno.make_qr(address, error="m", boost_error=True, mask=pattern)


def _row(y: int, squares: bytes) -> str:
    """The dark runs of one row. Each reaches a little into the next, or printers draw white hairs between rows."""
    runs, x = [], QUIET
    for dark, run in groupby(squares):
        length = len(list(run))
        if dark:
            runs.append(f"M{x} {y}h{length}v1.02h-{length}z")
        x += length
    return "".join(runs)
