import gzip
import json
import re
from pathlib import Path

import builders_family as built
import pytest

from survey.web import phone

LIMIT = 12_000
TEMPLATES = Path(phone.__file__).parent / "family" / "templates" / "family"
TOP_LEVEL = re.compile(r"^(?:async )?(?:function|const|let|class) +([\w$]+)", re.MULTILINE)


@pytest.fixture
def family(sqlite_database):
    with built.a_family(built.settings_of(sqlite_database)) as family:
        yield family


def test_the_module_is_at_most_12_000_bytes():
    pytest.importorskip("minify", reason="no build of tdewolff-minify for this machine")

    assert len(phone.module().gzipped) <= LIMIT


def test_no_source_is_longer_than_250_lines_and_each_says_first_what_lives_there():
    for source in _sources():
        lines = source.read_text().splitlines()

        assert len(lines) <= 250, source.name
        assert lines[0].startswith("// "), source.name


def test_every_source_is_part_of_the_module():
    joined = phone.joined(phone.SOURCES)

    for source in _sources():
        assert source.read_text().splitlines()[0] in joined, source.name


def test_no_two_sources_give_the_same_name():
    names = TOP_LEVEL.findall(phone.joined(phone.SOURCES))

    assert sorted(names) == sorted(set(names))


def test_everything_that_is_imported_is_exported_there_and_used():
    for source in _sources():
        text = source.read_text()
        for names, other in re.findall(r'^import \{([^}]*)\} from "\./(\w+\.js)";', text, re.MULTILINE):
            exported = set(
                re.findall(
                    r"^export (?:async )?(?:function|const|let|class) (\w+)",
                    (phone.SOURCES / other).read_text(),
                    re.MULTILINE,
                )
            )
            for name in (name.strip() for name in names.split(",") if name.strip()):
                assert name in exported, f"{source.name}: {name}"
                assert len(re.findall(rf"\b{name}\b", text)) > 1, f"{source.name}: {name}"


def test_a_source_comes_once_and_after_what_it_needs(tmp_path):
    (tmp_path / "main.js").write_text('import { a } from "./a.js";\nimport { b } from "./b.js";\na(b);\n')
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\n\nexport const a = b;\n')
    (tmp_path / "b.js").write_text("export function b() {}\n")

    joined = phone.joined(tmp_path)

    assert [line for line in joined.splitlines() if line] == ["function b() {}", "const a = b;", "a(b);"]


@pytest.mark.parametrize(
    "line", ['import * as a from "./a.js";', "export default 1;", 'import "./a.js";', "export { a };"]
)
def test_a_form_that_can_not_be_joined_is_refused(tmp_path, line):
    (tmp_path / "a.js").write_text("")
    (tmp_path / "main.js").write_text(f"{line}\n")

    with pytest.raises(ValueError, match=r"main\.js"):
        phone.joined(tmp_path)


def test_the_module_may_be_kept_for_a_year_under_its_own_digest_only(family):
    browser = family.app.test_client()
    address = re.search(r'src="(/phone\.js\?[0-9a-f]+)"', family.get().text)[1]

    kept = browser.get(address, headers={"Accept-Encoding": "gzip"})
    other = browser.get("/phone.js?0123456789abcdef")

    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.mimetype == other.mimetype == "text/javascript"
    assert gzip.decompress(kept.data) == other.data
    assert other.headers["Cache-Control"] == "no-cache"
    assert kept.headers["Vary"] == other.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in kept.headers


@pytest.mark.parametrize("path", ["/s", "/s/los-robles", "/s/los-robles/privacy", "/s/los-robles/small"])
def test_every_page_has_the_module_its_words_and_a_policy_that_lets_it_work(family, path):
    response = family.get(path)

    words = json.loads(response.page.one("script", id="words").text)
    policy = response.headers["Content-Security-Policy"]
    assert all(words.values())
    assert response.page.one("script", type="module").attributes["src"].startswith("/phone.js?")
    for rule in ("script-src 'self';", "connect-src 'self';", "worker-src 'self';"):
        assert rule in policy


def test_the_module_asks_for_the_words_that_pages_bring_and_for_no_others():
    module = phone.joined(phone.SOURCES)
    asked = {
        literal
        for told in re.findall(r"\bword\(((?:[^()]|\([^()]*\))*)\)", module)
        for literal in re.findall(r'"(\w+)"', re.sub(r"[!=]==? *\"\w+\"", "", told))
    }
    brought = set(re.findall(r"^  (\w+)=", (TEMPLATES / "words.html").read_text(), re.MULTILINE))

    assert asked - brought == set()
    assert [name for name in sorted(brought) if f'"{name}"' not in module] == []


def test_words_can_not_end_the_element_they_stand_in():
    island = phone.island({"a": "</script><b>ñ"})

    assert "<" not in island
    assert json.loads(island) == {"a": "</script><b>ñ"}


def _sources():
    """The module's sources, of which there are some."""
    found = sorted(phone.SOURCES.glob("*.js"))
    assert found
    return found
