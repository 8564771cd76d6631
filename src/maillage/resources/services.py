"""Add, correct and withdraw cards."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.common.errors import NotAllowed, RuleBroken
from maillage.common.text import fold
from maillage.journal.models import Entry
from maillage.journal.services import Author, record
from maillage.organisations.models import Site
from maillage.resources.models import Resource
from maillage.resources.nomenclature import ResourceStatus
from maillage.territories.models import Mandate

#: What a person says of a card; the rest is kept by the services.
SAID = frozenset(
    {
        "direction",
        "text",
        "title",
        "category",
        "synergy_type",
        "quantity",
        "unit",
        "period",
        "regularity",
        "available_from",
        "available_to",
        "waste_code",
        "is_hazardous",
        "current_outcome",
        "current_cost_eur",
        "confidentiality",
    }
)


class LineMissing(RuleBroken):
    """A card is a line that a company said."""


class AmountUnclear(RuleBroken):
    """A quantity is a positive number of something."""


class EndsBeforeStart(RuleBroken):
    """An availability has a start before its end."""


class NotWithdrawn(RuleBroken):
    """Only a withdrawn card comes back."""


@transaction.atomic
def add_resource(*, site_id: UUID, said: Mapping[str, Any], mandate: Mandate, at: datetime) -> Resource:
    """
    Add a card to a site of the mandate's place; ``said`` holds some of `SAID`, its text at least.

    :raises NotAllowed: the site lies elsewhere.
    :raises LineMissing: the text is empty.
    :raises AmountUnclear: the quantity is not positive, or of nothing.
    :raises EndsBeforeStart: the availability ends before it starts.
    """
    site = Site.objects.editable_by(mandate).filter(pk=site_id).first()
    if site is None:
        raise NotAllowed(_("This company is not of your place: its own practitioner adds its cards."))
    return write_card(site=site, said=said, by=mandate, at=at)


def write_card(*, site: Site, said: Mapping[str, Any], by: Author, at: datetime) -> Resource:
    """Write a card and its journal entry, for services that have checked by themselves that it may be written."""
    card = Resource(site=site, created_at=at, updated_at=at)
    _say(card, said)
    card.save(force_insert=True)
    record(act=Entry.Act.CREATED, of=card, by=by, at=at, territory_id=site.territory_id)
    return card


@transaction.atomic
def change_resource(*, resource_id: UUID, said: Mapping[str, Any], mandate: Mandate, at: datetime) -> Resource:
    """
    Correct a card of the mandate's place with what is ``said`` now, and keep what was said before in the journal.

    :raises NotAllowed: the card lies elsewhere.
    :raises LineMissing: the text would be empty.
    :raises AmountUnclear: the quantity is not positive, or of nothing.
    :raises EndsBeforeStart: the availability ends before it starts.
    """
    card = editable_card(resource_id, mandate)
    changes = _say(card, said)
    if changes:
        card.updated_at = at
        card.save()
        _journal(card, changes, mandate, at)
    return card


@transaction.atomic
def withdraw_resource(*, resource_id: UUID, mandate: Mandate, at: datetime, reason: str = "") -> Resource:
    """
    Take a card out of searches and proposals; its history stays, and it can come back.

    :raises NotAllowed: the card lies elsewhere.
    """
    card = editable_card(resource_id, mandate)
    if card.status != ResourceStatus.WITHDRAWN:
        _turn(card, ResourceStatus.WITHDRAWN, mandate, at, reason)
    return card


@transaction.atomic
def bring_back_resource(*, resource_id: UUID, mandate: Mandate, at: datetime) -> Resource:
    """
    Undo a withdrawal: the card is again what it was before.

    :raises NotAllowed: the card lies elsewhere.
    :raises NotWithdrawn: it was not withdrawn.
    """
    card = editable_card(resource_id, mandate)
    if card.status != ResourceStatus.WITHDRAWN:
        raise NotWithdrawn(_("This card is not withdrawn: there is nothing to bring back."))
    _turn(card, _status_before(card), mandate, at)
    return card


def editable_card(resource_id: UUID, mandate: Mandate) -> Resource:
    """
    Load a card of the mandate's place, and lock it.

    :raises NotAllowed: the card lies elsewhere, or this role changes nothing.
    """
    cards = Resource.objects.editable_by(mandate).select_related("site").select_for_update(of=("self",))
    card = cards.filter(pk=resource_id).first()
    if card is None:
        raise NotAllowed(_("This card is not of your place: ask its practitioner to change it."))
    return card


def _say(card: Resource, said: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Give a card what is said of it, check it, and return what differs as ``{field: [before, after]}``."""
    if unknown := set(said) - SAID:
        raise TypeError(f"not said of a card: {', '.join(sorted(unknown))}")
    changes = {}
    for name, after in said.items():
        before = getattr(card, name)
        if before != after:
            setattr(card, name, after)
            changes[name] = [_plain(before), _plain(after)]
    card.text = card.text.strip()
    card.title = (card.title.strip() or card.text)[:160]
    card.folded_text = fold(f"{card.title} {card.text}" if card.title != card.text else card.text)[:500]
    _check(card)
    return changes


def _check(card: Resource) -> None:
    if not card.text:
        raise LineMissing(_("Write the line as the company says it: what, how much, how often."))
    if card.quantity is not None and card.quantity <= 0:
        raise AmountUnclear(_("Give a quantity greater than zero, or leave it empty."))
    if card.quantity is not None and not card.unit:
        raise AmountUnclear(_("Say what the quantity counts: choose a unit."))
    if card.available_from and card.available_to and card.available_to <= card.available_from:
        raise EndsBeforeStart(_("The availability ends before it starts: correct one of the two dates."))


def _turn(card: Resource, status: str, mandate: Mandate, at: datetime, reason: str = "") -> None:
    before, card.status, card.updated_at = card.status, status, at
    card.save(update_fields=["status", "updated_at"])
    _journal(card, {"status": [str(before), str(status)]}, mandate, at, reason)


def _status_before(card: Resource) -> str:
    for entry in Entry.objects.about(card).newest_first():
        before, after = entry.changes.get("status", (None, None))
        if after == ResourceStatus.WITHDRAWN:
            return before
    return ResourceStatus.ACTIVE


def _journal(card: Resource, changes: dict[str, Any], mandate: Mandate, at: datetime, reason: str = "") -> None:
    record(
        act=Entry.Act.CHANGED,
        of=card,
        by=mandate,
        at=at,
        changes=changes,
        reason=reason,
        territory_id=card.site.territory_id,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize()) if value else "0"
    return value if value is None or isinstance(value, str | int | bool) else str(value)
