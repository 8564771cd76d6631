"""Screen the proposals of a workshop: best first, keep or set aside in one tap."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from maillage.common.errors import RuleBroken
from maillage.synergies.screening import reopen_proposal, set_aside_proposal
from maillage.web.access import EDITORS, opens_to
from maillage.web.components.screening import answer, judged, lead, leads
from maillage.web.components.undo import done
from maillage.web.templatetags.maillage import number
from maillage.workshops.asking import ask_for_proposals
from maillage.workshops.cards import cards_of
from maillage.workshops.models import ProposalRun, Workshop
from maillage.workshops.proposing import keep_for_workshop, proposals_of

PAGE_SIZE = 20


def _addresses(workshop):
    def address(act, proposal):
        return reverse(f"workshop:proposal_{act}", args=[workshop.pk, proposal.pk])

    return address


def _progress(workshop, mandate):
    """How many proposals have been gone through, of how many."""
    proposals = proposals_of(workshop, mandate)
    kept, aside, left = proposals.kept().count(), proposals.set_aside().count(), proposals.to_screen().count()
    done_with, total = kept + aside, kept + aside + left
    return {
        "kept": kept,
        "aside": aside,
        "left": left,
        "passed": done_with,
        "total": total,
        "share": round(100 * done_with / total) if total else 0,
    }


@opens_to(*EDITORS)
def screening(request, pk):
    workshop = get_object_or_404(Workshop.objects.editable_by(request.mandate).for_list(), pk=pk)
    proposals = proposals_of(workshop, request.mandate)
    shown = {"": proposals.to_screen(), "kept": proposals.kept(), "aside": proposals.set_aside()}
    tab = request.GET.get("show", "")
    if tab not in shown:
        raise Http404
    page = Paginator(shown[tab].for_screening(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "workshop": workshop,
        "tab": tab,
        "page": page,
        "leads": leads(page.object_list, _addresses(workshop)),
        "progress": _progress(workshop, request.mandate),
        "cards": cards_of(workshop).available().count(),
        "run": ProposalRun.objects.of_workshop(workshop).newest_first().first(),
        "section": "workshops",
    }
    return render(request, "workshop/screening.html", context)


@opens_to(*EDITORS)
@require_POST
def propose(request, pk):
    get_object_or_404(Workshop.objects.editable_by(request.mandate), pk=pk)
    try:
        run = ask_for_proposals(workshop_id=pk, mandate=request.mandate, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        if run.is_over:
            said = ngettext("%(n)s proposal found.", "%(n)s proposals found.", run.found)
            done(request, said % {"n": number(run.found)})
    return redirect("workshop:screening", pk)


@opens_to(*EDITORS)
def proposing(request, pk):
    """Say how far the search for proposals is; htmx asks every second, and reloads the page at the end."""
    workshop = get_object_or_404(Workshop.objects.editable_by(request.mandate), pk=pk)
    run = ProposalRun.objects.of_workshop(workshop).newest_first().first()
    response = render(request, "workshop/screening/_run.html", {"workshop": workshop, "run": run})
    if run is None or run.is_over:
        response["HX-Refresh"] = "true"
    return response


@opens_to(*EDITORS)
@require_POST
def proposal_keep(request, pk, proposal):
    def keep(**given):
        return keep_for_workshop(workshop_id=pk, **given)

    return _judge(request, pk, proposal, keep, _("Kept as a potential synergy."))


@opens_to(*EDITORS)
@require_POST
def proposal_set_aside(request, pk, proposal):
    return _judge(request, pk, proposal, set_aside_proposal, _("Set aside."))


@opens_to(*EDITORS)
@require_POST
def proposal_reopen(request, pk, proposal):
    return _judge(request, pk, proposal, reopen_proposal, "")


def _judge(request, pk, proposal_id, act, said):
    workshop = get_object_or_404(Workshop.objects.editable_by(request.mandate), pk=pk)
    proposals = proposals_of(workshop, request.mandate).for_screening()
    get_object_or_404(proposals, pk=proposal_id)
    undo = reverse("workshop:proposal_reopen", args=[pk, proposal_id])
    refusal = judged(request, act, said, undo=undo, proposal_id=proposal_id)
    context = {
        "lead": lead(proposals.get(pk=proposal_id), _addresses(workshop)),
        "refusal": refusal,
        "workshop": workshop,
        "progress": _progress(workshop, request.mandate),
    }
    return answer(request, "workshop/screening/_decided.html", context, back=reverse("workshop:screening", args=[pk]))
