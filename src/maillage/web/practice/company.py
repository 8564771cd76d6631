"""The page of one company: who it is, whom to speak to, what it has and lacks, what came of it."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from maillage.journal.models import Entry
from maillage.organisations.models import Company, CompanyLink, Consent, Contact
from maillage.organisations.services.links import token_of
from maillage.resources.models import Resource
from maillage.synergies.models import Interaction, PotentialSynergy, Synergy
from maillage.territories import scope
from maillage.web.access import TEAM, opens_to
from maillage.web.components.acts import tell
from maillage.workshops.models import Participation

#: How many records of each kind the page shows before it sends to the whole list.
SHOWN = 12
TOLD = 20


@opens_to(*TEAM)
def company(request, pk):
    mandate = request.mandate
    record = get_object_or_404(Company.objects.visible_to(mandate).for_page(), pk=pk)
    territories = [site.territory for site in record.sites.all()]
    is_ours = any(scope.covers(mandate, territory) for territory in territories)
    may_edit = any(scope.may_edit_in(mandate, territory) for territory in territories)
    context = {
        "company": record,
        "is_ours": is_ours,
        "may_edit": may_edit,
        "cards": _some(Resource.objects.visible_to(mandate).of_company(record).for_list().newest_first()),
        "synergies": _some(Synergy.objects.visible_to(mandate).of_company(record).for_list().latest_first()),
        "potential_count": PotentialSynergy.objects.visible_to(mandate).of_company(record).count(),
        "participations": Participation.objects.visible_to(mandate).of_company(record).for_list().latest_first()[:TOLD],
    }
    for synergy in context["synergies"]["shown"]:
        synergy.partners = [party.company.name for party in synergy.parties.all() if party.company_id != record.pk]
    if is_ours:
        context |= _own(request, record)
    return render(request, "practice/company.html", context | {"section": "companies"})


def _own(request, record):
    """What is read in one's own place only: people, what was said, who did what."""
    mandate, now = request.mandate, timezone.now()
    links = CompanyLink.objects.editable_by(mandate).of_company(record).in_force_at(now).newest_first()
    link = links.first()
    return {
        "contacts": Contact.objects.visible_to(mandate).of_company(record).for_page(),
        "purposes": Consent.Purpose,
        "interactions": Interaction.objects.in_place_of(mandate).of_company(record).for_list().newest_first()[:TOLD],
        "by_company": Entry.objects.created_under(
            CompanyLink.objects.of_company(record).values_list("pk", flat=True), Resource
        ),
        "link": link,
        "link_url": request.build_absolute_uri(link_path(link)) if link else "",
        "acts": tell(Entry.objects.about(record).newest_first()[:8]),
    }


def link_path(link):
    return reverse("company:home", args=[token_of(link)])


def _some(records):
    """The first of them, and whether there are more."""
    shown = list(records[: SHOWN + 1])
    return {"shown": shown[:SHOWN], "has_more": len(shown) > SHOWN}
