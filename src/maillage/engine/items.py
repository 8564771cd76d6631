"""What a card is to the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["OFFER", "NEED", "POOL"]


@dataclass(frozen=True, slots=True)
class Item:
    """
    A card: what a company offers, needs or would pool.

    ``key`` names the card and ``company`` its owner. ``unit``, ``period``, ``category`` and ``synergy_type`` are codes
    of the nomenclature, empty when unknown. Coordinates are in degrees.
    """

    key: str
    company: str
    side: Side
    text: str
    category: str = ""
    synergy_type: str = ""
    quantity: float | None = None
    unit: str = ""
    period: str = ""
    latitude: float | None = None
    longitude: float | None = None
    activity: str = ""
    waste_code: str = ""
