"""How the page of a synergy tells it: the two sides, the steps, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from maillage.organisations.models import Company
from maillage.resources.models import Resource
from maillage.resources.nomenclature import Direction
from maillage.synergies.models import Interaction, Party, StageChange, Synergy
from maillage.synergies.stages import LADDER, Stage
from maillage.territories.models import Mandate
from maillage.web.components.answers import answer_in_words

#: What a page tells of the past; the rest is counted.
MOST_EVENTS = 40


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a synergy: what is offered or sought, and by whom. Without a card, the companies are its title."""

    direction: str
    companies: Sequence[Company]
    card: Resource | None = None


def sides(synergy: Synergy, mandate: Mandate, *, with_cards: bool) -> list[Side]:
    """
    The offer and the need that answer each other, or nothing when a synergy is not a pair.

    The cards are read as the mandate reads cards: a confidential one leaves the companies alone on their side.
    """
    by_role: dict[str, list[Company]] = {}
    for party in synergy.parties.all():
        by_role.setdefault(party.role, []).append(party.company)
    if Party.Role.POOL_MEMBER in by_role:
        return []
    cards = _cards(synergy, mandate) if with_cards else {}
    potential = synergy.potential
    offered = cards.get(potential.offered_id) if potential else None
    sought = cards.get(potential.sought_id) if potential else None
    givers = by_role.get(Party.Role.PROVIDER) or ([offered.site.company] if offered else [])
    takers = by_role.get(Party.Role.RECEIVER) or ([sought.site.company] if sought else [])
    if not givers or not takers:
        return []
    return [Side(Direction.OFFER, givers, offered), Side(Direction.NEED, takers, sought)]


def _cards(synergy: Synergy, mandate: Mandate) -> dict:
    if synergy.potential is None:
        return {}
    wanted = {synergy.potential.offered_id, synergy.potential.sought_id} - {None}
    return Resource.objects.visible_to(mandate).for_list().in_bulk(wanted) if wanted else {}


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of the ladder as this synergy lived it."""

    stage: Stage
    state: str  # "done", "current" or "to come"
    reached_at: datetime | date | None


def steps(synergy: Synergy, history: Sequence[StageChange]) -> list[Step]:
    """The six stages: those behind with their day, the present one, those to come. A stopped one stays where it was."""
    reached: dict[str, datetime | date] = {}
    last = None
    for change in history:
        if change.to_stage in LADDER:
            reached[change.to_stage] = change.at
            last = change.to_stage
    current = synergy.stage if synergy.stage in LADDER else last
    if synergy.stage in LADDER:
        reached[synergy.stage] = synergy.stage_since
    here = LADDER.index(current) if current else -1
    return [
        Step(
            stage,
            "done" if rank < here else "current" if rank == here else "to come",
            reached.get(stage) if rank <= here else None,
        )
        for rank, stage in enumerate(LADDER)
    ]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a synergy: a step (``is_step``) or a word."""

    at: datetime
    is_step: bool
    title: str
    text: str
    by: str


def timeline(history: Sequence[StageChange], interactions: Sequence[Interaction]) -> list[Event]:
    """Steps and words together, the newest first."""
    events = [*map(_step_told, history), *map(_word_told, interactions)]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _step_told(change: StageChange) -> Event:
    return Event(
        change.at, True, f"{change.get_to_stage_display()}.", change.reason, change.by.name if change.by else ""
    )


def _word_told(interaction: Interaction) -> Event:
    return Event(
        interaction.at,
        False,
        _title_of(interaction),
        interaction.summary,
        interaction.by.name if interaction.by else "",
    )


def _title_of(interaction: Interaction) -> str:
    names = ", ".join(company.name for company in interaction.companies.all())
    words = {
        "company": names,
        "kind": interaction.get_kind_display(),
        "outcome": interaction.get_outcome_display() if interaction.outcome else "",
    }
    if interaction.kind == Interaction.Kind.ANSWER:
        return answer_in_words(interaction)
    if interaction.kind == Interaction.Kind.NOTE:
        return f"{words['kind']}."
    if interaction.outcome:
        return _("%(kind)s, %(company)s: %(outcome)s.") % words
    return _("%(kind)s, %(company)s.") % words if names else f"{words['kind']}."
