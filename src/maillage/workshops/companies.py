"""The directory of companies, seen from what they said and where they came: what `organisations` cannot know."""

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from maillage.organisations.models import Company, Site
from maillage.resources.models import Resource
from maillage.territories.models import Mandate
from maillage.workshops.models import Participation


def for_directory(companies: QuerySet[Company], mandate: Mandate) -> QuerySet[Company]:
    """
    Load companies for a list, with what is told of each.

    :returns: the companies with ``commune_name``, ``card_count`` (the cards this mandate reads) and
        ``workshop_count`` (the workshops where the company came).
    """
    main = Site.objects.filter(company=OuterRef("pk")).order_by("-is_main", "pk")
    return (
        companies.select_related("activity")
        .with_main_site()
        .annotate(
            commune_name=Subquery(main.values("commune__folded_name")[:1]),
            territory_name=Subquery(main.values("territory__name")[:1]),
            card_count=_count(
                Resource.objects.visible_to(mandate).filter(site__company=OuterRef("pk")), "site__company"
            ),
            workshop_count=_count(Participation.objects.came().filter(site__company=OuterRef("pk")), "site__company"),
        )
    )


def that_came(companies: QuerySet[Company]) -> QuerySet[Company]:
    """Keep the companies that came to a workshop at least."""
    return companies.filter(Exists(Participation.objects.came().filter(site__company=OuterRef("pk"))))


def with_cards(companies: QuerySet[Company]) -> QuerySet[Company]:
    """Keep the companies of which a card is kept."""
    return companies.filter(Exists(Resource.objects.filter(site__company=OuterRef("pk"))))


def _count(records: QuerySet, by: str):
    counted = records.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
