"""What was seen to be possible, to be followed or not."""

from datetime import timedelta
from operator import attrgetter

import django_filters as filters
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from maillage.common.errors import RuleBroken
from maillage.resources.nomenclature import SynergyType
from maillage.synergies.models import PotentialSynergy
from maillage.synergies.screening import follow_potential
from maillage.territories.scope import may_edit_in, territories_read_by
from maillage.web.access import EDITORS, TEAM, opens_to
from maillage.web.components.filters import Filters, TickFilter, WordsFilter
from maillage.web.components.listing import ListColumn, Listing
from maillage.web.components.screening import came_from
from maillage.web.components.undo import done

#: A first call is due this many days after one decides to follow.
FIRST_CALL_DAYS = 7


def _companies(potential):
    return ", ".join(sorted(company.name for company in potential.companies.all()))


def _title_of(card):
    return card.title if card else ""


COLUMNS = (
    ListColumn("title", gettext_lazy("Potential synergy"), attrgetter("title"), order=("title",)),
    ListColumn("offered", gettext_lazy("Offered"), lambda one: _title_of(one.offered), shown=False),
    ListColumn("sought", gettext_lazy("Sought"), lambda one: _title_of(one.sought), shown=False),
    ListColumn("companies", gettext_lazy("Companies"), _companies),
    ListColumn(
        "type",
        pgettext_lazy("of a synergy", "Type"),
        lambda one: one.get_synergy_type_display(),
        order=("synergy_type",),
    ),
    ListColumn("territory", gettext_lazy("Territory"), attrgetter("territory.name"), order=("territory__name",)),
    ListColumn("origin", gettext_lazy("Origin"), lambda one: one.get_origin_display(), shown=False),
    ListColumn(
        "seen",
        gettext_lazy("Seen on"),
        lambda one: timezone.localdate(one.identified_at),
        kind="date",
        order=("identified_at",),
    ),
    ListColumn("followed", gettext_lazy("Followed"), lambda one: bool(one.followed.all())),
)


class PotentialFilters(Filters):
    text = WordsFilter(label=gettext_lazy("Resource or company"), columns=(), method="saying")
    territory = filters.ModelChoiceFilter(
        label=gettext_lazy("Territory"),
        queryset=lambda request: territories_read_by(request.mandate),
        empty_label=gettext_lazy("All territories"),
    )
    kind = filters.ChoiceFilter(
        label=pgettext_lazy("of a synergy", "Type"),
        field_name="synergy_type",
        choices=SynergyType,
        empty_label=gettext_lazy("All types"),
    )
    origin = filters.ChoiceFilter(
        label=gettext_lazy("Origin"), choices=PotentialSynergy.Origin, empty_label=gettext_lazy("All origins")
    )
    waiting = TickFilter(label=gettext_lazy("Nobody follows it yet"), keep=lambda found: found.not_followed())

    def saying(self, potentials, name, text):
        return potentials.saying(text)


@opens_to(*TEAM)
def potential_list(request):
    listing = Listing(
        request,
        PotentialSynergy.objects.visible_to(request.mandate).for_list(),
        filters=PotentialFilters,
        columns=COLUMNS,
        order="-seen",
        title=gettext_lazy("Potential synergies"),
        count=ngettext_lazy("%(n)s potential synergy", "%(n)s potential synergies", "count"),
    )
    editable = {one.pk for one in listing.records if may_edit_in(request.mandate, one.territory)}
    return listing.answer("practice/potential_list.html", section="synergies", editable=editable)


@opens_to(*EDITORS)
@require_POST
def potential_follow(request, pk):
    """Open a synergy at its first stage, with a first call in a week; its page is where the rest is said."""
    potential = get_object_or_404(PotentialSynergy.objects.editable_by(request.mandate), pk=pk)
    now = timezone.now()
    try:
        synergy = follow_potential(
            potential_id=potential.pk,
            next_action=_("Call the companies"),
            next_action_on=timezone.localdate(now) + timedelta(days=FIRST_CALL_DAYS),
            mandate=request.mandate,
            at=now,
        )
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect(came_from(request, reverse("practice:potential_list")))
    done(request, _("You follow this synergy: a first call is planned in a week."))
    return redirect("practice:synergy", synergy.pk)
