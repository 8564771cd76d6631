"""
The report as it may be published: no number behind which fewer companies stand than the programme allows.

Small types of Table 8 are grouped. Elsewhere a row whose parts are too small keeps its total only, so that nothing is
found again by subtraction.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.common.text import slug
from maillage.evaluation.models import Indicator
from maillage.reports.programme.effects import ALL_INNOVATIONS, INNOVATIONS
from maillage.reports.programme.facts import Facts
from maillage.reports.programme.parts import Note, Part
from maillage.resources.nomenclature import SynergyType
from maillage.synergies.models import Barrier, Party
from maillage.synergies.stages import GROUP_OF, STOPPED, Stage, StageGroup

OTHERS = "OTHERS"
Companies = Callable[[str, str], int]


def published(parts: dict[str, Part], facts: Facts) -> dict[str, Part]:
    """Return the parts with what is too small grouped or left blank. Three queries more, whatever the size."""
    smallest = facts.population.programme.smallest_published_group
    followed = _companies_of_synergies(facts)
    benefits = _companies_of_benefits(facts)
    barriers = _companies_of_barriers(facts)
    regions = {slug(region.name): region.pk for region in facts.regions}
    behind: dict[str, Companies] = {
        "table_7": lambda row, column: followed[row, column],
        "continuity": lambda row, column: followed[row, column],
        "barriers": lambda row, column: barriers[row],
        "figure_12": lambda row, column: benefits[row, column],
        "figure_16": lambda row, column: benefits[row, regions.get(column, column)],
        "figure_17": lambda row, column: benefits[row, regions.get(column, column)],
    }
    shown = {key: _conceal(part, behind[key], smallest) if key in behind else part for key, part in parts.items()}
    return shown | {"table_8": _group_small_types(parts["table_8"], followed, smallest)}


def _conceal(part: Part, companies: Companies, smallest: int) -> Part:
    """Blank the cells that are too small, and with one part of a row all its parts."""
    numbers = [column.key for column in part.table.columns if column.kind == "number"]
    whole = "total" if "total" in numbers else numbers[0]
    kept = [_shown_row(row, numbers, whole, companies, smallest) for row in part.table.rows]
    if kept == list(part.table.rows):
        return part
    totals = part.table.totals
    if totals and len(numbers) > 1:
        # With totals under the columns, one blank cell would be found again: no row shows its parts.
        kept = [row | dict.fromkeys([name for name in numbers if name != whole]) for row in kept]
    return _said_quietly(replace(part, table=replace(part.table, rows=kept)), smallest)


def _shown_row(row: dict[str, Any], numbers: list[str], whole: str, companies: Companies, smallest: int) -> dict:
    small = {name for name in numbers if row.get(name) and companies(row["key"], name) < smallest}
    if not small:
        return row
    return row | dict.fromkeys(numbers if whole in small else [name for name in numbers if name != whole])


def _group_small_types(part: Part, companies: Counter, smallest: int) -> Part:
    rows = sorted(part.table.rows, key=lambda row: companies[row["key"], "finalised"])
    hidden: list[dict] = []
    for row in rows:
        if companies[row["key"], "finalised"] >= smallest and (not hidden or _enough(hidden, companies, smallest)):
            break
        hidden.append(row)
    if not hidden:
        return part
    others = {
        "key": OTHERS,
        "group": "",
        "type": _("Other types"),
        "finalised": sum(row["finalised"] for row in hidden),
        "family": "",
    }
    names = {row["key"] for row in hidden}
    kept = [row for row in part.table.rows if row["key"] not in names]
    quiet = _said_quietly(replace(part, table=replace(part.table, rows=[*kept, others])), smallest)
    largest = sorted(part.table.rows, key=lambda row: -row["finalised"])[:2]
    cited = names.isdisjoint(row["key"] for row in largest)
    return replace(quiet, heading=part.heading, sentence=part.sentence) if cited else quiet


def _enough(hidden: list[dict], companies: Counter, smallest: int) -> bool:
    return len(hidden) > 1 and sum(companies[row["key"], "finalised"] for row in hidden) >= smallest


def _said_quietly(part: Part, smallest: int) -> Part:
    """Take away the words that could tell what is hidden, and say that something is."""
    note = ngettext(
        "What fewer than %(n)s company stands behind is grouped or left blank.",
        "What fewer than %(n)s companies stand behind is grouped or left blank.",
        smallest,
    ) % {"n": smallest}
    return replace(part, heading=part.plain_heading or part.table.title, sentence="").noting(
        Note(_("Small numbers."), note)
    )


def _companies_of_synergies(facts: Facts) -> Counter:
    """How many companies stand behind the cells of Tables 7 and 8 and of continuity, by row and column."""
    parties = Party.objects.filter(synergy__in=facts.population.synergies())
    fields = ("synergy__stage", "synergy__synergy_type", "synergy__continuity", "company")
    return _distinct(
        (cell, company)
        for stage, kind, continuity, company in parties.values_list(*fields).order_by()
        for cell in _cells_of(stage, kind, continuity or "UNKNOWN")
    )


@cache
def _cells_of(stage: str, synergy_type: str, continuity: str) -> list[tuple[str, str]]:
    """The cells that count a synergy of this stage, type and continuity."""
    kind, state = SynergyType(synergy_type), GROUP_OF[Stage(stage)].value
    group = kind.group.lower()
    cells = [(state, group), (state, "total"), (state, "percent")]
    if stage not in STOPPED:
        cells.append((continuity, "live"))
    if state == StageGroup.FINALISED:
        cells += [(continuity, "finalised"), (kind.value, "finalised")]
    return cells


def _companies_of_barriers(facts: Facts) -> Counter:
    met = Barrier.objects.filter(synergy__in=facts.population.stopped())
    return _distinct(met.values_list("kind", "synergy__parties__company").order_by())


def _companies_of_benefits(facts: Facts) -> Counter:
    """How many companies stand behind the cells of Figures 12, 16 and 17, by row and column (or region)."""
    fields = ("indicator", "evidence_level", "synergy__territory__region", "synergy__parties__company")
    lines = list(facts.population.benefits().values_list(*fields).order_by().distinct())
    pairs = [
        ((row, column), company)
        for indicator, level, region, company in lines
        for row in {indicator, *([ALL_INNOVATIONS] if indicator in INNOVATIONS else [])}
        for column in ("value", "total", level.lower(), region)
    ]
    counted = _distinct(pairs)
    for column in ("value", "total"):
        counted[Indicator.COMPANIES_HELPED, column] = facts.helped
    for region, companies in facts.helped_by_region.items():
        counted[Indicator.COMPANIES_HELPED, region] = companies
    return counted


def _distinct(pairs: Iterable[tuple[Hashable, Hashable]]) -> Counter:
    seen: dict[Hashable, set] = defaultdict(set)
    for cell, company in pairs:
        if company is not None:
            seen[cell].add(company)
    return Counter({cell: len(companies) for cell, companies in seen.items()})
