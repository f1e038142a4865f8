"""What only this installation can have made: the receipt of a stored response, and the token of a page it served."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

# How a family came to its page: by a link, or on a device that somebody of the school handed over.
LINK, KIOSK = "link", "kiosk"


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a response is stored: its key, window and site, signed. It says nothing about the answers."""

    key: UUID
    window: str
    site: str
    signature: str


def sign(secret: str, key: UUID, window: str, site: str) -> Receipt:
    """The receipt for a response that is stored; the same response always has the same one."""
    return Receipt(key, window, site, _mac(secret, "receipt", str(key), window, site))


def is_genuine(secret: str, receipt: Receipt) -> bool:
    """Whether this installation signed it.

    No page asks; drills of crashes and restores do, to know which responses were promised to be stored.
    """
    expected = sign(secret, receipt.key, receipt.window, receipt.site)
    return hmac.compare_digest(expected.signature.encode(), receipt.signature.encode())


def start_token(secret: str, window_id: int, channel: str = LINK) -> str:
    """What a page of an open window carries; whoever holds it began while the window was open.

    It is the same for every family that comes by this channel, so it tells nothing about who sends it back.
    """
    # Pages that are out in the world by link carry the token that is signed for no channel.
    return _mac(secret, "start", str(window_id), *(() if channel == LINK else (channel,)))


def served(secret: str, window_id: int, channel: str = LINK) -> str:
    """What stands in the field ``w`` of a page that is served for this channel: the window, and its start token."""
    between = "." if channel == LINK else f".{channel}."
    return f"{window_id}{between}{start_token(secret, window_id, channel)}"


def channel_of(secret: str, window_id: int, token: str) -> str | None:
    """By which channel a page came, from all that follows the window in its ``w``; None where no page has it.

    Any string may be asked about.
    """
    named, dot, signed = token.rpartition(".")
    if dot and named != KIOSK:
        return None
    channel = KIOSK if dot else LINK
    expected = start_token(secret, window_id, channel)
    return channel if hmac.compare_digest(expected.encode(), signed.encode(errors="replace")) else None


def has_started(secret: str, window_id: int, token: str) -> bool:
    """Whether this is a start token of the window, by whatever channel; any string may be asked about."""
    return channel_of(secret, window_id, token) is not None


def import_key(secret: str, window_id: int, response_id: str) -> UUID:
    """The key of an imported response, always the same for its id; it looks like any random key."""
    digest = hmac.digest(secret.encode(), _joined("import", str(window_id), response_id), sha256)
    return UUID(bytes=digest[:16], version=4)


def _mac(secret: str, *parts: str) -> str:
    return hmac.digest(secret.encode(), _joined(*parts), sha256).hex()


def _joined(*parts: str) -> bytes:
    # The lengths keep two lists of parts from giving the same bytes.
    return b"".join(b"%d:%s" % (len(part), part) for part in (part.encode() for part in parts))
