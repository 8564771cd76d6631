"""Propose synergies for the cards of a workshop, and screen them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from maillage.common.errors import RuleBroken
from maillage.matching.models import Proposal
from maillage.matching.services import propose_for
from maillage.resources.models import Resource
from maillage.synergies.models import PotentialSynergy
from maillage.synergies.screening import keep_proposal
from maillage.territories.models import Mandate
from maillage.workshops.cards import cards_of, editable_workshop
from maillage.workshops.models import ProposalRun, Workshop, WorkshopPotential

#: A card of a workshop chooses this many partners.
TOP = 5


class NoCard(RuleBroken):
    """There is nothing to pair."""


def propose_for_workshop(
    *, workshop_id: UUID, mandate: Mandate, at: datetime, progress: Callable[[int, int], None] | None = None
) -> int:
    """
    Propose partners for the cards of a workshop, among themselves and in the base that the mandate reads.

    :returns: how many pairs are proposed.
    :raises NotAllowed: the workshop is held elsewhere.
    :raises NoCard: no card was said there yet.
    """
    workshop = editable_workshop(workshop_id, mandate)
    cards = cards_of(workshop)
    if not cards.exists():
        raise NoCard(_("No card yet: write or import what the companies said, then ask for proposals."))
    return propose_for(resources=cards, against=Resource.objects.visible_to(mandate), at=at, top=TOP, progress=progress)


def run_proposals(*, run_id: UUID, now: Callable[[], datetime]) -> ProposalRun:
    """Compute what a run asks for, telling it how far it is; a failure is written on it before it is raised."""
    run = ProposalRun.objects.select_related("workshop", "mandate").get(pk=run_id)
    try:
        run.found = propose_for_workshop(
            workshop_id=run.workshop_id, mandate=run.mandate, at=run.asked_at, progress=_telling(run)
        )
    except Exception:
        ProposalRun.objects.filter(pk=run.pk).update(failed=True, finished_at=now())
        raise
    run.cards_done, run.finished_at = run.cards_total, now()
    run.save(update_fields=["found", "cards_done", "finished_at"])
    return run


def _telling(run: ProposalRun) -> Callable[[int, int], None]:
    """Write the progress on the run, a hundred times at most."""
    step = max(1, run.cards_total // 100)

    def tell(done: int, total: int) -> None:
        if done % step == 0:
            ProposalRun.objects.filter(pk=run.pk).update(cards_done=done, cards_total=total)

    return tell


def proposals_of(workshop: Workshop, mandate: Mandate) -> QuerySet[Proposal]:
    """The proposals that this mandate screens for a workshop: those that hold one of its cards."""
    return Proposal.objects.editable_by(mandate).of(cards_of(workshop))


def potentials_of(workshop: Workshop) -> QuerySet[PotentialSynergy]:
    """The potential synergies seen at a workshop."""
    return PotentialSynergy.objects.filter(workshop_potential__workshop=workshop)


@transaction.atomic
def keep_for_workshop(*, proposal_id: UUID, workshop_id: UUID, mandate: Mandate, at: datetime) -> PotentialSynergy:
    """
    Keep a proposal as a potential synergy seen at a workshop.

    :raises NotAllowed: the workshop or the proposal is not of the mandate's place.
    """
    workshop = editable_workshop(workshop_id, mandate)
    potential = keep_proposal(proposal_id=proposal_id, mandate=mandate, at=at)
    WorkshopPotential.objects.get_or_create(potential=potential, defaults={"workshop": workshop})
    return potential
