"""The report as files: a workbook, an object for other programs, a printed document."""

from __future__ import annotations

import json
from typing import Any

from django.utils import translation
from django.utils.translation import pgettext

from maillage.evaluation.models import EvidenceLevel, IndicatorTheme
from maillage.reports.printing import printable, written
from maillage.reports.programme import Report, charts
from maillage.reports.programme.opening import opening
from maillage.reports.programme.parts import Part
from maillage.reports.tables import to_workbook
from maillage.reports.typesetting import typeset


def to_xlsx(report: Report) -> bytes:
    """Write a sheet for each table, in the order of the report."""
    return to_workbook(report.tables.values())


def to_json(report: Report) -> str:
    """
    Write one object: ``about`` says what it is, then each table by its key, as a list of rows.

    Keys of tables, rows and columns never change with the language; values are numbers, not text.
    """
    programme, region = report.programme, report.population.region
    about = {
        "programme": programme.code,
        "name": programme.name,
        "region": region.name if region else None,
        "seen_on": report.population.day.isoformat(),
        "language": translation.get_language(),
        "titles": {key: table.title for key, table in report.tables.items()},
        "sentences": {key: part.sentence for key, part in report.parts.items()},
    }
    tables = {key: table.as_json() for key, table in report.tables.items()}
    return json.dumps({"about": about, **tables}, ensure_ascii=False, indent=2)


def to_pdf(report: Report) -> bytes:
    """Print the report, in the language in force: the same order, sentences, notes and numbers as the page."""
    start = opening(report.facts, report.parts["summary"])
    data = {
        "title": start.title,
        "kicker": start.kicker,
        "lead": start.lead,
        "running": start.kicker,
        "page": pgettext("number of a page", "page"),
        "figures": [(figure.text, figure.words) for figure in start.figures],
        "parts": [_printed(part) for part in report.parts.values() if part.key != "summary"],
    }
    return typeset("programme", data, language=translation.get_language())


def to_svg(report: Report, key: str) -> str:
    """
    Draw one figure alone, its letters as outlines, so that it looks the same wherever it is put.

    :raises KeyError: the report has no drawn figure of that key.
    """
    part = report.parts[key]
    if not part.chart or part.chart == "set_ups":
        raise KeyError(key)
    source = opening(report.facts, report.parts["summary"]).kicker
    data = {"part": _printed(part), "source": source}
    return typeset("figure", data, language=translation.get_language(), form="svg").decode()


def _printed(part: Part) -> dict[str, Any]:
    table = printable(part.table)
    return {
        "key": part.key,
        "kicker": part.kicker,
        "heading": part.heading,
        "sentence": part.sentence,
        "notes": [[note.lead, note.text] for note in part.notes],
        "table": table,
        "chart": part.chart,
        **_drawn(part),
    }


def _drawn(part: Part) -> dict[str, Any]:
    if part.chart in ("states", "regions"):
        draw = {"states": (charts.states, charts.states_legend), "regions": (charts.regions, charts.regions_legend)}
        bars, legend = draw[part.chart]
        return {
            "bars": [
                {"label": bar.label, "aside": bar.aside, "segments": [_segment(one) for one in bar.segments]}
                for bar in bars(part)
            ],
            "legend": [{"css": one.css, "label": one.label} for one in legend(part)],
        }
    if part.chart == "bars":
        return {
            "bars": [
                {"label": bar.label, "aside": bar.aside, "css": bar.css, "share": bar.share, "text": bar.text}
                for bar in charts.bars(part)
            ]
        }
    if part.chart == "benefits":
        return {
            "themes": [
                {
                    "title": str(IndicatorTheme(theme).label),
                    "benefits": [
                        {
                            "label": one.label,
                            "text": one.text,
                            "unit": one.unit,
                            "levels": [_segment(level) for level in one.levels],
                        }
                        for one in benefits
                    ],
                }
                for theme, benefits in charts.benefits(part).items()
                if benefits
            ],
            "levels": {level.lower(): str(EvidenceLevel(level).label) for level in EvidenceLevel},
        }
    if part.chart == "set_ups":
        return {"regions": [_set_up(part, row) for row in part.table.rows]}
    return {}


def _segment(segment: charts.Segment) -> dict[str, Any]:
    return {"css": segment.css, "share": segment.share, "text": segment.text}


def _set_up(part: Part, row: dict[str, Any]) -> dict[str, Any]:
    """A region of Table 5 as a title and its lines: four columns of prose do not fit on a page."""
    lines = [[str(column.label), written(row[column.key], column)] for column in part.table.columns[1:]]
    return {"title": row["region"], "lines": [line for line in lines if line[1]]}
