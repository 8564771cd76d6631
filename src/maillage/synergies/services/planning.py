"""A living synergy always has a next action with a date."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.common.errors import RuleBroken
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.synergies.models import Synergy
from maillage.synergies.services.records import assign, editable_synergy
from maillage.territories.models import Mandate


class NextActionMissing(RuleBroken):
    """A living synergy would be left with nothing to do."""


class NothingToPlan(RuleBroken):
    """A synergy that is over has no next action."""


@transaction.atomic
def plan_next_action(
    *, synergy_id: UUID, next_action: str, next_action_on: date, mandate: Mandate, at: datetime
) -> Synergy:
    """
    Say what comes next for a synergy, and when.

    :raises NextActionMissing: no action, or no date.
    :raises NothingToPlan: the synergy is completed or abandoned.
    """
    synergy = editable_synergy(synergy_id, mandate)
    if not synergy.is_open:
        raise NothingToPlan(_("This synergy is over: take it up again before you plan what comes next."))

    changes = plan(synergy, next_action, next_action_on)
    if changes:
        synergy.save(update_fields=["next_action", "next_action_on"])
        record(act=Entry.Act.CHANGED, of=synergy, by=mandate, at=at, changes=changes, territory_id=synergy.territory_id)
    return synergy


def plan(synergy: Synergy, next_action: str, next_action_on: date | None) -> dict[str, list[Any]]:
    """
    Give a synergy its next action, without saving; return what changed.

    :raises NextActionMissing: no action, or no date.
    """
    next_action = next_action.strip()
    if not next_action or next_action_on is None:
        raise NextActionMissing(_("Say what comes next and on which day: a living synergy always has a next action."))
    return assign(synergy, next_action=next_action, next_action_on=next_action_on)
