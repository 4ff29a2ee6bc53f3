"""Telling whether a city of one file is a city of another: by GeoNames id, else by name, country and nearness.

Never by name alone: thirty towns are called Springfield.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import cos, floor, radians
from typing import NamedTuple

from twincli.dataset.models import City
from twincli.geo import great_circle_km
from twincli.text import fold

# Two records of one city may put its centre at different places; two cities of one name are rarely so near.
NEAR_KM = 25.0


# A degree of latitude has 111.2; a little less, so that a box is rather too large.
_KM_A_DEGREE = 110.0
# More bearers of one name than these are looked up by squares of the map instead of one after the other.
_FEW = 50
_SQUARES_A_DEGREE = 4


def box_around(lat: float, lon: float) -> tuple[float, float, float, float]:
    """Return the latitudes and longitudes between which everything near a place lies: south, north, west, east."""
    height = NEAR_KM / _KM_A_DEGREE
    width = height / max(0.001, cos(radians(min(90.0, abs(lat) + height))))
    if lon - width < -180 or lon + width > 180:
        return lat - height, lat + height, -180.0, 180.0
    return lat - height, lat + height, lon - width, lon + width


def names_of(city: City) -> Iterator[str]:
    """Yield every name of a city."""
    yield city.name
    if city.names.id:
        yield city.names.id
    yield from city.names.native
    yield from city.names.former
    yield from city.names.also


class _Known(NamedTuple):
    """What matching needs of a known city."""

    id: str
    lat: float
    lon: float
    geonames: int | None


class _Bearers:
    """The known cities of a country that bear one name."""

    def __init__(self) -> None:
        self._few: list[_Known] = []
        self._squares: dict[tuple[int, int], list[_Known]] = defaultdict(list)
        """All of them, from the moment on when they are many."""

    def add(self, known: _Known) -> None:
        """Make a city known."""
        if len(self._few) < _FEW:
            self._few.append(known)
        else:
            for bearer in (known,) if self._squares else (*self._few, known):
                self._squares[_square(bearer.lat), _square(bearer.lon)].append(bearer)

    def near(self, lat: float, lon: float) -> Iterator[_Known]:
        """Yield those that may be near a place."""
        if not self._squares:
            yield from self._few
            return
        south, north, west, east = map(_square, box_around(lat, lon))
        for row in range(south, north + 1):
            for column in range(west, east + 1):
                yield from self._squares.get((row, column), ())


def _square(degrees: float) -> int:
    return floor(degrees * _SQUARES_A_DEGREE)


class CityMatcher:
    """The cities known so far, to be asked for the one that another record stands for."""

    def __init__(self, cities: Iterable[City] = ()) -> None:
        self._by_geonames: dict[int, str] = {}
        self._by_name: dict[tuple[str, str], _Bearers] = defaultdict(_Bearers)
        for city in cities:
            self.add(city)

    def add(self, city: City) -> None:
        """Make a city known."""
        if city.geonames is not None:
            self._by_geonames.setdefault(city.geonames, city.id)
        known = _Known(city.id, city.lat, city.lon, city.geonames)
        for key in {fold(name) for name in names_of(city)}:
            self._by_name[city.country, key].add(known)

    def match(self, city: City) -> str | None:
        """Return the id of the known city that this record stands for, the nearest of several, or None.

        Two records with different GeoNames ids are different places, however near and alike.
        """
        if city.geonames is not None and city.geonames in self._by_geonames:
            return self._by_geonames[city.geonames]
        near: list[tuple[float, str]] = []
        for key in {fold(name) for name in names_of(city)}:
            bearers = self._by_name.get((city.country, key))
            for known in bearers.near(city.lat, city.lon) if bearers else ():
                if known.geonames is not None and city.geonames is not None:
                    continue
                distance = great_circle_km(city.lat, city.lon, known.lat, known.lon)
                if distance <= NEAR_KM:
                    near.append((distance, known.id))
        return min(near)[1] if near else None
