"""How much each report of a workshop holds, counted by the database: a list of them does not read them whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from maillage.matching.models import Proposal
from maillage.organisations.models import Company
from maillage.workshops.cards import SHARED_IN_THE_ROOM, cards_of
from maillage.workshops.models import Workshop
from maillage.workshops.proposing import potentials_of


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """What the report of a company holds."""

    company: Company
    cards: int
    potentials: int
    proposals: int


def report_figures(workshop: Workshop) -> list[ReportFigures]:
    """
    Count what the report of each company holds, in five queries: those that take part, and those whose cards were said.

    The counts are those of `gather`.
    """
    said = cards_of(workshop).kept()
    cards = _counted(said, "site__company")
    potentials = _counted(potentials_of(workshop), "companies")
    # A proposal that was made a potential synergy is shown as such; a pair shows only what the other side shares.
    pairs = Proposal.objects.not_set_aside().within(said).exclude(potential__workshop_potential__workshop=workshop)
    proposals = _counted(pairs.filter(right__confidentiality__in=SHARED_IN_THE_ROOM), "left__site__company")
    proposals += _counted(pairs.filter(left__confidentiality__in=SHARED_IN_THE_ROOM), "right__site__company")
    took_part = workshop.participations.not_cancelled().values("site__company")
    companies = Company.objects.filter(Q(pk__in=took_part) | Q(pk__in=list(cards))).by_name()
    return [
        ReportFigures(company, cards[company.pk], potentials[company.pk], proposals[company.pk])
        for company in companies
    ]


def _counted(records: QuerySet, path: str) -> Counter[UUID]:
    return Counter(dict(records.order_by().values_list(path).annotate(Count("pk", distinct=True))))
