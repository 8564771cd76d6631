"""The columns by which cards are listed and exported, one by one, for the lists to choose from."""

from operator import attrgetter

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.web.components.listing import ListColumn


def _day_added(card):
    return timezone.localdate(card.created_at)


def _distance(card):
    return None if card.distance_km is None else round(card.distance_km, 1)


SIDE = ListColumn("side", _("Side"), lambda card: card.get_direction_display(), order=("direction", "folded_text"))
TITLE = ListColumn("title", _("Resource"), attrgetter("title"), order=("folded_text",))
LINE = ListColumn("line", _("As it was said"), attrgetter("text"), shown=False)
QUANTITY = ListColumn("quantity", _("Quantity"), attrgetter("quantity"), kind="number", shown=False)
UNIT = ListColumn("unit", _("Unit"), lambda card: card.get_unit_display(), shown=False)
PERIOD = ListColumn("period", _("Period"), lambda card: card.get_period_display(), shown=False)
CATEGORY = ListColumn("category", _("Class"), lambda card: card.get_category_display(), order=("category",))
TYPE = ListColumn("type", _("Likely synergy"), lambda card: card.get_synergy_type_display(), shown=False)
WASTE_CODE = ListColumn("waste_code", _("Waste code"), lambda card: str(card.waste_code or ""), shown=False)
COMPANY = ListColumn("company", _("Company"), attrgetter("site.company.name"), order=("site__company__folded_name",))
COMMUNE = ListColumn(
    "commune", _("Commune"), lambda card: str(card.site.commune or ""), order=("site__commune__folded_name",)
)
TERRITORY = ListColumn("territory", _("Territory"), attrgetter("site.territory.name"), shown=False)
DISTANCE = ListColumn("distance", _("Distance, km"), _distance, kind="number", order=("distance_km",))
STATUS = ListColumn("status", _("Status"), lambda card: card.get_status_display(), shown=False)
TABLE = ListColumn(
    "table", _("Table"), attrgetter("workshop_card.table"), kind="number", order=("workshop_card__table",)
)
ADDED = ListColumn("added", _("Added on"), _day_added, kind="date", order=("created_at",))
