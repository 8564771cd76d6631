"""Regions, territories, structures, people and their mandates, workshops: the frame of a programme, from its data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

from maillage.accounts.models import User
from maillage.demo.people import address_of
from maillage.demo.records import Shelf, identifier, moment
from maillage.evaluation.models import Target
from maillage.journal.models import Entry
from maillage.journal.services import SystemAuthor, entry
from maillage.territories.models import Mandate, Programme, Region, Structure, Territory
from maillage.workshops.models import Workshop

Plan = dict[str, Any]


@dataclass
class Venue:
    """A territory and its workshop, with what the data say of them."""

    key: str
    plan: Plan
    region: Region
    region_plan: Plan
    territory: Territory
    workshop: Workshop

    @property
    def day(self) -> date:
        return self.workshop.held_on


@dataclass
class Frame:
    """The frame of a programme, on which companies, cards and synergies are hung."""

    programme: Programme
    seen_on: date
    regions: dict[str, Region] = field(default_factory=dict)
    venues: dict[str, Venue] = field(default_factory=dict)
    mandates: list[Mandate] = field(default_factory=list)

    def in_charge(self, venue: Venue, day: date, *, rather: User | None = None) -> Mandate:
        """Return who works in that territory that day, ``rather`` if they do; a neighbour when the post is empty."""
        here, nearby = [], []
        for mandate in self.mandates:
            if mandate.role != Mandate.Role.PRACTITIONER or not mandate.starts_on <= day < (
                mandate.ends_on or date.max
            ):
                continue
            if mandate.territory_id == venue.territory.pk:
                if mandate.user is rather:
                    return mandate
                here.append(mandate)
            elif mandate.territory.region_id == venue.region.pk:
                nearby.append(mandate)
        return (here or nearby)[0]

    def team(self, venue: Venue) -> list[Mandate]:
        """Return the practitioners of a territory on the day when the programme is seen."""
        return [
            mandate
            for mandate in self.mandates
            if mandate.role == Mandate.Role.PRACTITIONER
            and mandate.territory_id == venue.territory.pk
            and (mandate.ends_on is None or mandate.ends_on > self.seen_on)
        ]


def build(plan: Plan, people: dict[str, User], shelf: Shelf, *, seen_on: date) -> Frame:
    """Make the frame that the data describe; ``people`` holds the accounts by name and receives the new ones."""
    programme = shelf.put(
        Programme(
            id=identifier(plan["code"]),
            code=plan["code"],
            name=plan["name"],
            starts_on=plan["starts_on"],
            ends_on=plan.get("ends_on"),
            snapshot_on=plan.get("snapshot_on"),
            notes=plan["notes"],
        )
    )
    frame = Frame(programme, seen_on)
    region_plans = {entry["key"]: entry for entry in plan["regions"]}
    for key, region_plan in region_plans.items():
        frame.regions[key] = shelf.put(_region(programme, region_plan))
    for venue_plan in plan["workshops"]:
        frame.venues[venue_plan["key"]] = _venue(frame, region_plans[venue_plan["region"]], venue_plan, shelf)
    structures = {key: shelf.put(_structure(key, entry)) for key, entry in plan.get("structures", {}).items()}
    for rank, mandate_plan in enumerate(plan["mandates"]):
        _appoint(frame, mandate_plan, rank, people, structures, shelf)
    for key, targets in plan.get("targets", {}).items():
        for measure, value in targets.items():
            region = frame.regions[key]
            shelf.put(
                Target(
                    id=identifier(region.pk, "target", measure),
                    region=region,
                    measure=measure,
                    value=value,
                    due_on=plan.get("ends_on") or plan["targets_due_on"],
                )
            )
    return frame


def _region(programme: Programme, plan: Plan) -> Region:
    return Region(
        id=identifier(programme.code, "region", plan["key"]),
        programme=programme,
        name=plan["name"],
        insee_code=plan["insee_code"],
        means_note="\n".join(plan["means"]),
        perimeter_note="\n".join(plan["perimeter"]),
        choice_note="\n".join(plan["choice"]),
        constraints_note="\n".join(plan["constraints"]),
    )


def _venue(frame: Frame, region_plan: Plan, plan: Plan, shelf: Shelf) -> Venue:
    region = frame.regions[plan["region"]]
    territory = Territory(
        id=identifier(frame.programme.code, "territory", plan["territory"]),
        programme=frame.programme,
        region=region,
        name=plan["territory"],
        kind=plan["kind"],
        centre_id=plan["centre"],
    )
    if territory.pk not in {made.pk for made in shelf.of(Territory)}:
        shelf.put(territory)
    is_over = plan["held_on"] < frame.seen_on
    workshop = shelf.put(
        Workshop(
            id=identifier(frame.programme.code, "workshop", plan["key"]),
            territory=territory,
            title=plan.get("title") or f"Atelier de détection, {plan['place']}",
            status=plan.get("status") or (Workshop.Status.CLOSED if is_over else Workshop.Status.OPEN),
            held_on=plan["held_on"],
            starts_at=time(8, 30),
            ends_at=time(13, 0),
            place=plan["place"],
            commune_id=plan["commune"] or None,
            venue=plan.get("venue", ""),
            capacity=plan.get("capacity", 45),
            target_companies=35,
            is_ordinary=plan.get("is_ordinary", True),
        )
    )
    return Venue(plan["key"], plan, region, region_plan, territory, workshop)


def _structure(key: str, plan: Plan) -> Structure:
    return Structure(id=identifier("structure", key), name=plan["name"], kind=plan["kind"])


def _appoint(
    frame: Frame, plan: Plan, rank: int, people: dict[str, User], structures: dict[str, Structure], shelf: Shelf
) -> None:
    """Give a person a mandate, and an account if they have none yet; write in the journal when and why they left."""
    name, at = plan["person"], plan["at"]
    if name not in people:
        people[name] = shelf.put(User(id=identifier("person", name), email=address_of(name), name=name))
    mandate = shelf.put(
        Mandate(
            id=identifier(frame.programme.code, "mandate", rank, name, at),
            user=people[name],
            role=plan["role"],
            programme=frame.programme,
            region=frame.regions.get(at),
            territory=frame.venues[at].territory if at in frame.venues else None,
            structure=structures.get(plan.get("structure", "")),
            fte=Decimal(str(plan["fte"])),
            starts_on=plan["from"],
            ends_on=plan.get("to"),
        )
    )
    frame.mandates.append(mandate)
    if "why" in plan:
        shelf.put(
            entry(
                act=Entry.Act.CHANGED,
                of=mandate,
                by=SystemAuthor(frame.programme.name, frame.programme.pk),
                at=moment(plan["to"]),
                changes={"ends_on": [None, plan["to"].isoformat()]},
                reason=plan["why"],
                territory_id=mandate.territory_id,
            )
        )
