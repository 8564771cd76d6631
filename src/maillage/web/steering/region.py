"""The home of a regional coordinator: what needs an arbitration, where the objectives stand, who carries what."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.common.numbers import number_in_words as number
from maillage.common.text import slug
from maillage.reports.programme import Facts, Population
from maillage.reports.programme.parts import synergies
from maillage.reports.steering.attention import asked_too_often, blocked_for_long, standing_barriers, unfollowed
from maillage.reports.steering.objectives import objectives
from maillage.reports.steering.places import HEAVY_LOAD, Place, territories_side_by_side
from maillage.territories.models import Region, Role
from maillage.territories.scope import regions_read_by
from maillage.web.access import opens_to

#: How many of each thing the home shows; the rest is behind a link.
SHOWN = 5


@opens_to(Role.REGIONAL_COORDINATOR, Role.NATIONAL_COORDINATOR)
def region(request):
    here = _region(request)
    if here is None:
        return redirect("steering:programme")
    population = Population.of(request.mandate.programme, day=timezone.localdate(), region=here)
    facts = Facts(population)
    territories = territories_side_by_side(population)
    is_closed = population.programme.is_closed
    context = {
        "section": "home",
        "region": here,
        "region_key": slug(here.name),
        "lead": _lead(facts, territories),
        "today": population.day,
        "facts": facts,
        "is_closed": is_closed,
        "objectives": objectives(facts),
        "territories": territories,
        "barriers": standing_barriers(population),
        "heavy_load": HEAVY_LOAD,
        # A closed programme has nothing left to arbitrate and nobody to relieve.
        "overloaded": [] if is_closed else [place for place in territories if place.is_overloaded],
        "alone": [] if is_closed else [place for place in territories if place.is_alone and not place.is_overloaded],
        "deserted": [] if is_closed else [place for place in territories if place.is_deserted],
        "waiting": [] if is_closed else _waiting(population),
    }
    return render(request, "steering/region.html", context)


def _lead(facts: Facts, territories: list[Place]) -> str:
    """How the region stands, in one or two sentences."""
    if not facts.followed_total:
        return _("No synergy is followed here yet: they come with the first workshop.")
    said = _("Of %(followed)s followed, %(finalised)s are finalised and %(blocked)s blocked.") % {
        "followed": synergies(facts.followed_total),
        "finalised": number(facts.finalised_total),
        "blocked": number(sum(place.blocked for place in territories)),
    }
    asleep = sum(place.asleep for place in territories)
    if facts.population.programme.is_closed or not asleep:
        return said
    sleeping = ngettext(
        "%(n)s has had neither word nor step for %(days)s days.",
        "%(n)s have had neither word nor step for %(days)s days.",
        asleep,
    ) % {"n": number(asleep), "days": facts.population.programme.sleep_delay_days}
    return f"{said} {sleeping}"


def _waiting(population: Population) -> list[dict]:
    """What waits for a decision, each with how many there are and the first of them."""
    stuck = (("unfollowed", unfollowed(population)), ("blocked", blocked_for_long(population)))
    found = [
        {"kind": kind, "count": queryset.count(), "synergies": list(queryset.for_list()[:SHOWN])}
        for kind, queryset in stuck
    ]
    asked = asked_too_often(population)
    found.append({"kind": "asked", "count": len(asked), "companies": asked[:SHOWN]})
    return [one for one in found if one["count"]]


def _region(request) -> Region | None:
    """The region of the mandate; for the national coordination, the one that the address names."""
    if request.mandate.role == Role.REGIONAL_COORDINATOR:
        return request.mandate.region
    asked = request.GET.get("region")
    if not asked:
        return None
    found = [one for one in regions_read_by(request.mandate) if slug(one.name) == asked]
    if not found:
        raise Http404
    return found[0]
