"""The directory of companies, and the page of one."""

from operator import attrgetter

import django_filters as filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from maillage.organisations.models import Activity, Company
from maillage.territories.scope import territories_edited_by, territories_read_by
from maillage.web.access import TEAM, opens_to
from maillage.web.components.listing import Filters, ListColumn, Listing, TickFilter, WordsFilter
from maillage.workshops import companies as directory


def _main(name):
    """Read a value of the main site, or nothing."""
    read = attrgetter(name)

    def reader(company):
        try:
            return read(company.main_site)
        except AttributeError:
            return ""

    return reader


COLUMNS = (
    ListColumn("name", _("Company"), attrgetter("name"), order=("folded_name",)),
    ListColumn("siret", "SIRET", _main("siret"), shown=False),
    ListColumn("activity_code", _("Activity code (NAF)"), attrgetter("activity_id"), shown=False),
    ListColumn(
        "activity",
        _("Activity"),
        lambda company: company.activity.label if company.activity else "",
        order=("activity_id",),
        wide=True,
    ),
    ListColumn("commune", _("Commune"), _main("commune.name"), order=("commune_name",)),
    ListColumn("territory", _("Territory"), _main("territory.name"), order=("territory_name",), wide=True),
    ListColumn("profile", _("Profile"), lambda company: company.get_profile_display(), shown=False),
    ListColumn(
        "headcount", _("Headcount"), lambda company: company.get_headcount_display(), order=("headcount",), wide=True
    ),
    ListColumn("cards", _("Cards"), attrgetter("card_count"), kind="number", order=("card_count", "folded_name")),
    ListColumn(
        "workshops",
        _("Workshops"),
        attrgetter("workshop_count"),
        kind="number",
        order=("workshop_count", "folded_name"),
        wide=True,
    ),
)


class CompanyFilters(Filters):
    text = WordsFilter(
        label=_("Name, commune or SIREN"), columns=("folded_name", "siren", "sites__commune__folded_name")
    )
    territory = filters.ModelChoiceFilter(
        label=_("Territory"),
        field_name="sites__territory",
        queryset=lambda request: territories_read_by(request.mandate),
        empty_label=_("All territories"),
        distinct=True,
    )
    section = filters.ModelChoiceFilter(
        label=_("Activity"),
        method="of_section",
        queryset=lambda request: Activity.objects.sections(),
        empty_label=_("All activities"),
    )
    profile = filters.ChoiceFilter(label=_("Profile"), choices=Company.Profile, empty_label=_("All profiles"))
    headcount = filters.ChoiceFilter(label=_("Headcount"), choices=Company.Headcount, empty_label=_("All sizes"))
    came = TickFilter(label=_("Came to a workshop"), keep=directory.that_came)
    cards = TickFilter(label=_("Has cards"), keep=directory.with_cards)

    def of_section(self, companies, name, section):
        return companies.of_section(section)


@opens_to(*TEAM)
def company_list(request):
    listing = Listing(
        request,
        directory.for_directory(Company.objects.visible_to(request.mandate), request.mandate),
        filters=CompanyFilters,
        columns=COLUMNS,
        order="name",
        title=_("Companies"),
        count=ngettext_lazy("%(n)s company", "%(n)s companies", "count"),
    )
    may_add = territories_edited_by(request.mandate).exists()
    return listing.answer("practice/company_list.html", section="companies", may_add=may_add)
