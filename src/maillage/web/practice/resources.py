"""The base of resources, and the page of a card."""

import django_filters as filters
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_POST

from maillage.common.errors import RuleBroken
from maillage.journal.models import Entry
from maillage.matching.models import Proposal
from maillage.matching.reading import understand
from maillage.matching.services import propose_for
from maillage.organisations.models import Company, Site
from maillage.resources import services
from maillage.resources.models import Resource
from maillage.resources.nomenclature import Category, Direction, ResourceStatus, SynergyType
from maillage.synergies.models import PotentialSynergy
from maillage.territories.models import Commune
from maillage.territories.scope import may_edit_in, reads_secrets_in, territories_read_by
from maillage.web.access import EDITORS, TEAM, opens_to
from maillage.web.components import card_columns as columns
from maillage.web.components.acts import tell
from maillage.web.components.communes import CommuneField, like
from maillage.web.components.filters import Filters, WordsFilter
from maillage.web.components.listing import SORT, Listing
from maillage.web.components.screening import leads
from maillage.web.components.undo import done
from maillage.web.practice.proposals import addresses
from maillage.web.practice.resource_forms import CardForm, LineForm

RADII = [("10", "10 km"), ("25", "25 km"), ("50", "50 km"), ("100", "100 km"), ("200", "200 km")]
PROPOSALS_SHOWN = 8
ACTS_SHOWN = 20
NEWEST = "-added"


COLUMNS = (
    columns.SIDE,
    columns.TITLE,
    columns.LINE,
    columns.QUANTITY,
    columns.UNIT,
    columns.PERIOD,
    columns.CATEGORY,
    columns.TYPE,
    columns.WASTE_CODE,
    columns.COMPANY,
    columns.COMMUNE,
    columns.TERRITORY,
    columns.DISTANCE,
    columns.STATUS,
    columns.ADDED,
)


