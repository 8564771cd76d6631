"""Add a company to the directory, and correct what is written there."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.common.changes import assign
from maillage.common.errors import NotAllowed, RuleBroken
from maillage.common.identifiers import is_siret
from maillage.common.text import fold
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.organisations.models import Activity, Company, Site
from maillage.territories.models import Commune, Mandate
from maillage.territories.scope import territories_edited_by

_NOT_DIGITS = re.compile(r"\D")


class NameMissing(RuleBroken):
    """A company is known by its name."""


class SiretRefused(RuleBroken):
    """The number is not one, or it is somebody else's."""


class LooksLikeKnown(RuleBroken):
    """The directory holds companies that look like this one; a person says whether it is one of them."""

    def __init__(self, text: str, companies: list[Company]):
        super().__init__(text)
        self.companies = companies


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What is written of a company and of its main site."""

    name: str
    siret: str = ""
    activity: Activity | None = None
    headcount: str = ""
    profile: str = Company.Profile.OTHER
    notes: str = ""
    address: str = ""
    commune: Commune | None = None


def look_alikes(*, identity: Identity, mandate: Mandate) -> list[Company]:
    """Return the companies of the programme with the same name in the same commune, five at most."""
    known = Company.objects.of_programme(mandate.programme_id).named(identity.name, commune=identity.commune)
    return list(known.with_main_site().order_by("folded_name", "pk")[:5])


@transaction.atomic
def add_company(
    *, identity: Identity, territory_id: UUID, mandate: Mandate, at: datetime, is_another: bool = False
) -> Company:
    """
    Add a company and its main site to a territory of the mandate.

    ``is_another`` says that a person looked at the companies that look like it, and that it is none of them.

    :raises NotAllowed: the territory is not in the mandate's place, or this role adds nothing.
    :raises NameMissing: without a name.
    :raises SiretRefused: not a SIRET, or the directory of the programme already holds it.
    :raises LooksLikeKnown: the same name in the same commune, and nobody said it is another.
    """
    territory = territories_edited_by(mandate).filter(pk=territory_id).first()
    if territory is None:
        raise NotAllowed(_("You may add companies to your own territory only: choose it in the list."))
    name, siret = _checked(identity)
    if siret and (known := Company.objects.of_programme(mandate.programme_id).bearing(siret=siret).first()):
        raise SiretRefused(
            _("This SIRET is that of %(name)s, already in the directory: open its page.") % {"name": known}
        )
    if not is_another and (known := look_alikes(identity=identity, mandate=mandate)):
        raise LooksLikeKnown(_("The directory already holds a company of this name here: is it the same?"), known)

    company = Company.objects.create(
        name=name, folded_name=fold(name)[:160], siren=siret[:9] or None, created_at=at, **_of_company(identity)
    )
    Site.objects.create(
        company=company, territory=territory, siret=siret or None, is_main=True, **_of_site(identity, None)
    )
    record(act=Entry.Act.CREATED, of=company, by=mandate, at=at, territory_id=territory.pk)
    return company


@transaction.atomic
def change_company(*, company_id: UUID, identity: Identity, mandate: Mandate, at: datetime) -> Company:
    """
    Correct what is written of a company and of its main site in the mandate's place.

    :raises NotAllowed: no site of the company is in the mandate's place.
    :raises NameMissing: without a name.
    :raises SiretRefused: not a SIRET, or that of another company of the directory.
    """
    company, site = editable_company(company_id, mandate)
    name, siret = _checked(identity)
    if siret and siret != site.siret:
        known = Company.objects.of_programme(mandate.programme_id).bearing(siret=siret).exclude(pk=company.pk).first()
        if known:
            raise SiretRefused(_("This SIRET is that of %(name)s: check the number.") % {"name": known})

    changes = assign(company, name=name, siren=siret[:9] or None, **_of_company(identity))
    company.folded_name = fold(name)[:160]
    changes |= assign(site, siret=siret or None, **_of_site(identity, site))
    if changes:
        company.save()
        site.save()
        record(act=Entry.Act.CHANGED, of=company, by=mandate, at=at, changes=changes, territory_id=site.territory_id)
    return company


def editable_company(company_id: UUID, mandate: Mandate) -> tuple[Company, Site]:
    """
    Load a company of the mandate's place, locked, and its first site there.

    :raises NotAllowed: it belongs elsewhere, or this role changes nothing.
    """
    company = Company.objects.editable_by(mandate).select_for_update(of=("self",)).filter(pk=company_id).first()
    if company is None:
        raise NotAllowed(_("This company belongs to another territory: ask its practitioner to change it."))
    return company, editable_site(company, mandate)


def editable_site(company: Company, mandate: Mandate) -> Site:
    """Return the first site of a company that the mandate may change, of a company it may change."""
    sites = company.sites.editable_by(mandate).select_related("commune", "territory")
    return sites.order_by("-is_main", "pk")[0]


def _checked(identity: Identity) -> tuple[str, str]:
    name, siret = " ".join(identity.name.split()), _NOT_DIGITS.sub("", identity.siret)
    if not name:
        raise NameMissing(_("Give the name of the company."))
    if identity.siret.strip() and not is_siret(siret):
        raise SiretRefused(_("This is not a SIRET: it has fourteen digits, check them or leave the field empty."))
    return name, siret


def _of_company(identity: Identity) -> dict:
    return {
        "activity": identity.activity,
        "headcount": identity.headcount,
        "profile": identity.profile,
        "notes": identity.notes.strip(),
    }


def _of_site(identity: Identity, site: Site | None) -> dict:
    """A site is placed at the centre of its commune; one that stays in its commune stays where it is."""
    commune = identity.commune
    written = {"address": identity.address.strip(), "commune": commune}
    if site is None or site.commune_id != (commune and commune.pk):
        written |= {"latitude": commune and commune.latitude, "longitude": commune and commune.longitude}
    return written
