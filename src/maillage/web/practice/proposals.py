"""Screen the proposals of one card."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillage.matching.models import Proposal
from maillage.synergies.screening import keep_proposal, reopen_proposal, set_aside_proposal
from maillage.web.access import EDITORS, opens_to
from maillage.web.components.screening import answer, card_of, judged, lead


def addresses(act, proposal):
    return reverse(f"practice:proposal_{act}", args=[proposal.pk])


@opens_to(*EDITORS)
@require_POST
def proposal_keep(request, pk):
    return _judge(request, pk, keep_proposal, _("Kept as a potential synergy."))


@opens_to(*EDITORS)
@require_POST
def proposal_set_aside(request, pk):
    return _judge(request, pk, set_aside_proposal, _("Set aside."))


@opens_to(*EDITORS)
@require_POST
def proposal_reopen(request, pk):
    return _judge(request, pk, reopen_proposal, "")


def _judge(request, pk, act, said):
    get_object_or_404(Proposal.objects.editable_by(request.mandate), pk=pk)
    refusal = judged(request, act, said, undo=reverse("practice:proposal_reopen", args=[pk]), proposal_id=pk)
    proposal = Proposal.objects.for_screening().get(pk=pk)
    seen_from = card_of(proposal, request.POST.get("seen_from", ""))
    return answer(
        request,
        "components/_proposal.html",
        {"lead": lead(proposal, addresses, seen_from=seen_from), "refusal": refusal},
        back=reverse("practice:resource", args=[proposal.left_id]),
    )
