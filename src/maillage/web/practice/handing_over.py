"""Hand a portfolio over: who leaves, who takes up, what there is to know."""

from uuid import UUID

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.common.errors import RuleBroken
from maillage.synergies.models import Synergy
from maillage.synergies.services import hand_over
from maillage.territories.models import Role
from maillage.territories.scope import colleagues_of
from maillage.web.access import EDITORS, opens_to
from maillage.web.components.acting import go
from maillage.web.components.day import seen_on
from maillage.web.components.undo import done
from maillage.web.practice.synergy_forms import NOBODY, HandOverForm


@opens_to(*EDITORS)
def hand_over_portfolio(request):
    """Choose who hands over; then, of their synergies, which ones go to whom."""
    mandate, here = request.mandate, Synergy.objects.editable_by(request.mandate).still_open()
    givers = _givers(request, here)
    giver = request.POST.get("giver") or request.GET.get("giver") or ""
    if giver not in dict(givers):
        giver = givers[0][0]
    portfolio = list(here.followed_by(_person(giver)).soonest_first().for_list())
    form = HandOverForm(
        request.POST or None,
        giver=giver,
        receivers=colleagues_of(mandate, timezone.localdate()),
        portfolio=portfolio,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _hand(request, giver, form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "practice/hand_over.html",
        {
            "section": "synergies",
            "form": form,
            "today": seen_on(request),
            "givers": givers,
            "giver": giver,
            "giver_name": dict(givers)[giver],
            "portfolio": portfolio,
            "rows": list(zip(form["synergies"], portfolio, strict=True)),
        },
        status=422 if request.method == "POST" else 200,
    )


def _hand(request, giver, values):
    count = hand_over(
        from_user_id=_person(giver),
        to_user_id=UUID(values["receiver"]),
        synergy_ids=[UUID(pk) for pk in values["synergies"]],
        note=values["note"],
        mandate=request.mandate,
        at=timezone.now(),
    )
    done(
        request,
        ngettext("%(count)s synergy was handed over.", "%(count)s synergies were handed over.", count)
        % {"count": count},
    )
    return go(request, reverse("practice:synergy_board"))


def _givers(request, here):
    """Whose synergies may be handed over: one's own; for a coordinator, those of the team; and those of nobody."""
    if request.mandate.role == Role.REGIONAL_COORDINATOR:
        people = [(str(person.pk), person.name) for person in here.practitioners()]
    else:
        people = [(str(request.user.pk), request.user.name)]
    return [*people, (NOBODY, _("nobody: those without a practitioner"))]


def _person(giver):
    return None if giver == NOBODY else UUID(giver)
