"""A small world in Wikidata's RDF shape: truthy and full statements, ranks, qualifiers, references, gaps."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pyoxigraph

ENTITY = "http://www.wikidata.org/entity/"
_PROP = "http://www.wikidata.org/prop/"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_WIKIBASE = "http://wikiba.se/ontology#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
YEAR, MONTH, DAY, DECADE = 9, 10, 11, 8

Moment = tuple[str, int]
"""A date with all its parts, and Wikidata's number for how exact it is."""


class World:
    """Items and statements, and the RDF that says so."""

    def __init__(self, seed: int = 190) -> None:
        self.random = random.Random(seed)
        self._lines: list[str] = []
        self._next = 100
        self._codes: dict[str, str] = {}
        self._places: dict[str, tuple[str, str]] = {}
        """Name and country code of the cities that have both."""
        self._true: set[frozenset[str]] = set()

    # --- terms --------------------------------------------------------------------------------------------------------

    def _say(self, subject: str, predicate: str, value: str) -> None:
        self._lines.append(f"<{subject}> <{predicate}> {value} .")

    def _iri(self, address: str) -> str:
        return f"<{address}>"

    def _literal(self, text: str, suffix: str = "") -> str:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"{suffix}'

    def _new_item(self, labels: dict[str, str]) -> str:
        self._next += self.random.randint(1, 9)
        key = f"Q{self._next}"
        for lang, label in labels.items():
            self._say(ENTITY + key, _LABEL, self._literal(label, f"@{lang}"))
        self._say(ENTITY + key, _TYPE, self._iri(_WIKIBASE + "Item"))
        return key

    def best(self, key: str, prop: str, value: str) -> None:
        """State a fact in the truthy form, which has the best-ranked values only."""
        self._say(ENTITY + key, f"{_PROP}direct/{prop}", value)

    # --- items --------------------------------------------------------------------------------------------------------

    def country(self, name: str, code: str | None, *, part_of: str | None = None) -> str:
        """Add a country and return its item; it lies in itself, or in the country that it is a part of."""
        key = self._new_item({"en": name, "de": name, "fr": name})
        if code:
            self.best(key, "P297", self._literal(code))
            self._codes[key] = code
        self.best(key, "P17", self._iri(ENTITY + (part_of or key)))
        return key

    def city(
        self,
        name: str | None,
        *countries: str,
        at: tuple[float, float] | None = (50.0, 10.0),
        geonames: Iterable[int] = (),
        labels: dict[str, str] | None = None,
        own: str | None = None,
        globe: str = "",
    ) -> str:
        """Add a city and return its item; ``at`` is latitude and longitude."""
        key = self._new_item({**({"en": name} if name else {}), "de": f"{name} (de)", **(labels or {})})
        if name and countries:
            self._places[key] = name, self._codes.get(countries[0], "")
        for country in countries:
            self.best(key, "P17", self._iri(ENTITY + country))
        if at:
            point = f"{globe}Point({at[1]} {at[0]})"
            self.best(key, "P625", self._literal(point, f"^^<{_WKT}>"))
        for number in geonames:
            self.best(key, "P1566", self._literal(str(number)))
        if own:
            self.best(key, "P297", self._literal(own))
        return key

    # --- statements ---------------------------------------------------------------------------------------------------

    def twin(
        self,
        city: str,
        other: str | None,
        *,
        since: Moment | None = None,
        until: Moment | None = None,
        ended: bool = False,
        pages: Iterable[str] = (),
        rank: str = "Normal",
    ) -> str:
        """State on one city's item that another is its twin, None for "unknown"; return the statement."""
        guid = str(uuid.UUID(int=self.random.getrandbits(128), version=4))
        # Old statements have ids in capital letters.
        statement = f"{ENTITY}statement/{city}-{guid.upper() if self.random.random() < 0.3 else guid}"
        value = self._iri(ENTITY + other) if other else "_:" + guid.replace("-", "")
        self._say(ENTITY + city, f"{_PROP}P190", self._iri(statement))
        self._say(statement, _TYPE, self._iri(_WIKIBASE + "Statement"))
        self._say(statement, f"{_PROP}statement/P190", value)
        self._say(statement, _WIKIBASE + "rank", self._iri(f"{_WIKIBASE}{rank}Rank"))
        if rank != "Deprecated":
            self.best(city, "P190", value)
            if other and other != city:
                self._true.add(frozenset((city, other)))
        for prop, moment in (("P580", since), ("P582", until)):
            if moment:
                self._qualify(statement, prop, moment)
        if ended:
            self._say(statement, f"{_PROP}qualifier/P582", "_:e" + guid.replace("-", ""))
        if pages:
            reference = "http://www.wikidata.org/reference/" + guid.replace("-", "")
            self._say(statement, _DERIVED, self._iri(reference))
            for page in pages:
                self._say(reference, f"{_PROP}reference/P854", self._iri(page))
            self._say(reference, f"{_PROP}reference/P813", self._literal("2020-01-01T00:00:00Z", f"^^<{_XSD}dateTime>"))
        return statement

    def _qualify(self, statement: str, prop: str, moment: Moment) -> None:
        day, precision = moment
        stamp = self._literal(f"{day}T00:00:00Z", f"^^<{_XSD}dateTime>")
        self._say(statement, f"{_PROP}qualifier/{prop}", stamp)
        node = f"http://www.wikidata.org/value/{self.random.getrandbits(128):032x}"
        self._say(statement, f"{_PROP}qualifier/value/{prop}", self._iri(node))
        self._say(node, _TYPE, self._iri(_WIKIBASE + "TimeValue"))
        self._say(node, _WIKIBASE + "timeValue", stamp)
        self._say(node, _WIKIBASE + "timePrecision", self._literal(str(precision), f"^^<{_XSD}integer>"))
        self._say(node, _WIKIBASE + "timeCalendarModel", self._iri(ENTITY + "Q1985727"))

    def expected(self) -> set[frozenset[tuple[str, str]]]:
        """Return the twinnings stated and not deprecated, as names with country codes."""
        return {frozenset(self._places[key] for key in ends) for ends in self._true}

    def store(self) -> pyoxigraph.Store:
        """Return the world in a SPARQL engine."""
        store = pyoxigraph.Store()
        store.load("\n".join(self._lines).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
        return store


def like_wikidata(bundled: dict[str, Any]) -> World:
    """Return a world of some thousand statements among bundled cities of many countries, and made-up ones."""
    world = World()
    most = Counter(city["country"] for city in bundled["cities"]).most_common(40)
    items = {code: world.country(f"Country {code}", code) for code, __ in most}
    cities: list[str] = []
    for place, city in enumerate(city for city in bundled["cities"] if city["country"] in items):
        ids = [city["geonames"]] if "geonames" in city else []
        labels = {"id": city["names"]["id"]} if "id" in city.get("names", {}) else {}
        at = (city["lat"], city["lon"])
        cities.append(world.city(city["name"], items[city["country"]], at=at, geonames=ids, labels=labels))
        if place % 3 == 0:
            # Far enough to be another place, near enough to be in the same country.
            beside = (at[0] * 0.98 + 0.9, at[1])
            cities.append(world.city(f"New {city['name'].replace(',', '')}", items[city["country"]], at=beside))
    pick = world.random
    for city in cities:
        for other in pick.sample([each for each in cities if each != city], pick.choice((0, 1, 1, 2))):
            year = f"{pick.randint(1950, 2020)}-01-01"
            since = (year, YEAR) if pick.random() < 0.5 else None
            pages = [f"https://city.example/{other}"] if pick.random() < 0.3 else []
            rank = pick.choices(("Normal", "Preferred", "Deprecated"), (91, 5, 4))[0]
            world.twin(city, other, since=since, pages=pages, rank=rank)
            if pick.random() < 0.6:
                world.twin(other, city)
    return world
