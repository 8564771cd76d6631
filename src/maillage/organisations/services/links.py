"""
The link by which a company comes in without an account.

Only the identifier of the link travels, signed; what it opens, and until when, stays here, so that a link can be
revoked. A link opens its company and nothing else.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from maillage.common.errors import NotAllowed, RuleBroken
from maillage.journal.models import Entry
from maillage.journal.services import SystemAuthor, record
from maillage.organisations.models import CompanyLink, Contact
from maillage.organisations.services.contacts import lift_objection, write_objection
from maillage.organisations.services.directory import editable_company
from maillage.territories.models import Mandate

LIFE = timedelta(days=180)
#: A link that still lives this long is given again; a shorter one is replaced, so that nobody receives a dying link.
STILL_GOOD = timedelta(days=60)
_SIGNER = signing.Signer(salt="company-link", sep="~")


class LinkRefused(RuleBroken):
    """The link opens nothing any more. ``link`` is known when it expired or was revoked, not when it was forged."""

    def __init__(self, text: str, link: CompanyLink | None = None):
        super().__init__(text)
        self.link = link


@transaction.atomic
def open_company_link(*, company_id: UUID, mandate: Mandate, at: datetime) -> CompanyLink:
    """
    Return a link by which the company comes in: the one in force, or a new one for `LIFE`.

    :raises NotAllowed: the company belongs elsewhere.
    """
    company, site = editable_company(company_id, mandate)
    links = CompanyLink.objects.editable_by(mandate).filter(company=company)
    if known := links.in_force_at(at + STILL_GOOD).newest_first().first():
        return known
    link = CompanyLink.objects.create(
        company=company, territory_id=site.territory_id, created_at=at, expires_at=at + LIFE
    )
    record(act=Entry.Act.CREATED, of=link, by=mandate, at=at, territory_id=site.territory_id)
    return link


@transaction.atomic
def revoke_company_link(*, link_id: UUID, mandate: Mandate, at: datetime) -> CompanyLink:
    """
    Close a link at once, wherever it was sent.

    :raises NotAllowed: it was opened elsewhere.
    """
    link = CompanyLink.objects.editable_by(mandate).select_for_update(of=("self",)).filter(pk=link_id).first()
    if link is None:
        raise NotAllowed(_("This link was opened in another territory: ask its practitioner to close it."))
    if link.revoked_at is None:
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
        changes = {"revoked_at": [None, at.isoformat()]}
        record(act=Entry.Act.CHANGED, of=link, by=mandate, at=at, changes=changes, territory_id=link.territory_id)
    return link


def token_of(link: CompanyLink) -> str:
    """Return what the address of the company's page carries."""
    return _SIGNER.sign(link.pk.hex)


def link_from(*, token: str, at: datetime) -> CompanyLink:
    """
    Return the link that a token opens.

    :raises LinkRefused: forged, expired or revoked.
    """
    try:
        link_id = UUID(hex=_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        raise LinkRefused(_("This address is not complete: open it again from the message you received.")) from None
    link = CompanyLink.objects.for_company_page().filter(pk=link_id).first()
    if link is None:
        raise LinkRefused(_("This address no longer leads anywhere: ask for a new one."))
    if link.revoked_at is not None:
        raise LinkRefused(_("This link was closed: ask for a new one."), link)
    if not link.is_in_force(at):
        raise LinkRefused(_("This link has expired: ask for a new one."), link)
    return link


class LinkAuthor(SystemAuthor):
    """A company that acts by its link: the link stands where the journal keeps the mandate."""

    def __init__(self, link: CompanyLink):
        super().__init__(_("%(company)s, by its link") % {"company": link.company}, link.territory.programme_id)
        self.pk = link.pk


def author_of(link: CompanyLink) -> LinkAuthor:
    """The author of what is done through a link, as the journal names it."""
    return LinkAuthor(link)


@transaction.atomic
def object_by_link(*, link: CompanyLink, contact_id: UUID, at: datetime, objects: bool = True) -> Contact:
    """
    Write that a person of the company wants no more mailings, or wants them again.

    :raises NotAllowed: the person is of another company.
    """
    contact = Contact.objects.select_for_update(of=("self",)).filter(pk=contact_id, company=link.company_id).first()
    if contact is None:
        raise NotAllowed(_("This person is not of your company: open the link you received again."))
    (write_objection if objects else lift_objection)(contact, author_of(link), at)
    return contact
