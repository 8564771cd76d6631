"""The journal, seen under a mandate. It sits here because `journal` knows no place."""

from django.db.models import Q, QuerySet

from maillage.journal.models import Entry
from maillage.territories.models import Mandate, Role, Territory
from maillage.territories.scope import in_place

READS_JOURNAL = (
    Role.NATIONAL_COORDINATOR,
    Role.REGIONAL_COORDINATOR,
    Role.PRACTITIONER,
    Role.EVALUATOR,
)


def entries_visible_to(mandate: Mandate) -> QuerySet[Entry]:
    """
    The acts this mandate reads: those on the records of its place, and its own.

    Who reads the whole programme reads them all; an evaluator reads them without names, which the page sees to.
    """
    if mandate.role not in READS_JOURNAL:
        return Entry.objects.none()
    entries = Entry.objects.filter(programme_id=mandate.programme_id)
    if mandate.territory_id is None and mandate.region_id is None:
        return entries
    places = Territory.objects.filter(in_place(mandate, "")).values("pk")
    return entries.filter(Q(territory_id__in=places) | Q(actor_id=mandate.user_id))
