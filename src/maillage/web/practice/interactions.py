"""What was said: a call written down in seconds, and the glance at a company's answer."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.common.numbers import number_in_words
from maillage.organisations.models import Company
from maillage.synergies.models import Interaction, Synergy
from maillage.synergies.services import glance_at_answer, log_interaction
from maillage.synergies.services.answers import SUGGESTED_STAGE
from maillage.web.access import EDITORS, opens_to
from maillage.web.components.acting import ask
from maillage.web.components.answers import answer_in_words
from maillage.web.components.day import seen_on
from maillage.web.components.undo import done
from maillage.web.practice.synergy_forms import AnswerForm, InteractionForm, NoteForm

#: How many other synergies of the same companies a call may be about.
MOST_ASKED = 12


@opens_to(*EDITORS)
def synergy_call(request, pk):
    """Write down a call about a synergy, and about others of the same companies."""
    synergy = get_object_or_404(Synergy.objects.editable_by(request.mandate).for_list(), pk=pk)
    companies = [party.company for party in synergy.parties.all()]
    others = [other for other in _synergies_of(request, companies) if other != synergy]
    return _call(
        request,
        companies=companies,
        synergies=[synergy, *others],
        about=synergy,
        back=reverse("practice:synergy", args=[pk]),
        address=reverse("practice:synergy_call", args=[pk]),
        crumb=synergy.title,
        section="synergies",
    )


@opens_to(*EDITORS)
def company_call(request, pk):
    """Write down a call with a company, about its synergies or about none."""
    company = get_object_or_404(Company.objects.visible_to(request.mandate), pk=pk)
    return _call(
        request,
        companies=[company],
        synergies=_synergies_of(request, [company]),
        back=reverse("practice:company", args=[pk]),
        address=reverse("practice:company_call", args=[pk]),
        crumb=company.name,
        section="companies",
    )


def _synergies_of(request, companies):
    followed = Synergy.objects.editable_by(request.mandate).still_open().of_companies(companies)
    return list(followed.soonest_first()[:MOST_ASKED])


def _call(request, *, companies, synergies, about=None, **context):
    form = InteractionForm(
        request.POST or None,
        companies=companies,
        synergies=synergies,
        about=about,
        today=seen_on(request),
        auto_id=f"call-{(about or companies[0]).pk}-%s",
    )

    def perform(values):
        log_interaction(
            kind=values["kind"],
            outcome=values["outcome"],
            summary=values["summary"],
            company_ids=values["companies"],
            synergy_ids=values["synergies"],
            next_action=values.get("next_action", ""),
            next_action_on=values.get("next_action_on"),
            mandate=request.mandate,
            at=timezone.now(),
        )
        done(request, _("It is written down."))

    return ask(request, form, perform=perform, title=_("Write down a call"), submit=_("Write it down"), **context)


@opens_to(*EDITORS)
def synergy_note(request, pk):
    synergy = get_object_or_404(Synergy.objects.editable_by(request.mandate), pk=pk)

    def perform(values):
        log_interaction(
            kind=Interaction.Kind.NOTE,
            summary=values["summary"],
            synergy_ids=[pk],
            mandate=request.mandate,
            at=timezone.now(),
        )
        done(request, _("The note is kept."))

    return ask(
        request,
        NoteForm(request.POST or None),
        perform=perform,
        section="synergies",
        back=reverse("practice:synergy", args=[pk]),
        address=reverse("practice:synergy_note", args=[pk]),
        crumb=synergy.title,
        title=_("Add a note"),
        submit=_("Keep the note"),
    )


@opens_to(*EDITORS)
def answer(request, pk):
    """Look at what a company answered, and take of it what is right."""
    said = get_object_or_404(Interaction.objects.waiting().in_place_of(request.mandate).for_list(), pk=pk)
    synergy = get_object_or_404(Synergy.objects.editable_by(request.mandate), interactions=said)
    form = AnswerForm(
        request.POST or None,
        answer=said,
        synergy=synergy,
        suggested=SUGGESTED_STAGE.get(said.outcome, ""),
        today=seen_on(request),
    )
    if said.stated_quantity is not None:
        form.fields["takes_quantity"].label = _("Take the quantity they give: %(after)s instead of %(before)s") % {
            "before": number_in_words(synergy.quantity) or "?",
            "after": number_in_words(said.stated_quantity),
        }

    def perform(values):
        glance_at_answer(
            answer_id=pk,
            mandate=request.mandate,
            at=timezone.now(),
            takes_quantity=values.get("takes_quantity", False),
            stage=values["stage"],
            reason=values["reason"],
            barriers=values["barriers"],
            next_action=values["next_action"],
            next_action_on=values["next_action_on"],
        )
        done(request, _("The answer is taken into account."))

    return ask(
        request,
        form,
        perform=perform,
        section="synergies",
        back=reverse("practice:synergy", args=[synergy.pk]),
        address=reverse("practice:answer", args=[pk]),
        crumb=synergy.title,
        title=answer_in_words(said),
        explanation=said.summary,
        submit=_("Take it into account"),
    )
