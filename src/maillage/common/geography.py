"""Distances on the ground."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the great-circle distance in kilometres between two points in degrees (haversine formula)."""
    phi, other_phi = radians(latitude), radians(other_latitude)
    half_phi, half_lambda = (other_phi - phi) / 2, radians(other_longitude - longitude) / 2
    chord = sin(half_phi) ** 2 + cos(phi) * cos(other_phi) * sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))
