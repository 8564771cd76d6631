"""Open a synergy that somebody will follow."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.common.errors import NotAllowed, RuleBroken
from maillage.common.text import fold
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.organisations.models import Company
from maillage.synergies.models import Party, PotentialSynergy, StageChange, Synergy
from maillage.synergies.services.planning import plan
from maillage.synergies.stages import Stage
from maillage.territories.models import Mandate, Territory
from maillage.territories.scope import may_edit_in


@dataclass(frozen=True, slots=True)
class PartyGiven:
    """A company that takes part in a synergy, and its part."""

    company_id: UUID
    role: str


class PartiesMissing(RuleBroken):
    """A synergy is between companies."""


class AlreadyFollowed(RuleBroken):
    """One potential synergy is followed once."""


@transaction.atomic
def open_synergy(
    *,
    title: str,
    synergy_type: str,
    parties: Sequence[PartyGiven],
    next_action: str,
    next_action_on: date | None,
    mandate: Mandate,
    at: datetime,
    territory: Territory | None = None,
    stage: str = Stage.IDEA,
    origin: str = Synergy.Origin.DESK,
    spontaneity: str = Synergy.Spontaneity.ACCOMPANIED,
    description: str = "",
    quantity: Decimal | None = None,
    unit: str = "",
    period: str = "",
    continuity: str = "",
    potential_id: UUID | None = None,
) -> Synergy:
    """
    Open a synergy and follow it: who, what, and what comes next.

    :raises NotAllowed: the territory, the potential synergy or a company is out of reach.
    :raises PartiesMissing: no company at all, or the same one twice.
    :raises AlreadyFollowed: the potential synergy is followed already.
    :raises NextActionMissing: no next action, or no date for it.
    """
    territory = _editable_territory(territory or mandate.territory, mandate)
    potential = _free_potential(potential_id, mandate) if potential_id else None
    check_parties(parties, mandate)

    today = timezone.localdate(at)
    synergy = Synergy(
        territory=territory,
        code=_next_code(territory),
        title=title.strip(),
        folded_title=fold(title),
        description=description.strip(),
        synergy_type=synergy_type,
        stage=Stage(stage),
        stage_since=today,
        opened_on=today,
        practitioner_id=mandate.user_id,
        potential=potential,
        origin=origin,
        spontaneity=spontaneity,
        quantity=quantity,
        unit=unit,
        period=period,
        continuity=continuity,
    )
    if synergy.is_alive:
        plan(synergy, next_action, next_action_on)
    synergy.save(force_insert=True)
    add_parties(synergy, parties)
    StageChange.objects.create(synergy=synergy, to_stage=synergy.stage, at=at, by_id=mandate.user_id)
    record(act=Entry.Act.CREATED, of=synergy, by=mandate, at=at, territory_id=territory.pk)
    return synergy


def check_parties(parties: Sequence[PartyGiven], mandate: Mandate, *, known: Collection[UUID] = ()) -> None:
    """
    Refuse parties that make no synergy; ``known`` companies take part already and are not looked up again.

    :raises PartiesMissing: no company at all, or the same one twice.
    :raises NotAllowed: a company is not in the directory that the mandate reads.
    """
    companies = {party.company_id for party in parties}
    if not companies:
        raise PartiesMissing(_("Name at least one company: the others can be found later."))
    if len(companies) < len(parties):
        raise PartiesMissing(_("The same company is named twice: leave it once, with its main part."))
    added = companies.difference(known)
    if Company.objects.visible_to(mandate).filter(pk__in=added).count() < len(added):
        raise NotAllowed(_("One of these companies is not in the directory you read: choose it again."))


def add_parties(synergy: Synergy, parties: Sequence[PartyGiven]) -> None:
    Party.objects.bulk_create(
        Party(synergy=synergy, company_id=party.company_id, role=Party.Role(party.role), rank=rank)
        for rank, party in enumerate(parties)
    )


def _editable_territory(territory: Territory | None, mandate: Mandate) -> Territory:
    if territory is None or not may_edit_in(mandate, territory):
        raise NotAllowed(_("Choose a territory where you work: a synergy belongs to the place that follows it."))
    # Whoever opens a synergy in this territory waits here, so that a code is given once.
    return Territory.objects.select_for_update(of=("self",)).get(pk=territory.pk)


def _free_potential(potential_id: UUID, mandate: Mandate) -> PotentialSynergy:
    potential = PotentialSynergy.objects.editable_by(mandate).filter(pk=potential_id).first()
    if potential is None:
        raise NotAllowed(_("This potential synergy is not of your place: ask its practitioner to follow it."))
    if potential.followed.exists():
        raise AlreadyFollowed(_("This potential synergy is followed already: open its page instead."))
    return potential


def _next_code(territory: Territory) -> str:
    """The number after the highest in the territory, written ``S-0007``; codes of imports are left alone."""
    taken = territory.synergies.filter(code__startswith="S-").values_list("code", flat=True)
    numbers = [int(code[2:]) for code in taken if code[2:].isdecimal()]
    return f"S-{max(numbers, default=0) + 1:04d}"
