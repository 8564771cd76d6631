"""
What the engine knows, as tables: units, periods, number words, hints, concepts and routes.

Each table is a CSV beside this file, read once. Concepts and routes are trade knowledge, to be confirmed by
practitioners; their column ``status`` says so row by row.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class UnitWord:
    """How a unit is said: ``factor`` turns the number into the unit; a ``noun`` also stays in the phrase."""

    unit: str
    factor: float
    is_noun: bool


@dataclass(frozen=True, slots=True)
class PeriodWord:
    """How a period is said, and how many times it fits in the period of the nomenclature."""

    period: str
    times: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """What words of a line say of it; those that are kept also belong to the name of the resource."""

    code: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Hint:
    """What a word lets one guess of a card."""

    category: str
    synergy_type: str
    is_hazardous: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Route:
    """A known way for one concept to serve another."""

    source: str
    target: str
    synergy_type: str
    points: float


def _rows(name: str) -> list[dict[str, str]]:
    table = files(__package__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines()))


def _variants(text: str) -> list[str]:
    return [variant.strip() for variant in text.split("|") if variant.strip()]


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    return frozenset(row["word"] for row in _rows("stop_words"))


@lru_cache(maxsize=1)
def units() -> dict[str, UnitWord]:
    return {
        word: UnitWord(row["unit"], float(row["factor"]), row["noun"] == "1")
        for row in _rows("units")
        for word in _variants(row["words"])
    }


@lru_cache(maxsize=1)
def periods() -> dict[str, PeriodWord]:
    return {
        word: PeriodWord(row["period"], float(row["times"]))
        for row in _rows("periods")
        for word in _variants(row["words"])
    }


@lru_cache(maxsize=1)
def numbers() -> dict[str, float]:
    return {word: float(row["value"]) for row in _rows("numbers") for word in _variants(row["words"])}


@lru_cache(maxsize=1)
def sides() -> dict[str, Phrase]:
    return _phrases("sides", "side")


@lru_cache(maxsize=1)
def regularities() -> dict[str, Phrase]:
    return _phrases("regularities", "regularity")


def _phrases(table: str, column: str) -> dict[str, Phrase]:
    return {
        phrase: Phrase(row[column], row["kept"] == "1") for row in _rows(table) for phrase in _variants(row["phrases"])
    }


@lru_cache(maxsize=1)
def hints() -> dict[str, Hint]:
    return {
        word: Hint(row["category"], row["synergy_type"], row["hazardous"] == "1", float(row["weight"]))
        for row in _rows("hints")
        for word in _variants(row["words"])
    }


@lru_cache(maxsize=1)
def concepts() -> dict[str, tuple[str, ...]]:
    return {row["concept"]: tuple(_variants(row["terms"])) for row in _rows("concepts")}


@lru_cache(maxsize=1)
def routes() -> dict[tuple[str, str], Route]:
    return {
        (row["source"], row["target"]): Route(row["source"], row["target"], row["synergy_type"], float(row["points"]))
        for row in _rows("routes")
    }
