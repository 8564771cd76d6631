"""What follows a workshop: who has not been called back yet, and which synergies came of it."""

from datetime import date, timedelta

from django.db.models import Count, DateTimeField, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from maillage.synergies.models import Interaction, PotentialSynergy, Synergy
from maillage.territories.models import Mandate
from maillage.workshops.models import Participation, Workshop

#: For how long after a workshop its companies are asked to be called back.
CALL_BACK_WINDOW = timedelta(days=365)


def to_call_back(mandate: Mandate, day: date) -> QuerySet[Participation]:
    """
    The companies that came to a workshop of the mandate's place and that nobody has reached since.

    A company that came again is asked for once, after its last workshop. The nearest deadline comes first.

    :returns: participations with ``tried_at`` (the last call that must be made again) and ``lead_count`` (the potential
        synergies seen with the company there).
    """
    since = Interaction.objects.in_place_of(mandate).filter(
        companies=OuterRef("site__company"), at__date__gt=OuterRef("workshop__held_on")
    )
    later = Participation.objects.came().filter(
        site__company=OuterRef("site__company"),
        workshop__held_on__gt=OuterRef("workshop__held_on"),
        workshop__held_on__lt=day,
    )
    leads = (
        PotentialSynergy.objects.filter(
            companies=OuterRef("site__company"), workshop_potential__workshop=OuterRef("workshop")
        )
        .order_by()
        .values("companies")
        .annotate(n=Count("pk", distinct=True))
        .values("n")
    )
    tried = since.to_be_made_again().order_by("-at").values("at")[:1]
    return (
        Participation.objects.came()
        .filter(workshop__in=Workshop.objects.in_place_of(mandate))
        .filter(workshop__held_on__lt=day, workshop__held_on__gte=day - CALL_BACK_WINDOW)
        .exclude(Exists(since.reaching()))
        .exclude(Exists(later))
        .annotate(
            tried_at=Subquery(tried, output_field=DateTimeField()),
            lead_count=Coalesce(Subquery(leads, output_field=IntegerField()), 0),
        )
        .order_by("workshop__held_on", F("lead_count").desc(), "site__company__folded_name", "pk")
    )


def came_from(synergies: QuerySet[Synergy], workshop: Workshop) -> QuerySet[Synergy]:
    """Keep the synergies that were first seen at this workshop."""
    return synergies.filter(potential__workshop_potential__workshop=workshop)


def where_seen(synergy: Synergy) -> Workshop | None:
    """The workshop where a synergy was first seen, if it was at one."""
    if synergy.potential_id is None:
        return None
    return Workshop.objects.filter(potentials__potential=synergy.potential_id).first()
