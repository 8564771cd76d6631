"""Who takes part in a workshop: the list, the sign-in sheet, the tables, one company more."""

from operator import attrgetter

import django_filters as filters
from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_POST

from maillage.common.errors import RuleBroken
from maillage.organisations.models import Contact, Site
from maillage.territories.scope import may_edit_in
from maillage.web.access import TEAM, opens_to
from maillage.web.components.day import seen_on
from maillage.web.components.filters import Filters, WordsFilter
from maillage.web.components.listing import ListColumn, Listing
from maillage.web.components.undo import done
from maillage.workshops.counting import with_cards_said
from maillage.workshops.models import Participation, Workshop
from maillage.workshops.participating import (
    change_participation,
    register,
    seat_companies,
    statuses_on,
    welcome_all,
)

Status = Participation.Status
#: Companies proposed to be registered, at most.
MOST_FOUND = 20
HIGHEST_TABLE = 99


def _person(seat):
    """The first person to speak to, where the reader may know them."""
    return next(iter(seat.site.company.people), None)


COLUMNS = (
    ListColumn(
        "company", gettext_lazy("Company"), attrgetter("site.company.name"), order=("site__company__folded_name",)
    ),
    ListColumn("siret", "SIRET", attrgetter("site.siret"), shown=False),
    ListColumn(
        "activity",
        gettext_lazy("Activity"),
        lambda seat: seat.site.company.activity.label if seat.site.company.activity else "",
        order=("site__company__activity",),
        wide=True,
    ),
    ListColumn(
        "commune",
        gettext_lazy("Commune"),
        lambda seat: str(seat.site.commune or ""),
        order=("site__commune__folded_name",),
        wide=True,
    ),
    ListColumn("contact", gettext_lazy("Contact"), lambda seat: getattr(_person(seat), "name", ""), wide=True),
    ListColumn("email", gettext_lazy("E-mail"), lambda seat: getattr(_person(seat), "email", ""), shown=False),
    ListColumn("phone", gettext_lazy("Telephone"), lambda seat: getattr(_person(seat), "phone", ""), shown=False),
    ListColumn("motivation", gettext_lazy("Motivation"), attrgetter("motivation"), shown=False),
    ListColumn("table", gettext_lazy("Table"), attrgetter("table"), kind="number", order=("table",), wide=True),
    ListColumn("cards", gettext_lazy("Cards"), attrgetter("card_count"), kind="number", order=("card_count",)),
    ListColumn("status", gettext_lazy("Status"), lambda seat: seat.get_status_display(), order=("status",)),
)


class ParticipantFilters(Filters):
    text = WordsFilter(
        label=gettext_lazy("Company or commune"), columns=("site__company__folded_name", "site__commune__folded_name")
    )
    status = filters.ChoiceFilter(
        label=gettext_lazy("Status"), choices=Status, empty_label=gettext_lazy("All statuses")
    )


def _seats(workshop, mandate):
    """The participations, with the people whom this mandate may know."""
    people = Contact.objects.visible_to(mandate).present()
    return with_cards_said(
        Participation.objects.at(workshop)
        .for_list()
        .prefetch_related(Prefetch("site__company__contacts", people, to_attr="people"))
    )


def _editable(request, pk):
    return get_object_or_404(Workshop.objects.editable_by(request.mandate).for_page(), pk=pk)


@opens_to(*TEAM)
def participants(request, pk):
    workshop = get_object_or_404(Workshop.objects.visible_to(request.mandate).for_page(), pk=pk)
    may_edit = Workshop.objects.editable_by(request.mandate).contains(workshop)
    statuses = statuses_on(workshop, seen_on(request))
    listing = Listing(
        request,
        _seats(workshop, request.mandate),
        filters=ParticipantFilters,
        columns=COLUMNS,
        order="company",
        title=_("Participants of the workshop %(title)s") % {"title": workshop.title},
        count=ngettext_lazy("%(n)s company", "%(n)s companies", "count"),
        page_size=100,
    )
    return listing.answer(
        "workshop/participants.html",
        section="workshops",
        workshop=workshop,
        may_edit=may_edit,
        may_import=may_edit_in(request.mandate, workshop.territory),
        statuses=statuses if may_edit else (),
        counts=_counts(workshop),
        is_day=Status.PRESENT in statuses,
        expected=Participation.objects.at(workshop).expected().exists(),
    )


