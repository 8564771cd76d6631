"""What waits for a coordinator: synergies nobody follows, blocked for long, companies asked too often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from maillage.organisations.models import Company
from maillage.reports.programme.population import Population
from maillage.synergies.models import Barrier, Interaction, Synergy
from maillage.territories.models import Mandate

#: How long a synergy stays blocked before somebody above has to look at it.
BLOCKED_FOR = timedelta(days=90)
#: From how many synergies on a barrier deserves a workshop of its own, with an expert.
RECURRING = 3


@dataclass(frozen=True, slots=True)
class StandingBarrier:
    """A kind of barrier, and how many blocked synergies it still holds."""

    kind: str
    label: str
    count: int

    @property
    def is_recurring(self) -> bool:
        return self.count >= RECURRING


@dataclass(frozen=True, slots=True)
class Asked:
    """A company that was contacted more often than the programme accepts."""

    company: Company
    contacts: int


def standing_barriers(population: Population) -> list[StandingBarrier]:
    """The barriers of the blocked synergies, the most frequent first."""
    standing = Barrier.objects.standing().filter(synergy__in=population.synergies().blocked())
    counted = standing.values_list("kind").order_by().annotate(count=Count("synergy", distinct=True))
    return [
        StandingBarrier(kind, str(Barrier.Kind(kind).label), count)
        for kind, count in sorted(counted, key=lambda pair: (-pair[1], pair[0]))
    ]


def unfollowed(population: Population) -> QuerySet[Synergy]:
    """The open synergies whose practitioner is nobody, or no longer works in their territory or region."""
    here = Q(territory=OuterRef("territory")) | Q(region=OuterRef("territory__region"))
    in_post = population.mandates().filter(here, user=OuterRef("practitioner"))
    return population.synergies().still_open().exclude(Exists(in_post)).longest_first()


def blocked_for_long(population: Population) -> QuerySet[Synergy]:
    """Blocked for three months or more, with nothing planned."""
    blocked = population.synergies().blocked().without_plan()
    return blocked.filter(stage_since__lte=population.day - BLOCKED_FOR).longest_first()


def asked_too_often(population: Population) -> list[Asked]:
    """
    The companies contacted more often than the ceiling of the programme over its window, the most asked first.

    Working with a company on one of its synergies is not soliciting it: those contacts do not count.
    """
    programme = population.programme
    start = population.day - timedelta(days=programme.contacts_window_days)
    since = timezone.make_aware(datetime.combine(start, time.min))
    contacts = (
        Interaction.objects.filter(territory__region__in=population.regions(), at__gte=since, synergies=None)
        .exclude(kind__in=(Interaction.Kind.NOTE, Interaction.Kind.ANSWER))
        .values_list("companies")
        .order_by()
        .annotate(count=Count("pk"))
        .filter(count__gt=programme.contacts_ceiling, companies__isnull=False)
    )
    counts = dict(contacts)
    companies = Company.objects.in_bulk(list(counts))
    asked = [Asked(companies[pk], count) for pk, count in counts.items()]
    return sorted(asked, key=lambda one: (-one.contacts, one.company.folded_name))


def team_of(population: Population) -> QuerySet[Mandate]:
    return population.mandates().select_related("user", "territory", "region", "structure").order_by("user__name", "pk")
