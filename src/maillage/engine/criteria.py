"""
What argues for a pair, one function an aspect. Nothing to say means None.

A criterion of *content* says that two cards speak of the same thing, or of two that go together: a pair needs one. A
criterion of *context* (class, quantity, distance) only moves a pair that content has made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, exp, radians, sin, sqrt
from typing import Any, Protocol

from rapidfuzz.distance import JaroWinkler

from maillage.engine import knowledge
from maillage.engine.cards import Card

WORDS_POINTS = 10.0
SPELLING_POINTS = 8.0
SYNONYM_POINTS = 4.0
CODE_POINTS = 3.0
CATEGORY_POINTS = 1.0
QUANTITY_POINTS = 1.5
DISTANCE_POINTS = 6.0

#: The distance at which nearness is worth a third of what it is next door (1/e).
NEAR_KM = 60.0
SHORTEST_MISSPELT = 5
NEAR_ENOUGH = 0.93
_EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Reason:
    """One argument for a pair: which criterion, how many points, and the facts a sentence can be made of."""

    criterion: str
    points: float
    values: Mapping[str, Any]


class Criterion(Protocol):
    """Says how much one aspect argues for a pair; nothing to say means None."""

    def __call__(self, left: Card, right: Card) -> Reason | None: ...


def common_words(left: Card, right: Card) -> Reason | None:
    """Words in common, weighed by how rare they are (cosine of the two lines)."""
    common = left.weights.keys() & right.weights.keys()
    if not common:
        return None
    points = WORDS_POINTS * sum(left.weights[one] * right.weights[one] for one in sorted(common))
    rarest = sorted(common, key=lambda one: (-left.weights[one], one))
    return Reason("words", points, {"words": [left.stems[one] for one in rarest]})


def near_spelling(left: Card, right: Card) -> Reason | None:
    """Words that differ by a slip of the keyboard, once each."""
    pairs = [
        (left.weights[one] * right.weights[other], one, other)
        for one in left.weights.keys() - right.weights.keys()
        for other in right.weights.keys() - left.weights.keys()
        if nearly_same(one, other)
    ]
    if not pairs:
        return None
    weight, one, other = max(pairs)
    return Reason("spelling", SPELLING_POINTS * weight, {"left": left.stems[one], "right": right.stems[other]})


def nearly_same(one: str, other: str) -> bool:
    """Tell whether two different stems are likely the same word misspelt: same first letter, close as a whole."""
    return (
        one[0] == other[0]
        and min(len(one), len(other)) >= SHORTEST_MISSPELT
        and JaroWinkler.similarity(one, other) >= NEAR_ENOUGH
    )


def synonym(left: Card, right: Card) -> Reason | None:
    """Two names of one thing."""
    for concept in sorted(left.concepts.keys() & right.concepts.keys()):
        here, there = left.concepts[concept], right.concepts[concept]
        if here.term != there.term:
            return Reason("synonym", SYNONYM_POINTS, {"left": here.said, "right": there.said})
    return None


def known_route(left: Card, right: Card) -> Reason | None:
    """A known way for what one gives to serve what the other needs, or what the other does."""
    best: Reason | None = None
    for source, target in _ways(left, right):
        route = knowledge.routes()[source, target]
        said_now = target in right.concepts
        points = route.points if said_now else route.points / 2
        if best is None or points > best.points:
            to = right.concepts[target] if said_now else right.activity_concepts[target]
            values = {"left": left.concepts[source].said, "right": to.said, "synergy_type": route.synergy_type}
            best = Reason("route" if said_now else "activity", points, values)
    return best


def _ways(left: Card, right: Card) -> list[tuple[str, str]]:
    targets = sorted({*right.concepts, *right.activity_concepts})
    known = knowledge.routes()
    return [(source, target) for source in sorted(left.concepts) for target in targets if (source, target) in known]


def same_waste_code(left: Card, right: Card) -> Reason | None:
    code = left.item.waste_code
    return Reason("waste_code", CODE_POINTS, {"code": code}) if code and code == right.item.waste_code else None


def same_category(left: Card, right: Card) -> Reason | None:
    category = left.item.category
    if not category or category == "OTHER" or category != right.item.category:
        return None
    return Reason("category", CATEGORY_POINTS, {"category": category})


def compatible_quantity(left: Card, right: Card) -> Reason | None:
    """How much of the larger amount the smaller covers, over a year, when both are measured alike."""
    if not left.per_year or not right.per_year or left.measure != right.measure:
        return None
    share = min(left.per_year, right.per_year) / max(left.per_year, right.per_year)
    return Reason("quantity", QUANTITY_POINTS * share, {"share": round(share, 3)})


def nearness(left: Card, right: Card) -> Reason | None:
    """The nearer the better, along a decreasing exponential."""
    distance = distance_km(left, right)
    if distance is None:
        return None
    return Reason("distance", nearness_points(distance), {"km": round(distance, 1)})


def nearness_points(distance: float | None) -> float:
    return 0.0 if distance is None else DISTANCE_POINTS * exp(-distance / NEAR_KM)


def distance_km(left: Card, right: Card) -> float | None:
    """Return the great-circle distance of two cards in kilometres (haversine formula), if both are placed."""
    here, there = left.item, right.item
    if here.latitude is None or here.longitude is None or there.latitude is None or there.longitude is None:
        return None
    return _great_circle_km(here.latitude, here.longitude, there.latitude, there.longitude)


# Cards share sites and communes: the same few distances come back all the time.
@lru_cache(maxsize=262144)
def _great_circle_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    phi, other_phi = radians(latitude), radians(other_latitude)
    half_phi, half_lambda = (other_phi - phi) / 2, radians(other_longitude - longitude) / 2
    chord = sin(half_phi) ** 2 + cos(phi) * cos(other_phi) * sin(half_lambda) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))


CONTENT: tuple[Criterion, ...] = (common_words, near_spelling, synonym, known_route, same_waste_code)
CONTEXT: tuple[Criterion, ...] = (same_category, compatible_quantity, nearness)
