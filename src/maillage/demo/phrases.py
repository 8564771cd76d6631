"""Draw what practitioners write, fit for the synergy it is about."""

from __future__ import annotations

from random import Random

from maillage.demo import catalogue
from maillage.resources.nomenclature import Group, SynergyType


def phrase(kind: str, name: str, synergy_type: SynergyType, rng: Random) -> str:
    """Draw a phrase of that kind, said of every synergy or of those of the same group."""
    return rng.choice(_said_of(catalogue.read("phrases")[kind][name], synergy_type.group))


def barrier(synergy_type: SynergyType, rng: Random) -> tuple[str, str]:
    """Draw what may stand in the way of such a synergy: the kind of barrier, and a note."""
    known = catalogue.read("phrases")["barriers"]
    fitting = [kind for kind, entry in known.items() if _said_of(entry, synergy_type.group)]
    kind = catalogue.pick(fitting, [known[kind]["weight"] for kind in fitting], rng)
    return kind, phrase("barriers", kind, synergy_type, rng)


def told(name: str) -> list[str]:
    return catalogue.read("phrases")["told"][name]


def _said_of(entry: dict, group: Group) -> list[str]:
    return [*entry.get("any", ()), *entry.get(group.value, ())]
