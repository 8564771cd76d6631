"""Screen proposals: what somebody keeps becomes a potential synergy, what they set aside is not shown again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.common.errors import NotAllowed, RuleBroken
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.matching.models import Proposal
from maillage.synergies.models import PotentialSynergy
from maillage.territories.models import Mandate, Territory
from maillage.territories.scope import may_edit_in

Verdict = Proposal.Verdict


class FollowedAlready(RuleBroken):
    """A potential synergy that somebody follows is not undone."""


@transaction.atomic
def keep_proposal(*, proposal_id: UUID, mandate: Mandate, at: datetime) -> PotentialSynergy:
    """
    Keep a proposal: it becomes a potential synergy of the place of the mandate, or stays the one it was.

    :raises NotAllowed: neither card is of the mandate's place, or one is kept from it.
    """
    proposal = _editable(proposal_id, mandate)
    known = PotentialSynergy.objects.from_proposal(proposal).first()
    if known:
        return known
    potential = PotentialSynergy.objects.create(
        territory=_territory(proposal, mandate),
        title=_title(proposal),
        synergy_type=proposal.synergy_type,
        origin=PotentialSynergy.Origin.PROPOSAL,
        offered=proposal.left,
        sought=proposal.right,
        proposal=proposal,
        identified_at=at,
    )
    potential.companies.set([proposal.left.site.company_id, proposal.right.site.company_id])
    record(act=Entry.Act.CREATED, of=potential, by=mandate, at=at, territory_id=potential.territory_id)
    _judge(proposal, Verdict.ACCEPTED, mandate, at)
    return potential


@transaction.atomic
def set_aside_proposal(*, proposal_id: UUID, mandate: Mandate, at: datetime, reason: str = "") -> Proposal:
    """
    Set a proposal aside, with the reason if one is given; if it had been kept, what it became goes away.

    :raises NotAllowed: neither card is of the mandate's place, or one is kept from it.
    :raises FollowedAlready: it had been kept, and somebody follows it.
    """
    proposal = _editable(proposal_id, mandate)
    _forget_potential(proposal, mandate, at)
    _judge(proposal, Verdict.REFUSED, mandate, at, reason)
    return proposal


@transaction.atomic
def reopen_proposal(*, proposal_id: UUID, mandate: Mandate, at: datetime) -> Proposal:
    """
    Undo what was decided of a proposal: it is to be screened again, and what it became goes away.

    :raises NotAllowed: neither card is of the mandate's place, or one is kept from it.
    :raises FollowedAlready: it had been kept, and somebody follows it.
    """
    proposal = _editable(proposal_id, mandate)
    _forget_potential(proposal, mandate, at)
    _judge(proposal, Verdict.NONE, mandate, at)
    return proposal


def _editable(proposal_id: UUID, mandate: Mandate) -> Proposal:
    proposals = Proposal.objects.editable_by(mandate).select_related("left__site__territory", "right__site__territory")
    proposal = proposals.select_for_update(of=("self",)).filter(pk=proposal_id).first()
    if proposal is None:
        raise NotAllowed(_("Neither card is of your place: one of their practitioners screens this proposal."))
    return proposal


def _territory(proposal: Proposal, mandate: Mandate) -> Territory:
    """The potential synergy belongs to who keeps it: their territory, that of the offer first."""
    ends = (proposal.left.site.territory, proposal.right.site.territory)
    return next(territory for territory in ends if may_edit_in(mandate, territory))


def _title(proposal: Proposal) -> str:
    titles = dict.fromkeys([proposal.left.title, proposal.right.title])
    return " / ".join(titles)[:200]


def _judge(proposal: Proposal, verdict: str, mandate: Mandate, at: datetime, reason: str = "") -> None:
    before = proposal.verdict
    if before == verdict:
        return
    proposal.verdict = verdict
    proposal.verdict_by = mandate.user_id if verdict else None
    proposal.verdict_at = at if verdict else None
    proposal.save(update_fields=["verdict", "verdict_by", "verdict_at"])
    record(
        act=Entry.Act.CHANGED,
        of=proposal,
        by=mandate,
        at=at,
        changes={"verdict": [str(before), str(verdict)]},
        reason=reason,
        territory_id=_territory(proposal, mandate).pk,
    )


def _forget_potential(proposal: Proposal, mandate: Mandate, at: datetime) -> None:
    potential = PotentialSynergy.objects.from_proposal(proposal).first()
    if potential is None:
        return
    if potential.followed.exists():
        raise FollowedAlready(_("Somebody already follows this synergy: change its stage on its page instead."))
    record(act=Entry.Act.DELETED, of=potential, by=mandate, at=at, territory_id=potential.territory_id)
    potential.delete()
