"""Territories of a region, or regions of a programme, side by side, with the time each has been followed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from django.db.models import Count, Max, Q

from maillage.common.text import slug
from maillage.reports.programme.facts import months_between
from maillage.reports.programme.population import Population
from maillage.synergies.stages import FINALISED, LADDER, Stage
from maillage.territories.models import Mandate, Role, Territory

#: Live synergies for one full-time equivalent above which following them all is no longer possible.
HEAVY_LOAD = 20
_OPEN = [stage for stage in (*LADDER, Stage.BLOCKED) if stage not in FINALISED]


@dataclass(slots=True)
class Place:
    """A territory or a region: what was done there, what became of it, who works there."""

    key: str
    name: str
    workshops: int = 0
    companies: int = 0
    followed: int = 0
    finalised: int = 0
    open: int = 0
    blocked: int = 0
    asleep: int = 0
    last_workshop: date | None = None
    months: int | None = None
    fte: Decimal = Decimal(0)
    team: list[Mandate] = field(default_factory=list)

    @property
    def people(self) -> list[str]:
        return sorted({mandate.user.name for mandate in self.team})

    @property
    def is_deserted(self) -> bool:
        """Synergies wait for somebody, and nobody works here."""
        return not self.team and self.open > 0

    @property
    def is_alone(self) -> bool:
        return len({mandate.user_id for mandate in self.team}) == 1

    @property
    def load(self) -> int | None:
        """Open synergies for one full-time equivalent; nothing without anybody."""
        return round(self.open / self.fte) if self.fte else None

    @property
    def is_overloaded(self) -> bool:
        return self.load is not None and self.load > HEAVY_LOAD


def territories_side_by_side(population: Population) -> list[Place]:
    """Return the territories by the day of their last workshop, the oldest first: they had the most time."""
    territories = Territory.objects.filter(region__in=population.regions())
    places = {territory.pk: Place(str(territory.pk), territory.name) for territory in territories}
    return _filled(places, population, "territory")


def regions_side_by_side(population: Population) -> list[Place]:
    places = {region.pk: Place(slug(region.name), region.name) for region in population.regions()}
    return _filled(places, population, "region")


def _filled(places: dict, population: Population, by: Literal["territory", "region"]) -> list[Place]:
    """Fill the places in, in five queries whatever their number."""
    path = "territory" if by == "territory" else "territory__region"
    held = population.workshops().values_list(path).order_by()
    for pk, count, last in held.annotate(count=Count("pk"), last=Max("held_on", filter=Q(is_ordinary=True))):
        place = places[pk]
        place.workshops, place.last_workshop = count, last
        place.months = months_between(last, population.day) if last else None
    for pk, count in population.participations().values_list(f"workshop__{path}").order_by().annotate(Count("pk")):
        places[pk].companies = count
    _count_synergies(places, population, path)
    for mandate in population.mandates().filter(role=Role.PRACTITIONER).select_related("user", "territory"):
        pk = mandate.territory_id if by == "territory" else _region_of(mandate)
        if pk in places:
            places[pk].team.append(mandate)
            places[pk].fte += mandate.fte
    return sorted(places.values(), key=lambda place: (place.last_workshop or date.max, place.name))


def _count_synergies(places: dict, population: Population, path: str) -> None:
    counts: dict = defaultdict(Counter)
    followed = population.synergies().values_list(path, "stage").order_by()
    for pk, stage, count in followed.annotate(Count("pk")):
        counts[pk][stage] = count
    for pk, by_stage in counts.items():
        place = places[pk]
        place.followed = by_stage.total()
        place.finalised = _sum(by_stage, FINALISED)
        place.open = _sum(by_stage, _OPEN)
        place.blocked = by_stage[Stage.BLOCKED]
    delay = population.programme.sleep_delay_days
    sleeping = population.synergies().sleeping_on(population.day, delay)
    for pk, count in sleeping.values_list(path).order_by().annotate(Count("pk")):
        places[pk].asleep = count


def _sum(by_stage: Counter, stages: Sequence[str]) -> int:
    return sum(by_stage[stage] for stage in stages)


def _region_of(mandate: Mandate):
    return mandate.territory.region_id if mandate.territory else mandate.region_id
