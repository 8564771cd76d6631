"""What was said, and to whom: one entry may touch several synergies and several companies."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.common.errors import NotAllowed, RuleBroken
from maillage.journal.models import Entry
from maillage.journal.services import entry, record
from maillage.organisations.models import Company
from maillage.synergies.models import Interaction, Synergy
from maillage.synergies.services.planning import NextActionMissing, plan
from maillage.synergies.services.records import editable_synergies
from maillage.territories.models import Mandate, Territory
from maillage.territories.scope import may_edit_in, territories_edited_by


class NobodySpokenTo(RuleBroken):
    """An interaction is with a company, or about a synergy."""


@transaction.atomic
def log_interaction(
    *,
    kind: str,
    mandate: Mandate,
    at: datetime,
    outcome: str = "",
    summary: str = "",
    company_ids: Collection[UUID] = (),
    synergy_ids: Collection[UUID] = (),
    next_action: str = "",
    next_action_on: date | None = None,
    territory: Territory | None = None,
) -> Interaction:
    """
    Log a call, a visit, a mail, a meeting or a note, and say what comes next for the synergies it was about.

    Without companies, those of the synergies are meant. Without a next action, each living synergy must already have
    one that is still to come.

    :raises NobodySpokenTo: neither a company nor a synergy.
    :raises NotAllowed: a synergy, a company or the territory is out of reach.
    :raises NextActionMissing: a living synergy would be left with nothing to come.
    """
    synergies = editable_synergies(synergy_ids, mandate)
    companies = _companies(company_ids, synergies, mandate)
    territory = territory or _place(synergies, companies, mandate)
    if territory is None or not may_edit_in(mandate, territory):
        raise NotAllowed(_("Choose the territory for which you spoke: a call belongs to a place."))

    interaction = Interaction.objects.create(
        territory=territory,
        kind=Interaction.Kind(kind),
        outcome=Interaction.Outcome(outcome),
        summary=summary.strip(),
        at=at,
        by_id=mandate.user_id,
    )
    interaction.companies.set(companies)
    interaction.synergies.set(synergies)
    record(act=Entry.Act.CREATED, of=interaction, by=mandate, at=at, territory_id=territory.pk)
    _plan_after(synergies, kind, next_action, next_action_on, mandate, at)
    return interaction


def _place(synergies, companies, mandate: Mandate) -> Territory | None:
    """Where an interaction belongs: with its synergy, else where the mandate works with these companies."""
    if synergies:
        return synergies[0].territory
    if mandate.territory_id:
        return mandate.territory
    return territories_edited_by(mandate).filter(sites__company__in=companies).first()


def _companies(company_ids: Collection[UUID], synergies: Collection[Synergy], mandate: Mandate) -> Collection[UUID]:
    if company_ids:
        found = Company.objects.visible_to(mandate).filter(pk__in=company_ids).values_list("pk", flat=True)
        if len(found) < len(set(company_ids)):
            raise NotAllowed(_("One of these companies is not in the directory you read: choose it again."))
        return found
    if not synergies:
        raise NobodySpokenTo(_("Choose a company or a synergy: what was said is kept with them."))
    return Company.objects.filter(parts__synergy__in=synergies).distinct().values_list("pk", flat=True)


def _plan_after(synergies, kind, next_action, next_action_on, mandate, at) -> None:
    today = timezone.localdate(at)
    changed, entries = [], []
    for synergy in synergies:
        if not synergy.is_open:
            continue
        if next_action.strip():
            changes = plan(synergy, next_action, next_action_on)
        elif kind != Interaction.Kind.NOTE and synergy.is_alive and not _is_to_come(synergy, today):
            raise NextActionMissing(
                _("Say what comes next for “%(title)s” and on which day.") % {"title": synergy.title}
            )
        else:
            continue
        if changes:
            changed.append(synergy)
            entries.append(
                entry(
                    act=Entry.Act.CHANGED,
                    of=synergy,
                    by=mandate,
                    at=at,
                    changes=changes,
                    territory_id=synergy.territory_id,
                )
            )
    Synergy.objects.bulk_update(changed, ["next_action", "next_action_on"])
    Entry.objects.bulk_create(entries)


def _is_to_come(synergy: Synergy, today: date) -> bool:
    return bool(synergy.next_action and synergy.next_action_on and synergy.next_action_on > today)
