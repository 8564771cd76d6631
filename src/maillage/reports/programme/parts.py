"""A part of the report: a figure or a table, the sentence that says what it shows, what is noted in its margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from maillage.common.numbers import number_in_words as number
from maillage.reports.tables import Table

Chart = Literal["", "states", "regions", "bars", "benefits", "set_ups"]

#: The order of the report, what came of it first. Keys never change: files, addresses and other programs rely on them.
KEYS = (
    "summary",
    "table_7",
    "barriers",
    "table_8",
    "continuity",
    "figure_12",
    "figure_16",
    "figure_17",
    "follow_up_time",
    "table_3",
    "table_6",
    "table_2",
    "table_5",
)
TOTAL = "TOTAL"


@dataclass(frozen=True, slots=True)
class Note:
    """A note in the margin: what it is about, in two words, then what it says."""

    lead: str
    text: str

    def __str__(self) -> str:
        return f"{self.lead} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Part:
    """One figure or table of the report."""

    key: str
    kicker: str
    heading: str
    table: Table
    sentence: str = ""
    notes: Sequence[Note] = ()
    chart: Chart = ""
    #: A heading that tells no number, for what is published with something left blank.
    plain_heading: str = ""

    @property
    def rows(self) -> dict[str, dict[str, Any]]:
        """The rows of the table by their key, its totals under `TOTAL`."""
        rows = {row["key"]: row for row in self.table.rows}
        return rows | {TOTAL: self.table.totals} if self.table.totals else rows

    def noting(self, *notes: Note) -> Part:
        return replace(self, notes=(*self.notes, *notes))

    def closed(self) -> Part:
        """The part with its notes written under its table too, for files that have no margin."""
        return replace(self, table=replace(self.table, notes=tuple(str(note) for note in self.notes)))


def workshops(count: int) -> str:
    return ngettext("%(n)s workshop", "%(n)s workshops", count) % {"n": number(count)}


def companies(count: int) -> str:
    return ngettext("%(n)s company", "%(n)s companies", count) % {"n": number(count)}


def regions(count: int) -> str:
    return ngettext("%(n)s region", "%(n)s regions", count) % {"n": number(count)}


def synergies(count: int) -> str:
    return ngettext("%(n)s synergy", "%(n)s synergies", count) % {"n": number(count)}


def months(count: int) -> str:
    return ngettext("%(n)s month", "%(n)s months", count) % {"n": number(count)}


def amount(value, unit: str) -> str:
    """Write a value with its unit: « 25 443 t », « 513 190 € »."""
    written = number(value)
    if unit == "EUR":
        return _("€%(n)s") % {"n": written}
    return f"{written}\N{NO-BREAK SPACE}{unit_label(unit)}" if unit else written


def day_in_words(day: date) -> str:
    """Write a day in full: « 1er décembre 2015 »."""
    written = formats.date_format(day, "DATE_FORMAT")
    return written.replace("1 ", "1er ", 1) if day.day == 1 and get_language() == "fr" else written


def unit_label(unit: str) -> str:
    return {"m2": "m²", "m3": "m³", "EUR": "€"}.get(unit, unit)
