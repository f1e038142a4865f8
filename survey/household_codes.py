"""Household codes: how one is made, shown, read from what somebody typed, and kept without being readable."""

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

# Neither 0 and O, nor 1, I and L, which look alike in print and by hand. A prime number of characters,
# so that the weighted sum tells every single slip and every two characters exchanged.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RANDOM = 9
LENGTH = RANDOM + 1
GROUP = 5
# A guess at random meets the first characters of some code seldom, and only then could it be one.
PREFIX = 4


class Slip(StrEnum):
    """Why what was typed can not be a code."""

    CHARACTERS = "characters"
    LENGTH = "length"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: a code as it is kept, or the slip in it; ``unused`` are characters that no code has.

    ``count`` is how many characters there were, spaces and dashes aside.
    """

    code: str | None
    slip: Slip | None = None
    unused: str = ""
    count: int = 0


def new() -> str:
    """A code that nobody can guess (44 bits), with its check character."""
    characters = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return characters + check_character(characters)


def check_character(characters: str) -> str:
    """The last character of a code, which follows from all before it."""
    values = (ALPHABET.index(character) for character in characters)
    return ALPHABET[sum(place * value for place, value in enumerate(values, 1)) % len(ALPHABET)]


def shown(code: str) -> str:
    """A code as it is printed and read aloud: K7QF2-MXRAE."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read(typed: str) -> Typed:
    """The code that was meant, in small letters or with spaces and dashes anywhere, or what is wrong with it."""
    # Wide letters and other spellings of the same ones, as some keyboards give them.
    plain = unicodedata.normalize("NFKC", typed).upper()
    characters = "".join(each for each in plain if unicodedata.category(each) not in _BETWEEN)
    unused = "".join(dict.fromkeys(each for each in characters if each not in ALPHABET))
    count = len(characters)
    if unused:
        return Typed(None, Slip.CHARACTERS, unused[:LENGTH], count)
    if count != LENGTH:
        return Typed(None, Slip.LENGTH, count=count)
    if check_character(characters[:RANDOM]) != characters[RANDOM]:
        return Typed(None, Slip.CHECK, count=count)
    return Typed(characters, count=count)


def digest(secret: str, window_id: int, site_id: int, code: str) -> str:
    """What is kept of a code: nobody without the secret can tell the code from it, or try codes against it.

    It begins with what ``prefix_digest`` gives, so that codes can be found by how they begin.
    """
    whole = _mac(secret, window_id, site_id, code)
    return prefix_digest(secret, window_id, site_id, code) + whole[_PREFIX_DIGITS:]


def prefix_digest(secret: str, window_id: int, site_id: int, code: str) -> str:
    """What the digests of all codes begin with that begin like this one, at this site in this window."""
    return _mac(secret, window_id, site_id, code[:PREFIX])[:_PREFIX_DIGITS]


# Of the 64 digits of a digest, how many stand for the beginning of the code.
_PREFIX_DIGITS = 16
# Spaces, dashes of every kind, line ends and marks that are not seen: a code is often pasted with some.
_BETWEEN = frozenset(("Zs", "Zl", "Zp", "Pd", "Pc", "Cc", "Cf"))


def _mac(secret: str, window_id: int, site_id: int, code: str) -> str:
    return hmac.digest(secret.encode(), f"code:{window_id}:{site_id}:{code}".encode(), sha256).hex()
