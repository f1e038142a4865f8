"""Reads an HTML page as a browser's accessibility tree would, and says what is wrong with it."""

from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
FIELDS = {"input", "select", "textarea"}


class Page(HTMLParser):
    """A parsed page: its elements with their ancestors, and the text in each."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.html = html
        self.elements = []
        self._open = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag == "li" and self._open and self._open[-1].tag == "li":
            self._open.pop()
        element = Element(tag, dict(attributes), tuple(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, text):
        for element in self._open:
            element.text += text

    def all(self, tag, **attributes):
        """The elements of this tag that have these attributes."""
        return [e for e in self.elements if e.tag == tag and attributes.items() <= e.attributes.items()]

    def one(self, tag, **attributes):
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def values(self):
        """What the page's form would send for its fields, hidden ones too, if Send were pressed."""
        sent = []
        for e in self.elements:
            name, kind = e.attributes.get("name"), e.attributes.get("type")
            if e.tag == "textarea":
                # A browser drops the one line end that follows the tag.
                sent.append((name, e.text.removeprefix("\n")))
            elif (
                e.tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in e.attributes)
            ):
                sent.append((name, e.attributes.get("value", "on")))
        return sent

    def faults(self, language=None):
        """Everything that a reader of the page would stumble over."""
        yield from self._frame(language)
        ids = Counter(e.attributes["id"] for e in self.elements if "id" in e.attributes)
        yield from (f"id {name} is there {times} times" for name, times in ids.items() if times > 1)
        for e in self.elements:
            for name in ("aria-describedby", "aria-labelledby", "for", "form"):
                for target in (e.attributes.get(name) or "").split():
                    if target not in ids:
                        yield f"{e} points at {target}, which is not there"
            href = e.attributes.get("href") or ""
            if href.startswith("#") and href[1:] not in ids:
                yield f"{e} leads to {href}, which is not there"
            if e.tag in ("a", "button") and not e.text.strip() and "hidden" not in e.attributes:
                yield f"{e} has no words"
            if e.tag in FIELDS and e.attributes.get("type") != "hidden":
                yield from self._field(e)

    def _frame(self, language):
        if not self.html.lstrip().lower().startswith("<!doctype html>"):
            yield "no doctype"
        spoken = self.one("html").attributes.get("lang")
        if spoken not in ("en", "es") or (language and spoken != language):
            yield f"the page says its language is {spoken}"
        if len(self.all("h1")) != 1 or not self.all("h1")[0].text.strip():
            yield f"{len(self.all('h1'))} h1"
        if len(self.all("title")) != 1 or not self.all("title")[0].text.strip():
            yield "no title"
        for e in self.elements:
            if any(name.startswith("on") for name in e.attributes) or "style" in e.attributes:
                yield f"{e} has a script or a style in an attribute"
            if e.tag in ("script", "img", "link", "iframe") and "://" in str(e.attributes):
                yield f"{e} comes from elsewhere"

    def _field(self, e):
        labels = [label for label in self.all("label", **{"for": e.attributes.get("id", "?")}) if label.text]
        around = [a for a in e.around if a.tag == "label" and a.text.strip()]
        if len(labels) + len(around) != 1:
            yield f"{e} has {len(labels) + len(around)} labels"
        if e.attributes.get("type") in ("radio", "checkbox"):
            groups = [a for a in e.around if a.tag == "fieldset"]
            legends = [x for x in self.all("legend") if groups and groups[-1] in x.around and x.text.strip()]
            if len(groups) != 1 or len(legends) != 1:
                yield f"{e} is in {len(groups)} fieldsets with {len(legends)} legends"


class Element:
    """One element."""

    def __init__(self, tag, attributes, around):
        self.tag = tag
        self.attributes = attributes
        self.around = around
        self.text = ""

    def __repr__(self):
        words = " ".join(f'{k}="{v}"' for k, v in self.attributes.items())
        return f"<{self.tag} {words}>"


def read(html, language=None):
    """The page, if nothing is wrong with it."""
    page = Page(html)
    assert list(page.faults(language)) == []
    return page
