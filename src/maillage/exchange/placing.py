"""Place the rows that were read among the records that exist: what is new, what is completed, what is already there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone

from maillage.common.text import fold
from maillage.exchange.changes import Changes
from maillage.exchange.directory import (
    COMPANY_FIELDS,
    CONTACT_FIELDS,
    PARTICIPATION_FIELDS,
    SITE_FIELDS,
    Directory,
    Known,
    KnownCompany,
    KnownContact,
    KnownSite,
    name_key,
    same_company,
)
from maillage.exchange.participants import ParticipantLine
from maillage.exchange.rows import RowReader
from maillage.exchange.values.reading import Problem
from maillage.organisations.models import Company, Consent, Contact, Site
from maillage.workshops.models import Participation, Workshop


class State(models.TextChoices):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ASIDE = "aside"


class ParticipantPlacer:
    """Places the rows of a list of participants, in order: a later row sees what an earlier one brought."""

    def __init__(self, *, workshop: Workshop, directory: Directory, changes: Changes, source: str, at: datetime):
        self._workshop = workshop
        self._directory = directory
        self._changes = changes
        self._source = source
        self._at = at
        # For each site met in this file: the row that named it first, and its name there.
        self._met: dict[Any, tuple[int, str]] = {}
        self._people_met: dict[tuple[Any, str], int] = {}

    def place(self, line: ParticipantLine, reader: RowReader) -> State:
        """Place a row; the faults met stay in the reader, and a blocking one leaves everything as it was."""
        site = self._find(line, reader)
        if reader.is_blocked:
            return State.ASIDE
        before = self._changes.count
        is_new = site is None or site.participation is None
        if site is None:
            site = self._make_site(line)
        else:
            self._complete_site(site, line, reader)
        self._met.setdefault(site.pk, (line.number, line.name))
        self._people_met[site.pk, _person_key(line)] = line.number
        self._place_contact(site.company, line, reader)
        self._place_participation(site, line)
        if is_new:
            return State.NEW
        return State.CHANGED if self._changes.count > before else State.SAME

    def _find(self, line: ParticipantLine, reader: RowReader) -> KnownSite | None:
        commune = line.place.code if line.place else ""
        found = self._directory.find(line.name, line.siret, line.siren, commune)
        if len(found) > 1:
            taking_part = [site for site in found if site.participation]
            found = taking_part if len(taking_part) == 1 else found
        if len(found) > 1:
            reader.fault("company", Problem("company_ambiguous", is_blocking=True))
        if len(found) != 1:
            return None
        self._check_same(found[0], line, reader)
        return found[0]

    def _check_same(self, site: KnownSite, line: ParticipantLine, reader: RowReader) -> None:
        """Refuse one SIRET for two companies, and the same person of the same company twice."""
        row, name = self._met.get(site.pk, (0, ""))
        if not same_company(name or site.company.values["name"], line.name):
            if row:
                details = {"row": row, "name": name}
                reader.fault("siret", Problem("siret_other_company", is_blocking=True, details=details))
                return
            known = site.company.values["name"]
            reader.fault("siret", Problem("siret_known_otherwise", known, details={"known": known}))
        key = _person_key(line)
        earlier = self._people_met.get((site.pk, key), 0) or (0 if key else row)
        if earlier:
            reader.fault("company", Problem("duplicate_row", is_blocking=True, details={"row": earlier}))

    def _make_site(self, line: ParticipantLine) -> KnownSite:
        company = self._directory.company_of(line.siren)
        is_main = company is None
        if company is None:
            company = self._make_company(line)
        values = {
            "siret": line.siret,
            "address": line.address,
            "commune_id": line.place.code if line.place else None,
        }
        made = Site(
            pk=uuid4(),
            company_id=company.pk,
            territory_id=self._workshop.territory_id,
            latitude=line.place.latitude if line.place else None,
            longitude=line.place.longitude if line.place else None,
            is_main=is_main,
            **values,
        )
        self._changes.make(made)
        site = KnownSite(made.pk, values, line.number, company=company)
        self._directory.add_site(site)
        return site

    def _make_company(self, line: ParticipantLine) -> KnownCompany:
        values = {
            "siren": line.siren,
            "name": line.name,
            "activity_id": line.activity or None,
            "headcount": line.headcount,
            "profile": line.profile or Company.Profile.OTHER.value,
            "notes": line.notes,
        }
        made = Company(pk=uuid4(), folded_name=fold(line.name), created_at=self._at, **values)
        self._changes.make(made)
        return KnownCompany(made.pk, values, line.number)

    def _complete_site(self, site: KnownSite, line: ParticipantLine, reader: RowReader) -> None:
        if line.siret and not site.values["siret"]:
            self._directory.by_siret[line.siret] = site
        place = line.place
        had_commune = site.values["commune_id"]
        said = {"siret": line.siret, "address": line.address, "commune_id": place.code if place else None}
        self._complete(Site, site, said, SITE_FIELDS, {"commune_id": ("commune", place.name if place else "")}, reader)
        if place and not had_commune:
            self._changes.change(Site, site.pk, "latitude", None, place.latitude)
            self._changes.change(Site, site.pk, "longitude", None, place.longitude)
        if site.company.is_shared:
            return
        said = {
            "siren": line.siren,
            "activity_id": line.activity or None,
            "headcount": line.headcount,
            "profile": line.profile if line.profile != Company.Profile.OTHER else "",
            "notes": line.notes,
        }
        shown = {"activity_id": ("activity", ""), "headcount": ("headcount", "")}
        self._complete(Company, site.company, said, COMPANY_FIELDS, shown, reader)

    def _complete(
        self,
        model: type[models.Model],
        known: Known,
        said: Mapping[str, Any],
        fields: tuple[str, ...],
        shown: Mapping[str, tuple[str, str]],
        reader: RowReader,
    ) -> None:
        """Fill what is empty; what is already known is kept, and for the fields ``shown`` it is said."""
        for field in fields:
            value, current = said.get(field), known.values[field]
            if not value or value == current:
                continue
            if current and current != Company.Profile.OTHER:
                if field in shown:
                    text = _shown(model, field, current)
                    reader.fault(shown[field][0], Problem("kept", details={"known": text}))
                continue
            self._changes.change(model, known.pk, field, current, value)
            known.values[field] = value

    def _place_contact(self, company: KnownCompany, line: ParticipantLine, reader: RowReader) -> None:
        if not (line.contact or line.email):
            return
        contact = _find_contact(company, line)
        values = {
            "name": line.contact or line.email,
            "function": line.function or Contact.Function.OTHER.value,
            "email": line.email,
            "phone": line.phone,
        }
        if contact is None:
            made = Contact(
                pk=uuid4(),
                company_id=company.pk,
                is_primary=not company.contacts,
                source=line.source or self._source,
                **values,
            )
            self._changes.make(made)
            contact = KnownContact(made.pk, values, line.number)
            company.contacts.append(contact)
        else:
            said = {"function": line.function, "email": line.email, "phone": line.phone}
            shown = {"email": ("email", ""), "phone": ("phone", "")}
            self._complete(Contact, contact, said, CONTACT_FIELDS, shown, reader)
        self._place_consents(contact, line)

    def _place_consents(self, contact: KnownContact, line: ParticipantLine) -> None:
        for agrees, purpose in (
            (line.shares_contact, Consent.Purpose.SHARE_WITH_PARTNERS),
            (line.accepts_mailings, Consent.Purpose.MAILINGS),
        ):
            if agrees and purpose.value not in contact.purposes:
                self._changes.make(
                    Consent(
                        pk=uuid4(), contact_id=contact.pk, purpose=purpose, given_at=self._at, how=self._source[:160]
                    )
                )
                contact.purposes.add(purpose.value)

    def _place_participation(self, site: KnownSite, line: ParticipantLine) -> None:
        """Register the company, or say what became of its registration: here the file is believed."""
        said = {"status": line.status, "motivation": line.motivation, "table": line.table}
        if site.participation is None:
            registered_at = _noon(line.registered_on) if line.registered_on else self._at
            values = {
                "status": line.status or Participation.Status.REGISTERED.value,
                "motivation": line.motivation,
                "table": line.table,
                "registered_at": registered_at,
            }
            made = Participation(pk=uuid4(), workshop_id=self._workshop.pk, site_id=site.pk, **values)
            self._changes.make(made)
            site.participation = Known(made.pk, values, line.number)
            return
        for field in PARTICIPATION_FIELDS:
            value, current = said.get(field), site.participation.values[field]
            if value and value != current:
                self._changes.change(Participation, site.participation.pk, field, current, value)
                site.participation.values[field] = value


def _person_key(line: ParticipantLine) -> str:
    return line.email or name_key(line.contact)


def _find_contact(company: KnownCompany, line: ParticipantLine) -> KnownContact | None:
    """The person of that e-mail; else of that name, unless they have another e-mail."""
    name = fold(line.contact)
    for contact in company.contacts:
        if line.email and contact.values["email"].casefold() == line.email:
            return contact
    for contact in company.contacts:
        other_email = line.email and contact.values["email"]
        if name and fold(contact.values["name"]) == name and not other_email:
            return contact
    return None


def _shown(model: type[models.Model], field: str, value: Any) -> str:
    """A value as its field shows it: the label of a choice."""
    choices = dict(model._meta.get_field(field.removesuffix("_id")).flatchoices or ())
    return str(choices.get(value, value))


def _noon(day) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))
