"""What the finalised synergies brought: Figure 12, and its split by region (Figures 16 and 17)."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from maillage.common.numbers import number_in_words as number
from maillage.common.numbers import percent_in_words as percent
from maillage.common.text import slug
from maillage.evaluation.models import EvidenceLevel, Indicator, IndicatorTheme
from maillage.reports.programme.activity import follow_up_note
from maillage.reports.programme.facts import Facts
from maillage.reports.programme.parts import Note, Part, amount, unit_label
from maillage.reports.tables import Column, Table

#: The order of Figure 12: what it prints first comes first.
ENVIRONMENT = (
    Indicator.WASTE_REUSED_RECYCLED,
    Indicator.MATERIAL_SUBSTITUTED,
    Indicator.WASTE_DIVERTED,
    Indicator.CO2_AVOIDED,
    Indicator.ENERGY_PRODUCED,
    Indicator.ENERGY_SAVED,
    Indicator.WATER_SAVED,
    Indicator.HAZARDOUS_WASTE_AVOIDED,
)
INNOVATIONS = (Indicator.INNOVATIONS_TECHNICAL, Indicator.INNOVATIONS_SOCIAL)
#: A line that adds up two indicators, as the source does: 39 = 7 technical + 32 social.
ALL_INNOVATIONS = "INNOVATIONS"
ECONOMY_SOCIETY = (
    Indicator.SALES_ADDED,
    Indicator.COST_SAVED,
    Indicator.PRIVATE_INVESTMENT,
    Indicator.PUBLIC_INVESTMENT,
    Indicator.AREA_SHARED,
    Indicator.COMPANIES_HELPED,
    Indicator.PEOPLE_TRAINED,
    ALL_INNOVATIONS,
    *INNOVATIONS,
    Indicator.JOBS_CREATED,
    Indicator.JOBS_SAVED,
    Indicator.COMPANIES_REVITALISED,
    Indicator.ACTIVITIES_CREATED,
)


def figure_12(facts: Facts) -> Part:
    columns = (
        Column("indicator", _("Benefit")),
        Column("value", _("Value"), "number"),
        Column("unit", _("Unit")),
        Column("verified", _("Verified"), "number"),
        Column("declared", _("Declared"), "number"),
        Column("estimated", _("Estimated"), "number"),
    )
    rows = [_benefit(facts, code) for code in _shown(facts, (*ENVIRONMENT, *ECONOMY_SOCIETY))]
    recycled = facts.benefit(Indicator.WASTE_REUSED_RECYCLED)
    saved = facts.benefit(Indicator.COST_SAVED)
    heading = _("What the finalised synergies have brought")
    if recycled and saved:
        heading = _("%(tonnes)s of waste recycled or reused, %(euros)s saved") % {
            "tonnes": amount(recycled, "t"),
            "euros": amount(saved, "EUR"),
        }
    sentence = ""
    if facts.finalised_total:
        effective = facts.synergies_with_environmental_effect
        sentence = _("%(part)s of the %(total)s finalised synergies, %(share)s, have an effect on the environment.") % {
            "part": number(effective),
            "total": number(facts.finalised_total),
            "share": percent(effective, facts.finalised_total),
        }
    return Part(
        key="figure_12",
        kicker=_("Figure 12"),
        heading=heading,
        table=Table("figure_12", _("Figure 12. Benefits"), columns, rows),
        sentence=sentence,
        notes=(
            Note(_("Do not add lines up."), _("One tonne may be recycled, diverted and substituted at the same time.")),
            Note(
                _("Three levels of proof."),
                _("Verified by a document, declared by the company, estimated: never mixed without saying so."),
            ),
            Note(
                _("Companies helped."),
                _("Distinct companies, party to a finalised synergy: the regions do not add up."),
            ),
        ),
        chart="benefits",
        plain_heading=_("What the finalised synergies have brought"),
    )


def figure_16(facts: Facts) -> Part:
    return _by_region(
        facts,
        key="figure_16",
        kicker=_("Figure 16"),
        title=_("Figure 16. Environment, regions"),
        heading=_("Environmental benefits, region by region"),
        indicators=ENVIRONMENT,
    )


def figure_17(facts: Facts) -> Part:
    return _by_region(
        facts,
        key="figure_17",
        kicker=_("Figure 17"),
        title=_("Figure 17. Society, regions"),
        heading=_("Economic and social benefits, region by region"),
        indicators=ECONOMY_SOCIETY,
    )


def indicators_of(code: str) -> tuple[str, ...]:
    """The indicators behind a line: one, or both kinds of innovations."""
    return INNOVATIONS if code == ALL_INNOVATIONS else (code,)


def _by_region(facts: Facts, *, key: str, kicker: str, title: str, heading: str, indicators) -> Part:
    columns = (
        Column("indicator", _("Benefit")),
        Column("unit", _("Unit")),
        *(Column(slug(region.name), region.name, "number") for region in facts.regions),
        Column("total", _("Total"), "number"),
    )
    rows = []
    for code in _shown(facts, indicators):
        row = {"key": str(code), "indicator": _label(code), "unit": _unit(code), "total": _value(facts, code)}
        rows.append(row | {slug(region.name): _value(facts, code, region.pk) for region in facts.regions})
    return Part(
        key=key,
        kicker=kicker,
        heading=heading,
        table=Table(key, title, columns, rows),
        sentence=_first_region(facts, rows),
        notes=(
            follow_up_note(facts),
            Note(_("Do not add lines up."), _("One tonne may be recycled, diverted and substituted at the same time.")),
        ),
        chart="regions",
        plain_heading=heading,
    )


def _first_region(facts: Facts, rows) -> str:
    if not rows or len(facts.regions) < 2:
        return ""
    row = rows[0]
    first = max(facts.regions, key=lambda region: row[slug(region.name)])
    return _("%(region)s comes first for “%(indicator)s”: %(part)s of %(total)s.") % {
        "region": first.name,
        "indicator": row["indicator"],
        "part": amount(row[slug(first.name)], code_unit(row["key"])),
        "total": amount(row["total"], code_unit(row["key"])),
    }


def _shown(facts: Facts, codes) -> list[str]:
    """The indicators that have a line, in order; companies helped are always counted."""
    seen = {one.indicator for one in facts.benefits}
    return [
        code
        for code in codes
        if code == Indicator.COMPANIES_HELPED or any(indicator in seen for indicator in indicators_of(code))
    ]


def _benefit(facts: Facts, code: str) -> dict:
    row = {"key": str(code), "theme": _theme(code), "indicator": _label(code), "unit": _unit(code)}
    if code == Indicator.COMPANIES_HELPED:
        return row | {"value": facts.helped, "verified": None, "declared": None, "estimated": None}
    levels = {
        level.lower(): _plain(facts.benefit(*indicators_of(code), evidence_level=level)) for level in EvidenceLevel
    }
    return row | {"value": _value(facts, code)} | levels


def _value(facts: Facts, code: str, region_id=None):
    if code == Indicator.COMPANIES_HELPED:
        return facts.helped if region_id is None else facts.helped_by_region[region_id]
    wanted = {} if region_id is None else {"region_id": region_id}
    return _plain(facts.benefit(*indicators_of(code), **wanted))


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()


def _theme(code: str) -> str:
    theme = IndicatorTheme.ECONOMY_SOCIETY if code == ALL_INNOVATIONS else Indicator(code).theme
    return theme.value


def _label(code: str) -> str:
    return pgettext("benefit", "Innovations") if code == ALL_INNOVATIONS else str(Indicator(code).label)


def code_unit(code: str) -> str:
    """The unit of a line, as the indicators name it: "t", "EUR"."""
    return "" if code == ALL_INNOVATIONS else Indicator(code).unit


def _unit(code: str) -> str:
    return unit_label(code_unit(code))
