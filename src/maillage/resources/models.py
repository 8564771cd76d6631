from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from maillage.common.models import Record
from maillage.common.search import every_word
from maillage.organisations.models import Site
from maillage.resources.nomenclature import (
    Category,
    Confidentiality,
    Direction,
    Period,
    Regularity,
    ResourceStatus,
    SynergyType,
    Unit,
)
from maillage.resources.places import SITE_LATITUDE, SITE_LONGITUDE, great_circle_km
from maillage.territories import scope
from maillage.territories.models import Role


class WasteCodeQuerySet(models.QuerySet):
    def coded(self, digits):
        """The code of these six digits, or None."""
        return self.filter(pk=digits).first()


class WasteCode(models.Model):
    """A code of the European List of Waste (decision 2000/532/EC)."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    is_hazardous = models.BooleanField(_("hazardous"))
    entry_type = models.CharField(_("entry type"), max_length=3)
    label_fr = models.TextField()
    label_en = models.TextField()
    subchapter_label_fr = models.TextField()
    subchapter_label_en = models.TextField()

    objects = WasteCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("waste code")
        verbose_name_plural = _("waste codes")

    def __str__(self):
        return f"{self.code[:2]} {self.code[2:4]} {self.code[4:]}{'*' if self.is_hazardous else ''}"


#: A draft is not said yet, a withdrawn card no longer is.
NOT_KEPT = (ResourceStatus.DRAFT, ResourceStatus.WITHDRAWN)


class ResourceQuerySet(models.QuerySet):
    def visible_to(self, mandate):
        """
        The cards this mandate reads: those of its place, and those that others share this far.

        The base is shared in the programme; confidentiality narrows it to the region, the territory or less.
        """
        own = scope.in_place(mandate, "site__territory")
        if mandate.role not in scope.READS_NAMES:
            return self.none()
        if mandate.role in {Role.NATIONAL_COORDINATOR}:
            return self.filter(own).exclude(confidentiality=Confidentiality.PRACTITIONER)
        if mandate.role not in scope.READS_SHARED_BASE:
            return self.filter(own)
        shared = scope.in_programme(mandate, "site__territory") & Q(confidentiality=Confidentiality.PROGRAMME)
        region = mandate.region_id or (mandate.territory.region_id if mandate.territory_id else None)
        in_region = (
            Q(site__territory__region=region, confidentiality=Confidentiality.REGION) if region else scope.NOTHING
        )
        return self.filter(own | shared | in_region)

    def counted_for(self, mandate):
        """The cards whose number this mandate may read, without names: every card of the programme."""
        if mandate.role not in scope.READS_FIGURES:
            return self.none()
        return self.filter(scope.in_programme(mandate, "site__territory"))

    def editable_by(self, mandate):
        return self.filter(scope.editable(mandate, "site__territory"))

    def of_programme(self, programme):
        return self.filter(site__territory__programme=programme)

    def matching(self, text):
        """The cards of which every word is in the line as it was said."""
        return self.filter(every_word(text, "folded_text"))

    def of_company(self, company):
        return self.filter(site__company=company)

    def current(self):
        """What still holds, whether or not a synergy has begun."""
        return self.filter(status__in=[ResourceStatus.DRAFT, ResourceStatus.ACTIVE, ResourceStatus.MATCHED])

    def kept(self):
        """What was said and not taken back, whatever became of it since."""
        return self.exclude(status__in=NOT_KEPT)

    def available(self):
        return self.filter(status=ResourceStatus.ACTIVE)

    def among(self, resources):
        return self.filter(pk__in=resources.order_by().values("pk"))

    def only_this(self, resource):
        return self.filter(pk=resource.pk)

    def with_distance_from(self, place):
        """Say of each card how far it is from a place with coordinates: ``distance_km``, empty without a place."""
        if place is None or place.latitude is None or place.longitude is None:
            return self.annotate(distance_km=Value(None, output_field=models.FloatField()))
        return self.annotate(distance_km=great_circle_km(SITE_LATITUDE, SITE_LONGITUDE, place))

    def within(self, km):
        """The cards at that distance at most, after `with_distance_from`."""
        return self.filter(distance_km__lte=km)

    def newest_first(self):
        return self.order_by("-created_at", "pk")

    def for_list(self):
        return self.select_related("site__company", "site__commune", "site__territory", "waste_code")


class Resource(Record):
    """A card: what a company has too much of, lacks, or would share."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="resources", verbose_name=_("site"))
    direction = models.CharField(_("direction"), max_length=5, choices=Direction)
    # The line as the company said it; the title is what is shown when it was corrected.
    text = models.CharField(_("line"), max_length=500)
    folded_text = models.CharField(max_length=500, db_index=False)
    title = models.CharField(_("title"), max_length=160)
    category = models.CharField(_("category"), max_length=10, choices=Category, default=Category.OTHER)
    synergy_type = models.CharField(_("likely synergy"), max_length=20, choices=SynergyType, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=6, choices=Unit, blank=True)
    period = models.CharField(_("period"), max_length=5, choices=Period, blank=True)
    regularity = models.CharField(_("regularity"), max_length=8, choices=Regularity, blank=True)
    available_from = models.DateField(_("available from"), null=True, blank=True)
    # The end is excluded, so that two consecutive periods neither overlap nor leave a hole.
    available_to = models.DateField(_("available to"), null=True, blank=True)
    waste_code = models.ForeignKey(
        WasteCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("waste code")
    )
    is_hazardous = models.BooleanField(_("hazardous"), default=False)
    current_outcome = models.CharField(_("what becomes of it today"), max_length=200, blank=True)
    # Secrets of the company: read by its practitioners and coordinators only.
    current_cost_eur = models.DecimalField(
        _("what it costs today, € a year"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    confidentiality = models.CharField(
        _("who sees it"), max_length=12, choices=Confidentiality, default=Confidentiality.PROGRAMME
    )
    status = models.CharField(_("status"), max_length=9, choices=ResourceStatus, default=ResourceStatus.ACTIVE)
    created_at = models.DateTimeField(_("created at"))
    updated_at = models.DateTimeField(_("updated at"))

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [
            models.CheckConstraint(
                name="resource_period_ordered",
                condition=Q(available_to=None) | Q(available_from=None) | Q(available_to__gt=F("available_from")),
                violation_error_message=_("The availability ends before it starts."),
            ),
            models.CheckConstraint(
                name="resource_quantity_positive",
                condition=Q(quantity=None) | Q(quantity__gt=0),
                violation_error_message=_("The quantity must be greater than zero."),
            ),
        ]
        indexes = [models.Index(fields=["status", "direction"], name="resource_status_direction")]

    def __str__(self):
        return self.title


class Gisement(Record):
    """What several cards describe, once: the same flow said in several workshops, or by several people."""

    title = models.CharField(_("title"), max_length=160)
    resources = models.ManyToManyField(Resource, related_name="gisements", verbose_name=_("resources"))

    class Meta:
        verbose_name = _("flow described by several cards")
        verbose_name_plural = _("flows described by several cards")

    def __str__(self):
        return self.title
