"""The cards said at a workshop."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from maillage.common.errors import NotAllowed
from maillage.matching.reading import understand
from maillage.resources.models import Resource
from maillage.resources.nomenclature import Confidentiality
from maillage.resources.services import write_card
from maillage.territories.models import Mandate
from maillage.workshops.models import Participation, Workshop, WorkshopResource

#: Cards that may be read by every company of the room. The others stay between the company and its practitioner.
SHARED_IN_THE_ROOM = {Confidentiality.PROGRAMME, Confidentiality.REGION, Confidentiality.TERRITORY}


def cards_of(workshop: Workshop) -> QuerySet[Resource]:
    """The cards said at this workshop, whoever may read them."""
    return Resource.objects.filter(workshop_card__workshop=workshop)


def shared_cards_of(workshop: Workshop) -> QuerySet[Resource]:
    """The cards said at this workshop that whoever was in the room may read."""
    return cards_of(workshop).kept().filter(confidentiality__in=SHARED_IN_THE_ROOM)


@transaction.atomic
def add_workshop_card(
    *,
    workshop_id: UUID,
    participation_id: UUID,
    text: str,
    mandate: Mandate,
    at: datetime,
    side: str | None = None,
    table: int | None = None,
    round: int | None = None,
) -> Resource:
    """
    Write the card that a company said at a workshop, as one line; the company may be of another territory.

    :raises NotAllowed: the workshop lies elsewhere, or the company does not take part in it.
    :raises LineMissing: the line is empty.
    """
    workshop = editable_workshop(workshop_id, mandate)
    seats = Participation.objects.filter(workshop=workshop).select_related("site__company")
    seat = seats.filter(pk=participation_id).first()
    if seat is None:
        raise NotAllowed(_("This company does not take part in the workshop: add it to the participants first."))
    card = write_card(site=seat.site, said=understand(text, side), by=mandate, at=at)
    WorkshopResource.objects.create(
        workshop=workshop, resource=card, table=seat.table if table is None else table, round=round
    )
    return card


def editable_workshop(workshop_id: UUID, mandate: Mandate) -> Workshop:
    """
    Load a workshop of the mandate's place.

    :raises NotAllowed: it is held elsewhere, or this role changes nothing.
    """
    workshop = Workshop.objects.editable_by(mandate).select_related("territory").filter(pk=workshop_id).first()
    if workshop is None:
        raise NotAllowed(_("This workshop is not of your place: its own practitioner prepares it."))
    return workshop
