from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from maillage.common.models import Record
from maillage.common.search import every_word
from maillage.common.text import fold
from maillage.territories import scope
from maillage.territories.models import Commune, Territory


class ActivityQuerySet(models.QuerySet):
    def sections(self):
        return self.filter(level="section").order_by("code")

    def finest(self):
        """The headings that a company bears (732 of them), by code."""
        return self.filter(level="sous-classe").order_by("code")

    def coded(self, code):
        return self.filter(code=code)


class Activity(models.Model):
    """A heading of the French nomenclature of activities, NAF rev. 2 (five levels)."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    level = models.CharField(_("level"), max_length=11)
    parent_code = models.CharField(_("parent"), max_length=6, blank=True)
    section = models.CharField(_("section"), max_length=1)
    label_fr = models.CharField(max_length=255)
    label_en = models.CharField(max_length=255)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __str__(self):
        return f"{self.code} {self.label}"

    @property
    def label(self):
        """What it is called in the language of the reader. The nomenclature prints its sections in capitals."""
        return self.label_in(get_language())

    def label_in(self, language):
        label = self.label_fr if language == "fr" else self.label_en
        return label.capitalize() if self.level == "section" else label


class CompanyQuerySet(models.QuerySet):
    def in_scope(self, place: Q):
        """The companies with a site in that place; ``place`` is written from the site's territory."""
        return self.filter(Exists(Site.objects.filter(place, company=OuterRef("pk"))))

    def visible_to(self, mandate):
        """The directory is shared in the programme, for the roles that read names; others see their own place."""
        if mandate.role not in scope.READS_NAMES:
            return self.none()
        if mandate.role in scope.READS_SHARED_BASE:
            return self.in_scope(scope.in_programme(mandate, "territory"))
        return self.in_scope(scope.in_place(mandate, "territory"))

    def editable_by(self, mandate):
        return self.in_scope(scope.editable(mandate, "territory"))

    def of_programme(self, programme_id):
        return self.in_scope(Q(territory__programme=programme_id))

    def matching(self, text):
        """The companies of which every word is in the name, or in the number."""
        return self.filter(every_word(text, "folded_name", "siren"))

    def bearing(self, *, siret):
        """The companies with a site that bears this SIRET."""
        return self.in_scope(Q(siret=siret))

    def named(self, name, *, commune):
        """The companies of that name in that commune, whatever the case and accents; of any place without a commune."""
        found = self.filter(folded_name=fold(name))
        return found.in_scope(Q(commune=commune)) if commune else found

    def by_name(self):
        return self.order_by("folded_name", "pk")

    def of_section(self, section):
        """The companies whose activity is in that section of the nomenclature (A to U)."""
        return self.filter(activity__section=section.code)

    def with_main_site(self):
        return self.prefetch_related(
            models.Prefetch("sites", Site.objects.select_related("commune", "territory").order_by("-is_main", "pk"))
        )

    def for_page(self):
        return self.select_related("activity").with_main_site()


class Company(Record):
    """A legal unit. It belongs to the territories of its sites."""

    class Profile(models.TextChoices):
        INDUSTRIAL = "INDUSTRIAL", _("industry")
        SERVICE = "SERVICE", _("services")
        FARM = "FARM", _("farm")
        RETAIL = "RETAIL", _("retail")
        BUILDING = "BUILDING", _("building and public works")
        PUBLIC = "PUBLIC", _("public body")
        SOCIAL = "SSE", _("social economy")
        SOLUTION_PROVIDER = "SOLUTION_PROVIDER", _("solution provider")
        WASTE_COLLECTOR = "WASTE_COLLECTOR", _("waste collector")
        CONSULTANT = "CONSULTANT", _("consultant")
        OTHER = "OTHER", pgettext_lazy("profile of a company", "other")

    class Headcount(models.TextChoices):
        NONE = "00", _("no employee")
        B01 = "01", _("1 or 2 employees")
        B02 = "02", _("3 to 5 employees")
        B03 = "03", _("6 to 9 employees")
        B11 = "11", _("10 to 19 employees")
        B12 = "12", _("20 to 49 employees")
        B21 = "21", _("50 to 99 employees")
        B22 = "22", _("100 to 199 employees")
        B31 = "31", _("200 to 249 employees")
        B32 = "32", _("250 to 499 employees")
        B41 = "41", _("500 to 999 employees")
        B42 = "42", _("1,000 to 1,999 employees")
        B51 = "51", _("2,000 to 4,999 employees")
        B52 = "52", _("5,000 to 9,999 employees")
        B53 = "53", _("10,000 employees and more")

    siren = models.CharField("SIREN", max_length=9, null=True, blank=True)
    name = models.CharField(_("name"), max_length=160)
    # SQLite and PostgreSQL do not agree on accents: what is searched is the folded name.
    folded_name = models.CharField(max_length=160, db_index=True)
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("activity")
    )
    headcount = models.CharField(_("headcount"), max_length=2, choices=Headcount, blank=True)
    profile = models.CharField(_("profile"), max_length=18, choices=Profile, default=Profile.OTHER)
    notes = models.TextField(_("notes"), blank=True)
    created_at = models.DateTimeField(_("created at"))

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        indexes = [models.Index(fields=["siren"], name="company_siren")]

    def __str__(self):
        return self.name

    @property
    def main_site(self):
        """The main site, from `with_main_site` only: no query."""
        return next(iter(self.sites.all()), None)


class SiteQuerySet(models.QuerySet):
    def visible_to(self, mandate):
        """The sites of the companies that the mandate reads."""
        if mandate.role not in scope.READS_NAMES:
            return self.none()
        reads = scope.in_programme if mandate.role in scope.READS_SHARED_BASE else scope.in_place
        return self.filter(reads(mandate, "territory"))

    def of_companies(self, company_ids):
        """The sites of these companies, the main one of each first, with what one says of a company unnamed."""
        sites = self.filter(company__in=company_ids).select_related("company__activity", "commune")
        return sites.order_by("company", "-is_main", "pk")

    def communes_matching(self, text):
        """Where these sites are, as ``{commune__name, commune__department_code, companies}``, the fullest first."""
        return (
            self.filter(every_word(text, "commune__folded_name"))
            .values("commune__code", "commune__name", "commune__department_code")
            .annotate(companies=Count("company", distinct=True))
            .order_by("-companies", "commune__name", "commune__code")
        )

    def editable_by(self, mandate):
        return self.filter(scope.editable(mandate, "territory"))

    def of_company(self, company):
        """The sites of a company, the main one first."""
        return self.filter(company=company).select_related("commune").order_by("-is_main", "pk")

    def called(self, text):
        """The sites of the companies whose name, number or commune holds every word of the text."""
        return self.filter(every_word(text, "company__folded_name", "siret", "commune__folded_name"))

    def for_choice(self):
        return self.select_related("company", "commune", "territory").order_by("company__folded_name", "-is_main", "pk")


class Site(Record):
    """An address where a company works; its cards belong here."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="sites", verbose_name=_("company"))
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="sites", verbose_name=_("territory")
    )
    siret = models.CharField("SIRET", max_length=14, null=True, blank=True, db_index=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("commune")
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    is_main = models.BooleanField(_("main site"), default=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "siret"],
                name="site_siret_once_per_territory",
                condition=Q(siret__isnull=False),
                violation_error_message=_("This SIRET is already in the directory of the territory."),
            ),
        ]

    def __str__(self):
        return f"{self.company_id} · {self.siret or self.address}"
