"""The home of who reads the programme as a whole: national coordination, funders, evaluators."""

from django.shortcuts import render
from django.utils import timezone

from maillage.reports.programme import Facts, Population, part_of
from maillage.reports.programme.activity import follow_up_in_words
from maillage.reports.programme.opening import opening
from maillage.reports.steering.objectives import objectives
from maillage.reports.steering.places import regions_side_by_side
from maillage.reports.steering.quality import checks, levels_of_proof
from maillage.territories.models import Role
from maillage.web.access import opens_to


@opens_to(Role.NATIONAL_COORDINATOR, Role.REGIONAL_COORDINATOR, Role.FUNDER, Role.EVALUATOR)
def programme(request):
    population = Population.of(request.mandate.programme, day=timezone.localdate())
    facts = Facts(population)
    context = {
        "section": "home",
        "opening": opening(facts, part_of(facts, "summary")),
        "programme": population.programme,
        "regions": regions_side_by_side(population),
        "objectives": objectives(facts),
        "follow_up": follow_up_in_words(facts),
        "levels": levels_of_proof(population),
        "checks": checks(population),
        "opens_regions": request.mandate.role == Role.NATIONAL_COORDINATOR,
    }
    return render(request, "steering/programme.html", context)
