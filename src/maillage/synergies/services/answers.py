"""What a company answers through its link, and the practitioner's glance at it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.common.errors import NotAllowed, RuleBroken
from maillage.journal.models import Entry
from maillage.journal.services import Author, record
from maillage.synergies.models import Interaction, Synergy
from maillage.synergies.services.barriers import BarrierRaised
from maillage.synergies.services.moving import move_to_stage
from maillage.synergies.services.planning import plan_next_action
from maillage.synergies.services.records import assign, editable_synergy
from maillage.synergies.stages import Stage
from maillage.territories.models import Mandate

#: What an answer lets the practitioner suppose; they decide.
SUGGESTED_STAGE = {Interaction.Outcome.DONE: Stage.COMPLETED, Interaction.Outcome.STUCK: Stage.BLOCKED}


class AlreadySeen(RuleBroken):
    """Somebody glanced at this answer before."""


@transaction.atomic
def record_answer(
    *,
    company_id: UUID,
    synergy_id: UUID,
    outcome: str,
    author: Author,
    at: datetime,
    quantity: Decimal | None = None,
    summary: str = "",
) -> Interaction:
    """
    Keep what a company says of one of its synergies; nothing of the synergy changes before a practitioner's glance.

    :raises NotAllowed: the company takes no part in this synergy.
    """
    synergy = Synergy.objects.filter(pk=synergy_id, parties__company=company_id).first()
    if synergy is None:
        raise NotAllowed(_("Your company takes no part in this synergy: open the link you received again."))
    answer = Interaction.objects.create(
        territory_id=synergy.territory_id,
        kind=Interaction.Kind.ANSWER,
        outcome=Interaction.Outcome(outcome),
        summary=summary.strip(),
        stated_quantity=quantity if quantity != synergy.quantity else None,
        at=at,
    )
    answer.companies.set([company_id])
    answer.synergies.set([synergy])
    record(act=Entry.Act.CREATED, of=answer, by=author, at=at, territory_id=synergy.territory_id)
    return answer


@transaction.atomic
def glance_at_answer(
    *,
    answer_id: UUID,
    mandate: Mandate,
    at: datetime,
    takes_quantity: bool = False,
    stage: str = "",
    reason: str = "",
    barriers: Sequence[BarrierRaised] = (),
    next_action: str = "",
    next_action_on: date | None = None,
) -> Interaction:
    """
    Mark an answer as seen, and apply to its synergy what the practitioner accepts of it.

    :raises NotAllowed: the answer is about a synergy followed elsewhere.
    :raises AlreadySeen: somebody did it before.
    """
    answer = (
        Interaction.objects.answers().in_place_of(mandate).select_for_update(of=("self",)).filter(pk=answer_id).first()
    )
    if answer is None:
        raise NotAllowed(_("This answer is for another place: its practitioner will look at it."))
    if answer.seen_at is not None:
        raise AlreadySeen(_("Somebody has already looked at this answer: see the page of the synergy."))
    synergy = editable_synergy(answer.synergies.values_list("pk", flat=True).get(), mandate)

    answer.seen_at = at
    answer.save(update_fields=["seen_at"])
    changes = {"seen_at": [None, at.isoformat()]}
    record(act=Entry.Act.CHANGED, of=answer, by=mandate, at=at, changes=changes, territory_id=answer.territory_id)
    if takes_quantity and answer.stated_quantity is not None:
        changes = assign(synergy, quantity=answer.stated_quantity)
        synergy.save(update_fields=["quantity"])
        record(act=Entry.Act.CHANGED, of=synergy, by=mandate, at=at, changes=changes, territory_id=synergy.territory_id)
    planned = {"next_action": next_action, "next_action_on": next_action_on}
    if stage and stage != synergy.stage:
        move_to_stage(
            synergy_id=synergy.pk, stage=stage, mandate=mandate, at=at, reason=reason, barriers=barriers, **planned
        )
    elif next_action.strip():
        plan_next_action(synergy_id=synergy.pk, mandate=mandate, at=at, **planned)
    return answer
