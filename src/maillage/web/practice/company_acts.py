"""Add a company, correct it, open and close its link."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillage.organisations.models import Company, CompanyLink
from maillage.organisations.services import add_company, change_company, open_company_link, revoke_company_link
from maillage.organisations.services.directory import LooksLikeKnown, editable_site
from maillage.territories.scope import territories_edited_by
from maillage.web.access import EDITORS, opens_to
from maillage.web.components.acting import ask
from maillage.web.components.undo import done
from maillage.web.practice.company_forms import ANOTHER, CompanyForm, NewCompanyForm


@opens_to(*EDITORS)
def company_add(request):
    """Add a company; one that looks like it is shown first, and may be the one meant."""
    territories = territories_edited_by(request.mandate)
    form = NewCompanyForm(
        request.POST or None,
        territories=territories,
        initial={"name": request.GET.get("name", ""), "territory": request.mandate.territory_id},
    )

    def perform(values):
        if values["same_as"] not in ("", ANOTHER):
            return reverse("practice:company", args=[values["same_as"]])
        try:
            added = add_company(
                identity=form.identity(),
                territory_id=values["territory"].pk,
                mandate=request.mandate,
                at=timezone.now(),
                is_another=values["same_as"] == ANOTHER,
            )
        except LooksLikeKnown as doubt:
            form.ask_which(doubt.companies)
            raise
        done(request, _("%(name)s is in the directory.") % {"name": added.name})
        return reverse("practice:company", args=[added.pk])

    return ask(
        request,
        form,
        perform=perform,
        template="practice/company_form.html",
        title=_("Add a company"),
        submit=_("Add it"),
        address=reverse("practice:company_add"),
        back=reverse("practice:company_list"),
        crumb=_("Companies"),
        section="companies",
    )


@opens_to(*EDITORS)
def company_edit(request, pk):
    company = get_object_or_404(Company.objects.editable_by(request.mandate).for_page(), pk=pk)
    site = editable_site(company, request.mandate)
    initial = {
        name: getattr(of, name)
        for of, names in (
            (company, ("name", "activity", "headcount", "profile", "notes")),
            (site, ("siret", "address", "commune")),
        )
        for name in names
    }
    form = CompanyForm(request.POST or None, initial=initial)

    def perform(values):
        change_company(company_id=pk, identity=form.identity(), mandate=request.mandate, at=timezone.now())
        done(request, _("Corrected."))

    return ask(
        request,
        form,
        perform=perform,
        template="practice/company_form.html",
        title=_("Correct %(name)s") % {"name": company.name},
        submit=_("Keep the corrections"),
        address=reverse("practice:company_edit", args=[pk]),
        back=reverse("practice:company", args=[pk]),
        crumb=company.name,
        section="companies",
    )


@require_POST
@opens_to(*EDITORS)
def company_link(request, pk):
    company = get_object_or_404(Company.objects.editable_by(request.mandate), pk=pk)
    link = open_company_link(company_id=company.pk, mandate=request.mandate, at=timezone.now())
    done(
        request,
        _("The link is ready: copy it and send it to the company."),
        undo=reverse("practice:company_link_revoke", args=[link.pk]),
    )
    return redirect("practice:company", pk=pk)


@require_POST
@opens_to(*EDITORS)
def company_link_revoke(request, pk):
    link = get_object_or_404(CompanyLink.objects.editable_by(request.mandate), pk=pk)
    revoke_company_link(link_id=pk, mandate=request.mandate, at=timezone.now())
    done(request, _("The link is closed: it opens nothing any more."))
    return redirect("practice:company", pk=link.company_id)
