"""The records behind a number of the report: with names for the team, without for who reads figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.evaluation.models import ImpactLine
from maillage.reports.printing import written
from maillage.reports.programme import Facts, Part, Population, part_of
from maillage.reports.programme.effects import code_unit
from maillage.reports.programme.parts import amount
from maillage.reports.programme.records import UnknownCell, readable, records_behind
from maillage.reports.tables import Column
from maillage.web.access import READERS, opens_to
from maillage.web.components.listing import Filters, Listing
from maillage.web.reports.page import Cell, url_of
from maillage.web.reports.programme import must_be_published, region_asked, report_for
from maillage.web.reports.shapes import SHAPES


class NoFilters(Filters):
    """The cell that was opened is the only filter."""


@dataclass(frozen=True, slots=True)
class Line:
    """A record as one line of the list."""

    url: str
    cells: list[Cell]


class RecordList(Listing):
    """A list whose lines are written from its columns, the first of them leading to the record's page."""

    def __init__(self, *args, url_of_record, **kwargs):
        super().__init__(*args, **kwargs)
        self.url_of_record = url_of_record

    @property
    def records(self) -> list[Line]:
        return [
            Line(
                self.url_of_record(one),
                [
                    Cell(written(column.read(one), Column(column.key, "", column.kind)), column.kind != "text")
                    for column in self.columns
                ],
            )
            for one in self.page.object_list
        ]


@opens_to(*READERS)
def records(request, key, row, column):
    part, population = _part(request, key)
    cell = part.rows.get(row)
    labels = {one.key: str(one.label) for one in part.table.columns}
    if cell is None or column not in labels or not url_of(part, cell, column):
        raise Http404
    try:
        found = records_behind(population, key, row, column)
    except UnknownCell:
        raise Http404 from None
    shape = SHAPES[found.model]
    reads_names = not must_be_published(request.mandate)
    columns = shape.shown_to(reads_names)
    head = part.table.columns[0]
    listing = RecordList(
        request,
        readable(found, request.mandate),
        filters=NoFilters,
        columns=columns,
        order=next(one.key for one in columns if one.order),
        title=_("%(table)s: %(row)s, %(column)s")
        % {"table": part.kicker, "row": cell[head.key], "column": labels[column]},
        count=shape.count,
        url_of_record=shape.url if reads_names else lambda one: "",
    )
    context = {
        "section": "report",
        "part": part,
        "amount": amount(cell[column], code_unit(row)) if found.model is ImpactLine else "",
        "reads_names": reads_names,
    }
    return listing.answer("reports/records.html", **context)


def _part(request, key: str) -> tuple[Part, Population]:
    """The part that holds the cell, as this person reads it."""
    if must_be_published(request.mandate):
        report = report_for(request)
        if key not in report.parts:
            raise Http404
        return report.parts[key], report.population
    population = Population.of(request.mandate.programme, day=timezone.localdate(), region=region_asked(request))
    try:
        return part_of(Facts(population), key), population
    except KeyError:
        raise Http404 from None
