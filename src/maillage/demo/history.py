"""The life of a followed synergy: stages one after the other, barriers, calls and visits, people who leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from maillage.accounts.models import User
from maillage.demo import catalogue
from maillage.demo.companies import Firm
from maillage.demo.programme import Frame, Venue
from maillage.demo.records import Shelf, identifier, moment
from maillage.synergies.models import Barrier, Interaction, StageChange, Synergy
from maillage.synergies.stages import LADDER, STOPPED, Stage

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


def live(stage: Stage, *, start: date, end: date, is_spontaneous: bool, rng: Random) -> Life:
    """Draw a life that ends in that stage between the two days."""
    phrases = catalogue.read("phrases")["stages"]
    stages = [Stage.IDEA, *_path(stage, is_spontaneous, rng)]
    latest = max((end - start).days - 1, len(stages) + 1)
    days = sorted(rng.sample(range(1, latest + 1), len(stages)))
    life = Life()
    for reached, offset in zip(stages, days, strict=True):
        lines = phrases["spontaneous"] if is_spontaneous and reached != Stage.IDEA else phrases.get(reached, [""])
        reason = "" if reached == Stage.IDEA else rng.choice(lines)
        at = moment(start + timedelta(days=offset), rng.randint(8, 18), rng.randint(0, 59))
        life.steps.append(Step(reached, at, reason))
    return life


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
            self.shelf.put(
                StageChange(
                    id=identifier(synergy.pk, "step", rank),
                    synergy=synergy,
                    from_stage=before,
                    to_stage=step.stage,
                    at=step.at,
                    by=self._who(venue, step.at.date()),
                    reason=step.reason,
                )
            )
            before = step.stage

    def tell(self, synergy: Synergy, life: Life, venue: Venue, firms: list[Firm], flow_name: str) -> None:
        """Draw the barriers and the talks of a synergy, and the hand-over when who followed it left."""
        if synergy.stage in STOPPED:
            for rank in range(1 + (self.rng.random() < 0.15)):
                self._barrier(synergy, life, rank, lifted=False)
        elif synergy.stage != Stage.IDEA and self.rng.random() < 0.3:
            self._barrier(synergy, life, 0, lifted=self.rng.random() < 0.75 or not synergy.is_alive)
        self._talks(synergy, life, venue, firms, flow_name)
        self._hand_over(synergy, life, venue, firms)

    def _who(self, venue: Venue, day: date) -> User:
        return self.frame.in_charge(venue, day).user

    def _barrier(self, synergy: Synergy, life: Life, rank: int, *, lifted: bool) -> None:
        known = catalogue.read("phrases")["barriers"]
        kind = catalogue.pick(list(known), [entry["weight"] for entry in known.values()], self.rng)
        last = life.steps[-1].at
        self.shelf.put(
            Barrier(
                id=identifier(synergy.pk, "barrier", rank),
                synergy=synergy,
                kind=kind,
                note=self.rng.choice(known[kind]["lines"]),
                raised_on=last.date() if not lifted else life.opened_on,
                resolved_at=last if lifted else None,
            )
        )

    def _talks(self, synergy: Synergy, life: Life, venue: Venue, firms: list[Firm], flow_name: str) -> None:
        low, high = TALKS[Stage(synergy.stage)]
        known = catalogue.read("phrases")["calls"]
        first, last = life.steps[0].at.date(), min(life.stage_since + timedelta(days=20), self.frame.seen_on)
        for rank in range(self.rng.randint(low, high)):
            kind = catalogue.pick(("CALL", "EMAIL", "VISIT", "MEETING"), (55, 20, 15, 10), self.rng)
            day = first + timedelta(days=self.rng.randint(0, max(0, (last - first).days - 1)))
            summary = self.rng.choice(known[kind]).format(flow=flow_name.lower())
            silent = summary.startswith("Message laissé")
            self.speak(
                f"{synergy.pk}/talk/{rank}",
                venue,
                day,
                kind,
                summary,
                firms=firms if kind != "CALL" else [self.rng.choice(firms)],
                synergies=[synergy],
                outcome=Interaction.Outcome.NO_ANSWER if silent else Interaction.Outcome.REACHED,
            )

    def _hand_over(self, synergy: Synergy, life: Life, venue: Venue, firms: list[Firm]) -> None:
        """When the person in charge changed while the synergy lived, their successor wrote it down."""
        then = self.frame.in_charge(venue, life.opened_on)
        now = synergy.practitioner
        alive_at_the_change = then.ends_on and (synergy.is_alive or life.stage_since >= then.ends_on)
        if then.user_id == now.pk or not alive_at_the_change:
            return
        day = then.ends_on
        successor = self.frame.in_charge(venue, day)
        line = self.rng.choice(catalogue.read("phrases")["stages"]["handover"])
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
        outcome: str = "",
        by: User | None = None,
    ) -> Interaction:
        """Write that somebody spoke with companies, that day."""
        said = self.shelf.put(
            Interaction(
                id=identifier(name),
                territory=venue.territory,
                kind=kind,
                outcome=outcome,
                summary=summary,
                at=moment(day, self.rng.randint(8, 17), self.rng.randint(0, 59)),
                by=by or self._who(venue, day),
            )
        )
        for firm in firms:
            self.shelf.join(Interaction.companies, interaction_id=said.pk, company_id=firm.company.pk)
        for synergy in synergies:
            self.shelf.join(Interaction.synergies, interaction_id=said.pk, synergy_id=synergy.pk)
        return said

    def call_after_workshop(self, venue: Venue, firms: list[Firm], share: float) -> None:
        """Write the first call back of most companies, within the two months after the workshop."""
        lines = catalogue.read("phrases")["calls"]["after_workshop"]
        for firm in firms:
            if self.rng.random() > share:
                continue
            latest = min(62, (self.frame.seen_on - venue.day).days - 1)
            day = venue.day + timedelta(days=self.rng.randint(6, latest))
            line = self.rng.choice(lines)
            silent = line.startswith("Message laissé")
            outcome = Interaction.Outcome.NO_ANSWER if silent else Interaction.Outcome.REACHED
            self.speak(
                f"{venue.workshop.pk}/{firm.company.pk}/call-back",
                venue,
                day,
                Interaction.Kind.CALL,
                line,
                firms=[firm],
                outcome=outcome,
            )
