"""The list of synergies, with its filters and its files."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from maillage.resources.nomenclature import Family, SynergyType
from maillage.resources.wording import quantity_in_words
from maillage.synergies.models import Barrier, Synergy
from maillage.synergies.stages import Stage
from maillage.territories import scope
from maillage.territories.scope import territories_read_by
from maillage.web.access import opens_to
from maillage.web.components.day import seen_on
from maillage.web.components.listing import Filters, ListColumn, Listing, TickFilter, WordsFilter
from maillage.web.practice.synergies import READERS
from maillage.workshops.following import came_from
from maillage.workshops.models import Workshop

COUNT = ngettext_lazy("%(n)s synergy", "%(n)s synergies", "count")


class SynergyFilters(Filters):
    text = WordsFilter(label=_("Title or company"), columns=("folded_title", "parties__company__folded_name"))
    who = filters.ChoiceFilter(
        label=_("Whose"),
        choices=[("mine", _("mine")), ("team", _("my team's"))],
        method="keep_who",
        empty_label=_("all"),
    )
    stage = filters.ChoiceFilter(label=_("Stage"), choices=Stage, empty_label=_("all"))
    family = filters.ChoiceFilter(label=_("Family"), choices=Family, method="keep_family", empty_label=_("all"))
    synergy_type = filters.ChoiceFilter(
        label=pgettext_lazy("synergy", "Type"), choices=SynergyType, empty_label=_("all")
    )
    territory = filters.ModelChoiceFilter(
        label=_("Territory"),
        queryset=lambda request: territories_read_by(request.mandate),
        empty_label=_("all"),
    )
    practitioner = filters.ModelChoiceFilter(
        label=_("Followed by"),
        queryset=lambda request: Synergy.objects.in_place_of(request.mandate).practitioners(),
        method="keep_practitioner",
        empty_label=_("anybody"),
    )
    workshop = filters.ModelChoiceFilter(
        label=_("Workshop"),
        queryset=lambda request: Workshop.objects.visible_to(request.mandate).in_order(),
        method="keep_workshop",
        empty_label=_("any"),
    )
    barrier = filters.ChoiceFilter(
        label=_("Stopped by"), choices=Barrier.Kind, method="keep_barrier", empty_label=_("any")
    )
    late = TickFilter(label=pgettext_lazy("synergies", "late"), keep=lambda synergies: synergies)
    sleeping = TickFilter(label=pgettext_lazy("synergies", "asleep"), keep=lambda synergies: synergies)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What is read in one's own place only is also filtered there only: a filter must not tell what a page hides.
        mandate, today = self.request.mandate, seen_on(self.request)
        delay = mandate.programme.sleep_delay_days
        self.filters["late"].keep = lambda synergies: synergies.in_place_of(mandate).late_on(today)
        self.filters["sleeping"].keep = lambda synergies: synergies.in_place_of(mandate).sleeping_on(today, delay)

    def keep_who(self, synergies, name, value):
        here = synergies.in_place_of(self.request.mandate)
        return here.followed_by(self.request.user) if value == "mine" else here

    def keep_family(self, synergies, name, value):
        return synergies.of_family(value)

    def keep_practitioner(self, synergies, name, value):
        return synergies.in_place_of(self.request.mandate).followed_by(value)

    def keep_workshop(self, synergies, name, value):
        return came_from(synergies, value)

    def keep_barrier(self, synergies, name, value):
        return synergies.in_place_of(self.request.mandate).stopped_by(value)


def _columns(mandate):
    """The columns, of which those that belong to the place are empty for a synergy of elsewhere."""

    def here(read):
        return lambda synergy: read(synergy) if scope.covers(mandate, synergy.territory) else ""

    return (
        ListColumn("title", _("Synergy"), lambda synergy: synergy.title, order=("folded_title",)),
        ListColumn("code", _("Code"), lambda synergy: synergy.code, shown=False),
        ListColumn("parties", _("Companies"), _names, wide=True),
        ListColumn(
            "type",
            pgettext_lazy("synergy", "Type"),
            lambda synergy: synergy.get_synergy_type_display(),
            order=("synergy_type",),
            wide=True,
        ),
        ListColumn("family", _("Family"), lambda synergy: synergy.family.label, shown=False),
        ListColumn(
            "stage", _("Stage"), lambda synergy: synergy.get_stage_display(), order=("stage_rank", "stage_since")
        ),
        ListColumn(
            "since", _("Since"), lambda synergy: synergy.stage_since, kind="date", order=("stage_since",), wide=True
        ),
        ListColumn(
            "territory", _("Territory"), lambda synergy: synergy.territory.name, order=("territory__name",), wide=True
        ),
        ListColumn(
            "practitioner",
            _("Followed by"),
            here(lambda synergy: synergy.practitioner.name if synergy.practitioner else ""),
            shown=False,
        ),
        ListColumn("quantity", _("Quantity"), here(quantity_in_words), shown=False),
        ListColumn("next_action", _("What comes next"), here(lambda synergy: synergy.next_action), shown=False),
        ListColumn(
            "next_action_on",
            _("Next"),
            here(lambda synergy: synergy.next_action_on),
            kind="date",
            order=("next_action_on",),
            wide=True,
        ),
    )


def _names(synergy):
    return ", ".join(party.company.name for party in synergy.parties.all())


@opens_to(*READERS)
def synergy_list(request):
    listing = Listing(
        request,
        Synergy.objects.visible_to(request.mandate).with_stage_rank().for_list(),
        filters=SynergyFilters,
        columns=_columns(request.mandate),
        order="-since",
        title=_("Synergies"),
        count=COUNT,
    )
    for record in listing.records:
        record.is_here = scope.covers(request.mandate, record.territory)
    return listing.answer(
        "practice/synergy_list.html",
        section="synergies",
        today=seen_on(request),
        may_open=request.mandate.role in scope.EDITS_RECORDS,
    )
