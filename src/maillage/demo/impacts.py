"""The benefits of Figure 12, line by line, as the companies declared them."""

from __future__ import annotations

from maillage.demo.finalised import Written
from maillage.demo.records import Shelf, identifier
from maillage.evaluation.models import EvidenceLevel, ImpactLine, Indicator
from maillage.resources.nomenclature import SynergyType
from maillage.synergies.models import Synergy

CO2_METHOD = {
    SynergyType.RECYCLING: ImpactLine.Method.WASTE_PAIR,
    SynergyType.SUBSTITUTION: ImpactLine.Method.MATERIAL_SUBSTITUTION,
    SynergyType.REUSE: ImpactLine.Method.MATERIAL_SUBSTITUTION,
    SynergyType.ENERGY_RECOVERY: ImpactLine.Method.ENERGY_SUBSTITUTION,
    SynergyType.ANAEROBIC_DIGESTION: ImpactLine.Method.ENERGY_SUBSTITUTION,
    SynergyType.WASTE_HEAT: ImpactLine.Method.ENERGY_SUBSTITUTION,
}
ENERGY = {Indicator.ENERGY_PRODUCED, Indicator.ENERGY_SAVED}


def declare(synergy: Synergy, written: Written, shelf: Shelf) -> None:
    """Write the lines of a finalised synergy. What continues bears the year in which it was seen to run."""
    year = synergy.stage_since.year if synergy.continuity == Synergy.Continuity.CONTINUING else None
    for indicator, value in written.effects.items():
        shelf.put(
            ImpactLine(
                id=identifier(synergy.pk, "impact", indicator),
                synergy=synergy,
                indicator=indicator,
                year=year,
                value=value,
                evidence_level=EvidenceLevel.DECLARED,
                method=_method(Indicator(indicator), SynergyType(synergy.synergy_type)),
                source_note="Déclaré par les entreprises au praticien ou à la praticienne",
            )
        )


def _method(indicator: Indicator, synergy_type: SynergyType) -> str:
    if indicator == Indicator.CO2_AVOIDED:
        return CO2_METHOD.get(synergy_type, ImpactLine.Method.EXPERT)
    if indicator in ENERGY:
        return ImpactLine.Method.ENERGY_SUBSTITUTION
    return ImpactLine.Method.COUNT
