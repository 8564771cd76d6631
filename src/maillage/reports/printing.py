"""From a table to what a printed page shows: every cell is text, as the language in force writes it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from maillage.common.numbers import number_in_words as number
from maillage.reports.tables import Column, Table


def printable(table: Table) -> dict[str, Any]:
    """
    Turn a table into plain data for a typst template.

    :return: ``title``, ``heads``, ``aligns`` ("n" for numbers), ``rows``, ``totals`` (or None) and ``notes``.
    """
    return {
        "title": table.title,
        "heads": [str(column.label) for column in table.columns],
        "aligns": ["" if column.kind == "text" else "n" for column in table.columns],
        "rows": [[written(row.get(column.key), column) for column in table.columns] for row in table.rows],
        "totals": [written(table.totals.get(column.key), column) for column in table.columns] if table.totals else None,
        "notes": [str(note) for note in table.notes],
    }


def written(value: Any, column: Column) -> str:
    """Write a cell in the language in force; nothing is written for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date | datetime):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, int | float | Decimal) and column.kind != "text":
        return number(value)
    return str(value)