class PlaceField(CommuneField):
    """A commune to search around: of namesakes the most populated is meant, until one says which."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # The form around it swaps the list: what it says of that is not for this field.
        self.widget.attrs |= {"hx-select": "option", "hx-swap": "innerHTML", "hx-push-url": "false"}

    def clean(self, value):
        return place_meant(value or "") or super().clean(value)


def place_meant(text: str) -> Commune | None:
    """Return the likeliest commune that a text may mean, if any."""
    return next(iter(like(text)), None) if text.strip() else None


class NearFilter(filters.Filter):
    field_class = PlaceField

    def filter(self, queryset, value):
        return queryset


class ResourceFilters(Filters):
    text = WordsFilter(
        label=gettext_lazy("What are you looking for?"), columns=("folded_text", "site__company__folded_name")
    )
    side = filters.ChoiceFilter(
        label=gettext_lazy("Side"),
        field_name="direction",
        choices=Direction,
        empty_label=gettext_lazy("All sides"),
    )
    category = filters.ChoiceFilter(
        label=gettext_lazy("Class"), choices=Category, empty_label=gettext_lazy("All classes")
    )
    kind = filters.ChoiceFilter(
        label=gettext_lazy("Likely synergy"),
        field_name="synergy_type",
        choices=SynergyType,
        empty_label=gettext_lazy("All types"),
    )
    territory = filters.ModelChoiceFilter(
        label=gettext_lazy("Territory"),
        field_name="site__territory",
        queryset=lambda request: territories_read_by(request.mandate),
        empty_label=gettext_lazy("All territories"),
    )
    commune = NearFilter(label=gettext_lazy("Around the commune"))
    radius = filters.ChoiceFilter(
        label=gettext_lazy("At most"),
        choices=RADII,
        method="within",
        empty_label=gettext_lazy("Any distance"),
    )
    status = filters.ChoiceFilter(
        label=gettext_lazy("Status"), choices=ResourceStatus, empty_label=gettext_lazy("All statuses")
    )

    def within(self, cards, name, radius):
        return cards.within(int(radius)) if self.form.cleaned_data.get("commune") else cards


@opens_to(*TEAM)
def resource_list(request):
    """List the base; around a place, the nearest first unless another order is asked."""
    place = place_meant(request.GET.get("commune", ""))
    if place and request.GET.get(SORT) == NEWEST:
        request.GET = request.GET.copy()
        del request.GET[SORT]
    listing = Listing(
        request,
        Resource.objects.visible_to(request.mandate).for_list().with_distance_from(place),
        filters=ResourceFilters,
        columns=COLUMNS,
        order="distance" if place else NEWEST,
        title=gettext_lazy("Resources"),
        count=ngettext_lazy("%(n)s resource", "%(n)s resources", "count"),
    )
    return listing.answer("practice/resource_list.html", section="resources", place=place)


@opens_to(*TEAM)
def resource(request, pk):
    card = get_object_or_404(Resource.objects.visible_to(request.mandate).for_list(), pk=pk)
    may_edit = may_edit_in(request.mandate, card.site.territory)
    proposals = Proposal.objects.editable_by(request.mandate).about(card)
    shown = proposals.not_set_aside().for_screening()[:PROPOSALS_SHOWN]
    context = {
        "card": card,
        "may_edit": may_edit,
        "shows_secrets": reads_secrets_in(request.mandate, card.site.territory),
        "may_propose": may_edit and card.status == ResourceStatus.ACTIVE,
        "leads": leads(shown, addresses, seen_from=card),
        "set_aside": proposals.set_aside().count(),
        "potentials": PotentialSynergy.objects.visible_to(request.mandate).about(card).for_list().newest_first()[:20],
        "acts": tell(Entry.objects.about(card).newest_first()[:ACTS_SHOWN]) if may_edit else [],
        "section": "resources",
    }
    return render(request, "practice/resource.html", context)


@opens_to(*EDITORS)
def resource_change(request, pk):
    card = get_object_or_404(Resource.objects.editable_by(request.mandate).for_list(), pk=pk)
    form = CardForm(request.POST or None, instance=card)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_resource(resource_id=pk, said=form.cleaned_data, mandate=request.mandate, at=timezone.now())
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            done(request, _("The card is corrected."))
            return redirect("practice:resource", pk)
    return render(
        request,
        "practice/resource_change.html",
        {"card": card, "form": form, "section": "resources"},
        status=422 if form.errors else 200,
    )


@opens_to(*EDITORS)
def resource_add(request, pk):
    """Capture one line for a company of one's place."""
    company = get_object_or_404(Company.objects.editable_by(request.mandate), pk=pk)
    form = LineForm(request.POST or None, sites=Site.objects.editable_by(request.mandate).of_company(company))
    if request.method == "POST" and form.is_valid():
        try:
            card = services.add_resource(
                site_id=form.cleaned_data["site"].pk,
                said=understand(form.cleaned_data["text"], form.cleaned_data["side"]),
                mandate=request.mandate,
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error("text", str(refusal))
        else:
            _propose(request, card)
            done(request, _("The card is added."), undo=reverse("practice:resource_withdraw", args=[card.pk]))
            return redirect("practice:resource", card.pk)
    return render(
        request,
        "practice/resource_add.html",
        {"company": company, "form": form, "section": "resources"},
        status=422 if form.errors else 200,
    )


@opens_to(*TEAM)
def understood(request):
    """Say what a line being typed is understood as."""
    text, side = request.GET.get("text", ""), request.GET.get("side", "")
    said = understand(text, side if side in Direction.values else None) if text.strip() else None
    return render(request, "components/_understood.html", {"said": Resource(**said) if said else None})


@opens_to(*EDITORS)
@require_POST
def resource_withdraw(request, pk):
    return _turned(request, pk, services.withdraw_resource, _("The card is withdrawn."), "practice:resource_bring_back")


@opens_to(*EDITORS)
@require_POST
def resource_bring_back(request, pk):
    return _turned(request, pk, services.bring_back_resource, _("The card is back."), "practice:resource_withdraw")


@opens_to(*EDITORS)
@require_POST
def resource_propose(request, pk):
    card = get_object_or_404(Resource.objects.editable_by(request.mandate), pk=pk)
    _propose(request, card)
    return redirect(f"{reverse('practice:resource', args=[pk])}#proposals")


def _propose(request, card):
    propose_for(
        resources=Resource.objects.only_this(card),
        against=Resource.objects.visible_to(request.mandate),
        at=timezone.now(),
        top=PROPOSALS_SHOWN,
    )


def _turned(request, pk, turn, said, undo):
    get_object_or_404(Resource.objects.editable_by(request.mandate), pk=pk)
    try:
        turn(resource_id=pk, mandate=request.mandate, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, said, undo=reverse(undo, args=[pk]))
    return redirect("practice:resource", pk)
