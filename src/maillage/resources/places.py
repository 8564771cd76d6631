"""Where a card is, and how far, in SQL."""

from math import cos, radians, sin
from typing import Protocol

from django.db.models import Case, ExpressionWrapper, FloatField, Value, When
from django.db.models.functions import ACos, Coalesce, Cos, Radians, Sin
from django.db.models.lookups import GreaterThan

from maillage.common.geography import EARTH_RADIUS_KM


class Place(Protocol):
    """A point in degrees: a commune fits."""

    latitude: float
    longitude: float


#: A site without coordinates stands at the centre of its commune.
SITE_LATITUDE = Coalesce("site__latitude", "site__commune__latitude")
SITE_LONGITUDE = Coalesce("site__longitude", "site__commune__longitude")


def great_circle_km(latitude: Coalesce, longitude: Coalesce, place: Place) -> ExpressionWrapper:
    """Write in SQL the distance in kilometres to a place, by the spherical law of cosines."""
    cosine = Sin(Radians(latitude)) * sin(radians(place.latitude)) + Cos(Radians(latitude)) * cos(
        radians(place.latitude)
    ) * Cos(Radians(longitude) - radians(place.longitude))
    # Rounding may lift the cosine of a place with itself just above 1.
    within = Case(When(GreaterThan(cosine, 1.0), then=Value(1.0)), default=cosine, output_field=FloatField())
    return ExpressionWrapper(ACos(within) * EARTH_RADIUS_KM, output_field=FloatField())
