"""Search everything the mandate may read."""

from django.shortcuts import render

from maillage.web.access import EVERYONE, opens_to


@opens_to(*EVERYONE)
def search(request):
    return render(request, "practice/search.html", {"section": "search"})
