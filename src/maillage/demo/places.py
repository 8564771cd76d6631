"""Real communes around a place, from the bundled table, without the database."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from maillage.common.geography import distance_km
from maillage.common.text import fold
from maillage.settings.paths import REFERENCE_DATA


@dataclass(frozen=True, slots=True)
class Spot:
    """A commune: where it is, how many people live there."""

    code: str
    name: str
    postal_code: str
    department: str
    population: int
    latitude: float
    longitude: float


@cache
def spots() -> dict[str, Spot]:
    """Return the communes that have a centre, by INSEE code."""
    with (REFERENCE_DATA / "communes.csv").open(encoding="utf-8", newline="") as source:
        return {
            row["code_insee"]: Spot(
                code=row["code_insee"],
                name=row["name"],
                postal_code=row["postal_codes"].split(";")[0],
                department=row["department_code"],
                population=int(row["population"] or 0),
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
            )
            for row in csv.DictReader(source)
            if row["latitude"] and row["type"] == "commune-actuelle"
        }


@cache
def names() -> frozenset[str]:
    """Return the folded names of all communes, so that no invented place bears one."""
    return frozenset(fold(spot.name).replace("-", " ") for spot in spots().values())


@cache
def around(code: str, radius_km: float) -> tuple[Spot, ...]:
    """Return the communes of the same department within that distance of a commune, by code."""
    centre = spots()[code]
    near = [
        spot
        for spot in spots().values()
        if spot.department == centre.department
        and distance_km(centre.latitude, centre.longitude, spot.latitude, spot.longitude) <= radius_km
    ]
    return tuple(sorted(near, key=lambda spot: spot.code))
