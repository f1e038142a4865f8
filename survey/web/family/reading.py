"""What a phone posted, taken apart: the page's own fields, and the answers, which nobody has judged yet."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from flask import Request, abort, g

from survey.web.services import services

# A survey with two full comments of letters that take twelve bytes each on the wire is 30,000 bytes.
LONGEST_BODY = 200_000
MOST_FIELDS = 2_000


@dataclass(frozen=True, slots=True)
class Posted:
    """One survey as it arrived; ``key`` is None where it was none that a page of ours makes.

    ``window_id`` and ``token`` tell which page it was written on. ``another`` says that the page had
    asked whether this is another person's survey. ``without_code`` says that the code, if any, was
    given up. A letter that could not be read is in ``answers`` as a surrogate, which is a fault there.
    """

    key: UUID | None
    window_id: int
    token: str
    language: str
    switch_to: str
    clear: str
    stay: bool
    another: bool
    is_whole: bool
    without_code: bool
    typed_code: str = field(repr=False)
    answers: dict[str, list[str]] = field(repr=False)

    @property
    def is_sent(self) -> bool:
        """Whether Send was pressed, and not one of the buttons that show the page again."""
        return not (self.stay or self.switch_to or self.clear)

    @property
    def code(self) -> str | None:
        """The household code it is sent with, as it was typed; None where there is none."""
        return None if self.without_code else self.typed_code.strip() or None


def refuse_foreign(request: Request) -> None:
    """Refuse, with 403, a post that a page of another site made a browser send."""
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from == "same-origin":
        # The browser knows; behind a proxy that renames the host, comparing names would refuse every family.
        return
    origin = request.headers.get("Origin", "null")
    ours = {request.host, urlsplit(services().settings.public_url).netloc}
    if fetched_from == "cross-site" or (origin != "null" and _host_of(origin) not in ours):
        abort(403)


def read(request: Request) -> Posted:
    """Take the body apart; 413 or 415 where it can not be one of ours."""
    if request.mimetype != "application/x-www-form-urlencoded":
        abort(415)
    request.max_content_length = LONGEST_BODY
    body = request.get_data(cache=False)
    if body.count(b"&") > MOST_FIELDS:
        abort(413)
    text = body.decode(errors="surrogateescape")
    pairs = parse_qsl(text, keep_blank_values=True, errors="surrogateescape")
    # Should anything of ours fail from here on, this is what the family must not lose.
    g.posted = pairs
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    own = {name: fields.pop(name, [""]) for name in _OWN}
    is_whole = own["end"] == ["1"]
    window, _, token = own["w"][0].partition(".")
    return Posted(
        key=_key(own["key"]),
        window_id=int(window) if re.fullmatch("[0-9]{1,9}", window) else 0,
        token=token,
        language=own["l"][0],
        switch_to=own["lang"][0],
        clear=own["clear"][0],
        stay=own["stay"][0] == "1",
        another=own["another"][0] == "1",
        is_whole=is_whole,
        without_code=own["open"][0] == "1",
        typed_code=own["code"][0],
        answers=fields,
    )


def readable(text: str) -> str:
    """The text as a page can show it: without the letters that could not be read."""
    return text.encode(errors="ignore").decode()


_OWN = ("key", "w", "l", "lang", "clear", "stay", "another", "end", "code", "open")


def _host_of(origin: str) -> str | None:
    """The host of an origin, with its port; None where none can be read."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _key(values: list[str]) -> UUID | None:
    """A random key, as every page of ours makes them; no other kind, since some tell the time."""
    if len(values) != 1 or not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", values[0]):
        return None
    key = UUID(values[0])
    return key if key.version == 4 else None
