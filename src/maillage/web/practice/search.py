"""Search everything the mandate may read, from the head of every page; propose the communes one types."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz import fuzz, process

from maillage.common.search import words
from maillage.common.text import fold
from maillage.organisations.models import Company, Site
from maillage.resources.models import Resource
from maillage.synergies.models import Synergy
from maillage.territories.models import Commune
from maillage.web.access import EVERYONE, TEAM, opens_to, signed_in
from maillage.web.components.activities import like
from maillage.web.components.communes import PROPOSALS, written
from maillage.web.templatetags.maillage import number
from maillage.workshops.models import Workshop

SHOWN = 6
LONGEST = 200
#: How alike a name must be to what was typed to be proposed, out of 100 (`rapidfuzz.fuzz.WRatio`), among how many.
ALIKE, AMONG = 78, 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One thing found: what it is called, what tells it apart, where it is."""

    title: str
    detail: str
    url: str
    record: Any = None


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind; ``is_close`` when nothing bears the words typed, but a name looks like them."""

    key: str
    label: str
    rows: list[Row] = field(default_factory=list)
    more_url: str = ""
    is_close: bool = False


@opens_to(*EVERYONE)
def search(request):
    text = request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
    groups = []
    if words(text):
        searches = SEARCHES if request.mandate.role in TEAM else (_workshops,)
        groups = [group for find in searches if (group := find(text, request.mandate)).rows]
    return render(request, "practice/search.html", {"text": text, "groups": groups, "section": "search"})


@signed_in
def communes(request):
    """The communes whose name starts as typed, as the options of a list."""
    typed = next((value for name, value in request.GET.items() if name.endswith("commune")), "")
    found = Commune.objects.starting(typed)[:PROPOSALS] if len(fold(typed)) > 1 else []
    return render(request, "practice/search/_options.html", {"options": [written(commune) for commune in found]})


@signed_in
def activities(request):
    """The activities that a text may mean, as the options of a list."""
    found = like(request.GET.get("activity", "")[:LONGEST])
    return render(request, "practice/search/_options.html", {"options": found})


def _companies(text, mandate):
    visible = Company.objects.visible_to(mandate)
    found = list(visible.matching(text).for_page().order_by("folded_name", "pk")[: SHOWN + 1])
    is_close = not found
    if is_close:
        close = _alike(visible, text)
        records = visible.for_page().in_bulk(close)
        found = [records[pk] for pk in close]
    return _group("companies", _("Companies"), found, _company_row, "practice:company_list", text, is_close=is_close)


def _alike(visible, text):
    """The identifiers of the companies whose name looks like a mistyped text, the likeliest first."""
    names = dict(visible.values_list("pk", "folded_name")[:AMONG])
    close = process.extract(fold(text), names, scorer=fuzz.WRatio, limit=SHOWN, score_cutoff=ALIKE)
    return [pk for _name, _score, pk in close]


def _company_row(company):
    site = company.main_site
    detail = ", ".join(filter(None, (str(site.commune or ""), company.activity.label if company.activity else "")))
    return Row(company.name, detail, reverse("practice:company", args=[company.pk]))


def _resources(text, mandate):
    found = Resource.objects.visible_to(mandate).matching(text).for_list().newest_first()[: SHOWN + 1]
    return _group("resources", _("Resources"), found, _resource_row, "practice:resource_list", text)


def _resource_row(card):
    return Row(card.title, card.site.company.name, _url("practice:resource", card.pk), card)


def _synergies(text, mandate):
    found = Synergy.objects.visible_to(mandate).matching(text).for_list().latest_first()[: SHOWN + 1]
    return _group("synergies", _("Synergies"), found, _synergy_row, "practice:synergy_list", text)


def _synergy_row(synergy):
    parties = ", ".join(party.company.name for party in synergy.parties.all())
    return Row(synergy.title, parties, _url("practice:synergy", synergy.pk), synergy)


def _workshops(text, mandate):
    found = Workshop.objects.visible_to(mandate).matching(text).for_list().latest_first()[: SHOWN + 1]
    return _group("workshops", _("Workshops"), found, _workshop_row, "workshop:list", text)


def _workshop_row(workshop):
    return Row(workshop.title, str(workshop.place), _url("workshop:workshop", workshop.pk), workshop)


def _communes(text, mandate):
    found = Site.objects.visible_to(mandate).communes_matching(text)[: SHOWN + 1]
    return _group("communes", _("Communes"), found, _commune_row, "", text)


def _commune_row(found):
    count = found["companies"]
    detail = ngettext("%(n)s company", "%(n)s companies", count) % {"n": number(count)}
    query = urlencode({"text": found["commune__name"]})
    title = f"{found['commune__name']} ({found['commune__department_code']})"
    return Row(title, detail, f"{reverse('practice:company_list')}?{query}")


SEARCHES: tuple[Callable[[str, Any], Group], ...] = (_companies, _resources, _synergies, _workshops, _communes)


def _group(key, label, found, row, list_view, text, *, is_close=False) -> Group:
    found = list(found)
    more = f"{_url(list_view)}?{urlencode({'text': text})}" if list_view and len(found) > SHOWN else ""
    return Group(key, label, [row(one) for one in found[:SHOWN]], more, is_close)


def _url(view, *args) -> str:
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return ""
