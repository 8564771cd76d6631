"""What the tables of a report are made of: a property is one query at most, whatever the size of the programme."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Sum

from maillage.evaluation.models import ENVIRONMENT, Indicator
from maillage.reports.programme.population import Population
from maillage.resources.nomenclature import Group, SynergyType
from maillage.synergies.models import Barrier, Party
from maillage.synergies.stages import GROUP_OF, STOPPED, Stage, StageGroup
from maillage.territories.models import Region, Role


@dataclass(frozen=True, slots=True)
class Followed:
    """How many synergies share a region, a stage, a type and a continuity."""

    region_id: object
    stage: Stage
    synergy_type: SynergyType
    continuity: str
    count: int
    group: Group
    stage_group: StageGroup
    is_live: bool

    @classmethod
    def read(cls, region_id, stage: str, synergy_type: str, continuity: str, count: int) -> Followed:
        step, kind = Stage(stage), SynergyType(synergy_type)
        return cls(region_id, step, kind, continuity, count, kind.group, GROUP_OF[step], step not in STOPPED)


@dataclass(frozen=True, slots=True)
class Benefit:
    """How much of an indicator a region shows at a level of proof."""

    region_id: object
    indicator: str
    evidence_level: str
    value: Decimal


class Facts:
    """The counts of a population."""

    def __init__(self, population: Population):
        self.population = population

    @cached_property
    def regions(self) -> list[Region]:
        """The regions in the order of their first workshop, then by name."""
        first: dict[object, date] = {}
        for workshop in self.workshops:
            first.setdefault(workshop.territory.region_id, workshop.held_on)
        return sorted(self.population.regions(), key=lambda region: (first.get(region.pk, date.max), region.name))

    @cached_property
    def workshops(self) -> list:
        return list(self.population.workshops().for_list().in_order())

    @cached_property
    def participations(self) -> Counter:
        """How many companies came, by region."""
        return self._by_region(self.population.participations(), "workshop__territory__region")

    @cached_property
    def attending_companies(self) -> int:
        return self.population.participations().aggregate(companies=Count("site__company", distinct=True))["companies"]

    @cached_property
    def cards(self) -> int:
        return self.population.cards().count()

    @cached_property
    def potentials(self) -> int:
        return self.population.potentials().count()

    @cached_property
    def followed(self) -> list[Followed]:
        fields = ("territory__region", "stage", "synergy_type", "continuity")
        return [
            Followed.read(*row)
            for row in self.population.synergies().values_list(*fields).annotate(count=Count("pk")).order_by()
        ]

    @cached_property
    def barriers(self) -> Counter:
        """How many stopped synergies met each kind of barrier."""
        counted = (
            Barrier.objects.filter(synergy__in=self.population.stopped())
            .values_list("kind")
            .annotate(count=Count("synergy", distinct=True))
            .order_by()
        )
        return Counter(dict(counted))

    @cached_property
    def benefits(self) -> list[Benefit]:
        fields = ("synergy__territory__region", "indicator", "evidence_level")
        lines = self.population.benefits().exclude(indicator=Indicator.COMPANIES_HELPED)
        return [Benefit(*row) for row in lines.values_list(*fields).annotate(total=Sum("value")).order_by()]

    @cached_property
    def synergies_with_environmental_effect(self) -> int:
        lines = self.population.benefits().filter(indicator__in=ENVIRONMENT)
        return lines.aggregate(synergies=Count("synergy", distinct=True))["synergies"]

    @cached_property
    def helped(self) -> int:
        """How many companies are party to a finalised synergy. Not the sum of the regions: one may be in two."""
        return self._parties.aggregate(companies=Count("company", distinct=True))["companies"]

    @cached_property
    def helped_by_region(self) -> Counter:
        counted = self._parties.values_list("synergy__territory__region")
        return Counter(dict(counted.annotate(count=Count("company", distinct=True)).order_by()))

    @cached_property
    def posts(self) -> dict[object, dict[str, list]]:
        """The mandates in force, by region then by role."""
        posts: dict = defaultdict(lambda: defaultdict(list))
        for mandate in self.population.mandates().select_related("territory", "structure"):
            region = mandate.territory.region_id if mandate.territory else mandate.region_id
            posts[region][Role(mandate.role)].append(mandate)
        return posts

    # Read from the above, without a query

    def synergies(self, **wanted) -> int:
        """Count the synergies followed whose properties are those given: ``synergies(group=Group.ME)``."""
        return sum(
            one.count for one in self.followed if all(getattr(one, name) == value for name, value in wanted.items())
        )

    def benefit(self, *indicators: str, **wanted) -> Decimal:
        """Add up the values of these indicators, among the lines whose properties are those given."""
        return sum(
            (
                one.value
                for one in self.benefits
                if one.indicator in indicators and all(getattr(one, name) == value for name, value in wanted.items())
            ),
            Decimal(0),
        )

    @cached_property
    def followed_total(self) -> int:
        return self.synergies()

    @cached_property
    def finalised_total(self) -> int:
        return self.synergies(stage_group=StageGroup.FINALISED)

    @cached_property
    def live_total(self) -> int:
        return self.synergies(is_live=True)

    @cached_property
    def last_workshops(self) -> dict[object, date]:
        """The day of the last ordinary workshop of each region; a workshop held on its own is left aside."""
        return {workshop.territory.region_id: workshop.held_on for workshop in self.workshops if workshop.is_ordinary}

    @cached_property
    def follow_up(self) -> dict[str, int]:
        """The months of follow-up of each region that held a workshop, by its name."""
        return {
            region.name: months_between(self.last_workshops[region.pk], self.population.day)
            for region in self.regions
            if region.pk in self.last_workshops
        }

    @property
    def _parties(self):
        return Party.objects.filter(synergy__in=self.population.finalised())

    @staticmethod
    def _by_region(queryset, path: str) -> Counter:
        return Counter(dict(queryset.values_list(path).annotate(count=Count("pk")).order_by()))


def months_between(first: date, last: date) -> int:
    """Count months as the source does, from the month of one day to the month of the other (§2.2.2)."""
    return (last.year - first.year) * 12 + last.month - first.month


def rounded_percent(part: int, whole: int) -> int | None:
    """Return a share as a whole percentage, halves rounded up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None
