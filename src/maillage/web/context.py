"""What every page needs: the navigation of the role, the place of work, the other language."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from maillage import __version__
from maillage.territories.acts import READS_JOURNAL
from maillage.territories.models import Role


@dataclass(frozen=True, slots=True)
class Item:
    """
    A word of the main navigation. ``section`` is what a page calls itself by in its context.

    On a phone the bar holds five words: those that are ``tucked`` are behind the last one.
    """

    label: object
    view: str
    section: str
    tucked: bool = False


HOME = {
    Role.PRACTITIONER: Item(_("My day"), "practice:my_day", "home"),
    Role.REGIONAL_COORDINATOR: Item(_("Region"), "steering:region", "home"),
    Role.NATIONAL_COORDINATOR: Item(_("Programme"), "steering:programme", "home"),
    Role.FUNDER: Item(_("Programme"), "steering:programme", "home"),
    Role.EVALUATOR: Item(_("Programme"), "steering:programme", "home"),
    Role.FACILITATOR: Item(_("My table"), "workshop:my_tables", "home"),
    Role.RELAY: Item(_("Workshops"), "workshop:list", "home"),
    Role.EXPERT: Item(_("Synergies"), "practice:synergy_list", "home"),
}
WORKSHOPS = Item(_("Workshops"), "workshop:list", "workshops")
COMPANIES = Item(_("Companies"), "practice:company_list", "companies", tucked=True)
RESOURCES = Item(_("Resources"), "practice:resource_list", "resources")
SYNERGIES = Item(_("Synergies"), "practice:synergy_board", "synergies")
REPORT = Item(_("Report"), "reports:programme", "report", tucked=True)

NAVIGATION = {
    Role.PRACTITIONER: (WORKSHOPS, COMPANIES, RESOURCES, SYNERGIES, REPORT),
    Role.REGIONAL_COORDINATOR: (WORKSHOPS, COMPANIES, RESOURCES, SYNERGIES, REPORT),
    Role.NATIONAL_COORDINATOR: (WORKSHOPS, COMPANIES, RESOURCES, SYNERGIES, REPORT),
    Role.FUNDER: (WORKSHOPS, REPORT),
    Role.EVALUATOR: (WORKSHOPS, REPORT),
    Role.FACILITATOR: (),
    Role.RELAY: (),
    Role.EXPERT: (),
}


def home_of(mandate) -> str:
    """The name of the home view of a mandate's role."""
    return HOME[mandate.role].view


def shell(request):
    mandate = getattr(request, "mandate", None)
    items = (HOME[mandate.role], *NAVIGATION[mandate.role]) if mandate else ()
    # Two words behind a third one would gain nothing.
    tucked = [item for item in items if item.tucked] if len(items) > 5 else []
    return {
        "navigation": [_link(item, tucked=item in tucked) for item in items],
        "navigation_tucked": [_link(item) for item in tucked],
        "mandate": mandate,
        "reads_journal": bool(mandate) and mandate.role in READS_JOURNAL,
        "mandates": getattr(request, "mandates", []),
        "other_languages": [code for code, _name in settings.LANGUAGES if code != get_language()],
        "maillage_version": __version__,
    }


def _link(item, *, tucked=False):
    return {"label": item.label, "url": _url(item.view), "section": item.section, "tucked": tucked}


def _url(view):
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""
