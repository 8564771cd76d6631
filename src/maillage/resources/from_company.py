"""What a company says of its cards by its link: a new one in a line, a quantity that was wrong."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.common.changes import assign
from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.organisations.models import CompanyLink
from maillage.organisations.services.links import author_of
from maillage.resources.models import Resource
from maillage.resources.nomenclature import ResourceStatus
from maillage.resources.services import AmountUnclear, write_card


@transaction.atomic
def add_card_by_link(*, link: CompanyLink, said: Mapping[str, Any], at: datetime) -> Resource:
    """
    Add a card to the company's site in the territory of its link; the journal says that the company wrote it.

    :raises LineMissing: the text is empty.
    """
    site = link.company.sites.filter(territory=link.territory_id).order_by("-is_main", "pk").first()
    if site is None:
        raise NotAllowed(_("Your company has moved to another territory: ask for a new link."))
    return write_card(site=site, said=said, by=author_of(link), at=at)


@transaction.atomic
def correct_quantity_by_link(*, link: CompanyLink, resource_id: UUID, quantity: Decimal, at: datetime) -> Resource:
    """
    Correct the quantity of a card, in the unit it already has.

    :raises NotAllowed: the card is of another company.
    :raises AmountUnclear: the quantity is not positive.
    """
    card = _card(link, resource_id)
    if quantity <= 0:
        raise AmountUnclear(_("Give a quantity greater than zero."))
    changes = assign(card, quantity=quantity)
    if changes:
        _save(card, changes, link, at)
    return card


@transaction.atomic
def withdraw_card_by_link(*, link: CompanyLink, resource_id: UUID, at: datetime) -> Resource:
    """
    Take a card of the company out of searches; its practitioner may bring it back.

    :raises NotAllowed: the card is of another company.
    """
    card = _card(link, resource_id)
    changes = assign(card, status=ResourceStatus.WITHDRAWN)
    if changes:
        _save(card, changes, link, at)
    return card


def _card(link: CompanyLink, resource_id: UUID) -> Resource:
    cards = Resource.objects.of_company(link.company_id).select_related("site").select_for_update(of=("self",))
    card = cards.filter(pk=resource_id).first()
    if card is None:
        raise NotAllowed(_("This card is not of your company: open the link you received again."))
    return card


def _save(card: Resource, changes: dict, link: CompanyLink, at: datetime) -> None:
    card.updated_at = at
    card.save(update_fields=[*changes, "updated_at"])
    territory = card.site.territory_id
    record(act=Entry.Act.CHANGED, of=card, by=author_of(link), at=at, changes=changes, territory_id=territory)
