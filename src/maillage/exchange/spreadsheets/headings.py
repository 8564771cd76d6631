"""From what a heading says to what it means, with how sure we are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from maillage.common.text import fold

#: For each field, the headings by which people call it, written plainly: no accent, no capital, no punctuation.
Vocabulary = Mapping[str, Sequence[str]]

CERTAIN = 1.0
EXACT = 0.9
CONTAINED = 0.85
NEAR = 0.75
# Two letters wrong in a heading of twelve; below, another word is meant.
NEAR_RATIO = 84
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


class Meaning(NamedTuple):
    """What a heading is taken for; ``confidence`` goes from 0 to 1."""

    field: str
    confidence: float


def plain(heading: str) -> str:
    """Write a heading without case, accents or punctuation."""
    return _NOT_WORD.sub(" ", fold(heading)).strip()


def meanings(heading: str, vocabulary: Vocabulary) -> list[Meaning]:
    """
    Return what a heading may mean, the surest first; nothing when no name resembles it.

    What stands in brackets is part of the name when the whole is one: « Activité (NAF) »; else it is a remark.
    """
    frozen = _frozen(vocabulary)
    whole = _meanings(plain(heading), frozen)
    if whole and whole[0].confidence >= EXACT:
        return whole
    return _meanings(plain(_BRACKETS.sub(" ", heading)), frozen) or whole


def _frozen(vocabulary: Vocabulary) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((field, tuple(names)) for field, names in vocabulary.items())


@lru_cache(maxsize=4096)
def _meanings(words: str, vocabulary: tuple[tuple[str, tuple[str, ...]], ...]) -> list[Meaning]:
    found = []
    for field, names in vocabulary if words else ():
        confidence = max(_exact(words, names), _contained(words, names), _near(words, names))
        if confidence:
            found.append(Meaning(field, round(confidence, 3)))
    return sorted(found, key=lambda meaning: -meaning.confidence)


def _exact(words: str, names: Sequence[str]) -> float:
    # The first names of a field are the ones it is most often called by.
    return CERTAIN - names.index(words) / 1000 if words in names else 0.0


def _contained(words: str, names: Sequence[str]) -> float:
    """A name inside a longer heading: « nom de l'entreprise adhérente », « tonnage annuel 2026 »."""
    padded = f" {words} "
    inside = [name for name in names if f" {name} " in padded and len(name) > 2]
    if not inside:
        return 0.0
    longest = max(len(name) for name in inside)
    return CONTAINED * (0.8 + 0.2 * longest / len(words))


def _near(words: str, names: Sequence[str]) -> float:
    """A name with a typing error."""
    if len(words) < 5:
        return 0.0
    match = process.extractOne(words, names, scorer=fuzz.ratio, score_cutoff=NEAR_RATIO)
    return NEAR * match[1] / 100 if match else 0.0
