from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from maillage.common.models import Record
from maillage.territories import scope
from maillage.territories.models import Commune, Territory

# Before PostgreSQL and SQLite agree on accents, the folded name is what is searched.


class ActivityQuerySet(models.QuerySet):
    def sections(self):
        return self.filter(level="section").order_by("code")

    def choosable(self):
        """The headings that a company may bear: all but the sections, by code."""
        return self.exclude(level="section").order_by("code")


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
        label = self.label_fr if get_language() == "fr" else self.label_en
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

    def of_section(self, section):
        """The companies whose activity is in that section of the nomenclature (A to U)."""
        return self.filter(activity__section=section.code)

    def with_main_site(self):
        return self.prefetch_related(
            models.Prefetch("sites", Site.objects.select_related("commune", "territory").order_by("-is_main", "pk"))
        )


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
    def editable_by(self, mandate):
        return self.filter(scope.editable(mandate, "territory"))


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


class ContactQuerySet(models.QuerySet):
    def visible_to(self, mandate):
        """People are seen where the mandate works; nowhere else, and never by who reads figures only."""
        if mandate.role not in scope.READS_SECRETS:
            return self.none()
        return self.filter(
            Exists(Site.objects.filter(scope.in_place(mandate, "territory"), company=OuterRef("company")))
        )

    def mailable(self):
        return self.filter(objected_at=None).exclude(email="")


class Contact(Record):
    """A person to speak to in a company, and where their data comes from."""

    class Function(models.TextChoices):
        CEO = "CEO", _("managing director")
        TECHNICAL = "TECH", _("technical director")
        FINANCE = "FINANCE", _("finance")
        QHSE = "QHSE", _("quality, safety, environment")
        PURCHASING = "PURCHASING", _("purchasing")
        PRODUCTION = "PRODUCTION", _("production")
        OTHER = "OTHER", pgettext_lazy("function of a contact", "other")

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("company"))
    name = models.CharField(_("name"), max_length=160)
    function = models.CharField(_("function"), max_length=10, choices=Function, default=Function.OTHER)
    email = models.EmailField(_("professional e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    is_primary = models.BooleanField(_("first person to call"), default=False)
    source = models.CharField(_("where the data comes from"), max_length=160, blank=True)
    informed_at = models.DateTimeField(_("informed at"), null=True, blank=True)
    objected_at = models.DateTimeField(_("objected at"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        return self.name


class Consent(Record):
    """What a person agreed to, on which basis, until when."""

    class Purpose(models.TextChoices):
        SHARE_WITH_PARTNERS = "PARTNERS", _("name and contact shown to partners")
        MAILINGS = "MAILINGS", _("mailings of the programme")
        PUBLICATION = "PUBLICATION", _("publication of the company's story")

    class Basis(models.TextChoices):
        CONSENT = "CONSENT", _("consent")
        LEGITIMATE_INTEREST = "LEGITIMATE_INTEREST", _("legitimate interest")
        PUBLIC_TASK = "PUBLIC_TASK", _("task in the public interest")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents", verbose_name=_("contact"))
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    basis = models.CharField(_("lawful basis"), max_length=20, choices=Basis, default=Basis.CONSENT)
    given_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    how = models.CharField(_("how it was recorded"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "purpose"], condition=Q(withdrawn_at=None), name="consent_once_in_force"
            ),
            models.CheckConstraint(
                name="consent_period_ordered", condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at"))
            ),
        ]

    def __str__(self):
        return f"{self.contact_id} · {self.get_purpose_display()}"


class CompanyLink(Record):
    """The signed link by which a company comes in without an account. Only its identifier travels, signed."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="links", verbose_name=_("company"))
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territory"))
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("company link")
        verbose_name_plural = _("company links")

    def __str__(self):
        return f"{self.company_id}"
