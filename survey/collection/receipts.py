"""What only this installation can have made: the receipt of a stored response, and the token of a page it served."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID


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


def start_token(secret: str, window_id: int) -> str:
    """What a page of an open window carries; whoever holds it began while the window was open.

    It is the same for every family of the window, so it tells nothing about who sends it back.
    """
    return _mac(secret, "start", str(window_id))


def has_started(secret: str, window_id: int, token: str) -> bool:
    """Whether this is the start token of the window; any string may be asked about."""
    expected = start_token(secret, window_id)
    return hmac.compare_digest(expected.encode(), token.encode(errors="replace"))


def import_key(secret: str, window_id: int, response_id: str) -> UUID:
    """The key of an imported response, always the same for its id; it looks like any random key."""
    digest = hmac.digest(secret.encode(), _joined("import", str(window_id), response_id), sha256)
    return UUID(bytes=digest[:16], version=4)


def _mac(secret: str, *parts: str) -> str:
    return hmac.digest(secret.encode(), _joined(*parts), sha256).hex()


def _joined(*parts: str) -> bytes:
    # The lengths keep two lists of parts from giving the same bytes.
    return b"".join(b"%d:%s" % (len(part), part) for part in (part.encode() for part in parts))
