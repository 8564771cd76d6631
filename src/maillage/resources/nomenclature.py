"""The words by which resources and synergies are classed. Sources: CWA 17354 and the PNSI synthesis, §2.2.1."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(models.TextChoices):
    OFFER = "OFFER", pgettext_lazy("direction", "offer")
    NEED = "NEED", pgettext_lazy("direction", "need")
    POOL = "POOL", pgettext_lazy("direction", "to be pooled")


class Category(models.TextChoices):
    """What a resource is."""

    MATERIAL = "MATERIAL", _("materials, by-products, waste")
    PACKAGING = "PACKAGING", _("packaging, containers")
    ENERGY = "ENERGY", _("energy")
    WATER = "WATER", _("water")
    LOGISTICS = "LOGISTICS", _("logistics, transport")
    EQUIPMENT = "EQUIPMENT", _("equipment, machines")
    SPACE = "SPACE", _("space, premises, land")
    CAPACITY = "CAPACITY", _("production capacity")
    WORKFORCE = "WORKFORCE", _("staff")
    EXPERTISE = "EXPERTISE", _("skills, expertise")
    SERVICE = "SERVICE", _("services that can be pooled")
    PURCHASING = "PURCHASING", _("group purchasing")
    DATA = "DATA_IT", _("computing, data")
    OTHER = "OTHER", pgettext_lazy("category of a resource", "other")


class Group(models.TextChoices):
    ME = "ME", _("Materials-Energy")
    TH = "TH", _("Territory-People")


class Family(models.TextChoices):
    MATTER = "MATTER", _("Materials")
    ENERGY = "ENERGY", _("Energy")
    TERRITORY = "TERRITORY", _("Territory")
    PEOPLE = "PEOPLE", _("People")

    @property
    def group(self):
        return Group.ME if self in {Family.MATTER, Family.ENERGY} else Group.TH


class SynergyType(models.TextChoices):
    """What is done with a resource: the thirteen types of the source."""

    SUBSTITUTION = "SUBSTITUTION", _("Raw materials, by-products (substitution)")
    MATERIAL_RECOVERY = "MATERIAL_RECOVERY", _("Material recovery")
    REUSE = "REUSE", _("Reuse")
    RECYCLING = "RECYCLING", _("Recycling")
    TREATMENT = "TREATMENT", _("Treatment (notably hazardous)")
    WASTE_HEAT = "WASTE_HEAT", _("Waste heat")
    ENERGY_RECOVERY = "ENERGY_RECOVERY", _("Energy recovery")
    ANAEROBIC_DIGESTION = "ANAEROBIC_DIGESTION", _("Anaerobic digestion")
    RENEWABLE_ENERGY = "RENEWABLE_ENERGY", _("Renewable energy")
    LOCAL_ECONOMY = "LOCAL_ECONOMY", _("Local economy")
    POOLING = "POOLING", _("Pooling")
    HUMAN_RESOURCES = "HUMAN_RESOURCES", _("Human resources")
    KNOW_HOW = "KNOW_HOW", _("Know-how, sharing")

    @property
    def family(self):
        return FAMILY_OF[self]

    @property
    def group(self):
        return FAMILY_OF[self].group


FAMILY_OF = {
    SynergyType.SUBSTITUTION: Family.MATTER,
    SynergyType.MATERIAL_RECOVERY: Family.MATTER,
    SynergyType.REUSE: Family.MATTER,
    SynergyType.RECYCLING: Family.MATTER,
    SynergyType.TREATMENT: Family.MATTER,
    SynergyType.WASTE_HEAT: Family.ENERGY,
    SynergyType.ENERGY_RECOVERY: Family.ENERGY,
    SynergyType.ANAEROBIC_DIGESTION: Family.ENERGY,
    SynergyType.RENEWABLE_ENERGY: Family.ENERGY,
    SynergyType.LOCAL_ECONOMY: Family.TERRITORY,
    SynergyType.POOLING: Family.TERRITORY,
    SynergyType.HUMAN_RESOURCES: Family.PEOPLE,
    SynergyType.KNOW_HOW: Family.PEOPLE,
}


def types_of(group: str) -> list[str]:
    """The synergy types of a group (ME or TH), for queries."""
    return [kind.value for kind, family in FAMILY_OF.items() if family.group == group]


class Unit(models.TextChoices):
    TONNE = "t", _("t")
    KILOGRAM = "kg", _("kg")
    CUBIC_METRE = "m3", _("m³")
    LITRE = "L", _("L")
    UNIT = "unit", _("units")
    PALLET = "pallet", _("pallets")
    MEGAWATT_HOUR = "MWh", _("MWh")
    KILOWATT_HOUR = "kWh", _("kWh")
    KILOWATT = "kW", _("kW")
    SQUARE_METRE = "m2", _("m²")
    HOUR = "h", _("h")
    DAY = "day", _("days")
    PERSON = "person", _("people")
    FTE = "FTE", _("FTE")
    KILOMETRE = "km", _("km")
    EURO = "EUR", _("€")


class Period(models.TextChoices):
    ONCE = "ONCE", pgettext_lazy("period", "once")
    DAY = "DAY", pgettext_lazy("period", "per day")
    WEEK = "WEEK", pgettext_lazy("period", "per week")
    MONTH = "MONTH", pgettext_lazy("period", "per month")
    YEAR = "YEAR", pgettext_lazy("period", "per year")


class Regularity(models.TextChoices):
    ONE_OFF = "ONE_OFF", _("one-off")
    REGULAR = "REGULAR", _("regular")
    SEASONAL = "SEASONAL", _("seasonal")
    STOCK = "STOCK", _("stock to clear")


class Confidentiality(models.TextChoices):
    """Who sees the card, from the widest to the narrowest."""

    PROGRAMME = "PROGRAMME", _("the whole programme")
    REGION = "REGION", _("the region")
    TERRITORY = "TERRITORY", _("the territory")
    PARTNERS = "PARTNERS", _("the partners of its synergies")
    PRACTITIONER = "PRACTITIONER", _("its practitioner only")


class ResourceStatus(models.TextChoices):
    DRAFT = "DRAFT", _("draft")
    ACTIVE = "ACTIVE", _("available")
    MATCHED = "MATCHED", _("in a synergy")
    EXHAUSTED = "EXHAUSTED", _("exhausted")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    EXPIRED = "EXPIRED", _("out of date")
    DUPLICATE = "DUPLICATE", _("duplicate")
