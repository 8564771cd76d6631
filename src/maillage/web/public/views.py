"""Pages that need no account: the accessibility statement, the living design system, the health of the installation."""

from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maillage import __version__
from maillage.resources.nomenclature import Direction, SynergyType
from maillage.synergies.stages import LADDER, Stage
from maillage.web.access import public
from maillage.web.public import contrast

# Invented companies, as on the mockups; texts of companies stay in the language they were said in.
CARDS = (
    {"direction": Direction.OFFER, "title": "Tourets en bois", "who": "Câbles du Blavet, Hennebont", "quantity": "40"},
    {"direction": Direction.NEED, "title": "Local sec, l’hiver", "who": "Voilerie Anaon, Lorient", "quantity": "80 m²"},
    {
        "direction": Direction.POOL,
        "title": "Navette du matin",
        "who": "Transports Kerbiquet, Quimperlé",
        "quantity": "5",
    },
)
SWATCHES = (
    (_("paper"), "paper"),
    (_("surface"), "surface"),
    (_("sunk"), "sunk"),
    (_("ink"), "ink"),
    (_("second ink"), "ink-2"),
    (_("third ink"), "ink-3"),
    (pgettext_lazy("direction", "offer"), "offer"),
    (pgettext_lazy("direction", "need"), "need"),
    (pgettext_lazy("direction", "to be pooled"), "pool"),
    (_("done"), "ok"),
    (_("attention"), "warn"),
    (_("late"), "danger"),
)


@public
def accessibility(request):
    return render(request, "public/accessibility.html")


@public
def design_system(request):
    return render(
        request,
        "public/design_system.html",
        {
            "cards": CARDS,
            "swatches": SWATCHES,
            "families": [SynergyType.REUSE, SynergyType.WASTE_HEAT, SynergyType.POOLING, SynergyType.KNOW_HOW],
            "ladder": [(stage.value, stage.label) for stage in LADDER],
            "stages": Stage.choices,
            "contrasts": contrast.measured(),
        },
    )


@public
def health(request):
    """Answer 200 when the application and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})
