"""
Lists: filters, sorting, pages and exports, the same on every screen.

A list is described once; the page, the workbook and the CSV file say the same thing::

    COLUMNS = (
        ListColumn("name", _("Company"), attrgetter("name"), order=("folded_name",)),
        ListColumn("cards", _("Cards"), attrgetter("card_count"), kind="number", order=("card_count",)),
        ListColumn("notes", _("Notes"), attrgetter("notes"), shown=False),  # in the exports only
    )
    COUNT = ngettext_lazy("%(n)s company", "%(n)s companies", "count")


    class CompanyFilters(Filters):
        text = WordsFilter(label=_("Name or commune"), columns=("folded_name", "sites__commune__folded_name"))
        profile = filters.ChoiceFilter(label=_("Profile"), choices=Company.Profile)


    @opens_to(*TEAM)
    def company_list(request):
        listing = Listing(
            request,
            Company.objects.visible_to(request.mandate).for_list(),
            filters=CompanyFilters,
            columns=COLUMNS,
            order="name",
            title=_("Companies"),
            count=COUNT,
        )
        return listing.answer("practice/company_list.html", section="companies")

The template of the page shows it; a row is a fragment that writes the cells of ``record``::

    {% block styles %}<link rel="stylesheet" href="{% static 'maillage/screens/listing.css' %}">{% endblock %}
    {% include "components/_filters.html" %}
    {% include "components/_listing.html" with row="practice/_company_row.html" empty="practice/_no_company.html" %}

A list that is not a table includes `_filters.html`, `_summary.html`, its own rows of ``listing.records`` in an element
with the id ``results``, and `_pages.html`. Filters that need what the mandate sees read ``request.mandate``:
``filters.ModelChoiceFilter(queryset=lambda request: Territory.objects.visible_to(request.mandate))``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from maillage.common.text import slug
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.reports.tables import Column, Kind, Table, to_csv, to_workbook
from maillage.web.components.filters import Filters, TickFilter, WordsFilter
from maillage.web.templatetags.maillage import number

__all__ = ["Filters", "ListColumn", "Listing", "TickFilter", "WordsFilter"]

PAGE_SIZE = 50
SORT, PAGE, FORMAT = "sort", "page", "format"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """
    A column of a list: what it is called, how it is read, by what it sorts.

    ``order`` names queryset fields (none: the column does not sort); ``shown`` false keeps it for the exports;
    ``wide`` leaves it out on a phone, as the class "wide" does for its cells.
    """

    key: str
    label: Any
    read: Callable[[Any], Any]
    kind: Kind = "text"
    order: tuple[str, ...] = ()
    shown: bool = True
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address of the page without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: the address that sorts by it, and how it sorts now ("ascending", "descending" or "")."""

    key: str
    label: str
    kind: Kind
    url: str
    sorted: str
    wide: bool


