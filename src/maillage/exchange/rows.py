"""Read one row through a mapping, and keep every fault met on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from maillage.exchange.faults import Fault
from maillage.exchange.mapping import Mapping
from maillage.exchange.spreadsheets.sheet import Cell, Row, Sheet, as_text
from maillage.exchange.values.reading import Problem, Reading

Value = TypeVar("Value")

LONGEST_VALUE = 300


@dataclass(slots=True)
class RowReader:
    """A row under its headings. Each reading keeps the problem it met as a fault of this row."""

    row: Row
    headings: tuple[str, ...]
    mapping: Mapping
    faults: list[Fault]

    def cell(self, field: str) -> Cell:
        """The cell of a field, None when no column holds it."""
        column = self.mapping.get(field)
        return None if column is None else self.row.cell(column)

    def raw(self, field: str) -> str:
        """The cell of a field, as text."""
        return as_text(self.cell(field))

    def text(self, field: str, most: int) -> str:
        """The cell of a field as text, cut to what a record holds."""
        text = self.raw(field)
        if len(text) > most:
            self.fault(field, Problem("too_long", details={"most": most}))
        return text[:most]

    def read(self, field: str, reader: Callable[..., Reading[Value]], *arguments: Any, **options: Any) -> Value | None:
        """Read the cell of a field; keep its problem."""
        reading = reader(self.cell(field), *arguments, **options)
        if reading.problem:
            self.fault(field, reading.problem)
        return reading.value

    def fault(self, field: str, problem: Problem) -> None:
        """Keep a problem of the cell of a field."""
        column = self.mapping.get(field)
        self.faults.append(
            Fault(
                row=self.row.number,
                column=self.headings[column] if column is not None else "",
                value=self.raw(field)[:LONGEST_VALUE],
                reason=problem.reason,
                proposal=problem.proposal,
                is_blocking=problem.is_blocking,
                details=problem.details,
            )
        )

    @property
    def is_blocked(self) -> bool:
        return any(fault.is_blocking for fault in self.faults)


def reader_of(sheet: Sheet, mapping: Mapping, row: Row) -> RowReader:
    """The reader of one row of a sheet."""
    return RowReader(row, sheet.headings, mapping, [])
