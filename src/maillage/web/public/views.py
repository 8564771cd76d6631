"""Pages that need no account: the accessibility statement, the living design system, the health of the installation."""

from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render

from maillage import __version__
from maillage.web.access import public


@public
def accessibility(request):
    return render(request, "public/accessibility.html")


@public
def design_system(request):
    return render(request, "public/design_system.html")


@public
def health(request):
    """Answer 200 when the application and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})
