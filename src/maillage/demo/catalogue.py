"""Read the data files of the demonstration: activities, flows, what people say."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from maillage.resources.nomenclature import Direction, SynergyType

DATA = Path(__file__).parent / "data"
EVERYBODY = "*"

_CHOICE = re.compile(r"\[([^\]]*)\]")
_AMOUNT = re.compile(r"\{(\d+(?:,\d+)?)(?:-(\d+))?(?: (\w+)/([A-Z]+))?\}")


@cache
def read(name: str) -> dict[str, Any]:
    """Read a TOML file of the demonstration. The answer is shared: nobody changes it."""
    with (DATA / f"{name}.toml").open("rb") as source:
        return tomllib.load(source)


def rows(name: str) -> list[dict[str, str]]:
    """Read a CSV file of the demonstration, `;` between its columns."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


@dataclass(frozen=True, slots=True)
class Trade:
    """What a company does: its NAF code, how frequent it is, how big, how it is called."""

    code: str
    profile: str
    weight: float
    headcount: tuple[str, str]
    heads: tuple[str, ...]
    #: What must be near: the sea, vines; anywhere when empty.
    near: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A line as a company says it, with the quantity that is in it, if any."""

    text: str
    quantity: Decimal | None = None
    unit: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the data files, and the beginnings of the activity codes that say it: all of the flow when empty."""

    starts: tuple[str, ...]
    text: str

    def is_of(self, code: str) -> bool:
        return not self.starts or code.startswith(self.starts)


@dataclass(frozen=True, slots=True)
class Flow:
    """A thing that companies have too much of, lack or would share, and who says it."""

    key: str
    name: str
    category: str
    type: SynergyType
    weight: float
    waste: str
    is_hazardous: bool
    titles: tuple[Line, ...] = field(hash=False)
    said_by: dict[str, tuple[str, ...]] = field(hash=False)
    lines: dict[str, tuple[Line, ...]] = field(hash=False)
    regions: tuple[str, ...] = ()

    @property
    def spoken(self) -> str:
        """The name inside a sentence: acronyms keep their capitals."""
        return self.name[:1].lower() + self.name[1:]

    def lines_of(self, code: str, direction: str) -> list[str]:
        """Return what that activity may say of this flow."""
        return [line.text for line in self.lines[direction] if line.is_of(code)]

    def title_for(self, code: str, rng: Random) -> str:
        """Draw the title of a synergy in which that activity gives; one of its own rather than one of anybody."""
        own = [line.text for line in self.titles if line.starts and line.is_of(code)]
        return rng.choice(own or [line.text for line in self.titles if not line.starts])

    def fit(self, code: str, direction: str) -> int:
        """Tell how well that activity says this flow: 0 not at all, 1 as anybody, 6 because it is its trade."""
        if not self.lines_of(code, direction):
            return 0
        starts = self.said_by[direction]
        if any(code.startswith(start) for start in starts if start != EVERYBODY):
            return 6
        return 1 if EVERYBODY in starts else 0


@cache
def trades() -> tuple[Trade, ...]:
    return tuple(
        Trade(
            code=row["code"],
            profile=row["profile"],
            weight=float(row["weight"]),
            headcount=tuple(row["headcount"].split("-")),
            heads=tuple(row["heads"].split("|")),
            near=row["near"],
        )
        for row in rows("activities")
    )


@cache
def flows() -> dict[str, Flow]:
    return {key: _flow(key, entry) for key, entry in read("flows").items()}


def _flow(key: str, entry: dict[str, Any]) -> Flow:
    waste = entry.get("waste", "")
    return Flow(
        key=key,
        name=entry["name"],
        category=entry["category"],
        type=SynergyType(entry["type"]),
        weight=entry.get("weight", 1),
        waste=waste.rstrip("*"),
        is_hazardous=waste.endswith("*"),
        titles=tuple(map(_line, entry["titles"])),
        said_by={
            Direction.OFFER: tuple(entry["offered_by"].split()),
            Direction.NEED: tuple(entry["sought_by"].split()),
            Direction.POOL: tuple(entry.get("pooled_by", "").split()),
        },
        lines={
            Direction.OFFER: tuple(map(_line, entry["offers"])),
            Direction.NEED: tuple(map(_line, entry["needs"])),
            Direction.POOL: tuple(map(_line, entry.get("pools", ()))),
        },
        regions=tuple(entry.get("regions", ())),
    )


def _line(text: str) -> Line:
    if not text.startswith("@"):
        return Line((), text)
    starts, _space, rest = text[1:].partition(" ")
    return Line(tuple(starts.split(",")), rest)


def say(line: str, rng: Random, *, size: float = 0.5) -> Said:
    """
    Say a line of the data files: draw its choices and its amounts.

    The first amount with a unit is the quantity of the line. Amounts grow with ``size``, from 0 to 1.
    """
    chosen = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), line)
    kept: list[Said] = []

    def amount(found: re.Match) -> str:
        low, high, unit, period = found.groups()
        drawn = Decimal(_between(int(low), int(high), size, rng) if high else low.replace(",", "."))
        if unit and not kept:
            kept.append(Said("", drawn, unit, period))
        return typed(drawn)

    text = _AMOUNT.sub(amount, chosen)
    return Said(text, kept[0].quantity, kept[0].unit, kept[0].period) if kept else Said(text)


def typed(number: Decimal) -> str:
    """Write a number as people type it: a decimal comma, a plain space between thousands from 10 000 on."""
    return f"{number:,}".replace(",", " ") if number >= 10_000 else str(number).replace(".", ",")


def _between(low: int, high: int, size: float, rng: Random) -> int:
    """Draw between the bounds as sizes are spread: by ratio, not by difference."""
    share = min(1.0, max(0.0, size + rng.uniform(-0.3, 0.3)))
    return _round(low * (high / low) ** share)


def _round(value: float) -> int:
    """Keep two significant digits, as people do when they speak."""
    whole = max(1, round(value))
    step = 10 ** max(0, len(str(whole)) - 2)
    return round(whole / step) * step


def pick(options: Sequence[Any], weights: Sequence[float], rng: Random) -> Any:
    return rng.choices(options, weights)[0]
