"""The synergies: the board by stages, the list, the page of one."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render

from maillage.evaluation.models import ImpactLine
from maillage.organisations.models import Contact
from maillage.resources.nomenclature import Family
from maillage.synergies.models import Barrier, Interaction, Synergy
from maillage.synergies.stages import LADDER, Stage
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
    rank = LADDER.index(shown.stage) if shown.stage in LADDER else None
    return {
        "workshop": where_seen(shown),
        "steps": steps(shown, history),
        "events": timeline(history, interactions[:MOST_EVENTS]),
        "has_more_events": len(interactions) > MOST_EVENTS,
        "standing": [barrier for barrier in barriers if barrier.resolved_at is None],
        "lifted": [barrier for barrier in barriers if barrier.resolved_at is not None],
        "impact_lines": ImpactLine.objects.for_page(shown),
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


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board: a stage, how many are there, and the first of them."""

    stage: Stage
    rank: int
    count: int
    cards: list[Synergy]

    @property
    def more(self):
        return self.count - len(self.cards)


@opens_to(*READERS)
def synergy_board(request):
    mandate, today = request.mandate, seen_on(request)
    team = Synergy.objects.in_place_of(mandate)
    mine = team.followed_by(request.user)
    who = request.GET.get("who") or ("mine" if mine.exists() else "team")
    family = request.GET.get("family") if request.GET.get("family") in Family else ""
    is_late = request.GET.get("late") == "1"

    whole = mine if who == "mine" else team
    kept = whole.of_family(family) if family else whole
    if is_late:
        kept = kept.late_on(today)
    counts = kept.count_by_stage()
    cards: dict[str, list[Synergy]] = {stage: [] for stage in LADDER}
    for card in kept.first_of_each_stage(CARDS_A_COLUMN).for_board():
        cards[card.stage].append(card)
    return render(
        request,
        "practice/synergy_board.html",
        {
            "section": "synergies",
            "today": today,
            "who": who,
            "family": family,
            "families": Family,
            "is_late": is_late,
            "mine_count": mine.count(),
            "team_count": team.count(),
            "late_count": whole.late_on(today).count(),
            "sleeping_count": kept.sleeping_on(today, mandate.programme.sleep_delay_days).count(),
            "total": sum(counts.values()),
            "alive_count": sum(counts[stage] for stage in LADDER if stage != Stage.COMPLETED),
            "columns": [Column(stage, rank, counts[stage], cards[stage]) for rank, stage in enumerate(LADDER, start=1)],
            "blocked_count": counts[Stage.BLOCKED],
            "abandoned_count": counts[Stage.ABANDONED],
            "blocked_by": _blocked_by(kept.blocked(), mandate),
            "abandoned_for": _named(Barrier.objects.of(kept.abandoned()).count_by_kind()),
            "may_open": mandate.role in scope.EDITS_RECORDS,
            "is_closed": mandate.programme.is_closed,
        },
    )


def _blocked_by(blocked, mandate):
    """What blocks synergies: each barrier, how many it blocks here, how many times it was lifted in the programme."""
    lifted = Barrier.objects.of_programme(mandate.programme).lifted().count_by_kind()
    standing = Barrier.objects.of(blocked).standing().count_by_kind()
    return [
        {"kind": kind, "label": Barrier.Kind(kind).label, "count": count, "lifted": lifted.get(kind, 0)}
        for kind, count in standing.items()
    ]


def _named(counts):
    return [{"kind": kind, "label": Barrier.Kind(kind).label, "count": count} for kind, count in counts.items()]
