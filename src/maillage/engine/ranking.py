"""
Pair cards, best first, with the reasons.

`rank_plainly` is the readable reference: a double loop over the criteria. `rank` gives the same answer from an index,
and that comparison is its test.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from maillage.engine.cards import Card, prepare
from maillage.engine.criteria import CONTENT, CONTEXT, Reason, distance_km
from maillage.engine.index import Index
from maillage.engine.items import Item

__all__ = ["Candidate", "Reason", "rank", "rank_plainly"]

#: Below this, a pair is noise: two lines that share one common word among many.
FLOOR = 2.5

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair worth a look: an offer and a need, or two cards to be pooled in the order of their keys."""

    left: str
    right: str
    score: float
    reasons: tuple[Reason, ...]
    synergy_type: str
    distance_km: float | None


def rank(
    items: Iterable[Item],
    *,
    top: int = 10,
    floor: float = FLOOR,
    focus: Collection[str] | None = None,
    progress: Progress | None = None,
) -> list[Candidate]:
    """
    Return the pairs that are among the ``top`` best of either of their cards and reach ``floor``, best first.

    Offers face needs and pools face pools, never within one company. With ``focus`` (keys of items), only pairs that
    hold one of these cards are looked at, and only these cards choose. Ties fall in the order of keys. ``progress`` is
    told how many cards are done, out of how many.
    """
    cards = prepare(items)
    chosen = [card for card in cards if focus is None or card.item.key in focus]
    index = Index(cards)
    known: dict[tuple[str, str], Candidate | None] = {}
    kept: dict[tuple[str, str], Candidate] = {}
    for done, card in enumerate(chosen):
        for candidate in _best_of(card, index, known, top, floor):
            kept[candidate.left, candidate.right] = candidate
        if progress:
            progress(done + 1, len(chosen))
    return sorted(kept.values(), key=_order)


def _best_of(
    card: Card, index: Index, known: dict[tuple[str, str], Candidate | None], top: int, floor: float
) -> list[Candidate]:
    """Look at the partners of a card, most promising first, until no other can reach the best ones."""
    best: list[Candidate] = []
    for bound, partner in index.partners(card):
        if bound < floor or (len(best) == top and bound < best[-1].score):
            break
        left, right = _in_order(card, partner)
        pair = left.item.key, right.item.key
        if pair not in known:
            known[pair] = weigh(left, right)
        candidate = known[pair]
        if candidate and candidate.score >= floor:
            insort(best, candidate, key=_order)
            del best[top:]
    return best


def rank_plainly(
    items: Iterable[Item], *, top: int = 10, floor: float = FLOOR, focus: Collection[str] | None = None
) -> list[Candidate]:
    """Do what `rank` does by weighing every pair: the reference it is held against."""
    by_card: dict[str, list[Candidate]] = defaultdict(list)
    for left, right in _pairs(prepare(items)):
        candidate = weigh(left, right)
        if candidate and candidate.score >= floor:
            by_card[candidate.left].append(candidate)
            by_card[candidate.right].append(candidate)
    kept = {
        (candidate.left, candidate.right): candidate
        for key, candidates in by_card.items()
        if focus is None or key in focus
        for candidate in sorted(candidates, key=_order)[:top]
    }
    return sorted(kept.values(), key=_order)


def weigh(left: Card, right: Card) -> Candidate | None:
    """Gather the reasons for a pair; without one of content, there is no pair."""
    content = [reason for criterion in CONTENT if (reason := criterion(left, right))]
    if not content:
        return None
    context = [reason for criterion in CONTEXT if (reason := criterion(left, right))]
    # What the cards are comes before where and how much, however much nearness weighs: it is what a person reads first.
    reasons = (*sorted(content, key=_weight), *sorted(context, key=_weight))
    return Candidate(
        left=left.item.key,
        right=right.item.key,
        score=round(sum(reason.points for reason in reasons), 6),
        reasons=reasons,
        synergy_type=_synergy_type(left, right, reasons),
        distance_km=distance_km(left, right),
    )


def _weight(reason: Reason) -> tuple[float, str]:
    return -reason.points, reason.criterion


def _synergy_type(left: Card, right: Card, reasons: Sequence[Reason]) -> str:
    """Name the likely synergy: that of the route, of the need, of the offer; pools are pooled."""
    if left.item.side == "POOL":
        return "POOLING"
    route = next((str(reason.values["synergy_type"]) for reason in reasons if reason.criterion == "route"), "")
    return route or right.item.synergy_type or left.item.synergy_type


def _pairs(cards: Sequence[Card]) -> Iterator[tuple[Card, Card]]:
    for rank_of_left, left in enumerate(cards):
        for right in cards[rank_of_left + 1 :]:
            if may_pair(left, right):
                yield _in_order(left, right)


def may_pair(one: Card, other: Card) -> bool:
    """Tell whether two cards may be proposed to each other at all."""
    sides = {one.item.side, other.item.side}
    return one.item.company != other.item.company and sides in ({"OFFER", "NEED"}, {"POOL"})


def _in_order(one: Card, other: Card) -> tuple[Card, Card]:
    first = one.item.side == "OFFER" or (one.item.side == "POOL" and one.item.key < other.item.key)
    return (one, other) if first else (other, one)


def _order(candidate: Candidate) -> tuple[float, str, str]:
    return -candidate.score, candidate.left, candidate.right
