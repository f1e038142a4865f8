"""Translations: complete, not stale, with the same placeholders, and in the words of the glossary."""

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "translations" / "es" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")


@pytest.fixture(scope="module")
def in_code(tmp_path_factory):
    template = tmp_path_factory.mktemp("strings") / "messages.pot"
    babel = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg"]
    subprocess.run([*babel, "-k", "lazy_gettext", "-o", str(template), "."], cwd=ROOT, check=True)
    return {(e.msgctxt, e.msgid, e.msgid_plural) for e in polib.pofile(str(template))}


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUE))


def test_every_text_in_the_code_is_in_the_catalogue_and_no_other(in_code, catalogue):
    translated = {(e.msgctxt, e.msgid, e.msgid_plural) for e in catalogue if not e.obsolete}

    assert in_code - translated == set(), "not translated: run make strings"
    assert translated - in_code == set(), "no longer used: run make strings"


def test_nothing_is_untranslated_or_doubtful(catalogue):
    assert [e.msgid for e in catalogue.untranslated_entries()] == []
    assert [e.msgid for e in catalogue.fuzzy_entries()] == []


def test_a_translation_has_the_placeholders_of_its_text(catalogue):
    for entry in catalogue:
        wanted = sorted(set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural)))
        for translated in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
            assert set(PLACEHOLDER.findall(translated)) <= set(wanted), entry.msgid
        longest = entry.msgstr or entry.msgstr_plural.get(1, "")
        assert sorted(set(PLACEHOLDER.findall(longest))) == wanted, entry.msgid


def test_spanish_says_usted_and_keeps_to_the_glossary(catalogue):
    # Forms that only tú takes, and the words the glossary avoids.
    avoided = r"\b(tú|tus?|te|contigo|puedes|tienes|quieres|eres|haz|elige|clima escolar|compromiso familiar|involucramiento|saltar|brincar|hijo/a)\b"

    for entry in catalogue:
        for translated in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
            assert not re.search(avoided, translated, re.IGNORECASE), translated
