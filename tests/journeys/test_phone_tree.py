"""A whole survey from the accessibility tree alone: what a screen reader is told is enough to answer, check and send it."""

import re
from dataclasses import dataclass

import pytest
import states
import walking

from survey import catalogue

pytestmark = pytest.mark.browser

CHOICES = ("radio", "checkbox")
COMMENT = "Más zanahorias"


@dataclass(frozen=True)
class Node:
    """What a screen reader is told of one thing on the page, in the order in which it is told."""

    role: str
    name: str
    states: dict
    description: str
    inside: tuple
    backend: int


class Reader:
    """Somebody who has only the tree: reads it, and presses or fills what is in it."""

    def __init__(self, page):
        self._cdp = page.context.new_cdp_session(page)
        self._cdp.send("Accessibility.enable")

    def nodes(self):
        """Everything that is told, in order."""
        told = {n["nodeId"]: n for n in self._cdp.send("Accessibility.getFullAXTree")["nodes"]}
        root = next(n for n in told.values() if n["role"]["value"] == "RootWebArea")
        return list(self._below(root, told, ()))

    def one(self, role, name):
        """The only thing of this role and name; it is waited for."""
        for _ in range(300):
            found = [n for n in self.nodes() if n.role == role and re.fullmatch(name, n.name)]
            if len(found) == 1:
                return found[0]
            self._cdp.send("Runtime.evaluate", {"expression": PAUSE, "awaitPromise": True})
        raise AssertionError(f"{role} {name!r}: {[(n.role, n.name) for n in self.nodes()]}")

    def focused(self):
        """What has the focus."""
        return next(n for n in reversed(self.nodes()) if n.states.get("focused"))

    def press(self, node):
        """What a screen reader does when its user presses this."""
        self._call(node, "function() { this.click() }")

    def fill(self, node, text):
        """Type into a field."""
        self._call(node, "function() { this.focus() }")
        self._cdp.send("Input.insertText", {"text": text})

    def _call(self, node, function):
        found = self._cdp.send("DOM.resolveNode", {"backendNodeId": node.backend})["object"]["objectId"]
        self._cdp.send("Runtime.callFunctionOn", {"objectId": found, "functionDeclaration": function})

    def _below(self, node, told, inside):
        states = {p["name"]: p["value"].get("value") for p in node.get("properties", [])}
        spoken = Node(
            node.get("role", {}).get("value", ""),
            " ".join(node.get("name", {}).get("value", "").split()),
            states,
            " ".join(node.get("description", {}).get("value", "").split()),
            inside,
            node.get("backendDOMNodeId", 0),
        )
        if not node["ignored"]:
            yield spoken
        for child in node.get("childIds", ()):
            if child in told:
                yield from self._below(told[child], told, inside if node["ignored"] else (*inside, spoken))


PAUSE = "new Promise(done => setTimeout(done, 100))"


@pytest.fixture
def district(sqlite_database):
    with states.a_district(sqlite_database) as district:
        yield district


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_whole_survey_is_answered_checked_and_sent_from_the_tree_alone(browser, district, language):
    words = walking.WORDS[language]
    asked = catalogue.load(None).instruments["engagement"]
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{district.address}/s/los-robles/engagement?l={language}")
    reader = Reader(page)
    answers = {}

    assert reader.one("heading", re.escape(asked.title[language])).states["level"] == 1
    reader.press(reader.one("link", words["start"]))
    for section in asked.sections:
        title = reader.one("heading", f".*{re.escape(section.title[language])}")
        assert title.states["level"] == 1
        assert reader.focused().name == title.name
        told = questions(reader.nodes())
        assert [name for name, _, _ in told] == numbered(asked, section, language)
        for item, (name, role, fields) in zip(section.items, told, strict=True):
            if role == "textbox":
                assert fields[0].description == item.hint[language]
                reader.fill(fields[0], COMMENT)
                answers[name] = COMMENT
                continue
            options = [option.text[language] for option in item.options]
            assert [field.name for field in fields] == options
            assert {field.role for field in fields} == {role}
            assert not any(field.states["checked"] == "true" for field in fields)
            reader.press(fields[len(answers) % len(options)])
            answers[name] = options[len(answers) % len(options)]
        assert checked(reader.nodes()) == [answers[n] for n, role, _ in told if role != "textbox"]
        on = words["review"] if section is asked.sections[-1] else words["next"]
        reader.press(reader.one("button", on))
    reviewed = [n.name for n in reader.nodes() if n.role == "StaticText"]
    reader.press(reader.one("button", words["send"]))
    reader.one("heading", words["received"])
    focused = reader.focused()
    context.close()

    assert [text for text in reviewed if text in answers] == list(answers)
    assert all(reviewed[reviewed.index(question) + 1] == answer for question, answer in answers.items())
    assert (focused.role, focused.name) == ("heading", words["received"])
    ((spoken, arrived),) = states.stored(district, "fall engagement")
    assert spoken == language
    assert texts(asked, arrived, language) == set(answers.values())


def questions(nodes):
    """The questions that are told: the name, the role of what answers it, and those fields."""
    found = []
    for node in nodes:
        if node.role in ("group", "radiogroup") and re.match(r"\d+\. ", node.name):
            fields = [n for n in nodes if node in n.inside and n.role in CHOICES]
            found.append((node.name, fields[0].role, fields))
        elif node.role == "textbox":
            found.append((node.name, "textbox", [node]))
    return found


def numbered(asked, section, language):
    """The questions of a section as they are read, with their numbers."""
    numbers = {item.id: number for number, item in enumerate(asked.items(), 1)}
    return [f"{numbers[item.id]}. {item.text[language]}" for item in section.items]


def checked(nodes):
    """What is told to be chosen, in order."""
    return [n.name for n in nodes if n.role in CHOICES and n.states["checked"] == "true"]


def texts(asked, arrived, language):
    """What was stored, in words."""
    words = {
        (item.id, option.code): option.text[language] for item in asked.items() for option in item.options
    }
    return {words.get((item, code), code) for item, code in arrived}
