"""The cities and pairs that are known already, to be asked for those that a file's rows stand for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from twincli.dataset.matching import NEAR_KM, CityMatcher, names_of
from twincli.dataset.models import City, Dataset, Gazetteer, Pair, Source
from twincli.dataset.reader import read_model
from twincli.errors import BadData
from twincli.geo import great_circle_km
from twincli.i18n import _
from twincli.layers.store import installed
from twincli.locations import bundled_folder
from twincli.text import fold


class Known:
    """Cities by every name, and the pairs of them."""

    def __init__(self, cities: Iterable[City] = (), pairs: Iterable[Pair] = (), sources: Iterable[Source] = ()) -> None:
        self.cities: dict[str, City] = {}
        self.sources = {source.id: source for source in sources}
        self._pairs = {frozenset(pair.cities): pair for pair in pairs}
        self._matcher = CityMatcher()
        self._by_geonames: dict[int, City] = {}
        self._by_name: dict[str, list[City]] = defaultdict(list)
        for city in cities:
            self.cities[city.id] = city
            self._matcher.add(city)
            if city.geonames is not None:
                self._by_geonames.setdefault(city.geonames, city)
            for key in {fold(name) for name in names_of(city)}:
                self._by_name[key].append(city)

    @classmethod
    def of(cls, dataset: Dataset) -> Known:
        """Return what a dataset makes known."""
        return cls(dataset.cities, dataset.pairs, dataset.sources)

    @property
    def pairs(self) -> Iterable[Pair]:
        """The pairs known."""
        return self._pairs.values()

    def match(self, city: City) -> City | None:
        """Return the known city that this one is, by the rule of ``CityMatcher``."""
        found = self._matcher.match(city)
        return self.cities[found] if found else None

    def pair(self, one: str, other: str) -> Pair | None:
        """Return the pair of two known cities, given by their ids."""
        return self._pairs.get(frozenset((one, other)))

    def bearers(self, name: str, country: str, geonames: int | None = None) -> list[City]:
        """Return the cities of a country that bear a folded name; where it has the GeoNames id, the one."""
        if geonames is not None and geonames in self._by_geonames:
            return [self._by_geonames[geonames]]
        return [city for city in self._by_name.get(name, ()) if city.country == country]

    def near(self, name: str, lat: float, lon: float) -> list[tuple[float, str]]:
        """Return distance and country of each city of a folded name near a place, whatever its country."""
        found = ((great_circle_km(lat, lon, city.lat, city.lon), city.country) for city in self._by_name.get(name, ()))
        return [(distance, country) for distance, country in found if distance <= NEAR_KM]


Bundle = tuple[Known, Gazetteer]
"""What the bundled data makes known, and the names of countries."""


def bundled() -> Bundle:
    """Return what the bundled data makes known, and the names of countries."""
    folder = bundled_folder()
    dataset = read_model(folder / "pairs.json", Dataset)
    return Known.of(dataset), read_model(folder / "countries.json", Gazetteer)


def ends_of_pairs(layer: Path) -> Iterator[tuple[str, str]]:
    """Yield the ids of both cities of each pair of a layer, sorted. Raises BadData where it is damaged."""
    for record in _records(layer, "pairs"):
        match record.get("cities"):
            case [str(one), str(other)] if one.isascii() and other.isascii():
                yield min(one, other), max(one, other)
            case _:
                raise _damaged(layer)


def cities_elsewhere(
    is_wanted: Callable[[str], bool], environ: Mapping[str, str], *, without: str | None
) -> Iterator[City]:
    """Yield the cities of all layers installed but one that bear a wanted folded name. Raises BadData."""
    for layer, path in installed(environ):
        if layer != without:
            for record in _records(path, "cities"):
                try:
                    city = _if_wanted(record, is_wanted)
                except (KeyError, TypeError, AttributeError, ValueError):
                    raise _damaged(path) from None
                if city is not None:
                    yield city


def _if_wanted(record: dict[str, Any], is_wanted: Callable[[str], bool]) -> City | None:
    """Return a city that bears a wanted name, None for any other, of which not all is looked at."""
    aliases = record.get("names", {})
    spelled = [record["name"], aliases.get("id", ""), *aliases.get("native", ()), *aliases.get("also", ())]
    if any(is_wanted(fold(name)) for name in [*spelled, *aliases.get("former", ())]):
        return City.model_validate_json(json.dumps(record))
    return None


def _records(path: Path, section: str) -> Iterator[dict[str, Any]]:
    """Yield the records of one section of a file in the canonical layout, where each is on a line of its own.

    Raises BadData where a line is not what was written there.
    """
    inside = False
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                if inside and line.startswith("]"):
                    return
                if inside:
                    record = json.loads(line.rstrip().removesuffix(","))
                    if not isinstance(record, dict):
                        raise _damaged(path)
                    yield record
                inside = inside or (line.startswith(f'"{section}": [') and not line.rstrip().endswith(("]", "],")))
    except (OSError, ValueError, RecursionError):
        raise _damaged(path) from None


def _damaged(layer: Path) -> BadData:
    message = _("The layer {path} is damaged; import it anew, or remove it.")
    return BadData(message.format(path=layer))
