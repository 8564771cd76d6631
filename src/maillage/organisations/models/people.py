from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maillage.common.models import Record
from maillage.organisations.models.directory import Company, Site
from maillage.territories import scope
from maillage.territories.models import Territory


class ContactQuerySet(models.QuerySet):
    def visible_to(self, mandate):
        """People are seen where the mandate works; nowhere else, and never by who reads figures only."""
        if mandate.role not in scope.READS_SECRETS:
            return self.none()
        return self.filter(
            Exists(Site.objects.filter(scope.in_place(mandate, "territory"), company=OuterRef("company")))
        )

    def editable_by(self, mandate):
        return self.filter(
            Exists(Site.objects.filter(scope.editable(mandate, "territory"), company=OuterRef("company")))
        )

    def of_companies(self, companies):
        return self.filter(company__in=companies)

    def present(self):
        """Those who still work there and have not objected, the first person to call first."""
        return self.filter(left_on=None, objected_at=None).order_by("-is_primary", "name", "pk")

    def shown_to_partners(self):
        """The people who agreed that partners see their name and how to reach them."""
        agreed = Consent.objects.filter(
            contact=OuterRef("pk"), purpose=Consent.Purpose.SHARE_WITH_PARTNERS, withdrawn_at=None
        )
        return self.filter(Exists(agreed), left_on=None)

    def of_company(self, company):
        return self.filter(company=company)

    def here(self):
        """Those who still work in the company."""
        return self.filter(left_on=None).order_by("-is_primary", "name", "pk")

    def mailable(self):
        return self.filter(objected_at=None, left_on=None).exclude(email="")

    def for_page(self):
        """Those who are there first, the first to call on top, with what each agreed to."""
        return self.order_by(F("left_on").asc(nulls_first=True), "-is_primary", "name", "pk").prefetch_related(
            models.Prefetch("consents", Consent.objects.in_force().order_by("purpose"), to_attr="agreed")
        )


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


class ConsentQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_at=None)

    def editable_by(self, mandate):
        return self.filter(Exists(Contact.objects.editable_by(mandate).filter(pk=OuterRef("contact"))))

    def companies_shown_to_partners(self, company_ids):
        """Of these companies, those of which somebody who still works there agreed that partners see their name."""
        agreed = self.in_force().filter(
            purpose=Consent.Purpose.SHARE_WITH_PARTNERS, contact__left_on=None, contact__company__in=company_ids
        )
        return set(agreed.values_list("contact__company", flat=True))


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

    objects = ConsentQuerySet.as_manager()

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


class CompanyLinkQuerySet(models.QuerySet):
    def editable_by(self, mandate):
        return self.filter(scope.editable(mandate, "territory"))

    def of_company(self, company):
        return self.filter(company=company)

    def in_force_at(self, at):
        return self.filter(revoked_at=None, expires_at__gt=at)

    def newest_first(self):
        return self.order_by("-created_at", "pk")

    def for_company_page(self):
        return self.select_related("company__activity", "territory__programme", "territory__region")


class CompanyLink(Record):
    """The signed link by which a company comes in without an account. Only its identifier travels, signed."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="links", verbose_name=_("company"))
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territory"))
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = CompanyLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("company link")
        verbose_name_plural = _("company links")

    def __str__(self):
        return self.company.name

    def is_in_force(self, at):
        return self.revoked_at is None and self.expires_at > at
