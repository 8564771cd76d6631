"""Words as the engine compares them: folded, without stop words, reduced to their stem."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

from maillage.engine.knowledge import stop_words

# A word that only sizes a thing ("80x120", "33t") says nothing of what it is.
_WORD = re.compile(r"[a-z]{2,}(?:[0-9]+[a-z0-9]*)?")
_stemmer = Stemmer.Stemmer("french")
_ALONE = {"œ": "o", "æ": "a", "’": "'", "\xa0": " ", "\u202f": " ", "–": "-", "—": "-", "×": "x"}


def fold(text: str) -> str:
    """Return the text in lower case without accents, each character in its place, so that offsets hold in both."""
    return "".join(map(_bare, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    lowered = character.casefold()
    if lowered in _ALONE:
        return _ALONE[lowered]
    parts = [part for part in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(part)]
    return parts[0] if len(parts) == 1 else character


def words(text: str) -> list[str]:
    """Return the telling words of a text, in order, folded."""
    return [word for word, _spelled in spelled(text)]


def spelled(text: str) -> list[tuple[str, str]]:
    """Return the telling words of a text, in order, each folded and as it is written."""
    written = unicodedata.normalize("NFC", text)
    found = _WORD.finditer(fold(written))
    return [(match[0], written[match.start() : match.end()]) for match in found if match[0] not in stop_words()]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a folded word (Snowball, French; it also takes the plural off English words)."""
    return str(_stemmer.stemWord(word))


def stems(text: str) -> dict[str, str]:
    """Return the stems of a text, each with the word it was first met as, in lower case."""
    found: dict[str, str] = {}
    for word, written in spelled(text):
        found.setdefault(stem(word), written.lower())
    return found
