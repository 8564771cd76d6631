"""The workshops: the list, the place with six doors, and what is written of one."""

from operator import attrgetter

import django_filters as filters
from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from maillage.territories.models import Role
from maillage.territories.scope import may_edit_in, regions_read_by
from maillage.web.access import READERS, TEAM, opens_to
from maillage.web.components.acting import ask
from maillage.web.components.day import seen_on
from maillage.web.components.filters import Filters
from maillage.web.components.listing import ListColumn, Listing
from maillage.web.components.undo import done
from maillage.web.workshop.doors import doors_of
from maillage.web.workshop.forms import WorkshopForm
from maillage.workshops.counting import standing_of, with_counts
from maillage.workshops.models import Workshop
from maillage.workshops.services import change_workshop, create_workshop, move_workshop, places_for_workshops

COLUMNS = (
    ListColumn("title", gettext_lazy("Workshop"), attrgetter("title"), order=("title",)),
    ListColumn("date", gettext_lazy("Date"), attrgetter("held_on"), kind="date", order=("held_on",)),
    ListColumn("place", gettext_lazy("Place"), attrgetter("place"), order=("place",), wide=True),
    ListColumn(
        "territory", gettext_lazy("Territory"), attrgetter("territory.name"), order=("territory__name",), wide=True
    ),
    ListColumn("region", gettext_lazy("Region"), attrgetter("territory.region.name"), shown=False),
    ListColumn("kind", gettext_lazy("Kind"), lambda one: one.get_kind_display(), shown=False),
    ListColumn("status", gettext_lazy("Status"), lambda one: one.get_status_display(), order=("status",), wide=True),
    ListColumn(
        "companies", gettext_lazy("Companies"), attrgetter("company_count"), kind="number", order=("company_count",)
    ),
    ListColumn("cards", gettext_lazy("Cards"), attrgetter("card_count"), kind="number", order=("card_count",)),
    ListColumn(
        "potentials",
        gettext_lazy("Potential synergies"),
        attrgetter("potential_count"),
        kind="number",
        order=("potential_count",),
        wide=True,
    ),
    ListColumn(
        "followed",
        pgettext_lazy("synergies", "Followed"),
        attrgetter("followed_count"),
        kind="number",
        order=("followed_count",),
        wide=True,
    ),
    # The order of the page: in the place of the reader first, the newest first.
    ListColumn(
        "here", gettext_lazy("In your place"), lambda one: bool(one.is_here), order=("is_here", "held_on"), shown=False
    ),
)


class WorkshopFilters(Filters):
    text = filters.CharFilter(
        label=gettext_lazy("Title or place"),
        method="of_name",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    region = filters.ModelChoiceFilter(
        label=gettext_lazy("Region"),
        field_name="territory__region",
        queryset=lambda request: regions_read_by(request.mandate),
        empty_label=gettext_lazy("All regions"),
    )
    status = filters.ChoiceFilter(
        label=gettext_lazy("Status"), choices=Workshop.Status, empty_label=gettext_lazy("All statuses")
    )
    kind = filters.ChoiceFilter(
        label=gettext_lazy("Kind"), choices=Workshop.Kind, empty_label=gettext_lazy("All kinds")
    )

    def of_name(self, workshops, name, text):
        return workshops.matching(text)


@opens_to(*READERS, Role.RELAY)
def workshop_list(request):
    listing = Listing(
        request,
        with_counts(Workshop.objects.visible_to(request.mandate), request.mandate),
        filters=WorkshopFilters,
        columns=COLUMNS,
        order="-here",
        title=_("Workshops"),
        count=ngettext_lazy("%(n)s workshop", "%(n)s workshops", "count"),
    )
    return listing.answer(
        "workshop/list.html",
        section="home" if request.mandate.role == Role.RELAY else "workshops",
        may_add=request.mandate.role in TEAM and places_for_workshops(request.mandate).exists(),
        today=seen_on(request),
    )


@opens_to(*READERS, Role.RELAY)
def workshop(request, pk):
    """Six doors for who prepares it; for the others, what came of it."""
    mandate = request.mandate
    record = get_object_or_404(Workshop.objects.visible_to(mandate).for_page(), pk=pk)
    may_edit = Workshop.objects.editable_by(mandate).contains(record)
    standing = standing_of(record, mandate, seen_on(request))
    context = {
        "workshop": record,
        "standing": standing,
        "may_edit": may_edit,
        "reads_names": mandate.role in TEAM,
        "doors": doors_of(standing) if may_edit_in(mandate, record.territory) else [],
        "section": "home" if mandate.role == Role.RELAY else "workshops",
    }
    return render(request, "workshop/workshop.html", context)


@opens_to(*TEAM)
def create(request):
    territories = places_for_workshops(request.mandate)
    form = WorkshopForm(request.POST or None, territories=territories)

    def perform(values):
        made = create_workshop(
            territory_id=form.chosen_territory.pk, given=form.given, mandate=request.mandate, at=timezone.now()
        )
        done(request, _("The workshop is planned: now bring companies in."))
        return reverse("workshop:workshop", args=[made.pk])

    return ask(
        request,
        form,
        perform=perform,
        back=reverse("workshop:list"),
        template="workshop/form.html",
        section="workshops",
        address=reverse("workshop:create"),
        crumb=_("Workshops"),
        title=_("Plan a workshop"),
        explanation=_("Two months before is a good time: it takes that long to gather thirty-five companies."),
        submit=_("Plan it"),
    )


@opens_to(*TEAM)
def edit(request, pk):
    record = get_object_or_404(Workshop.objects.editable_by(request.mandate).for_page(), pk=pk)
    form = WorkshopForm(request.POST or None, territories=places_for_workshops(request.mandate), workshop=record)

    def perform(values):
        change_workshop(workshop_id=pk, given=form.given, mandate=request.mandate, at=timezone.now())
        done(request, _("The workshop is corrected."))

    return ask(
        request,
        form,
        perform=perform,
        back=reverse("workshop:workshop", args=[pk]),
        template="workshop/form.html",
        section="workshops",
        address=reverse("workshop:edit", args=[pk]),
        crumb=record.title,
        title=_("What is written of the workshop"),
        submit=_("Save"),
        workshop=record,
    )


#: What is said once a workshop has moved, by where it went.
MOVED = {
    Workshop.Status.REPORTED: gettext_lazy("The reports are sent: it is written down."),
    Workshop.Status.CANCELLED: gettext_lazy("The workshop is cancelled."),
    Workshop.Status.CLOSED: gettext_lazy("The workshop is closed."),
}


@opens_to(*TEAM)
@require_POST
def move(request, pk, status):
    """Say how far the workshop is; the way back is to move it where it was."""
    record = get_object_or_404(Workshop.objects.editable_by(request.mandate), pk=pk)
    if status not in Workshop.Status:
        raise Http404
    move_workshop(workshop_id=pk, status=status, mandate=request.mandate, at=timezone.now())
    undo = reverse("workshop:move", args=[pk, record.status]) if status != record.status else ""
    done(request, MOVED.get(status, _("The workshop is restored.")), undo=undo if status in MOVED else "")
    return redirect("workshop:workshop", pk)
