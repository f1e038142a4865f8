"""Scripts for phones, made as small as can be: without comments and indents, with short names inside, and compressed."""

import gzip
from dataclasses import dataclass
from hashlib import sha256

import brotli
import rjsmin
from flask import Response, request

try:
    import minify
except (
    ImportError
):  # There is no build of it for Apple's processors: there a script is a fifth larger, and the same.
    minify = None


@dataclass(frozen=True, slots=True)
class Script:
    """A script as it is sent, by the compression that a browser asks for."""

    text: bytes
    gzipped: bytes
    brotlied: bytes

    @property
    def digest(self) -> str:
        """What tells it apart from every other."""
        return sha256(self.text).hexdigest()[:16]

    def answer(self) -> Response:
        """The answer that holds it, in the smallest way that the browser can unpack."""
        response = Response(mimetype="text/javascript")
        response.headers["Vary"] = "Accept-Encoding"
        for encoding, packed in (("br", self.brotlied), ("gzip", self.gzipped)):
            if request.accept_encodings[encoding]:
                response.headers["Content-Encoding"] = encoding
                response.set_data(packed)
                return response
        response.set_data(self.text)
        return response


def script(source: str) -> Script:
    """The same script, smaller. Nothing in it may be meant for another script: its names are its own."""
    if minify is None:
        text = str(rjsmin.jsmin(source)).encode()
    else:
        # Inside a function every name may be shortened; outside of one, another script could know it.
        text = str(minify.string("text/javascript", f"(()=>{{{source}\n}})()")).encode()
    return Script(text, gzip.compress(text, 9, mtime=0), brotli.compress(text, mode=brotli.MODE_TEXT))
