"""The reference tables against which cells are read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from maillage.exchange.gazetteer import Gazetteer
from maillage.organisations.models import Activity
from maillage.resources.models import WasteCode


@dataclass
class Knowledge:
    """Communes, activities and waste codes, each loaded when first needed. ``home`` is a department."""

    home: str = ""

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return Gazetteer(self.home)

    @cached_property
    def activities(self) -> frozenset[str]:
        return frozenset(Activity.objects.values_list("code", flat=True))

    @cached_property
    def waste_codes(self) -> frozenset[str]:
        return frozenset(WasteCode.objects.values_list("code", flat=True))


def known_around(territory) -> Knowledge:
    """The reference tables, as read from a territory."""
    return Knowledge(home=territory.centre.department_code if territory.centre else "")
