"""What reading a spreadsheet gives."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Literal, NamedTuple

from maillage.common.text import fold

Cell = str | int | float | bool | Decimal | date | time | None


class Row(NamedTuple):
    """A row of cells; ``number`` is the one the person sees at the left of their spreadsheet."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell of a column, None past the last one."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may hold."""

    rows: int = 50_000
    bytes: int = 30 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """How the file was written, so that an answer can be written the same way."""

    format: Literal["xlsx", "csv"]
    title: str = ""
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its headings, the rows under them, and where it stood in the file."""

    source: Source
    headings: tuple[str, ...]
    heading_row: int
    rows: list[Row] = field(repr=False)

    def samples(self, column: int, count: int = 3) -> list[str]:
        """The first different values of a column, as text."""
        found: dict[str, None] = {}
        for row in self.rows[:200]:
            if text := as_text(row.cell(column)):
                found[text[:60]] = None
            if len(found) == count:
                break
        return list(found)

    @property
    def signature(self) -> str:
        """What tells a file with these headings from another: the same headings in the same order, same signature."""
        return hashlib.sha256("\x1f".join(fold(heading) for heading in self.headings).encode()).hexdigest()

    def columns(self) -> Iterator[tuple[int, str]]:
        return enumerate(self.headings)


def as_text(cell: Cell) -> str:
    """Write a cell as its author would read it: no « .0 » after a whole number, single spaces."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return " ".join(str(cell).split())
