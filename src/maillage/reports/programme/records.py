"""
The records behind a number of the report.

A cell is named by the key of its table, of its row and of its column. What is found here is read from the same
population as the table: as many records as the number says or, for a benefit, lines whose values add up to it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, OuterRef, QuerySet

from maillage.common.text import slug
from maillage.evaluation.models import EvidenceLevel, ImpactLine, Indicator
from maillage.organisations.models import Company
from maillage.reports.programme.effects import indicators_of
from maillage.reports.programme.parts import TOTAL
from maillage.reports.programme.population import Population
from maillage.resources.models import Resource
from maillage.resources.nomenclature import Group, SynergyType, types_of
from maillage.synergies.models import Barrier, PotentialSynergy, Synergy
from maillage.synergies.stages import StageGroup, stages_of
from maillage.territories.models import Mandate, Region, Role
from maillage.workshops.models import Participation, Workshop, WorkshopResource


class UnknownCell(LookupError):
    """No number of the report has this name."""


def records_behind(population: Population, key: str, row: str, column: str) -> QuerySet:
    """
    Return the records that a cell counts.

    :raises UnknownCell: the report has no such number.
    """
    try:
        return _FINDERS[key](population, row, column)
    except (KeyError, ValueError) as absent:
        raise UnknownCell(f"{key}/{row}/{column}") from absent


def readable(records: QuerySet, mandate: Mandate) -> QuerySet:
    """
    Load the records with what a list says of them.

    A card has ``may_read``: whether this mandate reads what is written on it.
    """
    if records.model is WorkshopResource:
        seen = Resource.objects.visible_to(mandate).filter(pk=OuterRef("resource"))
        records = records.annotate(may_read=Exists(seen))
    return records.select_related(*_LOADED[records.model])


_LOADED: dict[type, tuple[str, ...]] = {
    Workshop: ("territory__region",),
    Participation: ("workshop__territory__region", "site__company", "site__commune"),
    WorkshopResource: ("workshop__territory__region", "resource__site__company"),
    PotentialSynergy: ("workshop_potential__workshop", "territory__region"),
    Synergy: ("territory__region",),
    ImpactLine: ("synergy__territory__region",),
    Company: ("activity",),
    Mandate: ("user", "structure", "territory__region", "region"),
}


def _counted(population: Population, row: str, column: str) -> QuerySet:
    """The lines of the summary and of Table 3: a mean opens on what it is the mean of."""
    _one_of(column, "total", "mean")
    return {
        "workshops": population.workshops,
        "participations": population.participations,
        "companies": population.attending_companies,
        "resources": population.cards,
        "potential_synergies": population.potentials,
        "followed": population.synergies,
        "live": population.live,
        "finalised": population.finalised,
        "companies_helped": population.helped,
    }[row]()


def _workshops_in_numbers(population: Population, row: str, column: str) -> QuerySet:
    _one_of(row, "companies", "resources", "potential_synergies")
    return _counted(population, "participations" if row == "companies" else row, column)


def _set_up(population: Population, row: str, column: str) -> QuerySet:
    role = {
        "fte": Role.PRACTITIONER,
        "practitioners": Role.PRACTITIONER,
        "coordination_fte": Role.REGIONAL_COORDINATOR,
    }[column]
    return _in_region(population, row).mandates().filter(role=role)


def _by_region(population: Population, row: str, column: str) -> QuerySet:
    here = _in_region(population, row)
    return {"workshops": here.workshops, "companies": here.participations}[column]()


def _follow_up(population: Population, row: str, column: str) -> QuerySet:
    _one_of(column, "months")
    return _in_region(population, row).workshops().filter(is_ordinary=True)


def _followed(population: Population, row: str, column: str) -> QuerySet:
    _one_of(column, "me", "th", "total", "percent")
    synergies = population.synergies()
    if row != TOTAL:
        synergies = synergies.filter(stage__in=stages_of(StageGroup(row)))
    if column in ("me", "th"):
        synergies = synergies.filter(synergy_type__in=types_of(Group(column.upper())))
    return synergies


def _finalised(population: Population, row: str, column: str) -> QuerySet:
    _one_of(column, "finalised")
    synergies = population.finalised()
    return synergies if row == TOTAL else synergies.filter(synergy_type=SynergyType(row))


def _continuity(population: Population, row: str, column: str) -> QuerySet:
    synergies = {"finalised": population.finalised, "live": population.live}[column]()
    if row == TOTAL:
        return synergies
    return synergies.filter(continuity="" if row == "UNKNOWN" else _one_of(row, *Synergy.Continuity.values))


def _barriers(population: Population, row: str, column: str) -> QuerySet:
    _one_of(column, "synergies")
    return population.stopped().filter(pk__in=Barrier.objects.filter(kind=Barrier.Kind(row)).values("synergy"))


def _benefits(population: Population, row: str, column: str) -> QuerySet:
    if row == Indicator.COMPANIES_HELPED:
        _one_of(column, "value")
        return population.helped()
    lines = population.benefits().filter(indicator__in=[Indicator(one) for one in indicators_of(row)])
    return lines if column == "value" else lines.filter(evidence_level=EvidenceLevel(column.upper()))


def _regional_benefits(population: Population, row: str, column: str) -> QuerySet:
    here = population if column == "total" else _in_region(population, column)
    return _benefits(here, row, "value")


def _in_region(population: Population, key: str) -> Population:
    """The population of one region, named by its key; the whole for the total."""
    if key == TOTAL:
        return population
    region: Region = {slug(region.name): region for region in population.regions()}[key]
    return Population(population.programme, population.day, region)


def _one_of(value: str, *known: str) -> str:
    if value not in known:
        raise UnknownCell(value)
    return value


_FINDERS: dict[str, Callable[[Population, str, str], QuerySet]] = {
    "summary": _counted,
    "table_3": _workshops_in_numbers,
    "table_5": _set_up,
    "table_6": _by_region,
    "follow_up_time": _follow_up,
    "table_7": _followed,
    "barriers": _barriers,
    "table_8": _finalised,
    "continuity": _continuity,
    "figure_12": _benefits,
    "figure_16": _regional_benefits,
    "figure_17": _regional_benefits,
}
