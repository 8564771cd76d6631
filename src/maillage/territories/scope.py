"""
The one scoping rule.

Reading and writing are two rules. Reading follows the programme (the base is shared nationally) and, for cards, their
confidentiality; writing follows the place of the mandate. Every ``visible_to(mandate)`` and ``editable_by(mandate)`` of
the application is made of the three functions below, so that there is one place to read and one place to break.
"""

from datetime import date

from django.db.models import Q, QuerySet

from maillage.territories.models import Mandate, Region, Role, Territory

#: Roles that read records with the names of the companies.
READS_NAMES = {
    Role.NATIONAL_COORDINATOR,
    Role.REGIONAL_COORDINATOR,
    Role.PRACTITIONER,
    Role.FACILITATOR,
    Role.RELAY,
    Role.EXPERT,
}
#: Roles that read the whole shared base of the programme, and not only their own place.
READS_SHARED_BASE = {Role.NATIONAL_COORDINATOR, Role.REGIONAL_COORDINATOR, Role.PRACTITIONER, Role.EVALUATOR}
#: Roles that read figures: tables, totals, lines without names.
READS_FIGURES = READS_SHARED_BASE | {Role.FUNDER}
#: Roles that change the records of their own place.
EDITS_RECORDS = {Role.REGIONAL_COORDINATOR, Role.PRACTITIONER}
#: Roles that see costs and prices of companies of their own place.
READS_SECRETS = {Role.NATIONAL_COORDINATOR, Role.REGIONAL_COORDINATOR, Role.PRACTITIONER}

NOTHING = Q(pk__in=[])


def in_programme(mandate: Mandate, path: str) -> Q:
    """What lies in the programme of the mandate. ``path`` leads to the territory ("" when the record is one)."""
    return Q(**{_join(path, "programme"): mandate.programme_id})


def in_place(mandate: Mandate, path: str) -> Q:
    """What lies in the place of the mandate: its territory, the territories of its region, or the whole programme."""
    if mandate.territory_id:
        return Q(**{_join(path, "pk"): mandate.territory_id})
    if mandate.region_id:
        return Q(**{_join(path, "region"): mandate.region_id})
    return in_programme(mandate, path)


def editable(mandate: Mandate, path: str) -> Q:
    """What the mandate may change: the records of its place, if its role changes records at all."""
    return in_place(mandate, path) if mandate.role in EDITS_RECORDS else NOTHING


def covers(mandate: Mandate, territory) -> bool:
    """Tell whether the territory lies in the place of the mandate."""
    if mandate.territory_id:
        return mandate.territory_id == territory.pk
    if mandate.region_id:
        return mandate.region_id == territory.region_id
    return mandate.programme_id == territory.programme_id


def may_edit_in(mandate: Mandate, territory) -> bool:
    return mandate.role in EDITS_RECORDS and covers(mandate, territory)


def reads_secrets_in(mandate: Mandate, territory) -> bool:
    """Tell whether costs and prices of a company of the territory may be read."""
    return mandate.role in READS_SECRETS and covers(mandate, territory)


def territories_read_by(mandate: Mandate) -> QuerySet[Territory]:
    """The territories whose names this mandate reads, by name: those of the programme."""
    return Territory.objects.filter(in_programme(mandate, "")).order_by("name", "pk")


def regions_read_by(mandate: Mandate) -> QuerySet[Region]:
    """The regions of the programme of the mandate, by name."""
    return Region.objects.filter(programme=mandate.programme_id).order_by("name", "pk")


def territories_edited_by(mandate: Mandate) -> QuerySet[Territory]:
    """The territories where this mandate adds and changes records, by name."""
    return Territory.objects.filter(editable(mandate, "")).order_by("name", "pk")


def colleagues_of(mandate: Mandate, day: date) -> QuerySet[Mandate]:
    """The mandates in force that day that change records in the place of this one, or in a part of it."""
    if mandate.territory_id:
        here = Q(territory=mandate.territory_id) | Q(region=mandate.territory.region_id)
    elif mandate.region_id:
        here = Q(territory__region=mandate.region_id) | Q(region=mandate.region_id)
    else:
        here = Q()
    held = Mandate.objects.filter(here, programme=mandate.programme_id, role__in=EDITS_RECORDS)
    return held.in_force_on(day).select_related("user", "territory", "region").order_by("user__name", "pk")


def _join(path: str, field: str) -> str:
    return f"{path}__{field}" if path else field
