"""Load what may be changed, and say what a change changed."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.common.changes import assign
from maillage.common.errors import NotAllowed
from maillage.synergies.models import Synergy
from maillage.territories.models import Mandate

__all__ = ["assign", "editable_synergies", "editable_synergy"]


def editable_synergy(synergy_id: UUID, mandate: Mandate) -> Synergy:
    """
    Load a synergy of the mandate's place, and lock it.

    :raises NotAllowed: it is followed elsewhere, or this role changes nothing.
    """
    synergy = Synergy.objects.editable_by(mandate).select_for_update(of=("self",)).filter(pk=synergy_id).first()
    if synergy is None:
        raise NotAllowed(_("This synergy is not followed here: ask its practitioner to change it."))
    return synergy


def editable_synergies(synergy_ids: Collection[UUID], mandate: Mandate) -> list[Synergy]:
    """
    Load several synergies of the mandate's place, and lock them, always in the same order.

    :raises NotAllowed: one of them is followed elsewhere.
    """
    found = list(
        Synergy.objects.editable_by(mandate).select_for_update(of=("self",)).filter(pk__in=synergy_ids).order_by("pk")
    )
    if len(found) < len(set(synergy_ids)):
        raise NotAllowed(_("One of these synergies is not followed here: leave it out."))
    return found
