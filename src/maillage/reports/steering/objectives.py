"""Objectives of the roadmaps against what is done. Indicators to look at, never constraints."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maillage.evaluation.models import Indicator, Measure, Target
from maillage.reports.programme import Facts


@dataclass(frozen=True, slots=True)
class Objective:
    """What was aimed at, what is done, and where a straight line from start to due day would stand today."""

    measure: str
    label: str
    unit: str
    done: Decimal | int
    target: Decimal
    due_on: date
    expected: float

    @property
    def share(self) -> float:
        return float(self.done) / float(self.target) if self.target else 0.0

    @property
    def width(self) -> float:
        """The share drawn: a thread is never longer than its place."""
        return min(self.share, 1.0)

    @property
    def is_reached(self) -> bool:
        return self.done >= self.target

    @property
    def is_late(self) -> bool:
        """Behind the straight line by more than a tenth of the target."""
        return not self.is_reached and self.share < self.expected - 0.1


def objectives(facts: Facts) -> list[Objective]:
    """Return the objectives of a region, or of all the regions added up, in the order of measures. One query."""
    population = facts.population
    targets = Target.objects.filter(region__in=population.regions(), territory=None)
    aimed: dict[str, Decimal] = defaultdict(Decimal)
    due: dict[str, date] = {}
    for measure, value, due_on in targets.values_list("measure", "value", "due_on"):
        aimed[measure] += value
        due[measure] = max(due_on, due.get(measure, due_on))
    order = [*Measure.values, *Indicator.values]
    return [
        Objective(
            measure=measure,
            label=_label(measure),
            unit="" if measure in Measure else Indicator(measure).unit,
            done=_done(facts, measure),
            target=aimed[measure],
            due_on=due[measure],
            expected=_expected(population.programme.starts_on, due[measure], population.day),
        )
        for measure in sorted(aimed, key=order.index)
    ]


def _label(measure: str) -> str:
    return str((Measure if measure in Measure.values else Indicator)(measure).label)


def _done(facts: Facts, measure: str):
    counted = {
        Measure.WORKSHOPS: lambda: len(facts.workshops),
        Measure.PARTICIPATIONS: lambda: facts.participations.total(),
        Measure.RESOURCES: lambda: facts.cards,
        Measure.POTENTIAL_SYNERGIES: lambda: facts.potentials,
        Measure.SYNERGIES_FINALISED: lambda: facts.finalised_total,
        Indicator.COMPANIES_HELPED: lambda: facts.helped,
    }
    return counted[measure]() if measure in counted else facts.benefit(measure)


def _expected(start: date, due: date, day: date) -> float:
    whole = (due - start).days
    return min(max((day - start).days / whole, 0.0), 1.0) if whole > 0 else 1.0
