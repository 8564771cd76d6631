"""How much of what is recorded can be relied on."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from maillage.evaluation.models import EvidenceLevel, ImpactLine
from maillage.reports.programme.population import Population
from maillage.resources.models import Resource
from maillage.synergies.stages import FINALISED, STOPPED


@dataclass(frozen=True, slots=True)
class Check:
    """A thing that should be known, of how many it is, out of how many."""

    key: str
    label: str
    known: int
    whole: int

    @property
    def share(self) -> float:
        return self.known / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class Level:
    """How many benefits stand at a level of proof."""

    level: str
    label: str
    count: int
    share: float


def checks(population: Population) -> list[Check]:
    """What is known of synergies, companies and cards, the least known first. Three queries, whatever the size."""
    synergies = population.synergies().aggregate(
        finalised=Count("pk", filter=Q(stage__in=FINALISED)),
        counted=Count("pk", filter=Q(stage__in=FINALISED) & Exists(ImpactLine.objects.filter(synergy=OuterRef("pk")))),
        live=Count("pk", filter=~Q(stage__in=STOPPED)),
        lasting=Count("pk", filter=~Q(stage__in=STOPPED) & ~Q(continuity="")),
    )
    companies = population.attending_companies().aggregate(whole=Count("pk"), known=Count("pk", filter=~Q(siren=None)))
    cards = Resource.objects.filter(pk__in=population.cards().values("resource")).aggregate(
        whole=Count("pk"), known=Count("pk", filter=~Q(quantity=None))
    )
    found = [
        Check("benefits", _("Finalised synergies with a benefit"), synergies["counted"], synergies["finalised"]),
        Check("continuity", _("Live synergies known to last or not"), synergies["lasting"], synergies["live"]),
        Check("siren", _("Companies with a SIREN"), companies["known"], companies["whole"]),
        Check("quantity", _("Resources with a quantity"), cards["known"], cards["whole"]),
    ]
    return sorted((check for check in found if check.whole), key=lambda check: check.share)


def levels_of_proof(population: Population) -> list[Level]:
    """The benefits of the finalised synergies by level of proof, from verified to estimated. One query."""
    counts = dict(population.benefits().values_list("evidence_level").order_by().annotate(Count("pk")))
    whole = sum(counts.values())
    order = (EvidenceLevel.VERIFIED, EvidenceLevel.DECLARED, EvidenceLevel.ESTIMATED)
    return [
        Level(level.value, str(level.label), counts.get(level.value, 0), counts.get(level.value, 0) / whole)
        for level in order
        if whole
    ]
