"""The files a person may download to see what a list looks like: real headings, two invented rows."""

from __future__ import annotations

import io

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from maillage.exchange.fields import Kind, labels

COLUMNS = {
    Kind.PARTICIPANTS: (
        "company", "siret", "commune", "contact", "function", "email", "phone", "headcount", "activity",
        "share_consent",
    ),
    Kind.RESOURCES: ("company", "direction", "text", "quantity", "unit", "period"),
}  # fmt: skip


def example(kind: str) -> bytes:
    """Write the example of a kind of import, in the language in force."""
    named = labels(kind)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([str(named[field]) for field in COLUMNS[kind]])
    for row in _rows(kind):
        sheet.append(row)
    for column, cells in enumerate(sheet.columns, start=1):
        cells[0].font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = max(len(str(cell.value or "")) for cell in cells) + 3
    sheet.freeze_panes = "A2"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _rows(kind: str) -> list[list[object]]:
    if kind == Kind.PARTICIPANTS:
        return [
            ["Conserverie Kerdaniel", "732 829 320 00074", "Lorient", "Anne Le Gall", _("director"),
             "anne.legall@kerdaniel.example", "02 97 00 00 01", 65, "10.20Z", _("yes")],
            ["Béton du Scorff", None, "56850 Caudan", "Yann Riou", _("production manager"),
             "y.riou@scorff.example", "02 97 00 00 02", "20-49", "23.63Z", _("no")],
        ]  # fmt: skip
    return [
        ["Conserverie Kerdaniel", _("offer"), _("flotation grease, by tanker"), 40, "t", _("year")],
        ["Béton du Scorff", _("need"), _("pallets 80x120 in good condition"), "~300", _("pallets"), _("month")],
    ]
