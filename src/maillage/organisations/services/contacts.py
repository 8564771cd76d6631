"""
The people of a company: who they are, what they agreed to, what they object to.

The journal names the fields that changed and not their values: it outlives a person's request to be forgotten.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.common.changes import assign
from maillage.common.errors import NotAllowed, RuleBroken
from maillage.journal.models import Entry
from maillage.journal.services import Author, record
from maillage.organisations.models import Consent, Contact
from maillage.organisations.services.directory import editable_company
from maillage.territories.models import Mandate


class PersonMissing(RuleBroken):
    """A contact is a person with a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is written of a contact."""

    name: str
    function: str = Contact.Function.OTHER
    email: str = ""
    phone: str = ""
    is_primary: bool = False
    source: str = ""


@transaction.atomic
def add_contact(*, company_id: UUID, person: Person, mandate: Mandate, at: datetime) -> Contact:
    """
    Add a person to a company of the mandate's place.

    :raises NotAllowed: the company belongs elsewhere.
    :raises PersonMissing: without a name.
    """
    company, site = editable_company(company_id, mandate)
    contact = Contact(company=company)
    _write(contact, person)
    record(act=Entry.Act.CREATED, of=contact, by=mandate, at=at, territory_id=site.territory_id)
    return contact


@transaction.atomic
def change_contact(*, contact_id: UUID, person: Person, mandate: Mandate, at: datetime) -> Contact:
    """
    Correct what is written of a contact.

    :raises NotAllowed: their company belongs elsewhere.
    :raises PersonMissing: without a name.
    """
    contact = editable_contact(contact_id, mandate)
    changed = _write(contact, person)
    if changed:
        _journal(contact, mandate, at, changed)
    return contact


@transaction.atomic
def remove_contact(*, contact_id: UUID, mandate: Mandate, at: datetime) -> Contact:
    """Write that a person has left the company: they are no longer called nor written to."""
    contact = editable_contact(contact_id, mandate)
    if contact.left_on is None:
        contact.left_on = timezone.localdate(at)
        contact.is_primary = False
        contact.save(update_fields=["left_on", "is_primary"])
        _journal(contact, mandate, at, ["left_on"])
    return contact


@transaction.atomic
def restore_contact(*, contact_id: UUID, mandate: Mandate, at: datetime) -> Contact:
    """Undo `remove_contact`."""
    contact = editable_contact(contact_id, mandate)
    if contact.left_on is not None:
        contact.left_on = None
        contact.save(update_fields=["left_on"])
        _journal(contact, mandate, at, ["left_on"])
    return contact


@transaction.atomic
def record_consent(
    *,
    contact_id: UUID,
    purpose: str,
    mandate: Mandate,
    at: datetime,
    basis: str = Consent.Basis.CONSENT,
    how: str = "",
) -> Consent:
    """Write that a person agrees to a purpose; said twice, it is written once. It lifts an objection to mailings."""
    contact = editable_contact(contact_id, mandate)
    consent, is_new = Consent.objects.get_or_create(
        contact=contact,
        purpose=Consent.Purpose(purpose),
        withdrawn_at=None,
        defaults={"basis": Consent.Basis(basis), "given_at": at, "how": how.strip()},
    )
    if is_new:
        _journal(contact, mandate, at, [f"consent {consent.purpose}"])
    if consent.purpose == Consent.Purpose.MAILINGS:
        lift_objection(contact, mandate, at)
    return consent


@transaction.atomic
def withdraw_consent(*, consent_id: UUID, mandate: Mandate, at: datetime) -> Consent:
    """
    Write that a person no longer agrees.

    :raises NotAllowed: their company belongs elsewhere.
    """
    consent = Consent.objects.editable_by(mandate).select_related("contact").filter(pk=consent_id).first()
    if consent is None:
        raise NotAllowed(_("This consent was given elsewhere: ask the practitioner of the company."))
    _withdraw(consent, mandate, at)
    return consent


@transaction.atomic
def record_objection(*, contact_id: UUID, mandate: Mandate, at: datetime) -> Contact:
    """Write that a person wants no more mailings: it holds everywhere, and ends their consent to them."""
    contact = editable_contact(contact_id, mandate)
    write_objection(contact, mandate, at)
    return contact


@transaction.atomic
def withdraw_objection(*, contact_id: UUID, mandate: Mandate, at: datetime) -> Contact:
    """Undo `record_objection`, when it was written by mistake. The consent is not given again."""
    contact = editable_contact(contact_id, mandate)
    lift_objection(contact, mandate, at)
    return contact


def editable_contact(contact_id: UUID, mandate: Mandate) -> Contact:
    contact = Contact.objects.editable_by(mandate).select_for_update(of=("self",)).filter(pk=contact_id).first()
    if contact is None:
        raise NotAllowed(_("This person works in another territory: ask its practitioner."))
    return contact


def write_objection(contact: Contact, author: Author, at: datetime) -> None:
    if contact.objected_at is None:
        contact.objected_at = at
        contact.save(update_fields=["objected_at"])
        _journal(contact, author, at, ["objected_at"])
    for consent in Consent.objects.in_force().filter(contact=contact, purpose=Consent.Purpose.MAILINGS):
        _withdraw(consent, author, at)


def lift_objection(contact: Contact, author: Author, at: datetime) -> None:
    if contact.objected_at is not None:
        contact.objected_at = None
        contact.save(update_fields=["objected_at"])
        _journal(contact, author, at, ["objected_at"])


def _withdraw(consent: Consent, author: Author, at: datetime) -> None:
    if consent.withdrawn_at is None:
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        _journal(consent.contact, author, at, [f"consent {consent.purpose}"])


def _write(contact: Contact, person: Person) -> list[str]:
    if not person.name.strip():
        raise PersonMissing(_("Give the name of the person, even a first name alone."))
    changed = assign(contact, **asdict(person))
    if contact.is_primary:
        # One person is called first.
        Contact.objects.filter(company_id=contact.company_id, is_primary=True).exclude(pk=contact.pk).update(
            is_primary=False
        )
    contact.save()
    return list(changed)


def _journal(contact: Contact, author: Author, at: datetime, fields: list[str]) -> None:
    territory = contact.company.sites.order_by("-is_main", "pk").values_list("territory_id", flat=True).first()
    record(
        act=Entry.Act.CHANGED,
        of=contact,
        by=author,
        at=at,
        changes=dict.fromkeys(fields),
        territory_id=territory,
    )
