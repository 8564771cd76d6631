"""What the report of a programme counts. Tables and the lists behind their numbers read here, so they cannot differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from maillage.evaluation.models import ImpactLine
from maillage.organisations.models import Company
from maillage.synergies.models import Party, PotentialSynergy, Synergy
from maillage.synergies.stages import STOPPED
from maillage.territories.models import Mandate, Programme, Region, Role
from maillage.workshops.models import Participation, Workshop, WorkshopResource


@dataclass(frozen=True, slots=True)
class Population:
    """The records of a programme, or of one of its regions, as they stand on a day."""

    programme: Programme
    day: date
    region: Region | None = None

    @classmethod
    def of(cls, programme: Programme, *, day: date, region: Region | None = None) -> Population:
        """See the programme that day; a closed one is seen on the day of its snapshot, whatever the day given."""
        return cls(programme, programme.today(day), region)

    def regions(self):
        regions = Region.objects.filter(programme=self.programme)
        return regions.filter(pk=self.region.pk) if self.region else regions

    def workshops(self):
        """The workshops held: those that took place by that day, trainings left aside."""
        return Workshop.objects.filter(self._held(""))

    def participations(self):
        """The companies that came, once for each workshop they came to."""
        return Participation.objects.came().filter(self._held("workshop"))

    def attending_companies(self):
        """The companies that came, once each."""
        came = self.participations().filter(site__company=OuterRef("pk"))
        return Company.objects.filter(Exists(came))

    def cards(self):
        """What was said to be had or lacked, workshop by workshop, duplicates included."""
        return WorkshopResource.objects.filter(self._held("workshop"))

    def potentials(self):
        """The potential synergies seen at a workshop."""
        return PotentialSynergy.objects.filter(self._held("workshop_potential__workshop"))

    def synergies(self):
        """The synergies followed, whatever became of them."""
        return Synergy.objects.filter(self._here("territory"), opened_on__lte=self.day)

    def live(self):
        """The synergies followed that were neither blocked nor abandoned; the finalised are among them."""
        return self.synergies().exclude(stage__in=STOPPED)

    def stopped(self):
        return self.synergies().filter(stage__in=STOPPED)

    def finalised(self):
        return self.synergies().finalised()

    def benefits(self):
        """The impact lines of the finalised synergies."""
        return ImpactLine.objects.filter(synergy__in=self.finalised())

    def companies_of(self, synergies):
        """The companies party to these synergies, once each."""
        return Company.objects.filter(Exists(Party.objects.filter(synergy__in=synergies, company=OuterRef("pk"))))

    def helped(self):
        """The companies party to a finalised synergy, once each."""
        return self.companies_of(self.finalised())

    def mandates(self):
        """The mandates of practitioners and regional coordinators in force that day."""
        place = Q(territory__region__in=self.regions()) | Q(region__in=self.regions())
        return Mandate.objects.filter(
            place,
            Q(ends_on=None) | Q(ends_on__gt=self.day),
            programme=self.programme,
            starts_on__lte=self.day,
            role__in=(Role.PRACTITIONER, Role.REGIONAL_COORDINATOR),
        )

    def _here(self, path: str) -> Q:
        if self.region:
            return Q(**{f"{path}__region": self.region})
        return Q(**{f"{path}__programme": self.programme})

    def _held(self, path: str) -> Q:
        start = f"{path}__" if path else ""
        return (
            self._here(f"{start}territory")
            & Q(**{f"{start}held_on__lte": self.day})
            & ~Q(**{f"{start}status": Workshop.Status.CANCELLED})
            & ~Q(**{f"{start}kind": Workshop.Kind.TRAINING})
        )
