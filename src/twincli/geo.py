"""Distances and lines on the globe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import asin, atan2, ceil, copysign, cos, degrees, hypot, radians, sin, sqrt
from typing import NamedTuple

# Mean radius of the Earth (IUGG): (2a + b) / 3 of the WGS 84 ellipsoid.
EARTH_RADIUS_KM = 6371.0088

Point = tuple[float, float]
"""Longitude and latitude in degrees, WGS 84, in the order of GeoJSON."""

Vector = tuple[float, float, float]


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in km between two points in degrees, WGS 84.

    The haversine formula on a sphere, which stays within 0.6 % of the geodesic on the ellipsoid.
    """
    north, east = radians(lat2 - lat1), radians(lon2 - lon1)
    chord = sin(north / 2) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


# Below this sine of the angle between two points, 6 mm on the ground, they count as the same place or as antipodes.
_NO_ANGLE = 1e-9
# In degrees, a tenth of a metre on the ground: how near counts as the pole itself, or as the opposite meridian.
_NO_DISTANCE = 1e-6


def great_circle(start: Point, end: Point, *, step_km: float = 200.0) -> list[Point]:
    """Return points along the great circle between two points, both included, at most ``step_km`` apart.

    Antipodes have no single great circle; the one over the North Pole is taken. A point at a pole has the longitude
    that it came with, or any.
    """
    here, there = _vector(start), _vector(end)
    normal = _cross(here, there)
    sine = hypot(*normal)
    # Not the arc cosine of the dot product, which knows an angle near 0 or 180 degrees to 8 digits only.
    angle = atan2(sine, sum(a * b for a, b in zip(here, there, strict=True)))
    if sine > _NO_ANGLE:
        ahead = _cross((normal[0] / sine, normal[1] / sine, normal[2] / sine), here)
    elif angle < 1:
        return [start, end]
    else:
        ahead = _northward(start)
    count = max(1, ceil(angle * EARTH_RADIUS_KM / step_km))
    (x1, y1, z1), (x2, y2, z2) = here, ahead
    points = [start]
    for place in range(1, count):
        turned = angle * place / count
        part, rest = sin(turned), cos(turned)
        x, y, z = rest * x1 + part * x2, rest * y1 + part * y2, rest * z1 + part * z2
        points.append((degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))))
    return [*points, end]


def split_at_antimeridian(points: Sequence[Point]) -> list[list[Point]]:
    """Return a line as parts that do not cross the 180th meridian, each ending on it (RFC 7946, section 3.1.9).

    Between two points the line is straight on a map of degrees, as GeoJSON has it, so that the cut moves nothing. A
    line over a pole is cut there too, and reaches it on the meridian that it comes along: on such a map a pole is not
    a point but an edge.
    """
    return [part for stretch in _between_poles(points) for part in _between_antimeridians(stretch)]


def _between_poles(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Yield the stretches of a line between the poles that it passes."""
    stretch = [points[0]]
    for one, other in pairwise(points):
        if _is_pole(other):
            stretch.append((one[0], copysign(90.0, other[1])))
        elif _is_pole(one):
            if len(stretch) > 1:
                yield stretch
            stretch = [(other[0], copysign(90.0, one[1])), other]
        elif abs(abs(other[0] - one[0]) - 180) < _NO_DISTANCE:
            pole = copysign(90.0, one[1] + other[1])
            yield [*stretch, (one[0], pole)]
            stretch = [(other[0], pole), other]
        else:
            stretch.append(other)
    yield stretch


def _between_antimeridians(points: Sequence[Point]) -> list[list[Point]]:
    """Return the parts of a line that passes no pole."""
    parts = [[points[0]]]
    lon1, lat1 = points[0]
    for lon, lat in points[1:]:
        # The same meridian, named so that it is at most half the globe away.
        lon2 = lon + 360 * round((lon1 - lon) / 360)
        if abs(lon2) > 180:
            side = copysign(180.0, lon2)
            crossing = lat1 + (lat - lat1) * (side - lon1) / (lon2 - lon1)
            if lon1 != side:
                parts[-1].append((side, crossing))
            parts.append([(-side, crossing)])
            lon2 = lon
        parts[-1].append((lon2, lat))
        lon1, lat1 = lon2, lat
    # A part of one point is left where the line begins on the antimeridian and leaves over it.
    return [part for part in parts if len(part) > 1] or parts[:1]


class Box(NamedTuple):
    """A part of the globe, in degrees; west is the greater where it spans the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def degrees_across(self) -> float:
        """How many degrees of longitude it spans; 360 where its sides are the two sides of the 180th meridian."""
        return (self.east - self.west) % 360 or (360.0 if self.east != self.west else 0.0)


class Extent:
    """The smallest box around lines on the globe, kept up as they come (RFC 7946, section 5)."""

    def __init__(self) -> None:
        self._spans: list[tuple[float, float]] = []
        """Longitudes covered, from west to east, without overlaps; few, since lines are long."""
        self._south, self._north = 90.0, -90.0

    def add(self, parts: Sequence[Sequence[Point]]) -> None:
        """Take in a line, given as parts that do not cross the 180th meridian."""
        for part in parts:
            lons, lats = zip(*part, strict=True)
            self._south, self._north = min(self._south, *lats), max(self._north, *lats)
            self._cover(min(lons), max(lons))

    def _cover(self, west: float, east: float) -> None:
        apart = []
        for span in self._spans:
            if span[1] < west or span[0] > east:
                apart.append(span)
            else:
                west, east = min(west, span[0]), max(east, span[1])
        self._spans = sorted([*apart, (west, east)])

    @property
    def box(self) -> Box | None:
        """The box, which leaves out the widest gap that no line crosses; None where there are no lines."""
        if not self._spans:
            return None
        west, east = self._spans[0][0], self._spans[-1][1]
        widest = west + 360 - east
        for (__, before), (after, ___) in pairwise(self._spans):
            if after - before > widest:
                widest, west, east = after - before, after, before
        return Box(west, self._south, east, self._north)


def _is_pole(point: Point) -> bool:
    return 90 - abs(point[1]) < _NO_DISTANCE


def _vector(point: Point) -> Vector:
    lon, lat = radians(point[0]), radians(point[1])
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def _northward(point: Point) -> Vector:
    """Return the direction north from a point."""
    lon, lat = radians(point[0]), radians(point[1])
    return -sin(lat) * cos(lon), -sin(lat) * sin(lon), cos(lat)


def _cross(one: Vector, other: Vector) -> Vector:
    return (
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    )
