"""The home of who helps at a workshop: their table, who sits there, what was said. Nothing else."""

from django.http import Http404
from django.shortcuts import render

from maillage.territories.models import Role
from maillage.web.access import opens_to
from maillage.web.components.day import seen_on
from maillage.workshops.helping import duties_of, nearest, table_of


@opens_to(Role.FACILITATOR)
def my_tables(request):
    duties = list(duties_of(request.mandate))
    asked = request.GET.get("workshop")
    today = seen_on(request)
    duty = next((one for one in duties if str(one.workshop_id) == asked), None) if asked else nearest(duties, today)
    if asked and duty is None:
        raise Http404
    context = {
        "duties": duties,
        "duty": duty,
        "companies": table_of(duty) if duty else [],
        "today": today,
        "section": "home",
    }
    return render(request, "workshop/my_tables.html", context)
