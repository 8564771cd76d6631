from django.shortcuts import redirect

from maillage.territories.models import Role
from maillage.web.access import opens_to


@opens_to(Role.REGIONAL_COORDINATOR, Role.NATIONAL_COORDINATOR, Role.FUNDER, Role.EVALUATOR)
def programme(request):
    return redirect("reports:programme")
