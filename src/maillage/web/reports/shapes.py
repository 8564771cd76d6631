"""How each kind of record behind a number is listed: with names for the team, without for who reads figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from maillage.evaluation.models import ImpactLine
from maillage.organisations.models import Company
from maillage.synergies.models import PotentialSynergy, Synergy
from maillage.territories.models import Mandate
from maillage.web.components.listing import ListColumn
from maillage.workshops.models import Participation, Workshop, WorkshopResource

HIDDEN = _("kept by its practitioner")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a kind of record is listed; the columns in ``named`` are for who reads names."""

    count: Any
    columns: tuple[ListColumn, ...]
    named: tuple[ListColumn, ...] = ()
    url: Callable[[Any], str] = lambda one: ""

    def shown_to(self, reads_names: bool) -> tuple[ListColumn, ...]:
        return (*self.named, *self.columns) if reads_names else self.columns


def _page(name: str, read: Callable[[Any], Any]) -> Callable[[Any], str]:
    return lambda one: reverse(name, args=[read(one)])


def _if_read(name: str):
    read = attrgetter(name)
    return lambda card: read(card) if card.may_read else str(HIDDEN)


REGION = _("Region")

SHAPES: dict[type, Shape] = {
    Workshop: Shape(
        count=ngettext_lazy("%(n)s workshop", "%(n)s workshops", "count"),
        columns=(
            ListColumn("place", _("Place"), attrgetter("place"), order=("place",)),
            ListColumn("date", _("Date"), attrgetter("held_on"), kind="date", order=("held_on",)),
            ListColumn("region", REGION, attrgetter("territory.region.name"), order=("territory__region__name",)),
        ),
    ),
    Participation: Shape(
        count=ngettext_lazy("%(n)s participation", "%(n)s participations", "count"),
        named=(
            ListColumn(
                "company",
                _("Company"),
                attrgetter("site.company.name"),
                order=("site__company__folded_name",),
            ),
        ),
        columns=(
            ListColumn("workshop", _("Workshop"), attrgetter("workshop.place"), order=("workshop__held_on",)),
            ListColumn("date", _("Date"), attrgetter("workshop.held_on"), kind="date"),
            ListColumn(
                "profile",
                _("Profile"),
                lambda one: one.site.company.get_profile_display(),
                order=("site__company__profile",),
            ),
        ),
        url=_page("practice:company", attrgetter("site.company_id")),
    ),
    WorkshopResource: Shape(
        count=ngettext_lazy("%(n)s resource", "%(n)s resources", "count"),
        named=(
            ListColumn("title", _("Resource"), _if_read("resource.title"), order=("resource__folded_text",)),
            ListColumn("company", _("Company"), _if_read("resource.site.company.name")),
        ),
        columns=(
            ListColumn("workshop", _("Workshop"), attrgetter("workshop.place"), order=("workshop__held_on",)),
            ListColumn(
                "direction",
                _("Direction"),
                lambda one: one.resource.get_direction_display(),
                order=("resource__direction",),
            ),
            ListColumn(
                "category",
                _("Category"),
                lambda one: one.resource.get_category_display(),
                order=("resource__category",),
            ),
        ),
        url=lambda one: reverse("practice:resource", args=[one.resource_id]) if one.may_read else "",
    ),
    PotentialSynergy: Shape(
        count=ngettext_lazy("%(n)s potential synergy", "%(n)s potential synergies", "count"),
        named=(ListColumn("title", _("Potential synergy"), attrgetter("title"), order=("title",)),),
        columns=(
            ListColumn(
                "workshop",
                _("Workshop"),
                attrgetter("workshop_potential.workshop.place"),
                order=("workshop_potential__workshop__held_on",),
            ),
            ListColumn("type", _("Type"), lambda one: one.get_synergy_type_display(), order=("synergy_type",)),
            ListColumn("origin", _("Origin"), lambda one: one.get_origin_display(), order=("origin",)),
        ),
    ),
    Synergy: Shape(
        count=ngettext_lazy("%(n)s synergy", "%(n)s synergies", "count"),
        named=(
            ListColumn("title", _("Synergy"), attrgetter("title"), order=("folded_title",)),
            ListColumn("type", _("Type"), lambda one: one.get_synergy_type_display(), order=("synergy_type",)),
            ListColumn("territory", _("Territory"), attrgetter("territory.name"), order=("territory__name",)),
        ),
        columns=(
            ListColumn("code", _("Code"), attrgetter("code"), order=("code",)),
            ListColumn("stage", _("Stage"), lambda one: one.get_stage_display(), order=("stage",)),
            ListColumn("since", _("Since"), attrgetter("stage_since"), kind="date", order=("stage_since",)),
            ListColumn("region", REGION, attrgetter("territory.region.name"), order=("territory__region__name",)),
        ),
        url=_page("practice:synergy", attrgetter("pk")),
    ),
    ImpactLine: Shape(
        count=ngettext_lazy("%(n)s line", "%(n)s lines", "count"),
        named=(ListColumn("synergy", _("Synergy"), attrgetter("synergy.title"), order=("synergy__folded_title",)),),
        columns=(
            ListColumn("code", _("Code"), attrgetter("synergy.code"), order=("synergy__code",)),
            ListColumn("indicator", _("Benefit"), lambda one: one.get_indicator_display(), order=("indicator",)),
            ListColumn("value", _("Value"), attrgetter("value"), kind="number", order=("value",)),
            ListColumn(
                "evidence",
                _("Evidence"),
                lambda one: one.get_evidence_level_display(),
                order=("evidence_level",),
            ),
            ListColumn("method", _("Method"), lambda one: one.get_method_display(), order=("method",)),
            ListColumn("year", _("Year"), lambda one: str(one.year or ""), order=("year",)),
        ),
        url=_page("practice:synergy", attrgetter("synergy_id")),
    ),
    Company: Shape(
        count=ngettext_lazy("%(n)s company", "%(n)s companies", "count"),
        named=(ListColumn("name", _("Company"), attrgetter("name"), order=("folded_name",)),),
        columns=(
            ListColumn("profile", _("Profile"), lambda one: one.get_profile_display(), order=("profile",)),
            ListColumn("headcount", _("Headcount"), lambda one: one.get_headcount_display(), order=("headcount",)),
        ),
        url=_page("practice:company", attrgetter("pk")),
    ),
    Mandate: Shape(
        count=ngettext_lazy("%(n)s mandate", "%(n)s mandates", "count"),
        named=(ListColumn("name", _("Person"), attrgetter("user.name"), order=("user__name",)),),
        columns=(
            ListColumn("role", _("Role"), lambda one: one.get_role_display(), order=("role",)),
            ListColumn("place", _("Place"), lambda one: str(one.place), order=("territory__name",)),
            ListColumn(
                "structure",
                _("Structure"),
                lambda one: str(one.structure or ""),
                order=("structure__name",),
            ),
            ListColumn("fte", _("Full-time equivalent"), attrgetter("fte"), kind="number", order=("fte",)),
        ),
    ),
}