class Listing:
    """A list as one request asks for it: filtered, sorted, one page of it."""

    def __init__(
        self,
        request,
        records: QuerySet,
        *,
        filters: type[Filters],
        columns: Sequence[ListColumn],
        order: str,
        title: Any,
        count: Any,
        page_size: int = PAGE_SIZE,
    ):
        self.request = request
        self.filters = filters(request.GET, queryset=records, request=request)
        self.columns = columns
        self.order = order
        self.title = title
        self.count = count
        self.page_size = page_size

    def answer(self, template: str, **context: Any) -> HttpResponse:
        """Answer the request: the file it asks for, or the page."""
        asked = self.request.GET.get(FORMAT)
        if asked in {"xlsx", "csv"}:
            return self._file(asked)
        return render(self.request, template, {**context, "listing": self})

    # What is in the list

    @cached_property
    def form(self) -> forms.Form:
        return self.filters.form

    @cached_property
    def sort(self) -> str:
        """The key of the column it is sorted by, with a minus when it descends."""
        asked = self.request.GET.get(SORT, "")
        return asked if asked.removeprefix("-") in self._sortable else self.order

    @cached_property
    def queryset(self) -> QuerySet:
        """The records that the filters keep, in order; empty values come last in both directions and on every base."""
        fields = (F(name) for name in self._sortable[self.sort.removeprefix("-")])
        if self.sort.startswith("-"):
            return self.filters.qs.order_by(*(field.desc(nulls_last=True) for field in fields), "pk")
        return self.filters.qs.order_by(*(field.asc(nulls_last=True) for field in fields), "pk")

    @cached_property
    def page(self) -> Page:
        return Paginator(self.queryset, self.page_size).get_page(self.request.GET.get(PAGE))

    @property
    def records(self) -> list:
        return self.page.object_list

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def sentence(self) -> str:
        """How many records there are: « 4 038 entreprises »."""
        return self.count % {"count": self.total, "n": number(self.total)}

    # What surrounds it

    @cached_property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.columns if column.shown]

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in force, each with the address of the page without it."""
        return [
            Chip(label, self._url(**{name: left, PAGE: None}))
            for name in self.form.fields
            for label, left in self._values(name)
        ]

    @property
    def clear_url(self) -> str:
        return self._url(**dict.fromkeys([*self.form.fields, PAGE]))

    @property
    def pages(self) -> list[dict[str, Any]]:
        """The page numbers to show, with their addresses; an ellipsis has none."""
        return [
            {"number": rank, "url": self._url(**{PAGE: rank}) if isinstance(rank, int) else ""}
            for rank in self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        ]

    @property
    def previous_url(self) -> str:
        return self._url(**{PAGE: self.page.number - 1}) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._url(**{PAGE: self.page.number + 1}) if self.page.has_next() else ""

    @property
    def workbook_url(self) -> str:
        return self._url(**{FORMAT: "xlsx", PAGE: None})

    @property
    def csv_url(self) -> str:
        return self._url(**{FORMAT: "csv", PAGE: None})

    # How

    @cached_property
    def _sortable(self) -> dict[str, tuple[str, ...]]:
        return {column.key: column.order for column in self.columns if column.order}

    def _heading(self, column: ListColumn) -> Heading:
        if not column.order:
            return Heading(column.key, str(column.label), column.kind, "", "", column.wide)
        now = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "")
        then = f"-{column.key}" if now == "ascending" else column.key
        url = self._url(**{SORT: then, PAGE: None})
        return Heading(column.key, str(column.label), column.kind, url, now, column.wide)

    def _values(self, name: str) -> Iterator[tuple[str, Any]]:
        """For each value a filter holds: what to call it, and what the filter holds without it."""
        if not self.form.is_bound or self.form.errors.get(name):
            return
        field, value = self.form.fields[name], self.form.cleaned_data.get(name)
        if value in (None, "", False) or value == []:
            return
        if value is True:
            yield str(field.label), None
        elif isinstance(field, forms.MultipleChoiceField):
            words = dict(field.choices)
            for one in value:
                yield self._labelled(field, words.get(one, one)), [other for other in value if other != one]
        elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            yield self._labelled(field, dict(field.choices).get(value, value)), None
        else:
            yield self._labelled(field, value), None

    @staticmethod
    def _labelled(field, value) -> str:
        return pgettext("filter in force", "%(filter)s: %(value)s") % {"filter": field.label, "value": value}

    def _url(self, **changes: Any) -> str:
        query = self.request.GET.copy()
        query.pop(FORMAT, None)
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            elif isinstance(value, list):
                query.setlist(name, value)
            else:
                query[name] = str(value)
        return f"{self.request.path}?{query.urlencode()}"

    @transaction.atomic
    def _file(self, asked: str) -> HttpResponse:
        """Write the list as filtered, and say in the journal that it left."""
        rows = [{column.key: column.read(one) for column in self.columns} for one in self.queryset]
        table = Table(
            key=slug(str(self.title)),
            title=str(self.title),
            columns=[Column(column.key, str(column.label), column.kind) for column in self.columns],
            rows=rows,
            notes=[chip.label for chip in self.chips] or [_("The whole list, without a filter.")],
        )
        now = timezone.now()
        filters = [chip.label for chip in self.chips]
        record(
            act=Entry.Act.EXPORTED,
            of=self.request.mandate.place,
            by=self.request.mandate,
            at=now,
            changes={"list": table.key, "count": len(rows), "filters": filters},
            territory_id=self.request.mandate.territory_id,
        )
        written, kind = (
            (to_csv(table), "text/csv; charset=utf-8") if asked == "csv" else (to_workbook([table]), WORKBOOK)
        )
        name = f"{table.key}-{timezone.localdate(now).isoformat()}.{asked}"
        return HttpResponse(
            written, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )
