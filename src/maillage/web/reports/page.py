"""A part of the report as the page draws it: its table with links, its figure as shares of a width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from maillage.evaluation.models import IndicatorTheme
from maillage.reports.printing import written
from maillage.reports.programme import Part, charts
from maillage.reports.programme.publishing import OTHERS
from maillage.reports.tables import Column

#: How high a bar of a figure stands, its label included, in pixels.
STEP = {"states": 86, "regions": 74, "bars": 50}


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    is_number: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    head: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Section:
    """What the template of a part needs."""

    part: Part
    heads: Sequence[Cell]
    rows: Sequence[Row]
    totals: Row | None
    drawing: dict[str, Any] = field(default_factory=dict)
    svg_url: str = ""

    @property
    def is_folded(self) -> bool:
        """A figure that says every number of its table keeps the table folded under it."""
        return self.part.chart in ("bars", "benefits", "set_ups")


def section_of(part: Part, *, query: str = "") -> Section:
    columns = part.table.columns
    return Section(
        part=part,
        heads=[Cell(str(column.label), column.kind != "text") for column in columns],
        rows=[_row(part, row, query) for row in part.table.rows],
        totals=_row(part, part.table.totals, query) if part.table.totals else None,
        drawing=_drawing(part, query),
        svg_url=reverse("reports:figure", args=[part.key]) + query if part.chart not in ("", "set_ups") else "",
    )


def _row(part: Part, row: dict[str, Any], query: str) -> Row:
    head, *rest = part.table.columns
    return Row(written(row[head.key], head), [_cell(part, row, column, query) for column in rest])


def _cell(part: Part, row: dict[str, Any], column: Column, query: str) -> Cell:
    return Cell(written(row.get(column.key), column), column.kind != "text", url_of(part, row, column.key, query))


def url_of(part: Part, row: dict[str, Any], column: str, query: str = "") -> str:
    """The address of the records behind a number; none for words, for nothing, and for what is grouped."""
    kinds = {one.key: one.kind for one in part.table.columns}
    if kinds[column] != "number" or not row.get(column) or row["key"] == OTHERS:
        return ""
    return reverse("reports:records", args=[part.key, row["key"], column]) + query


def _drawing(part: Part, query: str) -> dict[str, Any]:
    draw = {
        "states": lambda: _stacked(part, charts.states(part), charts.states_legend(part)),
        "regions": lambda: _stacked(part, charts.regions(part), charts.regions_legend(part)),
        "bars": lambda: _heights(part, charts.bars(part)),
        "benefits": lambda: {"themes": _themes(part, query)},
        "set_ups": lambda: {"regions": _set_ups(part)},
    }
    return draw[part.chart]() if part.chart else {}


def _stacked(part: Part, bars: list, legend: list) -> dict[str, Any]:
    return _heights(part, bars) | {"legend": legend}


def _heights(part: Part, bars: list) -> dict[str, Any]:
    step = STEP[part.chart]
    return {"bars": [(rank * step, bar) for rank, bar in enumerate(bars)], "height": len(bars) * step}


def _themes(part: Part, query: str) -> list[dict[str, Any]]:
    return [
        {
            "title": IndicatorTheme(theme).label,
            "benefits": [(one, url_of(part, part.rows[one.key], "value", query)) for one in benefits],
        }
        for theme, benefits in charts.benefits(part).items()
        if benefits
    ]


def _set_ups(part: Part) -> list[dict[str, Any]]:
    """Table 5 as prose, region by region: six columns of sentences are not read as a table."""
    prose = [column for column in part.table.columns[1:] if column.kind == "text"]
    return [
        {
            "name": row["region"],
            "fte": row["fte"],
            "practitioners": row["practitioners"],
            "coordination_fte": row["coordination_fte"],
            "notes": [(column.label, str(row[column.key]).splitlines()) for column in prose if row[column.key]],
        }
        for row in part.table.rows
    ]
