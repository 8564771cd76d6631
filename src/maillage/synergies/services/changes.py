"""Correct what is written on a synergy."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.common.errors import RuleBroken
from maillage.common.text import fold
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.synergies.models import Synergy
from maillage.synergies.services.opening import PartyGiven, add_parties, check_parties
from maillage.synergies.services.records import assign, editable_synergy
from maillage.territories.models import Mandate

#: What a person corrects by hand; the stage, the next action and the practitioner have their own services.
CORRECTED = frozenset({"title", "description", "synergy_type", "quantity", "unit", "period", "continuity"})


class TitleMissing(RuleBroken):
    """A synergy is known by its title."""


@transaction.atomic
def change_synergy(
    *,
    synergy_id: UUID,
    mandate: Mandate,
    at: datetime,
    parties: Sequence[PartyGiven] | None = None,
    **corrections: Any,
) -> Synergy:
    """
    Correct a synergy: any of `CORRECTED`, and its parties, replaced as a whole when given.

    :raises TitleMissing: the title would be empty.
    :raises PartiesMissing: no company would be left.
    """
    if unknown := set(corrections) - CORRECTED:
        raise TypeError(f"not corrected by hand: {', '.join(sorted(unknown))}")
    synergy = editable_synergy(synergy_id, mandate)
    if "title" in corrections and not corrections["title"].strip():
        raise TitleMissing(_("Give the synergy a title: what goes from whom to whom, in a few words."))

    changes = assign(synergy, **corrections)
    synergy.folded_title = fold(synergy.title)
    synergy.save()
    if parties is not None:
        changes |= _replace_parties(synergy, parties, mandate)
    if changes:
        record(act=Entry.Act.CHANGED, of=synergy, by=mandate, at=at, changes=changes, territory_id=synergy.territory_id)
    return synergy


def _replace_parties(synergy: Synergy, parties: Sequence[PartyGiven], mandate: Mandate) -> dict[str, list[Any]]:
    before = [
        PartyGiven(company_id, role)
        for company_id, role in synergy.parties.order_by("rank", "pk").values_list("company_id", "role")
    ]
    if before == list(parties):
        return {}
    check_parties(parties, mandate, known=[party.company_id for party in before])
    synergy.parties.all().delete()
    add_parties(synergy, parties)
    return {"parties": [_written(before), _written(parties)]}


def _written(parties: Sequence[PartyGiven]) -> list[str]:
    return [f"{party.role} {party.company_id}" for party in parties]
