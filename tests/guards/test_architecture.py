"""The shape of the program: imports one way, small modules, no forbidden names, and a map that is true."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "survey").rglob("*.py"))
LINES_AT_MOST = 350
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "core"}
TOP_LEVEL = {
    "survey", "translations", "migrations", "tests", "docs", "wsgi.py", "pyproject.toml", "README.md",
    "Makefile", "CHANGELOG.md", "LICENSE", "requirements.txt", "requirements-dev.txt", "babel.cfg",
}  # fmt: skip
IMPORTED_AS = {"argon2-cffi": "argon2", "pyyaml": "yaml", "tdewolff-minify": "minify"}
IMPORTED_BY_NOTHING_OF_OURS = {
    "argon2-cffi": "Flask-Security hashes passwords with it",
    "granian": "the server, which is started as a program",
}


def test_imports_keep_every_contract():
    # In a process of its own, because it sets up logging anew and would silence ours.
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_small_and_says_what_lives_in_it(module):
    text = module.read_text()

    assert len(text.splitlines()) <= LINES_AT_MOST
    assert ast.get_docstring(ast.parse(text))
    assert not NAMES_THAT_SAY_NOTHING & {module.stem, module.parent.name}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the repository")
def test_nothing_else_is_kept_at_the_top():
    kept = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")

    assert {path.partition("/")[0] for path in kept if not path.startswith(".")} - {""} <= TOP_LEVEL


def test_the_map_names_every_module_with_its_first_line():
    assert (ROOT / "docs" / "map.md").read_text() == map_of_modules(), "make map"


def test_every_dependency_is_named_with_its_reason():
    reasons = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text().lower()
    for requirement in metadata.distribution("puente").requires or []:
        name = _name(requirement)
        assert f"**{name}" in reasons, f"{name} has no reason in docs/decisions/0002-dependencies.md"


def test_every_runtime_dependency_is_imported_by_the_program():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    imported = {name for module in MODULES for name in _imported(module)}

    unused = {
        name
        for name in map(_name, project["dependencies"])
        if IMPORTED_AS.get(name, name.replace("-", "_")) not in imported
    }
    assert unused == set(IMPORTED_BY_NOTHING_OF_OURS)


def _name(requirement):
    return re.split(r"[^\w.-]", requirement.strip(), maxsplit=1)[0].lower()


def _imported(module):
    """The packages that a module imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def map_of_modules() -> str:
    """The table of contents of the program: what ``make map`` writes."""
    lines = ["# Map", "", "Every module, with the first line of its docstring. Written by `make map`.", ""]
    for module in MODULES:
        said = ast.get_docstring(ast.parse(module.read_text())) or ""
        depth = len(module.relative_to(ROOT / "survey").parts) - 1
        if module.name == "__init__.py":
            depth, name = max(depth - 1, 0), f"{module.parent.relative_to(ROOT)}/"
        else:
            name = module.name
        lines.append(f"{'  ' * depth}- `{name}`: {said.splitlines()[0] if said else ''}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "map.md").write_text(map_of_modules())
