"""The cards said at a workshop, and the capture of one more."""

import django_filters as filters
from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from maillage.common.errors import RuleBroken
from maillage.resources.models import Resource
from maillage.resources.nomenclature import Direction
from maillage.territories.scope import may_edit_in
from maillage.web.access import TEAM, opens_to
from maillage.web.components import card_columns as columns
from maillage.web.components.filters import Filters, WordsFilter
from maillage.web.components.listing import Listing
from maillage.web.components.undo import done
from maillage.workshops.cards import add_workshop_card, cards_of
from maillage.workshops.models import Participation, Workshop

COLUMNS = (
    columns.SIDE,
    columns.TITLE,
    columns.LINE,
    columns.COMPANY,
    columns.QUANTITY,
    columns.UNIT,
    columns.PERIOD,
    columns.CATEGORY,
    columns.TYPE,
    columns.WASTE_CODE,
    columns.TABLE,
    columns.ADDED,
)


class CardFilters(Filters):
    text = WordsFilter(label=gettext_lazy("Resource or company"), columns=("folded_text", "site__company__folded_name"))
    side = filters.ChoiceFilter(
        label=gettext_lazy("Side"), field_name="direction", choices=Direction, empty_label=gettext_lazy("All sides")
    )


class SeatChoice(forms.ModelChoiceField):
    def label_from_instance(self, seat):
        return seat.site.company.name


class WorkshopLineForm(forms.Form):
    """One line, said by a company of the workshop."""

    seat = SeatChoice(
        queryset=None,
        label=gettext_lazy("Who speaks"),
        empty_label=gettext_lazy("Choose a company"),
        error_messages={"required": gettext_lazy("Choose the company that speaks.")},
    )
    side = forms.ChoiceField(
        label=gettext_lazy("Side"),
        required=False,
        choices=[("", gettext_lazy("As said")), *Direction.choices],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("What the company says"),
        max_length=500,
        error_messages={"required": gettext_lazy("Write the line as the company says it: what, how much, how often.")},
    )

    def __init__(self, *args, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats
        self.fields["seat"].widget.attrs["class"] = "input"


@opens_to(*TEAM)
def cards(request, pk):
    workshop = get_object_or_404(Workshop.objects.visible_to(request.mandate).for_list(), pk=pk)
    may_edit = may_edit_in(request.mandate, workshop.territory)
    form = None
    if may_edit:
        seats = Participation.objects.at(workshop).by_company()
        form = WorkshopLineForm(request.POST or None, seats=seats, initial={"seat": request.GET.get("seat")})
        if request.method == "POST" and form.is_valid():
            added = _add(request, workshop, form)
            if added:
                return redirect(f"{reverse('workshop:cards', args=[pk])}?seat={form.cleaned_data['seat'].pk}")
    listing = Listing(
        request,
        Resource.objects.visible_to(request.mandate)
        .among(cards_of(workshop))
        .for_list()
        .select_related("workshop_card"),
        filters=CardFilters,
        columns=COLUMNS,
        order="-added",
        title=_("Cards of the workshop %(title)s") % {"title": workshop.title},
        count=ngettext_lazy("%(n)s card", "%(n)s cards", "count"),
    )
    response = listing.answer(
        "workshop/cards.html", section="workshops", workshop=workshop, form=form, may_edit=may_edit
    )
    if form is not None and form.errors:
        response.status_code = 422
    return response


def _add(request, workshop, form):
    """Add the line; say on the form why it is refused."""
    try:
        card = add_workshop_card(
            workshop_id=workshop.pk,
            participation_id=form.cleaned_data["seat"].pk,
            text=form.cleaned_data["text"],
            side=form.cleaned_data["side"] or None,
            mandate=request.mandate,
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        form.add_error("text", str(refusal))
        return None
    undo = (
        reverse("practice:resource_withdraw", args=[card.pk])
        if may_edit_in(request.mandate, card.site.territory)
        else ""
    )
    done(request, _("Added: %(title)s.") % {"title": card.title}, undo=undo)
    return card
