"""What stands in the way: raised, and lifted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.synergies.models import Barrier, Interaction, Synergy
from maillage.synergies.services.interactions import log_interaction
from maillage.synergies.services.records import editable_synergy
from maillage.territories.models import Mandate


@dataclass(frozen=True, slots=True)
class BarrierRaised:
    """A barrier to be raised: its kind, and what is known of it."""

    kind: str
    note: str = ""


@transaction.atomic
def raise_barrier(*, synergy_id: UUID, kind: str, mandate: Mandate, at: datetime, note: str = "") -> Barrier:
    """Write down what stands in the way of a synergy, whatever its stage."""
    synergy = editable_synergy(synergy_id, mandate)
    (barrier,) = add_barriers(synergy, [BarrierRaised(kind, note)], on=timezone.localdate(at))
    record(
        act=Entry.Act.CREATED,
        of=barrier,
        by=mandate,
        at=at,
        changes={"synergy": [None, str(synergy.pk)]},
        territory_id=synergy.territory_id,
    )
    return barrier


@transaction.atomic
def lift_barrier(*, barrier_id: UUID, mandate: Mandate, at: datetime, note: str = "") -> Barrier:
    """Write down that a barrier no longer stands; what helped is kept as a note of the synergy."""
    barrier = Barrier.objects.filter(pk=barrier_id).first()
    if barrier is None:
        raise NotAllowed(_("This barrier no longer exists: look at the synergy again."))
    synergy = editable_synergy(barrier.synergy_id, mandate)
    if barrier.resolved_at is None:
        barrier.resolved_at = at
        barrier.save(update_fields=["resolved_at"])
        record(
            act=Entry.Act.CHANGED,
            of=barrier,
            by=mandate,
            at=at,
            changes={"resolved_at": [None, at.isoformat()]},
            territory_id=synergy.territory_id,
        )
        if note.strip():
            log_interaction(kind=Interaction.Kind.NOTE, mandate=mandate, at=at, summary=note, synergy_ids=[synergy.pk])
    return barrier


def add_barriers(synergy: Synergy, barriers: Iterable[BarrierRaised], *, on: date) -> list[Barrier]:
    return [
        Barrier.objects.create(synergy=synergy, kind=Barrier.Kind(raised.kind), note=raised.note.strip(), raised_on=on)
        for raised in barriers
    ]
