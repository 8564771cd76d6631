"""Tables as data: what a page shows, a workbook holds and a JSON file lists is one and the same thing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter
from django.utils.translation import gettext as _

Kind = Literal["text", "number", "money", "percent", "date"]

# A cell that starts with one of these is a formula to a spreadsheet program (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SHEET_NAME_LENGTH = 31


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its stable key, its label in the reader's language, what its cells hold."""

    key: str
    label: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, with a title; ``rows`` are mappings by column key, ``totals`` one more such row or None."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[dict[str, Any]]
    totals: dict[str, Any] | None = None
    notes: Sequence[str] = field(default_factory=tuple)

    def as_json(self) -> list[dict[str, Any]]:
        """The rows with stable keys, values as numbers, ready for `json.dumps`."""
        rows = [*self.rows, *([{**self.totals, "is_total": True}] if self.totals else [])]
        return [{key: _plain(value) for key, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)


def neutralise(text: str) -> str:
    """Make sure that no spreadsheet program takes the text for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def to_csv(table: Table, *, delimiter: str = ";") -> bytes:
    """Write a table as CSV in UTF-8 with a byte-order mark, as spreadsheet programs expect in France."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter)
    writer.writerow([column.label for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_cell(row.get(column.key)) for column in table.columns])
    return target.getvalue().encode("utf-8-sig")


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    return (
        neutralise(str(value)) if isinstance(value, str) or not isinstance(value, int | float | Decimal) else str(value)
    )


def to_workbook(tables: Iterable[Table]) -> bytes:
    """Write each table on a sheet of its own, with a frozen heading, filters and real numbers and dates."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "dd/mm/yyyy",
    }
    with xlsxwriter.Workbook(target, options) as book:
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"valign": "top", "text_wrap": True}),
            "number": book.add_format({"num_format": "#,##0.###", "valign": "top"}),
            "money": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
            "percent": book.add_format({"num_format": "0 %", "valign": "top"}),
            "date": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        }
        names: set[str] = set()
        for table in tables:
            _write_sheet(book.add_worksheet(_sheet_name(table.title, names)), table, formats)
    return target.getvalue()


def _write_sheet(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    sheet.write_string(0, 0, table.title, formats["title"])
    for index, column in enumerate(table.columns):
        sheet.write_string(2, index, str(column.label), formats["head"])
        sheet.set_column(index, index, 38 if column.kind == "text" else 16)
    rows = [*table.rows, *([table.totals] if table.totals else [])]
    for line, row in enumerate(rows, start=3):
        for index, column in enumerate(table.columns):
            _write_cell(sheet, line, index, row.get(column.key), formats[column.kind])
    sheet.freeze_panes(3, 0)
    if table.rows:
        sheet.autofilter(2, 0, 2 + len(table.rows), len(table.columns) - 1)
    for offset, note in enumerate(table.notes):
        sheet.write_string(4 + len(rows) + offset, 0, note)


def _write_cell(sheet: Any, line: int, index: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(line, index, None, style)
    elif isinstance(value, bool):
        sheet.write_string(line, index, _("yes") if value else _("no"), style)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, index, float(value), style)
    elif isinstance(value, datetime):
        sheet.write_datetime(line, index, value.replace(tzinfo=None), style)
    elif isinstance(value, date):
        sheet.write_datetime(line, index, datetime(value.year, value.month, value.day), style)
    else:
        sheet.write_string(line, index, str(value), style)


def _sheet_name(title: str, taken: set[str]) -> str:
    bare = (
        "".join(" " if character in "[]:*?/\\'" else character for character in title)[:SHEET_NAME_LENGTH].strip()
        or "1"
    )
    name, rank = bare, 2
    while name.casefold() in taken:
        suffix = f" {rank}"
        name, rank = bare[: SHEET_NAME_LENGTH - len(suffix)] + suffix, rank + 1
    taken.add(name.casefold())
    return name
