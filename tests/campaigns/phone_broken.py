"""The phone's module with one thing broken in it, which the campaign has to notice."""

import tempfile
from pathlib import Path

from survey.web import phone

# By what is missing: in which source, what stands there, and what stands there instead.
BROKEN = {
    "the check of the receipt": (
        (
            "outbox.js",
            "return { ...judged(survey, response, JSON.parse(await response.text())), reached };",
            """const page = '<div class="got"><h1>Received</h1></div>' + (await response.text());
            return response.ok ? { outcome: "received", page, reached } : { outcome: "waiting", reached };""",
        ),
    ),
    "one key for every try": (
        (
            "outbox.js",
            "body: survey.body,",
            'body: survey.body.replace(/key=[^&]*/, "key=" + crypto.randomUUID()),',
        ),
        ("outbox.js", "told.key !== survey.key ||", ""),
    ),
    "keeping what is sealed": (
        ("outbox.js", "write(name, JSON.stringify(kept))", "true"),
        ("outbox.js", "held.delete(survey.key);\n  eraseDraftsOf", "eraseDraftsOf"),
    ),
    "erasing after the receipt": (("outbox.js", "erase(SEALED + key);", "held.delete(key);"),),
    "the draft": (("drafts.js", "return write(nameOfDraft(draft), JSON.stringify(draft));", "return true;"),),
}


def without(what: str) -> bytes:
    """The module without this."""
    with tempfile.TemporaryDirectory() as folder:
        for source in phone.SOURCES.glob("*.js"):
            text = source.read_text(encoding="utf-8")
            for name, old, new in BROKEN[what]:
                if name == source.name:
                    if old not in text:
                        raise LookupError(f"{name} has changed: what breaks it no longer finds {old}")
                    text = text.replace(old, new)
            (Path(folder) / source.name).write_text(text, encoding="utf-8")
        return phone.joined(Path(folder)).encode()
