"""The people of a company: add and correct them, keep what they agree and object to."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillage.organisations import services
from maillage.organisations.models import Company, Consent, Contact
from maillage.web.access import EDITORS, opens_to
from maillage.web.components.acting import ask
from maillage.web.components.undo import done
from maillage.web.practice.company_forms import ContactForm


@opens_to(*EDITORS)
def contact_add(request, pk):
    company = get_object_or_404(Company.objects.editable_by(request.mandate), pk=pk)
    form = ContactForm(request.POST or None)

    def perform(values):
        added = services.add_contact(company_id=pk, person=form.person(), mandate=request.mandate, at=timezone.now())
        done(
            request,
            _("%(name)s is written down.") % {"name": added.name},
            undo=reverse("practice:contact_remove", args=[added.pk]),
        )

    return ask(
        request,
        form,
        perform=perform,
        title=_("Add somebody"),
        submit=_("Add them"),
        address=reverse("practice:contact_add", args=[pk]),
        back=reverse("practice:company", args=[pk]),
        crumb=company.name,
        section="companies",
    )


@opens_to(*EDITORS)
def contact(request, pk):
    """Correct a person; beside, what they agreed to."""
    person = get_object_or_404(Contact.objects.editable_by(request.mandate).for_page().select_related("company"), pk=pk)
    form = ContactForm(request.POST or None, initial={name: getattr(person, name) for name in ContactForm.base_fields})

    def perform(values):
        services.change_contact(contact_id=pk, person=form.person(), mandate=request.mandate, at=timezone.now())
        done(request, _("Corrected."))

    agreed = {consent.purpose: consent for consent in person.agreed}
    return ask(
        request,
        form,
        perform=perform,
        template="practice/contact.html",
        title=person.name,
        submit=_("Keep the corrections"),
        address=reverse("practice:contact", args=[pk]),
        back=reverse("practice:company", args=[person.company_id]),
        crumb=person.company.name,
        section="companies",
        person=person,
        purposes=[(purpose, purpose.label, agreed.get(purpose)) for purpose in Consent.Purpose],
    )


def _act(service, said, undo=None):
    """A door that does one act on a person and goes back to their company."""

    @require_POST
    @opens_to(*EDITORS)
    def view(request, pk):
        person = get_object_or_404(Contact.objects.editable_by(request.mandate), pk=pk)
        service(contact_id=pk, mandate=request.mandate, at=timezone.now())
        done(request, said(person), undo=reverse(undo, args=[pk]) if undo else "")
        return redirect("practice:company", pk=person.company_id)

    return view


contact_remove = _act(
    services.remove_contact,
    lambda person: _("%(name)s has left: nobody will call them any more.") % {"name": person.name},
    undo="practice:contact_restore",
)
contact_restore = _act(services.restore_contact, lambda person: _("%(name)s is back.") % {"name": person.name})
objection = _act(
    services.record_objection,
    lambda person: _("%(name)s will receive no mailing any more.") % {"name": person.name},
    undo="practice:objection_withdraw",
)
objection_withdraw = _act(
    services.withdraw_objection,
    lambda person: _("%(name)s may receive mailings again.") % {"name": person.name},
)


@require_POST
@opens_to(*EDITORS)
def consent(request, pk):
    """Write that a person agrees to a purpose."""
    person = get_object_or_404(Contact.objects.editable_by(request.mandate), pk=pk)
    purpose = request.POST.get("purpose")
    if purpose in Consent.Purpose.values:
        given = services.record_consent(
            contact_id=pk,
            purpose=purpose,
            how=request.POST.get("how", "")[:160],
            mandate=request.mandate,
            at=timezone.now(),
        )
        done(request, _("The consent is written down."), undo=reverse("practice:consent_withdraw", args=[given.pk]))
    return redirect("practice:contact", pk=person.pk)


@require_POST
@opens_to(*EDITORS)
def consent_withdraw(request, pk):
    given = get_object_or_404(Consent.objects.editable_by(request.mandate), pk=pk)
    services.withdraw_consent(consent_id=pk, mandate=request.mandate, at=timezone.now())
    done(request, _("The consent is withdrawn."))
    return redirect("practice:contact", pk=given.contact_id)
