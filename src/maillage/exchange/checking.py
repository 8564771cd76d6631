"""Read every row of a sheet and place it: once for nothing, to show what would be; once for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from maillage.exchange.changes import Changes
from maillage.exchange.directory import Directory
from maillage.exchange.faults import Fault
from maillage.exchange.fields import Kind
from maillage.exchange.knowledge import Knowledge, known_around
from maillage.exchange.mapping import Mapping, require_complete
from maillage.exchange.participants import ParticipantLine, read_participant
from maillage.exchange.placing import ParticipantPlacer, State
from maillage.exchange.placing_resources import ResourcePlacer
from maillage.exchange.resource_lines import ResourceLine, read_resources
from maillage.exchange.rows import RowReader, reader_of
from maillage.exchange.spreadsheets.sheet import Sheet

CHUNK = 1000
PREVIEWED = 12

#: Called with how many rows were read.
Progress = Callable[[int], None]


class ReadRow(NamedTuple):
    """A row that was read: what it says, and the reader that keeps its faults."""

    reader: RowReader
    said: Any


class RowResult(NamedTuple):
    """What becomes of a row."""

    number: int
    state: State


@dataclass(slots=True)
class Checked:
    """What came of every row of a sheet."""

    rows: list[RowResult] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    preview: list[dict[str, str]] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, the same or set aside, and how many records they make."""
        states = Counter(result.state for result in self.rows)
        return {
            "rows": len(self.rows),
            **{state.value: states[state] for state in State},
            "good": len(self.rows) - states[State.ASIDE],
            "warnings": sum(not fault.is_blocking for fault in self.faults),
            "changes": self.changes.count,
            **{model._meta.model_name: len(pks) for model, pks in self.changes.made.items()},
        }


def read_rows(
    *, sheet: Sheet, kind: str, mapping: Mapping, knowledge: Knowledge, progress: Progress | None = None
) -> list[ReadRow]:
    """
    Read every row of a sheet, without looking at the companies that exist.

    :raises IncompleteMapping: the mapping lacks a column that the import cannot do without.
    """
    require_complete(kind, mapping)
    read = read_participant if kind == Kind.PARTICIPANTS else read_resources
    done = []
    for count, row in enumerate(sheet.rows, start=1):
        reader = reader_of(sheet, mapping, row)
        done.append(ReadRow(reader, read(reader, knowledge)))
        if progress and count % CHUNK == 0:
            progress(count)
    return done


def place_rows(
    rows: Iterable[ReadRow], *, workshop, kind: str, source: str, at: datetime, write: bool = False
) -> Checked:
    """Place every row that was read among the records that exist; write them when asked, a chunk at a time."""
    checked = Checked()
    directory = Directory(workshop)
    common = {"workshop": workshop, "directory": directory, "changes": checked.changes, "at": at}
    placer = ParticipantPlacer(source=source, **common) if kind == Kind.PARTICIPANTS else ResourcePlacer(**common)
    for chunk in _chunks(rows):
        if kind == Kind.PARTICIPANTS:
            directory.find_elsewhere(row.said.siren for row in chunk if row.said.siren)
        for reader, said in chunk:
            state = State.ASIDE if reader.is_blocked and kind == Kind.PARTICIPANTS else placer.place(said, reader)
            checked.rows.append(RowResult(reader.row.number, state))
            checked.faults += reader.faults
            if state != State.ASIDE and len(checked.preview) < PREVIEWED:
                checked.preview += _previewed(said, state)
        if write:
            checked.changes.write()
        else:
            checked.changes.forget()
    return checked


def check(
    *, sheet: Sheet, kind: str, mapping: Mapping, workshop, at: datetime, progress: Progress | None = None
) -> Checked:
    """
    Say what an import of this sheet would do, without writing anything.

    :raises IncompleteMapping: the mapping lacks a column that the import cannot do without.
    """
    knowledge = known_around(workshop.territory)
    rows = read_rows(sheet=sheet, kind=kind, mapping=mapping, knowledge=knowledge, progress=progress)
    return place_rows(rows, workshop=workshop, kind=kind, source="", at=at)


def _chunks(rows: Iterable[ReadRow]) -> Iterator[list[ReadRow]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _previewed(said: ParticipantLine | list[ResourceLine], state: State) -> list[dict[str, str]]:
    """The first rows, as they will be."""
    if isinstance(said, ParticipantLine):
        return [
            {
                "row": str(said.number),
                "state": state.value,
                "company": said.name,
                "commune": said.place.name if said.place else "",
                "contact": said.contact or said.email,
            }
        ]
    return [
        {
            "row": str(line.number),
            "state": state.value,
            "company": line.company or line.siret or "",
            "direction": line.direction,
            "title": line.title,
            "quantity": str(line.quantity) if line.quantity is not None else "",
            "unit": line.unit,
            "period": line.period,
        }
        for line in said
    ]
