"""How the globe is laid on a picture, in the terms of D3, which draws it: places are computed here only for labels.

The whole world is shown in Equal Earth (Šavrič, Patterson and Jenny 2018), a part of it in Lambert's azimuthal
equal-area projection around its middle: both keep areas, and the second has no edge for lines to break at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import acos, asin, cos, degrees, radians, sin, sqrt
from typing import Literal

from twincli.geo import Extent, Point, great_circle, split_at_antimeridian
from twincli.vocabulary import Zoom

# As on the map of the terminal: the edge of the world lies in the Bering Strait.
_WORLD_CENTRE = 11.0
_WORLD_SOUTH, _WORLD_NORTH = -56.0, 83.7
# How far from its middle a part may reach to be shown as one, in degrees.
_WIDEST_PART = 68.0
# The nearest that a picture comes, in radians on the globe from side to side: below that the outline is too rough.
_CLOSEST = 0.24
_MARGIN = 0.07
_FLATTEST, _TALLEST = 0.48, 0.72

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796

ProjectionName = Literal["equalEarth", "azimuthalEqualArea"]
Line = Sequence[Point]
Raw = Callable[[float, float], Point]
"""From degrees to the plane, in radians of the unit sphere, north up."""


def _equal_earth(centre: float) -> Raw:
    half_root = sqrt(3) / 2

    def project(lon: float, lat: float) -> Point:
        turned = radians((lon - centre + 180) % 360 - 180)
        angle = asin(half_root * sin(radians(lat)))
        square = angle * angle
        sixth = square**3
        slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
        across = turned * cos(angle) / (half_root * slope)
        return across, angle * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))

    return project


def _azimuthal(centre: Point) -> Raw:
    lon0, lat0 = radians(centre[0]), radians(centre[1])

    def project(lon: float, lat: float) -> Point:
        east, north = radians(lon) - lon0, radians(lat)
        towards = sin(lat0) * sin(north) + cos(lat0) * cos(north) * cos(east)
        factor = sqrt(2 / max(1e-6, 1 + towards))
        up = cos(lat0) * sin(north) - sin(lat0) * cos(north) * cos(east)
        return factor * cos(north) * sin(east), factor * up

    return project


@dataclass(frozen=True)
class Projection:
    """A projection with the part of its plane that the picture shows."""

    name: ProjectionName
    """D3's name for it."""
    rotate: tuple[float, float]
    raw: Raw
    scale: float
    translate: Point
    width: int
    height: int

    def place(self, lon: float, lat: float) -> Point:
        """Return where a point lies on the picture, in pixels from the upper left."""
        x, y = self.raw(lon, lat)
        return self.translate[0] + self.scale * x, self.translate[1] - self.scale * y


def choose_projection(lines: Sequence[Line], width: int, zoom: Zoom | None) -> Projection:
    """Return the projection for great circles, given as points: of what they need, or of the whole world."""
    extent = Extent()
    for line in lines:
        extent.add(split_at_antimeridian(line))
    box = extent.box
    if box is None or zoom is Zoom.WORLD:
        return _world(width, box.south if box else 0.0)
    middle = (box.west + box.degrees_across / 2, (box.south + box.north) / 2)
    points = [point for line in lines for point in line]
    if max(_degrees_apart(middle, point) for point in points) <= _WIDEST_PART:
        raw = _azimuthal(middle)
        return _fitted("azimuthalEqualArea", (-middle[0], -middle[1]), raw, points, width)
    if zoom is Zoom.FIT and box.degrees_across < 300:
        return _fitted("equalEarth", (-middle[0], 0.0), _equal_earth(middle[0]), points, width)
    return _world(width, box.south)


def _degrees_apart(one: Point, other: Point) -> float:
    (lon1, lat1), (lon2, lat2) = ((radians(lon), radians(lat)) for lon, lat in (one, other))
    return degrees(acos(max(-1.0, min(1.0, sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(lon1 - lon2)))))


def _world(width: int, south: float) -> Projection:
    """Return the projection of the world, as far south as the lines go."""
    raw = _equal_earth(_WORLD_CENTRE)
    edge = raw(_WORLD_CENTRE + 179.999, 0)[0]
    upper, lower = raw(_WORLD_CENTRE, _WORLD_NORTH)[1], raw(_WORLD_CENTRE, min(_WORLD_SOUTH, south - 1))[1]
    scale = width / (2 * edge)
    height = round((upper - lower) * scale)
    return Projection("equalEarth", (-_WORLD_CENTRE, 0.0), raw, scale, (width / 2, upper * scale), width, height)


def _fitted(
    name: ProjectionName, rotate: tuple[float, float], raw: Raw, points: Iterable[Point], width: int
) -> Projection:
    """Return the projection in which the points fill the picture, with a margin around them."""
    placed = [raw(*point) for point in points]
    left, right = min(x for x, __ in placed), max(x for x, __ in placed)
    lower, upper = min(y for __, y in placed), max(y for __, y in placed)
    room = 1 + 2 * _MARGIN
    across, along = max(_CLOSEST, (right - left) * room), (upper - lower) * room
    shape = min(_TALLEST, max(_FLATTEST, along / across))
    across = max(across, along / shape)
    scale = width / across
    height = round(width * shape)
    translate = (width / 2 - scale * (left + right) / 2, height / 2 + scale * (lower + upper) / 2)
    return Projection(name, rotate, raw, scale, translate, width, height)


def way(start: Point, end: Point) -> list[Point]:
    """Return a great circle as points close enough to measure it."""
    return great_circle(start, end, step_km=300)
