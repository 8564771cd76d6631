"""The page of a synergy: whole in one's own place, its title and its parties elsewhere."""

from django.shortcuts import get_object_or_404, render

from maillage.evaluation.models import ImpactLine
from maillage.organisations.models import Contact
from maillage.synergies.models import Interaction, Synergy
from maillage.synergies.stages import LADDER
from maillage.territories import scope
from maillage.territories.models import Role
from maillage.web.access import TEAM, opens_to
from maillage.web.components.day import seen_on
from maillage.web.practice.synergy_story import MOST_EVENTS, sides, steps, timeline
from maillage.workshops.following import where_seen

#: Who reads synergies with names. Inside their place, all that is written; elsewhere, titles and parties.
READERS = (*TEAM, Role.EXPERT)
#: How many synergies a column of the board shows before it sends to the list.
CARDS_A_COLUMN = 6


@opens_to(*READERS)
def synergy(request, pk):
    mandate, today = request.mandate, seen_on(request)
    shown = get_object_or_404(Synergy.objects.visible_to(mandate).for_page(), pk=pk)
    is_here = scope.covers(mandate, shown.territory)
    context = {
        "section": "synergies",
        "synergy": shown,
        "today": today,
        "is_here": is_here,
        "may_edit": scope.may_edit_in(mandate, shown.territory),
        "sides": sides(shown, mandate, with_cards=is_here),
        "parties": shown.parties.all(),
    }
    return render(request, "practice/synergy.html", context | (_inside(shown, mandate) if is_here else {}))


def _inside(shown, mandate):
    """What is read of a synergy in one's own place only."""
    history = list(shown.history.in_order())
    interactions = list(Interaction.objects.about(shown).for_list().newest_first()[: MOST_EVENTS + 1])
    barriers = list(shown.barriers.all())
    impact_lines = list(ImpactLine.objects.for_page(shown))
    rank = LADDER.index(shown.stage) if shown.stage in LADDER else None
    return {
        "workshop": where_seen(shown),
        "steps": steps(shown, history),
        "events": timeline(history, interactions[:MOST_EVENTS]),
        "has_more_events": len(interactions) > MOST_EVENTS,
        "standing": [barrier for barrier in barriers if barrier.resolved_at is None],
        "lifted": [barrier for barrier in barriers if barrier.resolved_at is not None],
        "impact_lines": impact_lines,
        "has_ranges": any(line.low is not None and line.high is not None for line in impact_lines),
        "parties": _with_contacts(list(shown.parties.all()), mandate),
        "next_stage": LADDER[rank + 1] if rank is not None and rank + 1 < len(LADDER) else None,
        "previous_stage": LADDER[rank - 1] if rank else None,
        "waiting": [one for one in interactions if one.kind == Interaction.Kind.ANSWER and one.seen_at is None],
    }


def _with_contacts(parties, mandate):
    """Give each party the people to speak to, as the mandate reads them."""
    people = {}
    contacts = Contact.objects.visible_to(mandate).of_companies([party.company_id for party in parties])
    for contact in contacts.present():
        people.setdefault(contact.company_id, []).append(contact)
    for party in parties:
        party.contacts = people.get(party.company_id, [])
    return parties
