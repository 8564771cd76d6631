"""Everything of a workshop as tables: one sheet each in a workbook."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from maillage.matching.reasons import sentences
from maillage.reports.tables import Column, Table, to_workbook
from maillage.reports.workshop.gather import WorkshopRecords
from maillage.resources.nomenclature import Direction, Period, SynergyType, Unit


def workbook(records: WorkshopRecords, *, language: str) -> bytes:
    """
    Write participants, resources, proposals and potential synergies as an XLSX workbook.

    It is the practitioner's: it holds every card of the workshop, whatever its confidentiality, but no cost.
    """
    with translation.override(language):
        return to_workbook([_participants(records), _resources(records), _proposals(records), _potentials(records)])


def _participants(records: WorkshopRecords) -> Table:
    return Table(
        key="participants",
        title=_("Participants"),
        columns=[
            Column("company", _("Company")),
            Column("siret", "SIRET"),
            Column("activity", _("NAF code")),
            Column("commune", _("Commune")),
            Column("status", _("Status")),
            Column("cards", _("Resources"), "number"),
        ],
        rows=[
            {
                "company": participation.site.company.name,
                "siret": participation.site.siret or "",
                "activity": participation.site.company.activity_id or "",
                "commune": participation.site.commune.name if participation.site.commune else "",
                "status": participation.get_status_display(),
                "cards": len(records.cards_of_company.get(participation.site.company_id, [])),
            }
            for participation in records.participations
        ],
    )


def _resources(records: WorkshopRecords) -> Table:
    return Table(
        key="resources",
        title=_("Resources"),
        columns=[
            Column("direction", _("Side")),
            Column("text", _("Line")),
            Column("company", _("Company")),
            Column("quantity", _("Quantity"), "number"),
            Column("unit", _("Unit")),
            Column("period", _("Period")),
            Column("category", _("Category")),
            Column("type", _("Likely synergy")),
            Column("waste_code", _("Waste code")),
            Column("confidentiality", _("Who sees it")),
        ],
        rows=[
            {
                "direction": str(Direction(card.direction).label),
                "text": card.text,
                "company": card.site.company.name,
                "quantity": card.quantity,
                "unit": str(Unit(card.unit).label) if card.unit else "",
                "period": str(Period(card.period).label) if card.period else "",
                "category": card.get_category_display(),
                "type": _type(card.synergy_type),
                "waste_code": str(card.waste_code) if card.waste_code else "",
                "confidentiality": card.get_confidentiality_display(),
            }
            for card in records.cards
        ],
    )


def _proposals(records: WorkshopRecords) -> Table:
    return Table(
        key="proposals",
        title=_("Proposals"),
        columns=[
            Column("left", _("Offered")),
            Column("left_company", _("Company that offers")),
            Column("right", _("Sought")),
            Column("right_company", _("Company that seeks")),
            Column("type", _("Likely synergy")),
            Column("distance", _("Distance, km"), "number"),
            Column("score", _("Score"), "number"),
            Column("verdict", _("Verdict")),
            Column("why", _("Why")),
        ],
        rows=[
            {
                "left": pair.left.text,
                "left_company": pair.left.site.company.name,
                "right": pair.right.text,
                "right_company": pair.right.site.company.name,
                "type": _type(pair.synergy_type),
                "distance": None if pair.distance_km is None else round(pair.distance_km, 1),
                "score": round(pair.score, 2),
                "verdict": pair.get_verdict_display(),
                "why": " ".join(sentences(pair)),
            }
            for pair in records.proposals
        ],
    )


def _potentials(records: WorkshopRecords) -> Table:
    return Table(
        key="potential_synergies",
        title=_("Potential synergies"),
        columns=[
            Column("title", _("Title")),
            Column("type", _("Type")),
            Column("companies", _("Companies")),
            Column("origin", _("Origin")),
        ],
        rows=[
            {
                "title": potential.title,
                "type": _type(potential.synergy_type),
                "companies": ", ".join(sorted(company.name for company in potential.companies.all())),
                "origin": potential.get_origin_display(),
            }
            for potential in records.potentials
        ],
    )


def _type(value: str) -> str:
    return str(SynergyType(value).label) if value else ""
