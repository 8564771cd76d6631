from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maillage.common.models import Record
from maillage.synergies.models import Synergy
from maillage.territories import scope
from maillage.territories.models import Region, Territory


class IndicatorTheme(models.TextChoices):
    ENVIRONMENT = "ENVIRONMENT", _("Environment")
    ECONOMY_SOCIETY = "ECONOMY", _("Economy and society")


class Indicator(models.TextChoices):
    """What is counted of the effects of a synergy (Figure 12 of the source, and the data dictionary)."""

    WASTE_REUSED_RECYCLED = "WASTE_REUSED_RECYCLED", _("Waste recycled or reused")
    MATERIAL_SUBSTITUTED = "MATERIAL_SUBSTITUTED", _("Virgin materials substituted")
    WASTE_DIVERTED = "WASTE_DIVERTED", _("Waste diverted from landfill")
    CO2_AVOIDED = "CO2_AVOIDED", _("CO₂ avoided")
    ENERGY_PRODUCED = "ENERGY_PRODUCED", _("Energy produced from waste")
    ENERGY_SAVED = "ENERGY_SAVED", _("Energy saved")
    WATER_SAVED = "WATER_SAVED", _("Water saved")
    HAZARDOUS_WASTE_AVOIDED = "HAZ_WASTE_AVOIDED", _("Hazardous waste avoided")
    SALES_ADDED = "SALES_ADDED", _("Additional sales")
    COST_SAVED = "COST_SAVED", _("Costs saved")
    PRIVATE_INVESTMENT = "PRIVATE_INVEST", _("Private investment")
    PUBLIC_INVESTMENT = "PUBLIC_INVEST", _("Public investment")
    AREA_SHARED = "AREA_SHARED", _("Area shared")
    COMPANIES_HELPED = "COMPANIES_HELPED", _("Companies helped")
    PEOPLE_TRAINED = "PEOPLE_TRAINED", _("People trained")
    INNOVATIONS_TECHNICAL = "INNOVATIONS_TECH", _("Technical innovations")
    INNOVATIONS_SOCIAL = "INNOVATIONS_SOCIAL", _("Social innovations")
    JOBS_CREATED = "JOBS_CREATED", _("Jobs created")
    JOBS_SAVED = "JOBS_SAVED", _("Jobs saved")
    COMPANIES_REVITALISED = "COMPANIES_REVITALISED", _("Companies revitalised")
    ACTIVITIES_CREATED = "COMPANIES_CREATED", _("Activities created")

    @property
    def unit(self):
        return UNITS.get(self, "")

    @property
    def theme(self):
        return IndicatorTheme.ENVIRONMENT if self in ENVIRONMENT else IndicatorTheme.ECONOMY_SOCIETY

    @property
    def is_additive(self):
        """A distinct count cannot be added up from its parts: one company may be helped by two synergies."""
        return self is not Indicator.COMPANIES_HELPED


UNITS = {
    Indicator.WASTE_REUSED_RECYCLED: "t",
    Indicator.MATERIAL_SUBSTITUTED: "t",
    Indicator.WASTE_DIVERTED: "t",
    Indicator.CO2_AVOIDED: "t",
    Indicator.ENERGY_PRODUCED: "MWh",
    Indicator.ENERGY_SAVED: "MWh",
    Indicator.WATER_SAVED: "m3",
    Indicator.HAZARDOUS_WASTE_AVOIDED: "t",
    Indicator.SALES_ADDED: "EUR",
    Indicator.COST_SAVED: "EUR",
    Indicator.PRIVATE_INVESTMENT: "EUR",
    Indicator.PUBLIC_INVESTMENT: "EUR",
    Indicator.AREA_SHARED: "m2",
}
ENVIRONMENT = frozenset(
    {
        Indicator.WASTE_REUSED_RECYCLED,
        Indicator.MATERIAL_SUBSTITUTED,
        Indicator.WASTE_DIVERTED,
        Indicator.CO2_AVOIDED,
        Indicator.ENERGY_PRODUCED,
        Indicator.ENERGY_SAVED,
        Indicator.WATER_SAVED,
        Indicator.HAZARDOUS_WASTE_AVOIDED,
    }
)


class EvidenceLevel(models.TextChoices):
    ESTIMATED = "ESTIMATED", pgettext_lazy("evidence", "estimated")
    DECLARED = "DECLARED", pgettext_lazy("evidence", "declared")
    VERIFIED = "VERIFIED", pgettext_lazy("evidence", "verified")


