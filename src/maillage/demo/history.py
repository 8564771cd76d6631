"""The life of a followed synergy: stages one after the other, barriers, calls and visits, people who leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from maillage.accounts.models import User
from maillage.demo import catalogue
from maillage.demo.catalogue import Flow
from maillage.demo.companies import Firm
from maillage.demo.phrases import barrier, phrase, told
from maillage.demo.programme import Frame, Venue
from maillage.demo.records import FRIDAY, Shelf, identifier, moment, workday
from maillage.journal.models import Entry
from maillage.journal.services import entry
from maillage.resources.nomenclature import SynergyType
from maillage.synergies.models import Barrier, Interaction, StageChange, Synergy
from maillage.synergies.stages import LADDER, STOPPED, Stage

CHANNELS = {"CALL": 55, "EMAIL": 20, "VISIT": 15, "MEETING": 10}
LEFT_A_MESSAGE = "Message laissé"
SECOND_BARRIER = 0.15
BARRIER_ON_THE_WAY = 0.3
#: How many times somebody spoke about it, by how far it went.
TALKS = {
    Stage.IDEA: (0, 1),
    Stage.DISCUSSION: (1, 3),
    Stage.NEGOTIATION: (2, 4),
    Stage.IMPLEMENTATION: (2, 4),
    Stage.FINALISATION: (3, 5),
    Stage.COMPLETED: (2, 6),
    Stage.BLOCKED: (1, 2),
    Stage.ABANDONED: (0, 2),
}


@dataclass(slots=True)
class Step:
    """A stage reached: when, and what was written about it."""

    stage: Stage
    at: datetime
    reason: str = ""


@dataclass(slots=True)
class Life:
    """The steps of one synergy, oldest first; the first is the idea."""

    steps: list[Step] = field(default_factory=list)

    @property
    def opened_on(self) -> date:
        return self.steps[0].at.date()

    @property
    def stage_since(self) -> date:
        return self.steps[-1].at.date()


def live(stage: Stage, synergy_type: SynergyType, *, start: date, end: date, is_spontaneous: bool, rng: Random) -> Life:
    """Draw a life that ends in that stage: an idea on the first day, or soon after, then steps on working days."""
    stages = _path(stage, is_spontaneous, rng)
    first = workday(start + timedelta(days=rng.randint(0, min(20, (end - start).days // 4))))
    days = [first + timedelta(days=offset) for offset in range(1, (end - first).days + 1)]
    reached_on = sorted(rng.sample([day for day in days if day.weekday() <= FRIDAY], len(stages)))
    life = Life([Step(Stage.IDEA, _during(first, rng))])
    for reached, day in zip(stages, reached_on, strict=True):
        reason = rng.choice(told("spontaneous")) if is_spontaneous else phrase("stages", reached, synergy_type, rng)
        life.steps.append(Step(reached, _during(day, rng), reason))
    return life


def _during(day: date, rng: Random) -> datetime:
    return moment(day, rng.randint(8, 17), rng.randint(0, 59))


def _path(stage: Stage, is_spontaneous: bool, rng: Random) -> list[Stage]:
    """The stages after the idea. A spontaneous synergy is learnt of when it is done; the others climb the ladder."""
    if stage == Stage.IDEA:
        return []
    if stage in STOPPED:
        reached = rng.choice((0, 0, 1, 1, 2))
        return [*LADDER[1 : 1 + reached], stage]
    if is_spontaneous:
        return [stage]
    return list(LADDER[1 : LADDER.index(stage) + 1])


class Chronicle:
    """Write lives as records."""

    def __init__(self, frame: Frame, rng: Random, shelf: Shelf) -> None:
        self.frame = frame
        self.rng = rng
        self.shelf = shelf

    def climb(self, synergy: Synergy, life: Life, venue: Venue) -> None:
        """Write the stages reached, by who was in charge that day."""
        before = ""
        for rank, step in enumerate(life.steps):
            mandate = self.frame.in_charge(venue, step.at.date(), rather=synergy.practitioner)
            change = self.shelf.put(
                StageChange(
                    id=identifier(synergy.pk, "step", rank),
                    synergy=synergy,
                    from_stage=before,
                    to_stage=step.stage,
                    at=step.at,
                    by=mandate.user,
                    reason=step.reason,
                )
            )
            self.shelf.put(
                entry(
                    act=Entry.Act.CHANGED if before else Entry.Act.CREATED,
                    of=synergy,
                    by=mandate,
                    at=step.at,
                    changes={"stage": [before, step.stage.value], "stage_change": str(change.pk)} if before else {},
                    reason=step.reason,
                    territory_id=synergy.territory_id,
                )
            )
            before = step.stage.value

    def tell(self, synergy: Synergy, life: Life, venue: Venue, firms: list[Firm], flow: Flow) -> None:
        """Draw the barriers and the talks of a synergy, and the hand-over when who followed it left."""
        if synergy.stage in STOPPED:
            self._bar(synergy, life, rank=0)
            if self.rng.random() < SECOND_BARRIER:
                self._bar(synergy, life, rank=1)
        elif synergy.stage != Stage.IDEA and self.rng.random() < BARRIER_ON_THE_WAY:
            self._bar(synergy, life, rank=0, lifted=not synergy.is_alive or self.rng.random() < 0.75)
        self._talks(synergy, life, venue, firms, flow)
        self._hand_over(synergy, life, venue, firms)

    def _bar(self, synergy: Synergy, life: Life, *, rank: int, lifted: bool = False) -> None:
        kind, note = barrier(SynergyType(synergy.synergy_type), self.rng)
        last = life.steps[-1].at
        self.shelf.put(
            Barrier(
                id=identifier(synergy.pk, "barrier", rank),
                synergy=synergy,
                kind=kind,
                note=note,
                raised_on=life.opened_on if lifted else last.date(),
                resolved_at=last if lifted else None,
            )
        )

    def _talks(self, synergy: Synergy, life: Life, venue: Venue, firms: list[Firm], flow: Flow) -> None:
        low, high = TALKS[Stage(synergy.stage)]
        first, last = life.opened_on, min(life.stage_since + timedelta(days=20), self.frame.seen_on)
        for rank in range(self.rng.randint(low, high)):
            kind = catalogue.pick(list(CHANNELS), list(CHANNELS.values()), self.rng)
            summary = phrase("talks", kind, SynergyType(synergy.synergy_type), self.rng)
            self.speak(
                f"{synergy.pk}/talk/{rank}",
                venue,
                max(first, workday(first + timedelta(days=self.rng.randint(0, max(0, (last - first).days - 1))))),
                kind,
                summary.format(flow=flow.spoken),
                firms=[self.rng.choice(firms)] if kind == Interaction.Kind.CALL else firms,
                synergies=[synergy],
            )

    def _hand_over(self, synergy: Synergy, life: Life, venue: Venue, firms: list[Firm]) -> None:
        """When the person in charge changed while the synergy lived, their successor wrote it down."""
        then = self.frame.in_charge(venue, life.opened_on, rather=synergy.practitioner)
        now = synergy.practitioner
        alive_at_the_change = then.ends_on and (synergy.is_alive or life.stage_since >= then.ends_on)
        if then.user_id == now.pk or not alive_at_the_change:
            return
        day = then.ends_on
        successor = self.frame.in_charge(venue, day)
        line = self.rng.choice(told("handover"))
        self.speak(
            f"{synergy.pk}/handover",
            venue,
            day,
            Interaction.Kind.NOTE,
            line.format(before=then.user.name),
            firms=firms,
            synergies=[synergy],
            by=successor.user,
        )

    def speak(
        self,
        name: str,
        venue: Venue,
        day: date,
        kind: str,
        summary: str,
        *,
        firms: list[Firm],
        synergies: list[Synergy] = (),
        outcome: str | None = None,
        by: User | None = None,
    ) -> Interaction:
        """Write that somebody spoke with companies, that day."""
        said = self.shelf.put(
            Interaction(
                id=identifier(name),
                territory=venue.territory,
                kind=kind,
                outcome=_outcome(kind, summary) if outcome is None else outcome,
                summary=summary,
                at=moment(day, self.rng.randint(8, 17), self.rng.randint(0, 59)),
                by=by or self.frame.in_charge(venue, day, rather=synergies[0].practitioner if synergies else None).user,
            )
        )
        for firm in firms:
            self.shelf.join(Interaction.companies, interaction_id=said.pk, company_id=firm.company.pk)
        for synergy in synergies:
            self.shelf.join(Interaction.synergies, interaction_id=said.pk, synergy_id=synergy.pk)
        return said

    def call_after_workshop(self, venue: Venue, firms: list[Firm], *, share: float, everybody_answers: bool) -> None:
        """Write the first call back of that share of the companies, within the two months after the workshop."""
        lines = [line for line in told("after_workshop") if not (everybody_answers and line.startswith(LEFT_A_MESSAGE))]
        for firm in firms:
            if self.rng.random() > share:
                continue
            latest = min(62, (self.frame.seen_on - venue.day).days - 1)
            self.speak(
                f"{venue.workshop.pk}/{firm.company.pk}/call-back",
                venue,
                workday(venue.day + timedelta(days=self.rng.randint(6, latest))),
                Interaction.Kind.CALL,
                self.rng.choice(lines),
                firms=[firm],
            )


def _outcome(kind: str, summary: str) -> str:
    """Tell from the words of a call whether somebody answered."""
    if kind in {Interaction.Kind.EMAIL, Interaction.Kind.NOTE}:
        return Interaction.Outcome.NONE
    return Interaction.Outcome.NO_ANSWER if summary.startswith(LEFT_A_MESSAGE) else Interaction.Outcome.REACHED
