"""Distances on the globe."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

# Mean radius of the Earth (IUGG): (2a + b) / 3 of the WGS 84 ellipsoid.
EARTH_RADIUS_KM = 6371.0088


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in km between two points in degrees, WGS 84.

    The haversine formula on a sphere, which stays within 0.6 % of the geodesic on the ellipsoid.
    """
    north, east = radians(lat2 - lat1), radians(lon2 - lon1)
    chord = sin(north / 2) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
