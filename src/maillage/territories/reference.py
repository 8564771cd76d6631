"""The administrative map of France, from the bundled tables: see `data/NOTICE.md`."""

import re

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from maillage.common.text import fold

_POSTAL_CODE = re.compile(r"\b\d{5}\b")
_WITH_DEPARTMENT = re.compile(r"(?P<name>.+?)\s*\((?P<department>\d{2,3}|2[ABab])\)")


def _plain(text: str) -> str:
    return fold(text).replace("-", " ").strip()


class CommuneQuerySet(models.QuerySet):
    def named(self, text):
        """The communes that bear this name, the most populated first."""
        return self.filter(folded_name=_plain(text)).order_by("-population")

    def asked_for(self, text):
        """
        The communes that a person means by « Lorient », « 56100 » or « Lorient (56) », the most populated first.

        A name is taken whole: one typed in part is found by `starting_with`.
        """
        written = _WITH_DEPARTMENT.fullmatch(text.strip())
        if written:
            return self.named(written["name"]).filter(department_code=written["department"].upper())
        code = _POSTAL_CODE.search(text)
        if code is None:
            return self.named(text)
        found = self.filter(postal_codes__contains=code[0]).order_by("-population")
        name = text.replace(code[0], " ")
        return found.filter(folded_name=_plain(name)) if _plain(name) else found

    def starting_with(self, text):
        """The communes whose name begins so, or that bear this postal code, the most populated first."""
        if text.strip().isdigit():
            return self.filter(postal_codes__contains=text.strip()).order_by("-population")
        return self.filter(folded_name__startswith=_plain(text)).order_by("-population")

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

    @property
    def full_name(self):
        """The name that tells it from its namesakes: « Saint-Denis (93) »."""
        return f"{self.name} ({self.department_code})"


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
