"""
The report of a programme: the tables and figures of the PNSI's synthesis, for any programme, from its records.

`programme_report` gives the report as parts in order; `programme_tables` gives its tables by their stable keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from maillage.reports.programme import activity, effects, progress, set_ups
from maillage.reports.programme.facts import Facts
from maillage.reports.programme.parts import KEYS, Note, Part
from maillage.reports.programme.population import Population
from maillage.reports.programme.publishing import published
from maillage.reports.tables import Table
from maillage.territories.models import Programme, Region

__all__ = ["KEYS", "Facts", "Note", "Part", "Population", "Report", "part_of", "programme_report", "programme_tables"]

_WRITERS: dict[str, Callable[[Facts], Part]] = {
    "summary": activity.summary,
    "table_2": activity.table_2,
    "table_3": activity.table_3,
    "table_5": set_ups.table_5,
    "table_6": activity.table_6,
    "follow_up_time": activity.follow_up_time,
    "table_7": progress.table_7,
    "barriers": progress.barriers,
    "table_8": progress.table_8,
    "continuity": progress.continuity,
    "figure_12": effects.figure_12,
    "figure_16": effects.figure_16,
    "figure_17": effects.figure_17,
}


@dataclass(frozen=True, slots=True)
class Report:
    """A report, ready to be shown, printed or written to a file."""

    population: Population
    facts: Facts
    parts: dict[str, Part]

    @property
    def programme(self) -> Programme:
        return self.population.programme

    @property
    def is_empty(self) -> bool:
        return not self.facts.workshops and not self.facts.followed_total

    @property
    def tables(self) -> dict[str, Table]:
        return {key: part.table for key, part in self.parts.items()}


def programme_report(
    programme: Programme, *, day: date, region: Region | None = None, is_published: bool = False
) -> Report:
    """
    Gather the report of a programme, or of one of its regions, in the language in force.

    ``is_published`` groups or leaves blank what too few companies stand behind. The number of queries does not depend
    on the size of the programme.
    """
    population = Population.of(programme, day=day, region=region)
    facts = Facts(population)
    parts = {key: _WRITERS[key](facts) for key in KEYS}
    if is_published:
        parts = published(parts, facts)
    return Report(population, facts, {key: _noted(part, programme) for key, part in parts.items()})


def part_of(facts: Facts, key: str) -> Part:
    """
    Gather one part of the report, and nothing else.

    :raises KeyError: the report has no such part.
    """
    return _noted(_WRITERS[key](facts), facts.population.programme)


def programme_tables(programme: Programme, *, day: date | None = None) -> dict[str, Table]:
    """Return the tables of the report by their stable keys, seen that day (today if none is given)."""
    return programme_report(programme, day=day or timezone.localdate()).tables


def _noted(part: Part, programme: Programme) -> Part:
    """Add what the programme itself says in the margin of that part."""
    text = programme.notes.get(part.key)
    return (part.noting(Note("", str(text))) if text else part).closed()
