"""What one does to a synergy: open, correct, move, plan, stop. Each act is one door and one service."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillage.common.errors import NotAllowed, RuleBroken
from maillage.organisations.models import Company
from maillage.synergies.models import Barrier, Synergy
from maillage.synergies.services import (
    change_synergy,
    lift_barrier,
    move_to_stage,
    open_synergy,
    plan_next_action,
    raise_barrier,
    undo_move,
)
from maillage.web.access import EDITORS, opens_to
from maillage.web.components.acting import ask, go, safe_next
from maillage.web.components.day import seen_on
from maillage.web.components.undo import done
from maillage.web.practice.synergy_forms import (
    MOST_PROPOSED,
    BarrierForm,
    LiftForm,
    MoveForm,
    OpeningForm,
    PlanForm,
    SynergyForm,
    parties_formset,
)


def _mine(request, pk) -> Synergy:
    """The synergy, if it is followed where the person works; else it does not exist."""
    return get_object_or_404(Synergy.objects.editable_by(request.mandate).for_list(), pk=pk)


def _page(synergy) -> str:
    return reverse("practice:synergy", args=[synergy.pk])


@opens_to(*EDITORS)
def synergy_plan(request, pk):
    synergy = _mine(request, pk)
    form = PlanForm(request.POST or None, synergy=synergy, today=seen_on(request))

    def perform(values):
        plan_next_action(synergy_id=pk, mandate=request.mandate, at=timezone.now(), **values)
        done(request, _("What comes next is planned."))

    return ask(
        request,
        form,
        perform=perform,
        back=_page(synergy),
        section="synergies",
        address=reverse("practice:synergy_plan", args=[pk]),
        crumb=synergy.title,
        title=_("What comes next"),
        submit=_("Plan it"),
    )


@opens_to(*EDITORS)
def synergy_move(request, pk):
    synergy = _mine(request, pk)
    target = request.POST.get("stage") or request.GET.get("stage", "")
    form = MoveForm(request.POST or None, synergy=synergy, target=target, today=seen_on(request))

    def perform(values):
        change = move_to_stage(
            synergy_id=pk,
            stage=values["stage"],
            mandate=request.mandate,
            at=timezone.now(),
            reason=values["reason"],
            barriers=values["barriers"],
            next_action=values.get("next_action", ""),
            next_action_on=values.get("next_action_on"),
        )
        said = _("The synergy is now at: %(stage)s.") % {"stage": change.get_to_stage_display()}
        done(request, said, undo=reverse("practice:synergy_move_undo", args=[change.pk]))

    return ask(
        request,
        form,
        perform=perform,
        back=_page(synergy),
        section="synergies",
        address=reverse("practice:synergy_move", args=[pk]),
        crumb=synergy.title,
        title=_("Change the stage"),
        explanation=_("Today: %(stage)s.") % {"stage": synergy.get_stage_display()},
        submit=_("Change the stage"),
    )


@opens_to(*EDITORS)
@require_POST
def synergy_move_undo(request, pk):
    try:
        synergy = undo_move(change_id=pk, mandate=request.mandate, at=timezone.now())
    except NotAllowed as refusal:
        raise PermissionDenied from refusal
    except RuleBroken as refusal:
        done(request, str(refusal))
        return go(request, safe_next(request) or reverse("practice:synergy_board"))
    done(request, _("The synergy is back at: %(stage)s.") % {"stage": synergy.get_stage_display()})
    return go(request, _page(synergy))


@opens_to(*EDITORS)
def barrier_raise(request, pk):
    synergy = _mine(request, pk)

    def perform(values):
        raise_barrier(synergy_id=pk, mandate=request.mandate, at=timezone.now(), **values)
        done(request, _("The barrier is written down."))

    return ask(
        request,
        BarrierForm(request.POST or None),
        perform=perform,
        back=_page(synergy),
        section="synergies",
        address=reverse("practice:barrier_raise", args=[pk]),
        crumb=synergy.title,
        title=_("A barrier to lift"),
        submit=_("Write the barrier down"),
    )


@opens_to(*EDITORS)
def barrier_lift(request, pk, barrier):
    synergy = _mine(request, pk)
    lifted = get_object_or_404(Barrier, pk=barrier, synergy=synergy)

    def perform(values):
        lift_barrier(barrier_id=lifted.pk, mandate=request.mandate, at=timezone.now(), **values)
        done(request, _("The barrier is lifted."))

    return ask(
        request,
        LiftForm(request.POST or None),
        perform=perform,
        back=_page(synergy),
        section="synergies",
        address=reverse("practice:barrier_lift", args=[pk, barrier]),
        crumb=synergy.title,
        title=_("The barrier is lifted"),
        explanation=lifted.get_kind_display(),
        submit=_("Say that it is lifted"),
    )


@opens_to(*EDITORS)
def synergy_add(request):
    """Open a synergy by hand, or from the page of a company (``?company=``)."""
    mandate = request.mandate
    company = _asked(request, "company", Company.objects.visible_to(mandate))
    form = OpeningForm(request.POST or None, mandate=mandate, today=seen_on(request))
    lines = parties_formset(request.POST or None, mandate=mandate, companies=[company] if company else [])

    def perform(values):
        synergy = open_synergy(**values, parties=lines.given(), mandate=mandate, at=timezone.now())
        done(request, _("The synergy is followed."))
        return _page(synergy)

    return ask(
        request,
        form,
        perform=perform,
        beside=lines,
        back=reverse("practice:synergy_board"),
        template="practice/synergy_form.html",
        section="synergies",
        address=request.get_full_path(),
        crumb=_("Synergies"),
        title=_("New synergy"),
        submit=_("Follow this synergy"),
        lines=lines,
        companies=Company.objects.editable_by(mandate).by_name()[:MOST_PROPOSED],
    )


@opens_to(*EDITORS)
def synergy_change(request, pk):
    synergy = _mine(request, pk)
    written = {name: getattr(synergy, name) for name in SynergyForm.base_fields}
    form = SynergyForm(request.POST or None, initial=written)
    lines = parties_formset(request.POST or None, mandate=request.mandate, parties=synergy.parties.all())

    def perform(values):
        change_synergy(synergy_id=pk, parties=lines.given(), mandate=request.mandate, at=timezone.now(), **values)
        done(request, _("The synergy is corrected."))

    return ask(
        request,
        form,
        perform=perform,
        beside=lines,
        back=_page(synergy),
        template="practice/synergy_form.html",
        section="synergies",
        address=reverse("practice:synergy_change", args=[pk]),
        crumb=synergy.title,
        title=_("Correct the synergy"),
        submit=_("Keep the corrections"),
        lines=lines,
        companies=Company.objects.editable_by(request.mandate).by_name()[:MOST_PROPOSED],
    )


def _asked(request, name, records):
    """The record that the address names, if the person reads it."""
    try:
        return records.get(pk=UUID(request.GET.get(name, "")))
    except (ValueError, records.model.DoesNotExist):
        return None