class EmissionFactor(models.Model):
    """A factor of ADEME's Base Carbone V23.6. Waste factors come in pairs: never add both kinds of substitution."""

    id = models.PositiveIntegerField(primary_key=True)
    name_fr = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    value = models.FloatField(_("value"))
    unit = models.CharField(_("unit"), max_length=60)
    uncertainty_pct = models.FloatField(_("uncertainty, %"), null=True)
    kind = models.CharField(_("kind"), max_length=12)
    treatment = models.CharField(_("treatment"), max_length=30, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    validity = models.CharField(_("valid until"), max_length=40, blank=True)
    category = models.CharField(_("category"), max_length=160)

    class Meta:
        verbose_name = _("emission factor")
        verbose_name_plural = _("emission factors")

    def __str__(self):
        return self.name_fr


class ImpactLineQuerySet(models.QuerySet):
    def of_programme(self, programme):
        return self.filter(synergy__territory__programme=programme)

    def of(self, synergies):
        """What these synergies (records) bring."""
        return self.filter(synergy__in=[synergy.pk for synergy in synergies])

    def for_page(self, synergy):
        """What a synergy brings, indicator by indicator, then year by year."""
        return self.filter(synergy=synergy).order_by("indicator", "year", "pk")

    def counted_for(self, mandate):
        if mandate.role not in scope.READS_FIGURES:
            return self.none()
        return self.filter(scope.in_programme(mandate, "synergy__territory"))


class ImpactLine(Record):
    """One indicator, one synergy, one period, one method, one level of evidence."""

    class Method(models.TextChoices):
        WASTE_PAIR = "WASTE_PAIR", _("waste factors, impacts and avoided")
        MATERIAL_SUBSTITUTION = "MATERIAL_SUBSTITUTION", _("virgin material replaced")
        ENERGY_SUBSTITUTION = "ENERGY_SUBSTITUTION", _("energy replaced")
        TRANSPORT_ONLY = "TRANSPORT_ONLY", _("transport only")
        EXPERT = "EXPERT", _("expert's judgement")
        COUNT = "COUNT", _("count")

    synergy = models.ForeignKey(
        Synergy, on_delete=models.CASCADE, related_name="impact_lines", verbose_name=_("synergy")
    )
    indicator = models.CharField(_("indicator"), max_length=24, choices=Indicator)
    # A year for what continues; nothing for what happened once.
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=3)
    low = models.DecimalField(_("low"), max_digits=16, decimal_places=3, null=True, blank=True)
    high = models.DecimalField(_("high"), max_digits=16, decimal_places=3, null=True, blank=True)
    evidence_level = models.CharField(
        _("evidence"), max_length=9, choices=EvidenceLevel, default=EvidenceLevel.ESTIMATED
    )
    method = models.CharField(_("method"), max_length=21, choices=Method, default=Method.EXPERT)
    source_note = models.CharField(_("source"), max_length=300, blank=True)

    objects = ImpactLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("impact line")
        verbose_name_plural = _("impact lines")
        constraints = [
            models.UniqueConstraint(
                fields=["synergy", "indicator", "year"],
                name="impact_once_per_year",
                nulls_distinct=False,
                violation_error_message=_("This indicator is already counted for this synergy and this year."),
            ),
            models.CheckConstraint(
                name="impact_range_ordered",
                condition=Q(low=None) | Q(high=None) | Q(low__lte=models.F("high")),
                violation_error_message=_("The low value is above the high value."),
            ),
        ]
        indexes = [models.Index(fields=["indicator"], name="impact_by_indicator")]

    def __str__(self):
        return f"{self.get_indicator_display()} · {self.value}"


class Measure(models.TextChoices):
    """What a target may be set on besides the indicators: the operational counts of a roadmap."""

    WORKSHOPS = "WORKSHOPS", _("Workshops")
    PARTICIPATIONS = "COMPANIES_MOBILISED", _("Companies mobilised")
    RESOURCES = "RESOURCES", _("Resources")
    POTENTIAL_SYNERGIES = "POTENTIAL_SYNERGIES", _("Potential synergies")
    SYNERGIES_FINALISED = "SYNERGIES_FINALISED", _("Finalised synergies")


class Target(Record):
    """A target of a regional roadmap. An indicator to look at, never a constraint."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="targets", verbose_name=_("region"))
    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, null=True, blank=True, related_name="targets", verbose_name=_("territory")
    )
    measure = models.CharField(_("what is counted"), max_length=24, choices=[*Measure.choices, *Indicator.choices])
    value = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    due_on = models.DateField(_("due on"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(fields=["region", "territory", "measure"], name="target_once", nulls_distinct=False)
        ]

    def __str__(self):
        return self.get_measure_display()
