"""The synergies that somebody followed: the written ones, and those that stayed ideas, were discussed or stopped."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from maillage.common.geography import distance_km
from maillage.common.text import fold
from maillage.demo import catalogue
from maillage.demo.cast import Cast
from maillage.demo.catalogue import Flow
from maillage.demo.companies import Firm
from maillage.demo.history import Chronicle, Life, live
from maillage.demo.phrases import phrase
from maillage.demo.potentials import Lead
from maillage.demo.programme import Frame, Venue
from maillage.demo.records import Shelf, identifier, workday
from maillage.resources.nomenclature import FAMILY_OF, Group, SynergyType
from maillage.synergies.models import Party, Synergy
from maillage.synergies.stages import Stage, StageGroup

#: Table 7 of the synthesis, without the finalised ones.
NOT_FINALISED = {
    (StageGroup.IDEA, Group.ME): 187,
    (StageGroup.IDEA, Group.TH): 167,
    (StageGroup.IN_DISCUSSION, Group.ME): 54,
    (StageGroup.IN_DISCUSSION, Group.TH): 41,
    (StageGroup.STOPPED, Group.ME): 208,
    (StageGroup.STOPPED, Group.TH): 163,
}
#: Of the 587 live ones 106 are one-off, 40 of which are finalised: 66 are left for ideas and discussions.
ONE_OFF_NOT_FINALISED = 66
STAGES_OF = {
    StageGroup.IDEA: {Stage.IDEA: 1},
    StageGroup.IN_DISCUSSION: {Stage.DISCUSSION: 63, Stage.NEGOTIATION: 37},
    StageGroup.FINALISED: {Stage.IMPLEMENTATION: 22, Stage.FINALISATION: 18, Stage.COMPLETED: 60},
    StageGroup.STOPPED: {Stage.BLOCKED: 43, Stage.ABANDONED: 57},
}
SPONTANEOUS_SHARE = 0.36
FROM_ELSEWHERE = {Synergy.Origin.DESK: 4, Synergy.Origin.VISIT: 3, Synergy.Origin.COMPANY: 2}
A_WEEKEND = 3
#: Some are found after the workshop, by a search, a visit or a call.
SEEN_LATER = 0.07
POOLED = (SynergyType.POOLING, SynergyType.KNOW_HOW)


@dataclass(frozen=True, slots=True)
class Slot:
    """A synergy to be found among the leads: in which group of Table 7, one-off or not."""

    stages: StageGroup
    group: Group
    continuity: str


class Portfolio:
    """Open synergies, one after the other, with their parties and their history."""

    def __init__(self, frame: Frame, rng: Random, shelf: Shelf) -> None:
        self.frame = frame
        self.rng = rng
        self.shelf = shelf
        self.chronicle = Chronicle(frame, rng, shelf)
        self._codes: Counter[str] = Counter()

    def finish(self, one: Cast, lead: Lead | None, venue: Venue) -> Synergy:
        """Open a finalised synergy as it is written."""
        spontaneous = self.rng.random() < SPONTANEOUS_SHARE
        kind = SynergyType(one.written.type)
        life = self.live(venue, self._stage(StageGroup.FINALISED), kind, is_spontaneous=spontaneous)
        synergy = self.open(
            venue,
            life,
            list(one.firms),
            title=one.written.title,
            synergy_type=kind,
            continuity=one.written.continuity,
            lead=lead,
        )
        if spontaneous:
            synergy.spontaneity = Synergy.Spontaneity.SPONTANEOUS
        self._accompany(synergy, life, venue, list(one.firms), catalogue.flows()[one.written.flow])
        return synergy

    def follow(self, slot: Slot, lead: Lead) -> Synergy:
        """Open a synergy on a lead that was seen in the room."""
        life = self.live(lead.venue, self._stage(slot.stages), lead.flow.type)
        synergy = self.open(
            lead.venue,
            life,
            lead.firms,
            title=lead.potential.title,
            synergy_type=lead.flow.type,
            continuity=slot.continuity,
            lead=None if self.rng.random() < SEEN_LATER else lead,
        )
        self._accompany(synergy, life, lead.venue, lead.firms, lead.flow)
        return synergy

    def live(self, venue: Venue, stage: Stage, synergy_type: SynergyType, *, is_spontaneous: bool = False) -> Life:
        """Draw the life of a synergy of that workshop, up to the eve of the day when the programme is seen."""
        end = self.frame.seen_on - timedelta(days=1)
        start = venue.day + timedelta(days=self.rng.randint(A_WEEKEND, min(50, (end - venue.day).days // 3)))
        return live(stage, synergy_type, start=start, end=end, is_spontaneous=is_spontaneous, rng=self.rng)

    def open(
        self,
        venue: Venue,
        life: Life,
        firms: list[Firm],
        *,
        title: str,
        synergy_type: SynergyType,
        continuity: str,
        lead: Lead | None,
    ) -> Synergy:
        """Write a synergy, its parties and its stages."""
        self._codes[venue.key] += 1
        code = f"{fold(venue.key)[:4].upper()}-{self._codes[venue.key]:03d}"
        resource = lead and (lead.potential.offered or lead.potential.sought)
        synergy = self.shelf.put(
            Synergy(
                id=identifier(venue.territory.pk, "synergy", code),
                territory=venue.territory,
                code=code,
                title=title,
                folded_title=fold(title),
                synergy_type=synergy_type,
                stage=life.steps[-1].stage,
                stage_since=life.stage_since,
                practitioner=self.rng.choice(self.frame.team(venue)).user,
                potential=lead and lead.potential,
                continuity=continuity,
                origin=Synergy.Origin.WORKSHOP if lead else self._draw(FROM_ELSEWHERE),
                quantity=resource.quantity if resource else None,
                unit=resource.unit if resource else "",
                period=resource.period if resource else "",
                distance_km=_distance(firms),
                opened_on=life.opened_on,
            )
        )
        for rank, firm in enumerate(firms):
            self.shelf.put(
                Party(
                    id=identifier(synergy.pk, firm.company.pk),
                    synergy=synergy,
                    company=firm.company,
                    role=_part(synergy_type, rank, len(firms)),
                    rank=rank,
                )
            )
        self.chronicle.climb(synergy, life, venue)
        return synergy

    def _accompany(self, synergy: Synergy, life: Life, venue: Venue, firms: list[Firm], flow: Flow) -> None:
        """Write what was said about a synergy, and for the live ones what comes next."""
        if synergy.is_alive:
            kind = SynergyType(synergy.synergy_type)
            synergy.next_action = phrase("next_actions", synergy.stage, kind, self.rng)
            synergy.next_action_on = workday(self.frame.seen_on + timedelta(days=self.rng.randint(-25, 60)))
        self.chronicle.tell(synergy, life, venue, firms, flow)

    def _stage(self, group: StageGroup) -> Stage:
        return self._draw(STAGES_OF[group])

    def _draw(self, weights: dict[str, int]) -> str:
        return catalogue.pick(list(weights), list(weights.values()), self.rng)


def slots(rng: Random) -> list[Slot]:
    """Return the 820 synergies of Table 7 that are not finalised, shuffled."""
    bare = [key for key, number in NOT_FINALISED.items() for _one in range(number)]
    live_ranks = [rank for rank, (stages, _group) in enumerate(bare) if stages != StageGroup.STOPPED]
    one_off = set(rng.sample(live_ranks, ONE_OFF_NOT_FINALISED))
    made = [
        Slot(
            stages,
            group,
            Synergy.Continuity.UNKNOWN
            if stages == StageGroup.STOPPED
            else Synergy.Continuity.ONE_OFF
            if rank in one_off
            else Synergy.Continuity.CONTINUING,
        )
        for rank, (stages, group) in enumerate(bare)
    ]
    rng.shuffle(made)
    return made


def follow_all(
    portfolio: Portfolio, leads: dict[str, list[Lead]], taken: set, quotas: dict[str, int], rng: Random
) -> None:
    """
    Give each slot a lead of its group, region by region.

    Ideas are more frequent where follow-up was short. ``leads`` are by region, ``quotas`` how many each region follows;
    ``taken`` are the potential synergies already followed.
    """
    left = dict(quotas)
    free = {
        (region, group): [
            lead for lead in found if FAMILY_OF[lead.flow.type].group == group and lead.potential.pk not in taken
        ]
        for region, found in leads.items()
        for group in Group
    }
    for stock in free.values():
        rng.shuffle(stock)
    for slot in slots(rng):
        open_regions = [region for region, number in left.items() if number and free[region, slot.group]]
        lean = [left[region] * _lean(portfolio.frame, region, slot.stages) for region in open_regions]
        region = catalogue.pick(open_regions, lean, rng)
        left[region] -= 1
        portfolio.follow(slot, free[region, slot.group].pop())


def _lean(frame: Frame, region: str, stages: StageGroup) -> float:
    ordinary = [venue for venue in frame.venues.values() if venue.workshop.is_ordinary]
    last = max(venue.day for venue in ordinary if venue.plan["region"] == region)
    months = max(1, (frame.seen_on - last).days // 30)
    return 6 / months if stages == StageGroup.IDEA else 1


def _part(synergy_type: SynergyType, rank: int, number: int) -> str:
    if synergy_type == SynergyType.KNOW_HOW and rank == 0:
        return Party.Role.EXPERT
    if synergy_type in POOLED or number > 2:
        return Party.Role.POOL_MEMBER
    return Party.Role.RECEIVER if rank else Party.Role.PROVIDER


def _distance(firms: list[Firm]) -> float:
    one, other = firms[0].site, firms[1].site
    return round(distance_km(one.latitude, one.longitude, other.latitude, other.longitude), 1)