def _counts(workshop):
    """How many are at each status, those that anyone is at."""
    counted = Participation.objects.at(workshop).count_by_status()
    return [(status.label, counted[status]) for status in Status if counted[status]]


@opens_to(*TEAM)
@require_POST
def participation(request, pk, seat, status):
    """Say what becomes of a participation. With htmx its line alone comes back."""
    workshop = _editable(request, pk)
    seats = _seats(workshop, request.mandate)
    before = get_object_or_404(seats, pk=seat)
    if status not in Status:
        raise Http404
    refusal = ""
    try:
        change_participation(participation_id=seat, status=status, mandate=request.mandate, at=timezone.now())
    except RuleBroken as broken:
        refusal = str(broken)
    if request.htmx:
        context = {
            "record": seats.get(pk=seat),
            "workshop": workshop,
            "refusal": refusal,
            "counts": _counts(workshop),
            "statuses": statuses_on(workshop, seen_on(request)),
            "may_edit": True,
        }
        return render(request, "workshop/participants/_changed.html", context)
    if refusal:
        messages.error(request, refusal)
    else:
        said = _("%(company)s: %(status)s.") % {"company": before.site.company.name, "status": Status(status).label}
        done(request, said, undo=reverse("workshop:participation", args=[pk, seat, before.status]))
    return redirect("workshop:participants", pk)


@opens_to(*TEAM)
@require_POST
def welcome(request, pk):
    _editable(request, pk)
    try:
        count = welcome_all(workshop_id=pk, mandate=request.mandate, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "%(n)s company came. Correct those that did not.",
            "%(n)s companies came. Correct those that did not.",
            count,
        )
        done(request, said % {"n": count})
    return redirect("workshop:participants", pk)


@opens_to(*TEAM)
def participant_add(request, pk):
    """Find a company of the directory, to give it a place."""
    workshop = _editable(request, pk)
    text = request.GET.get("q", "").strip()[:120]
    found = Site.objects.visible_to(request.mandate).called(text).for_choice()[:MOST_FOUND] if text else []
    taken = set(Participation.objects.at(workshop).not_cancelled().values_list("site_id", flat=True))
    context = {"workshop": workshop, "text": text, "sites": found, "taken": taken, "section": "workshops"}
    return render(request, "workshop/participant_add.html", context)


@opens_to(*TEAM)
@require_POST
def participant_register(request, pk, site):
    _editable(request, pk)
    get_object_or_404(Site.objects.visible_to(request.mandate), pk=site)
    try:
        seat = register(workshop_id=pk, site_id=site, mandate=request.mandate, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        said = {
            Status.WAITING: _("The workshop is full: %(company)s is on the waiting list."),
            Status.PRESENT: _("%(company)s is among those that came."),
        }.get(seat.status, _("%(company)s is registered."))
        undo = reverse("workshop:participation", args=[pk, seat.pk, Status.CANCELLED])
        done(request, said % {"company": seat.site.company.name}, undo=undo)
    return redirect("workshop:participants", pk)


@opens_to(*TEAM)
def seating(request, pk):
    """Give each company its table, all on one page."""
    workshop = _editable(request, pk)
    seats = list(Participation.objects.at(workshop).coming().by_company())
    wrong = []
    if request.method == "POST":
        tables = {}
        for seat in seats:
            written = request.POST.get(f"table-{seat.pk}", "").strip()
            if written and not (written.isdecimal() and 1 <= int(written) <= HIGHEST_TABLE):
                wrong.append(seat.pk)
            seat.table = tables[seat.pk] = int(written) if written.isdecimal() else None
        if not wrong:
            moved = seat_companies(workshop_id=pk, tables=tables, mandate=request.mandate, at=timezone.now())
            said = ngettext("%(n)s company changed table.", "%(n)s companies changed table.", moved)
            done(request, said % {"n": moved})
            return redirect("workshop:seating", pk)
    context = {"workshop": workshop, "seats": seats, "wrong": wrong, "highest": HIGHEST_TABLE, "section": "workshops"}
    return render(request, "workshop/seating.html", context, status=422 if wrong else 200)


@opens_to(*TEAM)
def sign_in(request, pk):
    """The sheet that companies sign at the door, made to be printed."""
    workshop = _editable(request, pk)
    seats = _seats(workshop, request.mandate).coming().by_company()
    context = {"workshop": workshop, "seats": seats, "section": "workshops"}
    return render(request, "workshop/sign_in.html", context)
