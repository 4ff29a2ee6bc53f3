"""Telling whether a city of one file is a city of another: by GeoNames id, else by name, country and nearness.

Never by name alone: thirty towns are called Springfield.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from twincli.dataset.models import City
from twincli.geo import great_circle_km
from twincli.text import fold

# Two records of one city may put its centre at different places; two cities of one name are rarely so near.
NEAR_KM = 25.0


def names_of(city: City) -> Iterator[str]:
    """Yield every name of a city."""
    yield city.name
    if city.names.id:
        yield city.names.id
    yield from city.names.native
    yield from city.names.former
    yield from city.names.also


class CityMatcher:
    """The cities known so far, to be asked for the one that another record stands for."""

    def __init__(self, cities: Iterable[City] = ()) -> None:
        self._by_geonames: dict[int, str] = {}
        self._by_name: dict[tuple[str, str], list[tuple[str, float, float, int | None]]] = defaultdict(list)
        for city in cities:
            self.add(city)

    def add(self, city: City) -> None:
        """Make a city known."""
        if city.geonames is not None:
            self._by_geonames.setdefault(city.geonames, city.id)
        place = city.id, city.lat, city.lon, city.geonames
        for key in {fold(name) for name in names_of(city)}:
            self._by_name[city.country, key].append(place)

    def match(self, city: City) -> str | None:
        """Return the id of the known city that this record stands for, the nearest of several, or None.

        Two records with different GeoNames ids are different places, however near and alike.
        """
        if city.geonames is not None and city.geonames in self._by_geonames:
            return self._by_geonames[city.geonames]
        near: list[tuple[float, str]] = []
        for key in {fold(name) for name in names_of(city)}:
            for known, lat, lon, geonames in self._by_name.get((city.country, key), ()):
                if geonames is not None and city.geonames is not None:
                    continue
                distance = great_circle_km(city.lat, city.lon, lat, lon)
                if distance <= NEAR_KM:
                    near.append((distance, known))
        return min(near)[1] if near else None
