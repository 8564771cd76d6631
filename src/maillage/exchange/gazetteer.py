"""Find the commune that a cell names: by its name, its postal code, or its INSEE code."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from rapidfuzz import fuzz, process

from maillage.common.text import fold
from maillage.exchange.values.reading import NOTHING, Reading, doubtful, refused
from maillage.territories.models import Commune

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_POSTAL = re.compile(r"(?<!\d)(\d{5})(?!\d)")
_CEDEX = re.compile(r"\bcedex\b.*$")
_DISTRICT = re.compile(r"(paris|lyon|marseille) 0?(\d{1,2})(?:e|er|eme)?(?: arr.*)?")
_BRACKETS = re.compile(r"\([^)]*\)")
_SHORT = (("st ", "saint "), ("ste ", "sainte "))


class Place(NamedTuple):
    """A commune, as light as thirty-five thousand of them must be."""

    code: str
    name: str
    postal_codes: str
    department: str
    population: int
    latitude: float | None
    longitude: float | None


class Gazetteer:
    """The communes of France, by name, postal code and INSEE code. ``home`` is the department of the territory."""

    def __init__(self, home: str = ""):
        self._home = home
        self.by_code: dict[str, Place] = {}
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        self._by_postal: dict[str, list[Place]] = defaultdict(list)
        self._names_of: dict[str, list[str]] = defaultdict(list)
        columns = ("code", "name", "postal_codes", "department_code", "population", "latitude", "longitude")
        for values in Commune.objects.order_by("code").values_list(*columns).iterator(chunk_size=5000):
            place = Place(*values[:4], values[4] or 0, *values[5:])
            key = name_key(place.name)
            self.by_code[place.code] = place
            self._by_name[key].append(place)
            self._names_of[place.department].append(key)
            for postal_code in _POSTAL.findall(place.postal_codes):
                self._by_postal[postal_code].append(place)

    def find(self, name: str, postal_code: str = "", insee: str = "") -> Reading[Place]:
        """Find a commune from what the cells of a row say; any of them may be empty."""
        if insee and (place := self.by_code.get(insee.zfill(5).upper())):
            return Reading(place)
        inside = _POSTAL.search(name)
        postal_code = _postal(postal_code) or (inside[1] if inside else "")
        key = name_key(_POSTAL.sub(" ", name))
        if not key:
            return self._by_postal_code(postal_code)
        named = self._by_name.get(key) or self._by_name.get(_district(key), [])
        if not named:
            return refused("unknown_commune", self._nearest(key, postal_code))
        return self._choose(named, postal_code)

    def _by_postal_code(self, postal_code: str) -> Reading[Place]:
        if not postal_code:
            return NOTHING
        places = self._by_postal.get(postal_code, [])
        if not places:
            return refused("unknown_commune")
        largest = max(places, key=lambda place: place.population)
        return Reading(largest) if len(places) == 1 else doubtful(largest, "ambiguous_commune", largest.name)

    def _choose(self, named: list[Place], postal_code: str) -> Reading[Place]:
        """Among communes of one name, the one of the postal code, of its department, of ours; else the largest."""
        if postal_code:
            for fits in (lambda place: postal_code in place.postal_codes, lambda place: _same_area(place, postal_code)):
                if chosen := [place for place in named if fits(place)]:
                    return Reading(max(chosen, key=lambda place: place.population))
            largest = max(named, key=lambda place: place.population)
            return doubtful(largest, "commune_elsewhere")
        near = [place for place in named if place.department == self._home]
        if len(named) == 1 or len(near) == 1:
            return Reading((near or named)[0])
        largest = max(named, key=lambda place: place.population)
        return doubtful(largest, "ambiguous_commune", f"{largest.postal_codes[:5]} {largest.name}")

    def _nearest(self, key: str, postal_code: str) -> str:
        around = [name_key(place.name) for place in self._by_postal.get(postal_code, [])]
        names = around or self._names_of.get(self._home) or list(self._by_name)
        match = process.extractOne(key, names, scorer=fuzz.ratio, score_cutoff=72)
        return self._by_name[match[0]][0].name if match else ""


def name_key(name: str) -> str:
    """Write the name of a commune plainly: no accent, no hyphen, no « Cedex », « Saint » in full."""
    text = _CEDEX.sub("", fold(_BRACKETS.sub(" ", name)))
    text = f"{_NOT_WORD.sub(' ', text).strip()} "
    for short, full in _SHORT:
        text = full + text[len(short) :] if text.startswith(short) else text.replace(f" {short}", f" {full}")
    return text.replace(" s ", " sur ").strip()


def _district(key: str) -> str:
    match = _DISTRICT.fullmatch(key)
    return f"{match[1]} {match[2]}{'er' if match[2] == '1' else 'e'} arrondissement" if match else ""


def _postal(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return digits.zfill(5) if 4 <= len(digits) <= 5 else ""


def _same_area(place: Place, postal_code: str) -> bool:
    """Postal codes of firms (Cedex) are in no table, but start like those of their department."""
    return any(code[:2] == postal_code[:2] for code in _POSTAL.findall(place.postal_codes))
