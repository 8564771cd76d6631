"""The administrative map of France, from the bundled tables: see `data/NOTICE.md`."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from maillage.common.text import fold


class CommuneQuerySet(models.QuerySet):
    def named(self, text):
        """The communes that bear this name, the most populated first."""
        return self.filter(folded_name=fold(text).replace("-", " ")).order_by("-population")

    def starting(self, text):
        """The communes whose name starts so, the most populated first."""
        start = fold(text).replace("-", " ")
        return self.filter(folded_name__startswith=start).order_by(F("population").desc(nulls_last=True), "code")

    def with_postal_code(self, digits):
        return self.filter(postal_codes__contains=digits).order_by(F("population").desc(nulls_last=True), "code")

    def in_department(self, code):
        return self.filter(department_code=code)


class Commune(models.Model):
    """A commune or a municipal arrondissement, with its centre."""

    code = models.CharField(_("INSEE code"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    folded_name = models.CharField(max_length=60, db_index=True)
    postal_codes = models.CharField(_("postal codes"), max_length=255, blank=True)
    department_code = models.CharField(_("department"), max_length=3)
    region_code = models.CharField(_("region"), max_length=3)
    epci_siren = models.CharField(_("intercommunality"), max_length=9, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True)
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")

    def __str__(self):
        return self.name


class Department(models.Model):
    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    region_code = models.CharField(_("region"), max_length=3)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    def __str__(self):
        return self.name


class Intercommunality(models.Model):
    """An EPCI with its own tax."""

    siren = models.CharField("SIREN", max_length=9, primary_key=True)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=8)
    department_code = models.CharField(_("department"), max_length=3)

    class Meta:
        verbose_name = _("intercommunality")
        verbose_name_plural = _("intercommunalities")

    def __str__(self):
        return self.name
