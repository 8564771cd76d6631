"""Cards made ready to be compared: their stems and what each weighs, their concepts, their quantity by the year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from typing import NamedTuple

from maillage.engine import knowledge
from maillage.engine.items import Item
from maillage.engine.words import stem, stems, words

_TIMES_A_YEAR = {"DAY": 230.0, "WEEK": 47.0, "MONTH": 12.0, "YEAR": 1.0, "ONCE": 1.0, "": 1.0}
_SAME_MEASURE = {"kg": ("t", 0.001), "kWh": ("MWh", 0.001), "L": ("m3", 0.001), "pallet": ("unit", 1.0)}


class Named(NamedTuple):
    """A concept as a text names it: the term of the table, and the words of the text."""

    term: str
    said: str


@dataclass(frozen=True, slots=True)
class Card:
    """An item as the criteria read it. ``weights`` of the stems make a vector of length one."""

    item: Item
    stems: Mapping[str, str]
    weights: Mapping[str, float]
    concepts: Mapping[str, Named]
    # Concepts of the activity, for routes only: a need said by a biogas plant is a need of digestion.
    activity_concepts: Mapping[str, Named]
    measure: str
    per_year: float | None


def prepare(items: Iterable[Item]) -> list[Card]:
    """Make cards of items, in the order of their keys; a rare word weighs more than a common one (IDF)."""
    ordered = sorted(items, key=lambda item: item.key)
    said = [stems(item.text) for item in ordered]
    frequencies = Counter(one for found in said for one in found)
    return [_card(item, found, frequencies, len(ordered)) for item, found in zip(ordered, said, strict=True)]


def _card(item: Item, found: dict[str, str], frequencies: Counter[str], total: int) -> Card:
    raw = {one: log(1 + total / frequencies[one]) for one in found}
    length = sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    measure, factor = _SAME_MEASURE.get(item.unit, (item.unit, 1.0))
    per_year = None if item.quantity is None else item.quantity * factor * _TIMES_A_YEAR.get(item.period, 1.0)
    return Card(
        item=item,
        stems=found,
        weights={one: weight / length for one, weight in raw.items()},
        concepts=concepts_of(item.text),
        activity_concepts=concepts_of(item.activity),
        measure=measure,
        per_year=per_year,
    )


@lru_cache(maxsize=65536)
def concepts_of(text: str) -> Mapping[str, Named]:
    """Return the concepts a text names, each by the longest term that names it."""
    present = stems(text)
    found: dict[str, Named] = {}
    for one in sorted(present):
        for concept, term, needed in _terms().get(one, ()):
            known = found.get(concept)
            if needed <= present.keys() and (known is None or len(term) > len(known.term)):
                found[concept] = Named(term, " ".join(word for one, word in present.items() if one in needed))
    return found


@lru_cache(maxsize=1)
def _terms() -> Mapping[str, list[tuple[str, str, frozenset[str]]]]:
    """The terms of all concepts by each of their stems."""
    by_stem: dict[str, list[tuple[str, str, frozenset[str]]]] = defaultdict(list)
    for concept, terms in knowledge.concepts().items():
        for term in terms:
            needed = frozenset(stem(word) for word in words(term))
            for one in needed:
                by_stem[one].append((concept, term, needed))
    return by_stem
