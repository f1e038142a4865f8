"""An hour of guessing household codes, by a clock of its own: how many guesses are tried, and who has to wait for them.

Run in tests/ as ``python -m campaigns.guessing``; it prints the figures of docs/decisions/0011-household-codes.md.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from survey.collection.guessing import Pace
from survey.household_codes import ALPHABET, PREFIX, RANDOM

HOUR = 3600
# What is left to guess of a code whose beginning is known; its last character follows from the others.
LEFT_TO_GUESS = len(ALPHABET) ** (RANDOM - PREFIX)

# Draws the beginning of a guess from those of the codes that were given out.
Attacker = Callable[[Random, list[str]], str]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of an hour: guesses sent, those that could hit and were tried, and families that had to wait."""

    attacker: str
    sent: int
    tried: int
    families: int
    waited: int

    @property
    def hits(self) -> float:
        """How many codes are found in an hour, on average."""
        return self.tried / LEFT_TO_GUESS

    def __str__(self) -> str:
        """One line of a table."""
        return (
            f"{self.attacker:44} {self.sent:8,} sent, {self.tried:6,} tried, {self.hits:.1e} codes found; "
            f"{self.waited} of {self.families} families waited"
        )


def at_random(chance: Random, _beginnings: list[str]) -> str:
    """Somebody who knows nothing of the codes."""
    return "".join(chance.choices(ALPHABET, k=PREFIX))


def one_beginning(_chance: Random, beginnings: list[str]) -> str:
    """Somebody who has seen the first characters of one code."""
    return beginnings[0]


def every_beginning(chance: Random, beginnings: list[str]) -> str:
    """Somebody who has found out how all codes of the school begin."""
    return chance.choice(beginnings)


ATTACKERS = {
    "knows nothing": at_random,
    "knows how one code begins": one_beginning,
    "knows how every code begins": every_beginning,
}


def an_hour(attacker: str, *, a_minute: int = 10_000, codes: int = 600, seed: int = 1) -> Told:
    """Guess all the time while every family sends its code once, at a moment of its own; the first was seen."""
    chance = Random(seed)
    now = [0.0]
    pace = Pace(lambda: now[0])
    beginnings = [at_random(chance, []) for _ in range(codes)]
    given_out = frozenset(beginnings)
    coming = sorted((chance.uniform(0, HOUR), beginning) for beginning in beginnings[1:])
    tried = waited = 0
    sent = a_minute * HOUR // 60
    for number in range(sent):
        now[0] = number * 60 / a_minute
        while coming and coming[0][0] <= now[0]:
            waited += pace.seconds_to_wait(coming.pop(0)[1]) > 0
        guess = ATTACKERS[attacker](chance, beginnings)
        # As ``submit`` does: what must wait is not tried, and what begins like no code is none.
        if not pace.seconds_to_wait(guess) and guess in given_out:
            tried += 1
            pace.was_wrong(guess)
    return Told(attacker, sent, tried, codes - 1, waited)


def main() -> None:
    """Print what every attacker gets."""
    for attacker in ATTACKERS:
        for codes in (600, 3000):
            sys.stdout.write(f"{codes:5} codes: {an_hour(attacker, codes=codes)}\n")


if __name__ == "__main__":
    main()
