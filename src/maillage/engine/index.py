"""Find which cards can have something to say to a card, without looking at all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from maillage.engine import knowledge
from maillage.engine.cards import Card
from maillage.engine.criteria import (
    CATEGORY_POINTS,
    CODE_POINTS,
    QUANTITY_POINTS,
    SHORTEST_MISSPELT,
    SPELLING_POINTS,
    SYNONYM_POINTS,
    WORDS_POINTS,
    distance_km,
    nearly_same,
    nearness_points,
)

_FACES = {"OFFER": "NEED", "NEED": "OFFER", "POOL": "POOL"}
# What the other criteria of context can add; sums taken in another order differ in their last digits.
_MOST_ELSE = CATEGORY_POINTS + QUANTITY_POINTS + 1e-6


class Index:
    """An inverted index of cards: by stem, by concept, by waste code, on each side."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self._cards = cards
        self._stems: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
        self._keys: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for number, card in enumerate(cards):
            side = card.item.side
            for stem, weight in card.weights.items():
                self._stems[side, stem].append((number, weight))
            for kind, key in _keys(card):
                self._keys[side, kind, key].append(number)
        self._near = _near({stem for _side, stem in self._stems})

    def partners(self, card: Card) -> list[tuple[float, Card]]:
        """Return the cards that content may pair with this one, after the most points the pair can have, best first."""
        bounds: dict[int, float] = defaultdict(float)
        facing = _FACES[card.item.side]
        for stem, weight in card.weights.items():
            for number, other in self._stems.get((facing, stem), ()):
                bounds[number] += WORDS_POINTS * weight * other
            for near in self._near.get(stem, ()):
                for number, other in self._stems.get((facing, near), ()):
                    bounds[number] += SPELLING_POINTS * weight * other
        for kind, key, points in _sought(card):
            for number in self._keys.get((facing, kind, key), ()):
                bounds[number] += points
        company = card.item.company
        found = [
            (bound + _MOST_ELSE + nearness_points(distance_km(card, self._cards[number])), self._cards[number])
            for number, bound in bounds.items()
            if self._cards[number].item.company != company
        ]
        return sorted(found, key=lambda pair: (-pair[0], pair[1].item.key))


def _keys(card: Card) -> Iterable[tuple[str, str]]:
    """What a card is filed under, beside its stems."""
    yield from (("concept", concept) for concept in card.concepts)
    yield from (("activity", concept) for concept in card.activity_concepts)
    if card.item.waste_code:
        yield "code", card.item.waste_code


def _sought(card: Card) -> Iterable[tuple[str, str, float]]:
    """What a card looks for under the other side's keys, and the points each may give."""
    yield from (("concept", concept, SYNONYM_POINTS) for concept in card.concepts)
    if card.item.waste_code:
        yield "code", card.item.waste_code, CODE_POINTS
    for (source, target), route in knowledge.routes().items():
        if card.item.side != "NEED" and source in card.concepts:
            yield "concept", target, route.points
            yield "activity", target, route.points
        if card.item.side != "OFFER" and (target in card.concepts or target in card.activity_concepts):
            yield "concept", source, route.points


def _near(stems: set[str]) -> Mapping[str, list[str]]:
    """Pair the stems that are nearly the same; only those with the same first letter can be."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for stem in sorted(stems):
        if len(stem) >= SHORTEST_MISSPELT:
            by_letter[stem[0]].append(stem)
    near: dict[str, list[str]] = defaultdict(list)
    for group in by_letter.values():
        for rank, one in enumerate(group):
            for other in group[rank + 1 :]:
                if nearly_same(one, other):
                    near[one].append(other)
                    near[other].append(one)
    return near
