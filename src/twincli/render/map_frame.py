"""Which part of the world a map of dots shows: all of it, or what a selection of pairs needs.

The projection is the equirectangular one: degrees are dots, with one factor between the two directions. It is what a
grid of some hundred dots can show without distorting more than it rounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians

from twincli.geo import Box, Point, split_at_antimeridian

# Through the Bering Strait, where the edge of the map cuts no land.
WORLD_WEST = -169.0
# From Cape Horn to the north of Spitsbergen.
WORLD_SOUTH, WORLD_NORTH = -57.0, 81.0
# The nearest that a map comes, in degrees of latitude a dot: below that the outline of the land is too rough.
_CLOSEST = 0.05
# How far a map is stretched from north to south, or how high it is for its width, to make use of the rows there are.
_STRETCH = 1.2
_TALLEST = 0.62
_MARGIN = 0.06


@dataclass(frozen=True, eq=False)
class Frame:
    """A part of the world on a grid of dots."""

    west: float
    """Longitude of the left edge, in degrees."""
    north: float
    """Latitude of the upper edge."""
    lon_step: float
    """Degrees a dot, from west to east."""
    lat_step: float
    """Degrees a dot, from north to south."""
    width: int
    """In dots."""
    height: int

    @property
    def span(self) -> float:
        """How many degrees of longitude are shown."""
        return self.width * self.lon_step

    @property
    def south(self) -> float:
        """Latitude of the lower edge."""
        return self.north - self.height * self.lat_step

    def place(self, lon: float, lat: float) -> Point:
        """Return where a point lies, in dots from the upper left; it may lie outside."""
        return (lon - self.west) % 360 / self.lon_step, (self.north - lat) / self.lat_step

    def lines(self, points: Sequence[Point]) -> Iterator[list[Point]]:
        """Yield a line's parts in dots, broken where it leaves the map at one side and comes back at the other."""
        centre = self.west + self.span / 2
        turned = [((lon - centre + 180) % 360 - 180, lat) for lon, lat in points]
        half = self.span / 2
        lons = [lon for lon, __ in turned]
        is_whole = max(lons) - min(lons) < 180
        for part in [turned] if is_whole else split_at_antimeridian(turned):
            yield [((lon + half) / self.lon_step, (self.north - lat) / self.lat_step) for lon, lat in part]

    def copies(self, ring: Sequence[Point]) -> Iterator[list[Point]]:
        """Yield a ring in dots, once for each turn of the globe in which it reaches into the map."""
        lons, lats = [point[0] for point in ring], [point[1] for point in ring]
        if min(lats) > self.north or max(lats) < self.south:
            return
        for turn in (-720, -360, 0, 360, 720):
            if max(lons) + turn >= self.west and min(lons) + turn <= self.west + self.span:
                left = self.west - turn
                yield [
                    ((lon - left) / self.lon_step, (self.north - lat) / self.lat_step)
                    for lon, lat in zip(lons, lats, strict=True)
                ]


def world_frame(box: Box | None, width: int, height: int) -> Frame:
    """Return the frame of the whole world in a grid of at most so many dots; ``box`` is what must not be cut off."""
    south, north = WORLD_SOUTH, WORLD_NORTH
    if box:
        south, north = max(-90.0, min(south, box.south - 1)), min(90.0, max(north, box.north + 1))
    flat = (north - south) / 360  # height for a width of 1
    width = min(width, int(height / flat))
    stretch = min(_STRETCH, max(1.0, height / (width * flat)))
    lon_step = 360 / width
    lat_step = lon_step / stretch
    return Frame(WORLD_WEST, north, lon_step, lat_step, width, min(height, _whole_cells((north - south) / lat_step)))


def fitted_frame(box: Box | None, width: int, height: int) -> Frame:
    """Return the frame in which a box fills the grid, or the whole world where the box takes nearly that."""
    if box is None:
        return world_frame(box, width, height)
    west, south, __, north = box
    across, along = box.degrees_across, north - south
    height = min(height, _whole_cells(width * _TALLEST))
    squeeze = max(0.4, cos(radians((south + north) / 2)))
    room = 1 + 2 * _MARGIN
    lat_step = max(across * squeeze * room / width, along * room / height, _CLOSEST)
    lon_step = lat_step / squeeze
    if lon_step * width >= 330:
        return world_frame(box, width, height)
    middle = (south + north) / 2
    upper = min(90.0, middle + lat_step * height / 2)
    return Frame(west + across / 2 - lon_step * width / 2, upper, lon_step, lat_step, width, height)


def _whole_cells(dots: float) -> int:
    return max(4, -int(-dots // 4) * 4)
