"""
What is already known of the companies of a territory, as light records found by number or by name.

The directory is loaded once for an import, in a number of queries that does not depend on its size, and kept up to
date in memory as the rows of the file add to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from rapidfuzz import fuzz, process

from maillage.common.text import fold
from maillage.organisations.models import Company, Consent, Contact, Site
from maillage.workshops.models import Participation

_LEGAL = re.compile(
    r"\b(sarl|sas|sasu|sa|eurl|snc|sci|scop|scea|earl|gaec|scic|ets|etablissements|ste|societe|groupe)\b|\bs\.?a\.?s\b\.?"
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")
# Below, two names are of two companies.
SAME_NAME = 80
NEAR_NAME = 75


def name_key(name: str) -> str:
    """Write a company's name plainly: no accent, no legal form, no punctuation."""
    plain = _NOT_WORD.sub(" ", fold(name)).strip()
    bare = " ".join(_LEGAL.sub(" ", plain).split())
    return bare or plain


def same_company(name: str, other: str) -> bool:
    """Tell whether two names may be those of one company: one holds the other, or they differ by a few letters."""
    left, right = name_key(name), name_key(other)
    return fuzz.token_set_ratio(left, right) >= SAME_NAME or fuzz.ratio(left, right) >= SAME_NAME


@dataclass(slots=True, eq=False)
class Known:
    """A record as it stands: its identifier and the values that an import may complete."""

    pk: UUID
    values: dict[str, Any]
    row: int = 0


@dataclass(slots=True, eq=False)
class KnownSite(Known):
    company: KnownCompany = None  # type: ignore[assignment]
    participation: Known | None = None


@dataclass(slots=True, eq=False)
class KnownContact(Known):
    purposes: set[str] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class KnownCompany(Known):
    # A company with a site in another territory is completed by nobody but its own.
    is_shared: bool = False
    contacts: list[KnownContact] = field(default_factory=list)


COMPANY_FIELDS = ("siren", "name", "activity_id", "headcount", "profile", "notes")
SITE_FIELDS = ("siret", "address", "commune_id")
CONTACT_FIELDS = ("name", "function", "email", "phone")
PARTICIPATION_FIELDS = ("status", "motivation", "table", "registered_at")


class Directory:
    """The companies of the territory of a workshop, and who takes part in it."""

    def __init__(self, workshop):
        self.workshop = workshop
        self.by_siret: dict[str, KnownSite] = {}
        self._by_siren: dict[str, list[KnownSite]] = defaultdict(list)
        self._by_name: dict[str, list[KnownSite]] = defaultdict(list)
        self.elsewhere: dict[str, KnownCompany] = {}
        self._companies: dict[UUID, KnownCompany] = {}
        self._nearest: dict[str, str] = {}
        self._load()

    def add_site(self, site: KnownSite) -> None:
        """Make a site findable."""
        if site.values["siret"]:
            self.by_siret[site.values["siret"]] = site
        if site.company.values["siren"]:
            self._by_siren[site.company.values["siren"]].append(site)
        self._by_name[name_key(site.company.values["name"])].append(site)

    def find(self, name: str, siret: str | None, siren: str | None, commune: str) -> list[KnownSite]:
        """The sites that a row may speak of: by SIRET; else by name and commune; else by SIREN."""
        if siret and (site := self.by_siret.get(siret)):
            return [site]
        named = [site for site in self._by_name.get(name_key(name), []) if _may_be(site, siret, siren)] if name else []
        here = [site for site in named if not commune or site.values["commune_id"] in (None, commune)]
        if here:
            exact = [site for site in here if site.values["commune_id"] == commune]
            return exact or here
        if siren and not siret:
            of_company = self._by_siren.get(siren, [])
            return [site for site in of_company if not commune or site.values["commune_id"] in (None, commune)]
        return []

    def company_of(self, siren: str | None) -> KnownCompany | None:
        """The company of that SIREN, in the territory or elsewhere in the programme."""
        if not siren:
            return None
        sites = self._by_siren.get(siren)
        return sites[0].company if sites else self.elsewhere.get(siren)

    def nearest_name(self, name: str) -> str:
        """The known name that resembles this one most, or nothing."""
        key = name_key(name)
        if key not in self._nearest:
            match = process.extractOne(key, self._by_name.keys(), scorer=fuzz.WRatio, score_cutoff=NEAR_NAME)
            self._nearest[key] = self._by_name[match[0]][0].company.values["name"] if match else ""
        return self._nearest[key]

    def find_elsewhere(self, sirens: Iterable[str]) -> None:
        """Look for companies of the programme that have no site in this territory."""
        unknown = [siren for siren in set(sirens) if siren not in self._by_siren and siren not in self.elsewhere]
        programme = self.workshop.territory.programme_id
        for start in range(0, len(unknown), 500):
            rows = Company.objects.filter(
                siren__in=unknown[start : start + 500], sites__territory__programme=programme
            ).values_list("pk", *COMPANY_FIELDS)
            for pk, *values in rows.distinct().order_by("pk"):
                known = dict(zip(COMPANY_FIELDS, values, strict=True))
                self.elsewhere.setdefault(known["siren"], KnownCompany(pk, known, is_shared=True))

    def _load(self) -> None:
        sites: dict[UUID, KnownSite] = {}
        territory = self.workshop.territory_id
        rows = Site.objects.filter(territory=territory).order_by("-is_main", "pk")
        for company_pk, *company_values in (
            Company.objects.filter(sites__territory=territory).distinct().values_list("pk", *COMPANY_FIELDS).iterator()
        ):
            self._companies[company_pk] = KnownCompany(
                company_pk, dict(zip(COMPANY_FIELDS, company_values, strict=True))
            )
        for pk, company, *values in rows.values_list("pk", "company_id", *SITE_FIELDS).iterator():
            site = KnownSite(pk, dict(zip(SITE_FIELDS, values, strict=True)), company=self._companies[company])
            sites[pk] = site
            self.add_site(site)
        shared = Site.objects.filter(company__sites__territory=territory).exclude(territory=territory)
        for company in shared.values_list("company_id", flat=True).distinct():
            self._companies[company].is_shared = True
        self._load_contacts(territory)
        self._load_participations(sites)

    def _load_contacts(self, territory: UUID) -> None:
        here = Site.objects.filter(territory=territory).values("company")
        contacts = {}
        rows = Contact.objects.filter(company__in=here).order_by("-is_primary", "pk")
        for pk, company, *values in rows.values_list("pk", "company_id", *CONTACT_FIELDS).iterator():
            contact = KnownContact(pk, dict(zip(CONTACT_FIELDS, values, strict=True)))
            contacts[pk] = contact
            self._companies[company].contacts.append(contact)
        in_force = Consent.objects.filter(contact__company__in=here, withdrawn_at=None)
        for contact_pk, purpose in in_force.values_list("contact_id", "purpose"):
            contacts[contact_pk].purposes.add(purpose)

    def _load_participations(self, sites: dict[UUID, KnownSite]) -> None:
        rows = Participation.objects.filter(workshop=self.workshop)
        for pk, site, *values in rows.values_list("pk", "site_id", *PARTICIPATION_FIELDS):
            if site in sites:
                sites[site].participation = Known(pk, dict(zip(PARTICIPATION_FIELDS, values, strict=True)))


def _may_be(site: KnownSite, siret: str | None, siren: str | None) -> bool:
    """A site of another SIRET or SIREN is another site, whatever its name."""
    known_siret, known_siren = site.values["siret"], site.company.values["siren"]
    if siret and known_siret and siret != known_siret:
        return False
    return not (siren and known_siren and siren != known_siren)
