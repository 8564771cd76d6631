"""The journal of a place: who did what, when, to which record."""

from operator import attrgetter

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from maillage.journal.models import Entry
from maillage.territories.acts import READS_JOURNAL, entries_visible_to
from maillage.territories.models import Role
from maillage.web.access import opens_to
from maillage.web.components.acts import kinds, tell_one
from maillage.web.components.listing import Filters, ListColumn, Listing

AT = ListColumn("at", _("When"), attrgetter("at"), order=("at",))
ACT = ListColumn("act", _("Act"), lambda entry: entry.get_act_display())
KIND = ListColumn("kind", _("Record"), lambda entry: tell_one(entry).kind, wide=True)
NAMED = (
    ListColumn("who", _("Who"), attrgetter("actor_name"), order=("actor_name", "at")),
    ListColumn("label", _("Title"), attrgetter("object_label")),
    ListColumn("changes", _("What changed"), lambda entry: tell_one(entry).sentence, wide=True),
)
COLUMNS = (AT, NAMED[0], ACT, KIND, *NAMED[1:])
#: An evaluator follows the work without the names of companies and people.
COLUMNS_WITHOUT_NAMES = (AT, ACT, KIND)


class ActFilters(Filters):
    who = filters.CharFilter(
        label=_("Who"),
        field_name="actor_name",
        lookup_expr="icontains",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    label = filters.CharFilter(label=_("Title of the record"), field_name="object_label", lookup_expr="icontains")
    kind = filters.ChoiceFilter(label=_("Record"), field_name="object_type", choices=kinds, empty_label=_("All"))
    act = filters.ChoiceFilter(label=_("Act"), choices=Entry.Act, empty_label=_("All"))
    since = filters.DateFilter(
        label=_("Since"), field_name="at", lookup_expr="date__gte", widget=forms.DateInput(attrs={"type": "date"})
    )
    until = filters.DateFilter(
        label=_("Until"), field_name="at", lookup_expr="date__lte", widget=forms.DateInput(attrs={"type": "date"})
    )
    record = filters.UUIDFilter(field_name="object_id", label=_("This record only"), widget=forms.HiddenInput())


class NamelessActFilters(Filters):
    kind = filters.ChoiceFilter(label=_("Record"), field_name="object_type", choices=kinds, empty_label=_("All"))
    act = filters.ChoiceFilter(label=_("Act"), choices=Entry.Act, empty_label=_("All"))


@opens_to(*READS_JOURNAL)
def journal(request):
    reads_names = request.mandate.role != Role.EVALUATOR
    listing = Listing(
        request,
        entries_visible_to(request.mandate),
        filters=ActFilters if reads_names else NamelessActFilters,
        columns=COLUMNS if reads_names else COLUMNS_WITHOUT_NAMES,
        order="-at",
        title=_("Journal"),
        count=ngettext_lazy("%(n)s act", "%(n)s acts", "count"),
    )
    return listing.answer("practice/journal.html", section="journal", reads_names=reads_names)
