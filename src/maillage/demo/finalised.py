"""The 138 finalised synergies of the PNSI, written one by one in `data/finalised.csv` after §2.2.2."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from maillage.demo import catalogue


@dataclass(frozen=True, slots=True)
class Written:
    """One of them: where, what, how long it lasts, who gives and takes in which words, with which effects."""

    workshop: str
    type: str
    flow: str
    continuity: str
    parties: int
    by: tuple[str, ...]
    to: tuple[str, ...]
    title: str
    gives: str
    takes: str
    effects: dict[str, Decimal]
    #: The workshop of who takes, nearly always the same.
    elsewhere: str

    @property
    def is_shared(self) -> bool:
        """Tell whether several companies share it as equals, and none gives."""
        return self.parties > 2


def finalised() -> list[Written]:
    return [
        Written(
            workshop=row["workshop"],
            type=row["type"],
            flow=row["flow"],
            continuity=row["continuity"],
            parties=int(row["parties"]),
            by=tuple(row["by"].replace(catalogue.EVERYBODY, "").split()),
            to=tuple(row["to"].split()),
            title=row["title"],
            gives=row["gives"],
            takes=row["takes"],
            effects=_effects(row["effects"]),
            elsewhere=row["with"] or row["workshop"],
        )
        for row in catalogue.rows("finalised")
    ]


def _effects(text: str) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in (effect.split("=") for effect in text.split())}
