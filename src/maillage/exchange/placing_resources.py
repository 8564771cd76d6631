"""Place the lines of resources: which company says each, which are new, which are already there."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from maillage.common.text import fold
from maillage.exchange.changes import Changes
from maillage.exchange.directory import Directory, Known, KnownSite
from maillage.exchange.placing import State
from maillage.exchange.resource_lines import ResourceLine
from maillage.exchange.rows import RowReader
from maillage.exchange.values.reading import Problem
from maillage.resources.models import Resource
from maillage.workshops.models import Workshop, WorkshopResource

#: A card is the same when the same site says the same words on the same side.
Key = tuple[UUID, str, str]

# A company that the row names badly is not looked for, nor said to be unknown.
IDENTITY_FAULTS = {"company_missing", "siret_letters", "siret_length", "siret_wrong", "siret_rounded"}
# Each group is completed as one: a quantity without its unit says nothing.
COMPLETED = (("quantity", "unit", "period"), ("waste_code_id",), ("current_outcome",), ("current_cost_eur",))


class ResourcePlacer:
    """Places lines of resources, in order."""

    def __init__(self, *, workshop: Workshop, directory: Directory, changes: Changes, at: datetime):
        self._workshop = workshop
        self._directory = directory
        self._changes = changes
        self._at = at
        self._met: dict[Key, int] = {}
        self._known = self._load()

    def place(self, lines: list[ResourceLine], reader: RowReader) -> State:
        """Place the cards of a row; a blocking fault of one of them sets the row aside."""
        site = self._find(lines[0], reader) if lines else None
        if site is None or reader.is_blocked:
            return State.ASIDE
        keys = [(site.pk, line.direction, fold(line.text)) for line in lines]
        earlier = [self._met[key] for key in keys if key in self._met]
        if len(earlier) == len(keys):
            reader.fault(lines[0].field, Problem("duplicate_row", is_blocking=True, details={"row": earlier[0]}))
            return State.ASIDE
        states = [self._place(site, key, line) for key, line in zip(keys, lines, strict=True) if key not in self._met]
        self._met.update({key: reader.row.number for key in keys if key not in self._met})
        return next(state for state in (State.NEW, State.CHANGED, State.SAME) if state in states)

    def _find(self, line: ResourceLine, reader: RowReader) -> KnownSite | None:
        found = self._directory.find(line.company, line.siret, line.siren, line.place)
        if len(found) > 1:
            taking_part = [site for site in found if site.participation]
            found = taking_part or found
        if len(found) == 1:
            return found[0]
        field = "company" if line.company else "siret"
        if found:
            reader.fault(field, Problem("company_ambiguous", is_blocking=True))
        elif not any(fault.reason in IDENTITY_FAULTS for fault in reader.faults):
            proposal = self._directory.nearest_name(line.company) if line.company else ""
            reader.fault(field, Problem("company_unknown", proposal, is_blocking=True))
        return None

    def _place(self, site: KnownSite, key: Key, line: ResourceLine) -> State:
        if known := self._known.get(key):
            return self._complete(known, line)
        card = Resource(
            pk=uuid4(),
            site_id=site.pk,
            direction=line.direction,
            text=line.text,
            folded_text=key[2][:500],
            title=line.title,
            category=line.category,
            synergy_type=line.synergy_type,
            regularity=line.regularity,
            is_hazardous=line.is_hazardous,
            available_from=line.available_from,
            available_to=line.available_to,
            confidentiality=line.confidentiality,
            created_at=self._at,
            updated_at=self._at,
            **_completing(line),
        )
        self._changes.make(card)
        self._changes.make(
            WorkshopResource(
                pk=uuid4(), workshop_id=self._workshop.pk, resource_id=card.pk, table=line.table, round=line.round
            )
        )
        return State.NEW

    def _complete(self, known: Known, line: ResourceLine) -> State:
        before = self._changes.count
        said = _completing(line)
        for group in COMPLETED:
            lead = group[0]
            if said[lead] and not known.values[lead]:
                for field in group:
                    self._changes.change(Resource, known.pk, field, known.values[field], said[field])
                    known.values[field] = said[field]
        return State.CHANGED if self._changes.count > before else State.SAME

    def _load(self) -> dict[Key, Known]:
        """The cards of this workshop."""
        fields = [field for group in COMPLETED for field in group]
        rows = Resource.objects.filter(workshop_card__workshop=self._workshop).order_by("created_at", "pk")
        found: dict[Key, Known] = {}
        for pk, site, direction, folded, *values in rows.values_list(
            "pk", "site_id", "direction", "folded_text", *fields
        ).iterator():
            found[site, direction, folded] = Known(pk, dict(zip(fields, values, strict=True)))
        return found


def _completing(line: ResourceLine) -> dict[str, Any]:
    return {
        "quantity": line.quantity,
        "unit": line.unit,
        "period": line.period,
        "waste_code_id": line.waste_code or None,
        "current_outcome": line.current_outcome,
        "current_cost_eur": line.cost,
    }
