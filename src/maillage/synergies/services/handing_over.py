"""Hand a portfolio over from one practitioner to another, in one action."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.common.errors import NotAllowed, RuleBroken
from maillage.journal.models import Entry
from maillage.journal.services import entry
from maillage.organisations.models import Company
from maillage.synergies.models import Interaction, Synergy
from maillage.synergies.services.records import editable_synergies
from maillage.territories.models import Mandate, Role
from maillage.territories.scope import may_edit_in


class NothingToHandOver(RuleBroken):
    """The portfolio is empty."""


class CannotFollow(RuleBroken):
    """The person who would receive does not work there."""


@transaction.atomic
def hand_over(
    *,
    from_user_id: UUID | None,
    to_user_id: UUID,
    mandate: Mandate,
    at: datetime,
    note: str = "",
    synergy_ids: Collection[UUID] | None = None,
) -> int:
    """
    Give the synergies that one person follows to another; return how many.

    Without ``from_user_id``, those that nobody follows; without ``synergy_ids``, all that are not over.
    The note is kept with each synergy and each of its companies.

    :raises NotAllowed: neither a coordinator nor the person who hands over.
    :raises NothingToHandOver: no synergy to give.
    :raises CannotFollow: the other person has no mandate where the synergies are.
    """
    if mandate.role != Role.REGIONAL_COORDINATOR and from_user_id not in {mandate.user_id, None}:
        raise NotAllowed(_("Only a coordinator hands over somebody else's synergies: ask yours."))
    if from_user_id == to_user_id:
        raise CannotFollow(_("These synergies are already with this person: choose somebody else."))
    if synergy_ids is None:
        synergy_ids = (
            Synergy.objects.editable_by(mandate).still_open().followed_by(from_user_id).values_list("pk", flat=True)
        )
    synergies = [
        synergy for synergy in editable_synergies(list(synergy_ids), mandate) if synergy.practitioner_id == from_user_id
    ]
    if not synergies:
        raise NothingToHandOver(_("There is nothing to hand over: choose another person."))
    _check_receiver(to_user_id, synergies, mandate, at)

    for synergy in synergies:
        synergy.practitioner_id = to_user_id
    Synergy.objects.bulk_update(synergies, ["practitioner"])
    _journal(synergies, from_user_id, to_user_id, mandate, at, note)
    if note.strip():
        _leave_notes(synergies, mandate, at, note.strip())
    return len(synergies)


def _check_receiver(to_user_id: UUID, synergies: list[Synergy], mandate: Mandate, at: datetime) -> None:
    held = (
        Mandate.objects.filter(user=to_user_id, programme=mandate.programme_id)
        .in_force_on(timezone.localdate(at))
        .select_related("programme", "region", "territory")
    )
    places = {synergy.territory_id: synergy.territory for synergy in synergies}
    for territory in places.values():
        if not any(may_edit_in(theirs, territory) for theirs in held):
            raise CannotFollow(
                _("This person has no mandate in %(place)s: ask for one before you hand over.")
                % {"place": territory.name}
            )


def _journal(synergies, from_user_id, to_user_id, mandate, at, note) -> None:
    changes = {"practitioner": [str(from_user_id) if from_user_id else None, str(to_user_id)]}
    Entry.objects.bulk_create(
        entry(
            act=Entry.Act.CHANGED,
            of=synergy,
            by=mandate,
            at=at,
            changes=changes,
            reason=note,
            territory_id=synergy.territory_id,
        )
        for synergy in synergies
    )


def _leave_notes(synergies: list[Synergy], mandate: Mandate, at: datetime, note: str) -> None:
    """One note per territory, since a note is read where it was left."""
    by_place: dict[UUID, list[Synergy]] = {}
    for synergy in synergies:
        by_place.setdefault(synergy.territory_id, []).append(synergy)
    for territory_id, theirs in by_place.items():
        left = Interaction.objects.create(
            territory_id=territory_id, kind=Interaction.Kind.NOTE, summary=note, at=at, by_id=mandate.user_id
        )
        left.synergies.set(theirs)
        left.companies.set(Company.objects.filter(parts__synergy__in=theirs).distinct())
