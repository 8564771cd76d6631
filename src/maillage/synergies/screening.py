"""Screen proposals: what somebody keeps becomes a potential synergy, what they set aside is not shown again."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.common.errors import NotAllowed, RuleBroken
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.matching.models import Proposal
from maillage.resources.nomenclature import Direction, SynergyType
from maillage.synergies.models import Party, PotentialSynergy, Synergy
from maillage.synergies.services.opening import PartyGiven, open_synergy
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


@transaction.atomic
def follow_potential(
    *, potential_id: UUID, next_action: str, next_action_on: date, mandate: Mandate, at: datetime
) -> Synergy:
    """
    Follow a potential synergy: a synergy opens at its first stage, between the companies that were seen in it.

    :raises NotAllowed: the potential synergy is of another place.
    :raises AlreadyFollowed: somebody follows it.
    :raises NextActionMissing: no next action, or no date for it.
    """
    potential = PotentialSynergy.objects.editable_by(mandate).for_list().filter(pk=potential_id).first()
    if potential is None:
        raise NotAllowed(_("This potential synergy is not of your place: ask its practitioner to follow it."))
    card = potential.offered or potential.sought
    return open_synergy(
        title=potential.title,
        synergy_type=potential.synergy_type or (card.synergy_type if card else "") or SynergyType.SUBSTITUTION,
        parties=_parties(potential),
        next_action=next_action,
        next_action_on=next_action_on,
        mandate=mandate,
        at=at,
        territory=potential.territory,
        origin=Synergy.Origin.WORKSHOP if potential.origin == potential.Origin.ROOM else Synergy.Origin.DESK,
        quantity=card.quantity if card else None,
        unit=card.unit if card else "",
        period=card.period if card else "",
        potential_id=potential.pk,
    )


def _parties(potential: PotentialSynergy) -> list[PartyGiven]:
    """Who offered gives, who sought takes; of a pool, and for anybody else who was seen in it, a member."""
    is_pool = potential.offered is not None and potential.offered.direction == Direction.POOL
    roles = {}
    if not is_pool and potential.offered:
        roles[potential.offered.site.company_id] = Party.Role.PROVIDER
    if not is_pool and potential.sought:
        roles.setdefault(potential.sought.site.company_id, Party.Role.RECEIVER)
    for company in potential.companies.all():
        roles.setdefault(company.pk, Party.Role.POOL_MEMBER)
    return [PartyGiven(company_id, role) for company_id, role in roles.items()]


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
