"""What a helper of a workshop sees of it: their table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from maillage.resources.models import Resource
from maillage.territories.models import Mandate
from maillage.workshops.cards import shared_cards_of
from maillage.workshops.models import Participation, Staffing, Workshop


@dataclass(frozen=True)
class CompanyAtTable:
    seat: Participation
    cards: list[Resource]


def duties_of(mandate: Mandate) -> QuerySet[Staffing]:
    """What the person of this mandate is asked to do, at which workshops, the latest first."""
    return (
        Staffing.objects.filter(user=mandate.user_id, workshop__in=Workshop.objects.visible_to(mandate))
        .select_related("workshop__territory__programme", "workshop__commune")
        .order_by("-workshop__held_on", "pk")
    )


def nearest(duties: Sequence[Staffing], today: date) -> Staffing | None:
    """The duty of today, else the next, else the last."""
    ahead = [duty for duty in duties if duty.workshop.held_on >= today]
    return ahead[-1] if ahead else next(iter(duties), None)


def table_of(duty: Staffing) -> list[CompanyAtTable]:
    """
    The companies at the helper's table and what they said there, in two queries.

    Who has no table of their own, or a room where nobody is seated yet, sees the whole room. What a company keeps for
    its partners or its practitioner is not shown.
    """
    seats = list(
        Participation.objects.at(duty.workshop).coming().for_list().order_by("table", "site__company__folded_name")
    )
    if duty.table and any(seat.table for seat in seats):
        seats = [seat for seat in seats if seat.table == duty.table]
    said: dict = {}
    for card in shared_cards_of(duty.workshop).for_list().order_by("direction", "folded_text", "pk"):
        said.setdefault(card.site.company_id, []).append(card)
    return [CompanyAtTable(seat, said.get(seat.site.company_id, [])) for seat in seats]
