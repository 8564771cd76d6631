"""Draw what practitioners write, fit for the synergy it is about."""

from __future__ import annotations

from random import Random

from maillage.demo import catalogue
from maillage.resources.nomenclature import SynergyType


def phrase(kind: str, name: str, synergy_type: SynergyType, rng: Random) -> str:
    """Draw a phrase of that kind, said of every synergy, of those of its group or of those of its type."""
    return rng.choice(_said_of(catalogue.read("phrases")[kind][name], synergy_type))


def barrier(synergy_type: SynergyType, rng: Random) -> tuple[str, str]:
    """Draw what may stand in the way of such a synergy: the kind of barrier, and a note."""
    known = catalogue.read("phrases")["barriers"]
    fitting = [kind for kind, entry in known.items() if _said_of(entry, synergy_type)]
    kind = catalogue.pick(fitting, [known[kind]["weight"] for kind in fitting], rng)
    return kind, phrase("barriers", kind, synergy_type, rng)


def told(name: str) -> list[str]:
    return catalogue.read("phrases")["told"][name]


def can_stop(kind: str, synergy_type: SynergyType) -> bool:
    """Tell whether that kind of barrier is known for such a synergy."""
    return bool(_said_of(catalogue.read("phrases")["barriers"][kind], synergy_type))


def _said_of(entry: dict, synergy_type: SynergyType) -> list[str]:
    closest = synergy_type.value if synergy_type.value in entry else synergy_type.group.value
    return [*entry.get("any", ()), *entry.get(closest, ())]
