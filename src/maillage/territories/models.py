from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maillage.common.models import Record
from maillage.territories.reference import Commune, Department, Intercommunality

__all__ = ["Commune", "Department", "Intercommunality", "Programme", "Region", "Structure", "Territory", "Mandate"]


class Programme(Record):
    """A programme of industrial symbiosis: the roof under which regions, territories and workshops live."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=160)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    # A closed programme is seen as it stood on that day; a living one has none and is seen today.
    snapshot_on = models.DateField(_("seen as of"), null=True, blank=True)
    follow_up_delay_days = models.PositiveSmallIntegerField(_("days before the first call back"), default=60)
    report_delay_days = models.PositiveSmallIntegerField(_("days before the reports"), default=7)
    sleep_delay_days = models.PositiveSmallIntegerField(_("days before a synergy sleeps"), default=30)
    contacts_ceiling = models.PositiveSmallIntegerField(_("contacts before a company is over-solicited"), default=3)
    contacts_window_days = models.PositiveSmallIntegerField(_("days over which contacts are counted"), default=90)
    smallest_published_group = models.PositiveSmallIntegerField(_("fewest companies in a published figure"), default=3)
    notes = models.JSONField(_("notes printed in the margin of reports"), default=dict, blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self):
        return self.name

    @property
    def is_closed(self):
        return self.snapshot_on is not None

    def today(self, day):
        """The day on which this programme is seen: its snapshot, or the day given."""
        return self.snapshot_on or day


class Region(Record):
    """A region as one programme knows it: its team, its perimeter, its constraints (Table 5 of the source)."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="regions", verbose_name=_("programme")
    )
    name = models.CharField(_("name"), max_length=80)
    insee_code = models.CharField(_("INSEE code"), max_length=2, blank=True)
    means_note = models.TextField(_("means"), blank=True)
    perimeter_note = models.TextField(_("perimeter"), blank=True)
    choice_note = models.TextField(_("choice of the territories"), blank=True)
    constraints_note = models.TextField(_("outside constraints"), blank=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="region_once_per_programme")]

    def __str__(self):
        return self.name


class Territory(Record):
    """Where practitioners work: every company, card and synergy belongs to one."""

    class Kind(models.TextChoices):
        EPCI = "EPCI", _("intercommunality")
        DEPARTMENT = "DEPARTEMENT", _("department")
        BUSINESS_PARK = "ZONE_ACTIVITE", _("business park")
        NATURE_PARK = "PNR", _("regional nature park")
        BASIN = "BASSIN", _("employment basin")

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="territories", verbose_name=_("programme")
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="territories", verbose_name=_("region"))
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.EPCI)
    centre = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("centre")
    )

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="territory_once_per_programme")]

    def __str__(self):
        return self.name


class Structure(Record):
    """A body that carries practitioners, relays or funds: chamber, local authority, club, waste syndicate."""

    class Kind(models.TextChoices):
        CCI = "CCI", _("chamber of commerce and industry")
        CMA = "CMA", _("chamber of trades")
        AGRICULTURE = "CHAMBRE_AGRI", _("chamber of agriculture")
        EPCI = "EPCI", _("local authority")
        DEPARTMENT = "DEPARTEMENT", _("department council")
        REGION = "REGION", _("regional council")
        ADEME = "ADEME", "ADEME"
        STATE = "STATE", _("state service")
        CLUB = "CLUB", _("business club")
        CLUSTER = "CLUSTER", _("cluster")
        WASTE_SYNDICATE = "WASTE_SYNDICATE", _("waste syndicate")
        DEV_AGENCY = "DEV_AGENCY", _("development agency")
        TECH_CENTRE = "TECH_CENTRE", _("technical centre")
        UNIVERSITY = "UNIVERSITY", _("university")
        CONSULTANT = "CONSULTANT", _("consultancy")
        OTHER = "OTHER", pgettext_lazy("kind of structure", "other")

    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)

    class Meta:
        verbose_name = _("structure")
        verbose_name_plural = _("structures")

    def __str__(self):
        return self.name


class Role(models.TextChoices):
    NATIONAL_COORDINATOR = "NATIONAL_COORD", _("national coordinator")
    REGIONAL_COORDINATOR = "REGIONAL_COORD", _("regional coordinator")
    PRACTITIONER = "PRACTITIONER", _("practitioner")
    FACILITATOR = "FACILITATOR", _("table facilitator")
    RELAY = "RELAY", _("relay")
    EXPERT = "EXPERT", _("expert")
    FUNDER = "FUNDER", _("funder")
    EVALUATOR = "EVALUATOR", _("evaluator")


class MandateQuerySet(models.QuerySet):
    def held_by(self, user):
        return self.filter(user=user)

    def in_force_on(self, day):
        """
        The mandates in force that day.

        In a closed programme, those that were in force when it was seen for the last time stay readable.
        """
        living = Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))
        closed = Q(programme__snapshot_on__isnull=False) & (
            Q(ends_on=None) | Q(ends_on__gt=F("programme__snapshot_on"))
        )
        return self.filter(living | closed)

    def practitioners_of(self, territory):
        """Who works with the companies of a territory."""
        return self.filter(territory=territory, role=Role.PRACTITIONER).order_by("starts_on", "pk")

    def for_shell(self):
        """Loaded for the masthead: where and as what the person works."""
        return self.select_related("programme", "region", "territory__region", "user", "structure")


class Mandate(Record):
    """
    A person's role at a place for a time: the only thing permissions read.

    The place is a territory, a region, or the whole programme when both are empty. The end is excluded.
    """

    Role = Role

    user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="mandates", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=14, choices=Role)
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="mandates", verbose_name=_("programme")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("region")
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("territory")
    )
    structure = models.ForeignKey(
        Structure, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("structure")
    )
    fte = models.DecimalField(_("full-time equivalent"), max_digits=4, decimal_places=2, default=0)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.CheckConstraint(
                name="mandate_period_ordered",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The mandate ends before it starts."),
            ),
            models.CheckConstraint(
                name="mandate_territory_or_region",
                condition=Q(territory=None) | Q(region=None),
                violation_error_message=_("A mandate is for a territory or for a region, not both."),
            ),
        ]

    def __str__(self):
        return f"{self.user_id} · {self.get_role_display()}"

    @property
    def author_name(self):
        return self.user.name

    @property
    def place(self):
        return self.territory or self.region or self.programme
