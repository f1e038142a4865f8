"""A page that is the same for everybody but for one word: written and compressed once, filled in for each reader."""

import struct
import zlib

# A deflate stream without the header of zlib.
_RAW = -zlib.MAX_WBITS
# Deflate, no file name, no time, unknown system.
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


class Stencil:
    """A page with one place left open, which any short word fits into."""

    def __init__(self, page: bytes, open_for: bytes) -> None:
        """Leave the place open where ``open_for`` stands, which is there exactly once."""
        self._before, self._after = page.split(open_for)
        before = zlib.compressobj(9, wbits=_RAW)
        # After a full flush nothing points back: whatever follows, it can be put beside.
        self._packed_before = before.compress(self._before) + before.flush(zlib.Z_FULL_FLUSH)
        after = zlib.compressobj(9, wbits=_RAW)
        self._packed_after = after.compress(self._after) + after.flush()
        self._checked_before = zlib.crc32(self._before)

    def filled(self, word: bytes) -> bytes:
        """The page with this word."""
        return self._before + word + self._after

    def filled_and_gzipped(self, word: bytes) -> bytes:
        """The same as gzip; only the word is new, and it stands in it as it is."""
        n = len(word)
        stored = struct.pack("<BHH", 0, n, n ^ 0xFFFF) + word
        check = zlib.crc32(self._after, zlib.crc32(word, self._checked_before))
        size = len(self._before) + n + len(self._after)
        ends = struct.pack("<LL", check, size & 0xFFFFFFFF)
        return b"".join((_GZIP_HEAD, self._packed_before, stored, self._packed_after, ends))
