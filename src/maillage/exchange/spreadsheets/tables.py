"""Find the table in a sheet: where its headings are, where it ends, what lies around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from maillage.exchange.spreadsheets.errors import UnreadableFile
from maillage.exchange.spreadsheets.headings import Vocabulary, meanings, plain
from maillage.exchange.spreadsheets.sheet import Cell, Row, as_text

# Titles, logos and instructions rarely take more lines than this above a table.
LOOKED_AT = 60
LONGEST_HEADING = 120
NOTE = re.compile(r"\*|(nb|n\.b|nota( bene)?|notes?|sources?|légende|legende|legend|remarques?)\s*[.:]", re.IGNORECASE)
TOTAL = re.compile(r"(sous-)?tota(l|ux)( général| general|s)?\s*:?|grand total\s*:?", re.IGNORECASE)
DATA = re.compile(r"\d{4,}|@|^\d+([.,]\d+)?$")


class Head:
    """The headings found: their texts, the row of the last of their lines, how many were recognised."""

    def __init__(self, headings: tuple[str, ...], first_row: int, last_row: int, known: int):
        self.headings = headings
        self.first_row = first_row
        self.last_row = last_row
        self.known = known


def count_known(cells: Iterable[Cell], vocabulary: Vocabulary) -> int:
    """Count the different fields that a row of cells names."""
    fields = set()
    for cell in cells:
        if isinstance(cell, str) and len(cell) <= LONGEST_HEADING and (found := meanings(cell, vocabulary)):
            fields.add(found[0].field)
    return len(fields)


def find_head(rows: list[Row], vocabulary: Vocabulary) -> Head | None:
    """Find the line of headings among the first rows, or the two lines that make it; None when there is no table."""
    candidates = [row for row in rows[:LOOKED_AT] if _may_be_headings(row)]
    if not candidates:
        return None
    best = max(candidates, key=lambda row: (count_known(row.cells, vocabulary), -row.number))
    if count_known(best.cells, vocabulary) < 2:
        # Nothing is recognised twice over: the first row of several cells is taken, and the person says what it means.
        best = candidates[0]
    return _with_second_line(best, rows, vocabulary)


def split(rows: Iterable[Row], vocabulary: Vocabulary) -> tuple[Head, Iterator[Row]]:
    """
    Separate the headings from the rows under them, without the notes at the foot.

    :raises UnreadableFile: there is no table, no line of headings, or no row.
    """
    rows = iter(rows)
    first = list(islice(rows, LOOKED_AT))
    head = find_head(first, vocabulary)
    if head is None:
        raise UnreadableFile("no_table")
    if head.known == 0 and any(DATA.search(text) for text in head.headings):
        raise UnreadableFile("no_headings")
    below = (row for row in chain(first, rows) if row.number > head.last_row)
    return head, without_notes(below, head)


def without_notes(rows: Iterable[Row], head: Head) -> Iterator[Row]:
    """Drop what is no line of the table: headings printed again, notes under the last row, a total."""
    repeated = tuple(plain(text) for text in head.headings)
    held: list[Row] = []
    previous = head.last_row
    for row in rows:
        if tuple(plain(as_text(cell)) for cell in row.cells) == repeated[: len(row.cells)]:
            previous = row.number
            continue
        after_gap = row.number > previous + 1
        previous = row.number
        if TOTAL.fullmatch(as_text(_first(row))):
            continue
        if _is_lone(row) and (held or after_gap or NOTE.match(as_text(_first(row)))):
            # It may be a note, or a poor row with others below it: wait and see.
            held.append(row)
            continue
        yield from (poor for poor in held if not NOTE.match(as_text(_first(poor))))
        held = []
        yield row


def _is_lone(row: Row) -> bool:
    return sum(cell is not None for cell in row.cells) == 1


def _first(row: Row) -> Cell:
    return next(cell for cell in row.cells if cell is not None)


def _may_be_headings(row: Row) -> bool:
    texts = [cell for cell in row.cells if isinstance(cell, str) and len(cell) <= LONGEST_HEADING]
    return len(texts) >= 2 and len(texts) >= 0.6 * sum(cell is not None for cell in row.cells)


def _with_second_line(row: Row, rows: list[Row], vocabulary: Vocabulary) -> Head:
    """
    Join the line above or below when the headings take two lines, as merged cells make them.

    A merged cell holds its text at its left end: what is empty beside it, above a heading, belongs to it.
    """
    by_number = {other.number: other for other in rows}
    for upper, lower in ((by_number.get(row.number - 1), row), (row, by_number.get(row.number + 1))):
        if upper is None or lower is None or not (_is_band(upper, lower) and _may_be_headings(lower)):
            continue
        joined = _join(upper, lower)
        known = count_known(joined, vocabulary)
        if known > count_known(row.cells, vocabulary) or (known and lower is row):
            return Head(joined, upper.number, lower.number, known)
    texts = tuple(as_text(cell) for cell in row.cells)
    return Head(texts, row.number, row.number, count_known(texts, vocabulary))


def _is_band(upper: Row, lower: Row) -> bool:
    """Tell whether the upper row reads as groups over the lower one: some of its cells stand over several."""
    if not all(cell is None or isinstance(cell, str) for cell in (*upper.cells, *lower.cells)):
        return False
    if any(DATA.search(as_text(cell)) for cell in lower.cells):
        return False
    starts = [column for column, cell in enumerate(upper.cells) if cell is not None]
    width = max(len(upper.cells), len(lower.cells))
    spans = [after - start for start, after in zip(starts, [*starts[1:], width], strict=True)]
    return len(starts) >= 2 and any(span > 1 for span in spans)


def _join(upper: Row, lower: Row) -> tuple[str, ...]:
    width = max(len(upper.cells), len(lower.cells))
    joined, group = [], ""
    for column in range(width):
        above, below = as_text(upper.cell(column)), as_text(lower.cell(column))
        group = above or (group if below else "")
        joined.append(" ".join(part for part in (group, below) if part))
    return tuple(joined)
