"""A page that is the same for everybody but for one word: written and compressed once, filled in for each reader."""

import hashlib
import struct
import zlib

import brotli

# A deflate stream without the header of zlib.
_RAW = -zlib.MAX_WBITS
# Deflate, no file name, no time, unknown system.
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
# Brotli looks back two bytes to tell what comes next: these of the page go with the word, so that they never change.
_LOOKED_BACK = 2


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
        self._open_for = len(open_for)
        self._brotlied: tuple[bytes, bytes] | None = None

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

    def filled_and_brotlied(self, word: bytes) -> bytes | None:
        """The same as Brotli, a fifth smaller; None for a word of another length than the one it was left open for."""
        if len(word) != self._open_for:
            return None
        if self._brotlied is None:
            self._brotlied = _brotlied(self._before, self._after, self._open_for)
        before, after = self._brotlied
        return before + word + after if before else None


def _brotlied(before: bytes, after: bytes, length: int) -> tuple[bytes, bytes]:
    """What stands before and after a word of this length, which stands in the stream as it is; nothing if it can not.

    Bytes without any order are not compressed, and nothing after them points back into them. Both
    are what the encoder does and no promise of its, so the stream is tried with another word.
    """
    stand_in = hashlib.shake_128(before).digest(length)
    # A tenth smaller than quality 9, in three times the time, which is spent once for a page.
    encoder = brotli.Compressor(mode=brotli.MODE_TEXT, quality=11)
    head = encoder.process(before) + encoder.flush()
    word = encoder.process(stand_in + after[:_LOOKED_BACK]) + encoder.flush()
    tail = encoder.process(after[_LOOKED_BACK:]) + encoder.finish()
    if word.count(stand_in) != 1:
        return b"", b""
    first, last = word.split(stand_in)
    packed = head + first, last + tail
    other = bytes(length)
    try:
        is_right = brotli.decompress(packed[0] + other + packed[1]) == before + other + after
    except brotli.error:
        is_right = False
    return packed if is_right else (b"", b"")
