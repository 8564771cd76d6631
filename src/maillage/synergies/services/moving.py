"""Move a synergy along its life, and back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.common.errors import RuleBroken
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.synergies.models import Barrier, StageChange, Synergy
from maillage.synergies.services.barriers import BarrierRaised, add_barriers
from maillage.synergies.services.planning import NextActionMissing, plan
from maillage.synergies.services.records import assign, editable_synergy
from maillage.synergies.stages import LADDER, STOPPED, Stage
from maillage.territories.models import Mandate

#: How long a move can be taken back as if it had not been made.
UNDO_WINDOW = timedelta(minutes=15)


class StageNotReachable(RuleBroken):
    """The synergy cannot go from its stage to that one."""


class ReasonMissing(RuleBroken):
    """A step back says why."""


class BarrierMissing(RuleBroken):
    """A synergy that stops says what stands in its way."""


class TooLateToUndo(RuleBroken):
    """Something happened since."""


@transaction.atomic
def move_to_stage(
    *,
    synergy_id: UUID,
    stage: str,
    mandate: Mandate,
    at: datetime,
    reason: str = "",
    barriers: Sequence[BarrierRaised] = (),
    next_action: str = "",
    next_action_on: date | None = None,
) -> StageChange:
    """
    Move a synergy to another stage and keep the trace of it.

    Forward is free: a spontaneous synergy jumps. Backward needs a reason, blocked and abandoned a barrier; a synergy
    that is alive afterwards needs a next action, its own or the one given; a synergy that is over keeps none.

    :raises StageNotReachable: the synergy is already there.
    :raises ReasonMissing: a step back without a reason.
    :raises BarrierMissing: a stop without any barrier, given or standing.
    :raises NextActionMissing: a living synergy would be left with nothing to do.
    """
    synergy = editable_synergy(synergy_id, mandate)
    stage, before, reason = Stage(stage), Stage(synergy.stage), reason.strip()
    if stage is before:
        raise StageNotReachable(_("This synergy is already at this stage: choose another one."))
    if _is_backward(before, stage) and not reason:
        raise ReasonMissing(_("Say in a few words why the synergy goes back."))
    if stage in STOPPED and not barriers and not synergy.barriers.filter(resolved_at=None).exists():
        raise BarrierMissing(_("Choose at least one barrier: it is what helps the next synergy like this one."))

    today = timezone.localdate(at)
    changes = assign(synergy, stage=stage.value, stage_since=today)
    changes |= _plan_after(synergy, next_action, next_action_on)
    synergy.save(update_fields=["stage", "stage_since", "next_action", "next_action_on"])
    raised = add_barriers(synergy, barriers, on=today)
    change = StageChange.objects.create(
        synergy=synergy, from_stage=before, to_stage=stage, at=at, by_id=mandate.user_id, reason=reason
    )
    record(
        act=Entry.Act.CHANGED,
        of=synergy,
        by=mandate,
        at=at,
        changes=changes | {"stage_change": str(change.pk), "barriers": [str(barrier.pk) for barrier in raised]},
        reason=reason,
        territory_id=synergy.territory_id,
    )
    return change


def _is_backward(before: Stage, after: Stage) -> bool:
    """A step down the ladder; leaving a stop is not one, since a blocked synergy takes up where it was."""
    return before in LADDER and after in LADDER and LADDER.index(after) < LADDER.index(before)


def _plan_after(synergy: Synergy, next_action: str, next_action_on: date | None) -> dict[str, list[Any]]:
    if not synergy.is_open:
        return assign(synergy, next_action="", next_action_on=None)
    if next_action.strip():
        return plan(synergy, next_action, next_action_on)
    if synergy.is_alive and not (synergy.next_action and synergy.next_action_on):
        raise NextActionMissing(_("Say what comes next and on which day: a living synergy always has a next action."))
    return {}


@transaction.atomic
def undo_move(*, change_id: UUID, mandate: Mandate, at: datetime) -> Synergy:
    """
    Take back the last move of a synergy, at once, as if it had not been made; the journal keeps both acts.

    :raises TooLateToUndo: the move is old, is not the last one, or is somebody else's.
    """
    change = StageChange.objects.filter(pk=change_id).select_related("synergy").first()
    if change is None:
        raise TooLateToUndo(_("This move was already taken back."))
    synergy = editable_synergy(change.synergy_id, mandate)
    latest = synergy.history.order_by("-at", "-pk").first()
    if latest != change or change.by_id != mandate.user_id or at - change.at > UNDO_WINDOW:
        raise TooLateToUndo(_("This move can no longer be taken back: move the synergy again and say why."))

    moved = Entry.objects.about(synergy).filter(changes__stage_change=str(change.pk)).get()
    before = {name: values[0] for name, values in moved.changes.items() if name in _RESTORED}
    for name in ("stage_since", "next_action_on"):
        if before.get(name):
            before[name] = date.fromisoformat(before[name])
    changes = assign(synergy, **before)
    synergy.save(update_fields=[*_RESTORED])
    Barrier.objects.filter(synergy=synergy, pk__in=moved.changes["barriers"]).delete()
    change.delete()
    record(
        act=Entry.Act.CHANGED,
        of=synergy,
        by=mandate,
        at=at,
        changes=changes,
        reason=_("Move taken back"),
        territory_id=synergy.territory_id,
    )
    return synergy


_RESTORED = ("stage", "stage_since", "next_action", "next_action_on")
