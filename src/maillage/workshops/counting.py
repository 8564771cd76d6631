"""Workshops with their figures, and one workshop as it stands: what is read of all the records that hang on it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from maillage.resources.models import NOT_KEPT
from maillage.synergies.models import Synergy
from maillage.territories import scope
from maillage.territories.models import Mandate
from maillage.workshops.cards import cards_of
from maillage.workshops.following import came_from, to_call_back
from maillage.workshops.models import Participation, Workshop, WorkshopPotential, WorkshopResource
from maillage.workshops.proposing import proposals_of


def with_counts(workshops: QuerySet[Workshop], mandate: Mandate) -> QuerySet[Workshop]:
    """
    Load workshops for a list, with their figures.

    :returns: workshops with ``company_count`` (that came, or hold a place), ``card_count``, ``potential_count``,
        ``followed_count`` and ``is_here``, 1 in the place of the mandate and 0 elsewhere.
    """
    here = Case(When(scope.in_place(mandate, "territory"), then=Value(1)), default=Value(0))
    return workshops.for_list().annotate(
        is_here=here,
        company_count=_count(Participation.objects.coming(), "workshop"),
        card_count=_count(WorkshopResource.objects.exclude(_TAKEN_BACK), "workshop"),
        potential_count=_count(WorkshopPotential.objects.all(), "workshop"),
        followed_count=_count(Synergy.objects.all(), "potential__workshop_potential__workshop"),
    )


@dataclass(frozen=True)
class Standing:
    """How far a workshop is, read from its records on one day."""

    workshop: Workshop
    today: date
    participations: dict[str, int]
    seated: int
    helpers: int
    cards: int
    silent: int
    potentials: int
    followed: int
    to_screen: int
    to_call: int

    @property
    def programme(self):
        return self.workshop.territory.programme

    @property
    def days_left(self) -> int:
        return (self.workshop.held_on - self.today).days

    @property
    def is_ahead(self) -> bool:
        return self.days_left > 0

    @property
    def coming(self) -> int:
        return self.registered + self.came

    @property
    def registered(self) -> int:
        return self.participations[Participation.Status.REGISTERED]

    @property
    def came(self) -> int:
        return self.participations[Participation.Status.PRESENT]

    @property
    def did_not_come(self) -> int:
        return self.participations[Participation.Status.NO_SHOW]

    @property
    def waiting(self) -> int:
        return self.participations[Participation.Status.WAITING]

    @property
    def missing(self) -> int:
        return max(0, self.workshop.target_companies - self.coming)

    @property
    def days_ago(self) -> int:
        return -self.days_left

    @property
    def filled(self) -> int:
        """The part of the places that is taken, in per cent."""
        return min(100, round(100 * self.coming / self.workshop.capacity))

    @property
    def aimed_at(self) -> int:
        """The part of the places that is aimed at, in per cent."""
        return min(100, round(100 * self.workshop.target_companies / self.workshop.capacity))

    @property
    def reports_due(self) -> date:
        return self.workshop.held_on + timedelta(days=self.programme.report_delay_days)

    @property
    def calls_due(self) -> date:
        return self.workshop.held_on + timedelta(days=self.programme.follow_up_delay_days)

    @property
    def is_over(self) -> bool:
        """Nothing is asked any more: the workshop or its programme is closed."""
        return self.programme.is_closed or self.workshop.status == Workshop.Status.CLOSED


def standing_of(workshop: Workshop, mandate: Mandate, today: date) -> Standing:
    """
    Read how far a workshop is, in a number of queries that does not depend on its size.

    What is to be screened or called is what this mandate may screen and call: nothing, seen from elsewhere.
    """
    seats = Participation.objects.at(workshop)
    said = cards_of(workshop).kept().filter(site__company=OuterRef("site__company"))
    counted = seats.aggregate(
        seated=Count("pk", filter=Q(table__isnull=False) & _HOLDS_A_PLACE),
        silent=Count("pk", filter=_HOLDS_A_PLACE & ~Exists(said)),
    )
    return Standing(
        workshop=workshop,
        today=today,
        participations=seats.count_by_status(),
        seated=counted["seated"],
        helpers=workshop.staff.count(),
        cards=cards_of(workshop).kept().count(),
        silent=counted["silent"],
        potentials=workshop.potentials.count(),
        followed=came_from(Synergy.objects.all(), workshop).count(),
        to_screen=proposals_of(workshop, mandate).to_screen().count(),
        to_call=to_call_back(mandate, today).filter(workshop=workshop).count(),
    )


def with_cards_said(seats: QuerySet[Participation]) -> QuerySet[Participation]:
    """Tell how many cards each company said at the workshop: ``card_count``."""
    said = WorkshopResource.objects.exclude(_TAKEN_BACK).filter(
        workshop=OuterRef("workshop"), resource__site__company=OuterRef("site__company")
    )
    counted = said.order_by().values("workshop").annotate(n=Count("pk")).values("n")
    return seats.annotate(card_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


_TAKEN_BACK = Q(resource__status__in=NOT_KEPT)
_HOLDS_A_PLACE = Q(status__in=[Participation.Status.REGISTERED, Participation.Status.PRESENT])


def _count(records: QuerySet, path: str):
    counted = records.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
