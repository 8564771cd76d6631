"""Read a workshop once, in a fixed number of queries, for all its reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from maillage.matching.models import Proposal
from maillage.organisations.models import Company, Contact
from maillage.resources.models import Resource
from maillage.resources.nomenclature import Direction
from maillage.synergies.models import PotentialSynergy
from maillage.territories.models import Mandate
from maillage.workshops.cards import SHARED_IN_THE_ROOM, cards_of
from maillage.workshops.models import Participation, Workshop
from maillage.workshops.proposing import potentials_of


@dataclass(frozen=True)
class WorkshopRecords:
    """Everything the reports of a workshop say, already read."""

    workshop: Workshop
    participations: list[Participation]
    cards: list[Resource]
    potentials: list[PotentialSynergy]
    proposals: list[Proposal]
    contacts: dict[UUID, list[Contact]]
    practitioners: list[Mandate]

    @cached_property
    def shared_cards(self) -> list[Resource]:
        return [card for card in self.cards if is_shared(card)]

    @cached_property
    def cards_of_company(self) -> dict[UUID, list[Resource]]:
        return _by(self.cards, lambda card: [card.site.company_id])

    @cached_property
    def potentials_of_company(self) -> dict[UUID, list[PotentialSynergy]]:
        """What each company is in: as said by the parties of the potential synergy."""
        return _by(self.potentials, lambda potential: [company.pk for company in potential.companies.all()])

    @cached_property
    def proposals_of_company(self) -> dict[UUID, list[Proposal]]:
        """The proposals that hold a card of the company, best first; a pair shows only what the other side shares."""
        return _by(
            self.proposals,
            lambda pair: [
                own.site.company_id
                for own, other in ((pair.left, pair.right), (pair.right, pair.left))
                if is_shared(other)
            ],
        )

    def open_proposals_of(self, company: Company) -> list[Proposal]:
        """The proposals of the company that nobody made a potential synergy of."""
        kept = {potential.proposal_id for potential in self.potentials_of_company.get(company.pk, [])}
        return [pair for pair in self.proposals_of_company.get(company.pk, []) if pair.pk not in kept]

    @cached_property
    def shared_proposals(self) -> list[Proposal]:
        return [pair for pair in self.proposals if is_shared(pair.left) and is_shared(pair.right)]

    @cached_property
    def shared_potentials(self) -> list[PotentialSynergy]:
        return [one for one in self.potentials if all(is_shared(card) for card in (one.offered, one.sought) if card)]

    @cached_property
    def demand(self) -> Counter[UUID]:
        """How many potential synergies and open proposals hold each card."""
        held: Counter[UUID] = Counter()
        kept = set()
        for potential in self.potentials:
            kept.add(potential.proposal_id)
            held.update(card.pk for card in (potential.offered, potential.sought) if card)
        for pair in self.proposals:
            if pair.pk not in kept:
                held.update((pair.left_id, pair.right_id))
        return held

    def most_wanted(self, limit: int = 8) -> list[tuple[Resource, int]]:
        """The shared cards that several want, the most wanted first."""
        wanted = [(card, self.demand[card.pk]) for card in self.shared_cards if self.demand[card.pk] > 1]
        return sorted(wanted, key=lambda pair: (-pair[1], pair[0].title))[:limit]

    def without_taker(self) -> list[Resource]:
        """The shared offers that nobody wants yet."""
        return [card for card in self.shared_cards if card.direction == Direction.OFFER and not self.demand[card.pk]]


def is_shared(card: Resource) -> bool:
    return card.confidentiality in SHARED_IN_THE_ROOM


def gather(workshop: Workshop, *, today: date) -> WorkshopRecords:
    """
    Read a workshop with its participants, cards, potential synergies and proposals not set aside.

    Seven queries, whatever the size. ``today`` says which practitioners are in post.
    """
    participations = list(
        workshop.participations.not_cancelled()
        .select_related("site__company__activity", "site__commune")
        .order_by("site__company__folded_name", "pk")
    )
    said = cards_of(workshop).kept()
    companies = [participation.site.company_id for participation in participations]
    cards = list(said.for_list().order_by("direction", "folded_text", "pk"))
    potentials = list(
        potentials_of(workshop)
        .select_related("offered__site__company", "sought__site__company")
        .prefetch_related("companies")
        .order_by("title", "pk")
    )
    return WorkshopRecords(
        workshop=workshop,
        participations=participations,
        cards=cards,
        potentials=potentials,
        proposals=_pairs_of(cards, _said_together(workshop).best_first()),
        contacts=_by(Contact.objects.shown_to_partners().of_companies(companies), lambda contact: [contact.company_id]),
        practitioners=list(
            Mandate.objects.practitioners_of(workshop.territory).in_force_on(today).for_shell().order_by("user__name")
        ),
    )


def _pairs_of(cards: Iterable[Resource], proposals: Iterable[Proposal]) -> list[Proposal]:
    """Keep the pairs of these cards, and give them their cards, already read: joined, a large room took far longer."""
    known = {card.pk: card for card in cards}
    pairs = [pair for pair in proposals if pair.left_id in known and pair.right_id in known]
    for pair in pairs:
        pair.left, pair.right = known[pair.left_id], known[pair.right_id]
    return pairs


def _said_together(workshop: Workshop) -> QuerySet[Proposal]:
    """The proposals not set aside of which both cards were said there, found through the cards of the workshop."""
    return Proposal.objects.not_set_aside().filter(
        left__workshop_card__workshop=workshop, right__workshop_card__workshop=workshop
    )


def companies_of(records: WorkshopRecords) -> list[Company]:
    """The companies that get a report: those that take part, and those whose cards were said there."""
    known = {participation.site.company_id: participation.site.company for participation in records.participations}
    for card in records.cards:
        known.setdefault(card.site.company_id, card.site.company)
    return sorted(known.values(), key=lambda company: (company.folded_name, company.pk))


def _by(records: Iterable, keys) -> dict:
    grouped = defaultdict(list)
    for record in records:
        for key in dict.fromkeys(keys(record)):
            grouped[key].append(record)
    return dict(grouped)
