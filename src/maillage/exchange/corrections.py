"""Give a person their own file back, with a column that says what to correct in each row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from maillage.exchange.models import ImportBatch
from maillage.exchange.spreadsheets.reading import raw_rows
from maillage.exchange.spreadsheets.sheet import Cell, Row, Source

# A cell that starts with one of these is a formula to a spreadsheet program (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_PLAIN_NUMBER = re.compile(r"[+-]?[\d\s.,()/]+%?")
WIDTH_OF_CORRECTIONS = 90


class Document(NamedTuple):
    """A file to hand over."""

    content: bytes
    filename: str
    media_type: str


def corrections(batch: ImportBatch) -> Document:
    """Write the file of an import again, cell for cell, with one more column: what to correct."""
    layout = batch.layout
    source = Source(layout["format"], layout["title"], layout["encoding"], layout["delimiter"])
    stem = PurePath(batch.filename).stem[:80]
    width = 1 + max((column["column"] for column in layout["columns"]), default=0)
    with batch.file.open("rb") as file:
        rows = _corrected(raw_rows(file, source), batch, width)
        if source.format == "xlsx":
            content = _workbook(rows, source.title, width)
            media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        else:
            content, media_type = _csv(rows, source), f"text/csv; charset={_charset(source)}"
    return Document(content, _("%(name)s to correct") % {"name": stem} + f".{source.format}", media_type)


def _corrected(rows: Iterable[Row], batch: ImportBatch, width: int) -> Iterator[Row]:
    """The rows of the file, blank ones included, with the corrections in the column after the last one."""
    remarks: dict[int, list[str]] = {batch.layout["heading_row"]: [_("To correct")]}
    for fault in batch.faults.in_order().iterator():
        where = f"{fault.column} : " if fault.column else ""
        remarks.setdefault(fault.row, []).append(f"{where}{fault.sentence} {fault.advice}")
    last = 0
    for row in rows:
        yield from (Row(number, ()) for number in range(last + 1, row.number))
        last = row.number
        cells = row.cells[:width] + (None,) * (width - len(row.cells))
        remark = "\n".join(remarks.get(row.number, ()))
        yield Row(row.number, (*cells, remark) if remark else row.cells)


def _workbook(rows: Iterable[Row], title: str, width: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.column_dimensions[get_column_letter(width + 1)].width = WIDTH_OF_CORRECTIONS
    for row in rows:
        sheet.append([_cell(sheet, cell, is_remark=column == width) for column, cell in enumerate(row.cells)])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _cell(sheet, value: Cell, *, is_remark: bool) -> WriteOnlyCell:
    """A cell; a text is written as a text, even when it starts like a formula."""
    cell = WriteOnlyCell(sheet, value=None)
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
    if is_remark:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=True)
    return cell


def _csv(rows: Iterable[Row], source: Source) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=source.delimiter)
    for row in rows:
        writer.writerow([_text(cell) for cell in row.cells])
    return target.getvalue().encode(_charset(source), errors="replace")


def _charset(source: Source) -> str:
    return "utf-16" if source.encoding.startswith("utf-16") else source.encoding


def _text(cell: Cell) -> str:
    """A cell of a CSV file; one that a spreadsheet program would take for a formula is given an apostrophe."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(text) else text
