"""What each company said at each workshop it came to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

from maillage.common.text import fold
from maillage.demo import catalogue
from maillage.demo.catalogue import Flow, Said
from maillage.demo.companies import Firm
from maillage.demo.programme import Venue
from maillage.demo.records import Shelf, identifier, moment
from maillage.resources.models import Gisement, Resource
from maillage.resources.nomenclature import Category, Confidentiality, Direction, Period, Regularity, ResourceStatus
from maillage.workshops.models import WorkshopResource

ROUNDS = 3
#: People think of what they have and lack before they think of sharing.
POOLED = 0.5
SEASONS = ("hiver", "été", "saison", "automne", "vendanges", "janv", "oct-", "printemps")
OUTCOMES = (
    "benne tout-venant, enfoui", "repris sans frais par un collecteur", "repris et payé un peu", "brûlé sur place",
    "stocké en attendant", "filière trouvée mais chère", "donné au coup par coup", "incinéré",
)  # fmt: skip


@dataclass(slots=True)
class Card:
    """A card, with the flow it is about and the company that said it."""

    resource: Resource
    flow: Flow
    firm: Firm

    @property
    def direction(self) -> str:
        return self.resource.direction


class Deck:
    """The cards of one workshop, as they are said."""

    def __init__(self, venue: Venue, rng: Random, shelf: Shelf, *, said_on: date | None = None) -> None:
        self.venue = venue
        self.said_on = said_on or venue.day
        self.rng = rng
        self.shelf = shelf
        self.cards: list[Card] = []
        self._said: dict[str, set[tuple[str, str]]] = {}

    def has(self, firm: Firm, flow: Flow, direction: str) -> bool:
        return (flow.key, direction) in self._said.get(firm.company.pk, ())

    def say(self, firm: Firm, flow: Flow, direction: str, said: Said, *, status: str = ResourceStatus.ACTIVE) -> Card:
        """Write one card."""
        self._said.setdefault(firm.company.pk, set()).add((flow.key, direction))
        resource = self.shelf.put(self._resource(firm, flow, direction, said, status))
        self.shelf.put(
            WorkshopResource(
                id=identifier(resource.pk, "card"),
                workshop=self.venue.workshop,
                resource=resource,
                table=self.rng.randint(1, 6),
                round=self.rng.randint(1, ROUNDS),
            )
        )
        card = Card(resource, flow, firm)
        self.cards.append(card)
        return card

    def fill(self, firm: Firm, number: int) -> None:
        """Let a company say as many things as that, as its trade would say them, each once."""
        said = self._said.setdefault(firm.company.pk, set())
        while len(said) < number:
            options = [
                (flow, direction, fit * flow.weight * (POOLED if direction == Direction.POOL else 1))
                for flow, direction, fit in _sayable(firm.trade.code)
                if (flow.key, direction) not in said and self._goes_with(flow, direction, said, firm)
            ]
            flow, direction, _weight = catalogue.pick(options, [weight for *_rest, weight in options], self.rng)
            line = self.rng.choice(flow.lines_of(firm.trade.code, direction))
            self.say(firm, flow, direction, catalogue.say(line, self.rng, size=firm.size))

    def _goes_with(self, flow: Flow, direction: str, said: set[tuple[str, str]], firm: Firm) -> bool:
        """Nobody offers and seeks the same thing; some flows are known in one region only."""
        opposite = {Direction.OFFER: Direction.NEED, Direction.NEED: Direction.OFFER}.get(direction)
        here = not flow.regions or self.venue.region.name in flow.regions
        return here and (flow.key, opposite) not in said

    def _resource(self, firm: Firm, flow: Flow, direction: str, said: Said, status: str) -> Resource:
        rng = self.rng
        at = moment(self.said_on, 9 + rng.randint(0, 2), rng.randint(0, 59))
        matters = flow.category in {Category.MATERIAL, Category.PACKAGING} and direction == Direction.OFFER
        has_code = bool(flow.waste) and matters and rng.random() < 0.8
        has_cost = matters and rng.random() < 0.35
        return Resource(
            id=identifier(firm.company.pk, self.venue.key, flow.key, direction),
            site=firm.site,
            direction=direction,
            text=said.text,
            folded_text=fold(said.text),
            title=said.text[:1].upper() + said.text[1:160],
            category=flow.category,
            synergy_type=flow.type,
            quantity=said.quantity,
            unit=said.unit,
            period=said.period,
            regularity=_regularity(said, rng),
            waste_code_id=flow.waste if has_code else None,
            is_hazardous=flow.is_hazardous and has_code,
            current_outcome=rng.choice(OUTCOMES) if matters and rng.random() < 0.6 else "",
            current_cost_eur=Decimal(rng.randint(4, 260) * 50) if has_cost else None,
            confidentiality=catalogue.pick(
                (Confidentiality.PROGRAMME, Confidentiality.REGION, Confidentiality.TERRITORY), (90, 6, 4), rng
            ),
            status=status,
            created_at=at,
            updated_at=at,
        )


def gather_flows(decks: Iterable[Deck], shelf: Shelf) -> None:
    """Say once what a company that came again said twice: one flow for the cards on the same thing."""
    same: dict[tuple, list[Card]] = defaultdict(list)
    for deck in decks:
        for card in deck.cards:
            same[card.firm.company.pk, card.flow.key, card.direction].append(card)
    for key, cards in same.items():
        if len(cards) > 1:
            flow = shelf.put(Gisement(id=identifier("flow", *key), title=cards[0].resource.title))
            for card in cards:
                shelf.join(Gisement.resources, gisement_id=flow.pk, resource_id=card.resource.pk)


@cache
def _sayable(code: str) -> Sequence[tuple[Flow, str, int]]:
    """Return what an activity may say, and how well each thing fits it."""
    return [
        (flow, direction, fit)
        for flow in catalogue.flows().values()
        for direction in Direction.values
        if (fit := flow.fit(code, direction))
    ]


def _regularity(said: Said, rng: Random) -> str:
    if any(word in said.text for word in SEASONS):
        return Regularity.SEASONAL
    if said.period == Period.ONCE:
        return rng.choice((Regularity.ONE_OFF, Regularity.STOCK))
    return Regularity.REGULAR if said.period else ""


def shares(total: int, parts: int, low: int, high: int, rng: Random) -> list[int]:
    """
    Split ``total`` into that many whole parts between the bounds, drawn.

    :raises ValueError: the bounds do not allow it.
    """
    if not low * parts <= total <= high * parts:
        raise ValueError(f"{total} cannot be {parts} parts between {low} and {high}.")
    drawn = [rng.randint(low, high) for _part in range(parts)]
    while gap := total - sum(drawn):
        step = 1 if gap > 0 else -1
        rank = rng.randrange(parts)
        if low <= drawn[rank] + step <= high:
            drawn[rank] += step
    return drawn
