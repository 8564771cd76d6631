"""What people in the room saw could be done: the hands raised round the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from random import Random

from maillage.demo.cards import Card, Deck
from maillage.demo.catalogue import Flow
from maillage.demo.companies import Firm
from maillage.demo.programme import Venue
from maillage.demo.records import Shelf, identifier, moment
from maillage.resources.nomenclature import Direction
from maillage.synergies.models import PotentialSynergy
from maillage.workshops.models import WorkshopPotential


@dataclass(slots=True)
class Lead:
    """A potential synergy, with its flow and the companies it would tie, who gives first."""

    potential: PotentialSynergy
    flow: Flow
    firms: list[Firm]
    venue: Venue


@dataclass(frozen=True, slots=True)
class Seen:
    """A lead before it is written: the cards on each side, and everybody in it."""

    flow: Flow
    offered: Card | None
    sought: Card | None
    firms: tuple[Firm, ...]

    def key(self) -> tuple:
        """Two leads are one when the same card meets the same companies."""
        return (
            self.offered and self.offered.resource.pk,
            self.sought and self.sought.resource.pk,
            tuple(sorted(firm.company.pk for firm in self.firms)),
        )


class Board:
    """The leads of one workshop: each is written once."""

    def __init__(self, venue: Venue, rng: Random, shelf: Shelf) -> None:
        self.venue = venue
        self.rng = rng
        self.shelf = shelf
        self.leads: list[Lead] = []
        self._seen: set[tuple] = set()

    def write(self, seen: Seen) -> Lead | None:
        if seen.key() in self._seen:
            return None
        self._seen.add(seen.key())
        rng = self.rng
        potential = self.shelf.put(
            PotentialSynergy(
                id=identifier(self.venue.workshop.pk, "potential", len(self.leads)),
                territory=self.venue.territory,
                title=seen.flow.title_for(seen.firms[0].trade.code, rng),
                synergy_type=seen.flow.type,
                origin=PotentialSynergy.Origin.ROOM,
                offered=seen.offered and seen.offered.resource,
                sought=seen.sought and seen.sought.resource,
                identified_at=moment(self.venue.day, rng.randint(9, 12), rng.randint(0, 59)),
            )
        )
        for firm in seen.firms:
            self.shelf.join(PotentialSynergy.companies, potentialsynergy_id=potential.pk, company_id=firm.company.pk)
        self.shelf.put(
            WorkshopPotential(id=identifier(potential.pk, "seen"), workshop=self.venue.workshop, potential=potential)
        )
        lead = Lead(potential, seen.flow, list(seen.firms), self.venue)
        self.leads.append(lead)
        return lead

    def fill(self, deck: Deck, firms: list[Firm], number: int) -> None:
        """
        Write leads until there are that many: first the cards that answer each other, then the hands raised.

        :raises ValueError: the room has not enough to say.
        """
        answers = list(_answers(deck))
        self.rng.shuffle(answers)
        hands = list(chain(_hands(deck, firms), _pools(deck, firms, self.rng)))
        self.rng.shuffle(hands)
        for seen in chain(answers, hands):
            if len(self.leads) == number:
                return
            self.write(seen)
        if len(self.leads) < number:
            raise ValueError(f"{self.venue.key}: {len(self.leads)} leads can be seen, not {number}.")


def _answers(deck: Deck) -> Iterator[Seen]:
    """Yield each offer with each need of the same flow, from another company."""
    for offer in deck.cards:
        if offer.direction != Direction.OFFER:
            continue
        for need in deck.cards:
            if need.direction == Direction.NEED and need.flow is offer.flow and need.firm is not offer.firm:
                yield Seen(offer.flow, offer, need, (offer.firm, need.firm))


def _hands(deck: Deck, firms: list[Firm]) -> Iterator[Seen]:
    """Yield each card with each company whose trade it is to take or to give that, and who had not said it."""
    for card in deck.cards:
        if card.direction == Direction.POOL:
            continue
        other = Direction.NEED if card.direction == Direction.OFFER else Direction.OFFER
        for firm in firms:
            if firm is not card.firm and card.flow.fit(firm.trade.code, other) > 1:
                if card.direction == Direction.OFFER:
                    yield Seen(card.flow, card, None, (card.firm, firm))
                else:
                    yield Seen(card.flow, None, card, (firm, card.firm))


def _pools(deck: Deck, firms: list[Firm], rng: Random) -> Iterator[Seen]:
    """Yield each thing to be pooled with the others who said it, or who raise a hand."""
    for card in deck.cards:
        if card.direction != Direction.POOL:
            continue
        same = [
            other.firm
            for other in deck.cards
            if other.flow is card.flow and other.direction == Direction.POOL and other.firm is not card.firm
        ]
        willing = [firm for firm in firms if firm is not card.firm and card.flow.fit(firm.trade.code, Direction.POOL)]
        for size in (1, 2, 3):
            others = dict.fromkeys([*same[:size], *rng.sample(willing, min(size, len(willing)))])
            if others:
                yield Seen(card.flow, card, None, (card.firm, *list(others)[: size + 1]))
