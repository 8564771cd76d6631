"""Ask for the proposals of a workshop: at once, or in the background."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.territories.models import Mandate
from maillage.workshops.cards import cards_of, editable_workshop
from maillage.workshops.models import ProposalRun
from maillage.workshops.proposing import NoCard, run_proposals
from maillage.workshops.tasks import compute_proposals

#: Past this many cards, one does not wait for the page.
AT_ONCE = 200


def ask_for_proposals(*, workshop_id: UUID, mandate: Mandate, at: datetime) -> ProposalRun:
    """
    Have the proposals of a workshop computed: at once when it has few cards, else in the background.

    :returns: the run, over or just begun; how far it is can be read on it at any time.
    :raises NotAllowed: the workshop is held elsewhere.
    :raises NoCard: no card was said there yet.
    """
    workshop = editable_workshop(workshop_id, mandate)
    total = cards_of(workshop).available().count()
    if not total:
        raise NoCard(_("No card yet: write or import what the companies said, then ask for proposals."))
    run = ProposalRun.objects.create(workshop=workshop, mandate=mandate, asked_at=at, cards_total=total)
    if total <= AT_ONCE:
        return run_proposals(run_id=run.pk, now=lambda: at)
    transaction.on_commit(lambda: compute_proposals.enqueue(run_id=str(run.pk)))
    return run
