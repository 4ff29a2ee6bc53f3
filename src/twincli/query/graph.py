"""The twinnings as a graph: the shortest chain between two places, and how far each of them reaches.

NetworkX keeps the graph and searches it. Its import costs 85 ms and 26,000 pairs 75 ms to read and connect, so that
a chain is found within 3.5 times the time of ``list --json``, where the budget is 5.5 times (measured, one machine).
It is imported only where a graph is made.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, cast

from twincli.index.store import Index
from twincli.query import statements
from twincli.query.names import City, Country
from twincli.query.pairs import Selection
from twincli.query.records import Bilingual, CityRecord, PlaceRecord
from twincli.vocabulary import Confidence, Status

if TYPE_CHECKING:
    from networkx import Graph

# What a chain may lead over unless asked otherwise: what is alive, and what nobody has reported to be over.
UNBROKEN = (Status.ACTIVE, Status.UNKNOWN)
# The nodes from which a search starts and at which it ends, tied to each city that it may start from or end at.
# Cities are numbered from 1.
_START, _GOAL = 0, -1
# Components of up to so many cities name them all.
_FEW = 12


class Quality(NamedTuple):
    """How well a chain is attested; of two as long as each other, the smaller is the better one."""

    low: int = 0
    """How many of its steps are of low confidence."""
    medium: int = 0
    distance_km: int = 0
    cities: tuple[int, ...] = ()
    """Its cities in their order, so that one chain is always the best."""

    def then(self, city: int, confidence: Confidence | None, distance_km: int) -> Quality:
        """Return the quality with one more step; one without a confidence is the way in or out."""
        return Quality(
            self.low + (confidence is Confidence.LOW),
            self.medium + (confidence is Confidence.MEDIUM),
            self.distance_km + distance_km,
            (*self.cities, city),
        )


@dataclass(frozen=True, eq=False, repr=False)
class Chain:
    """The best attested of the shortest chains between two places."""

    docs: Sequence[str]
    """The JSON documents of its pairs, each seen from the city that comes first."""
    distance_km: int
    confidence: Confidence
    """That of its weakest step."""
    others: int
    """How many other chains are as short."""


@dataclass(frozen=True, eq=False, repr=False)
class Component:
    """Cities that are connected with each other by twinnings, and with no other city."""

    rank: int
    """1 is the largest; those of one size share a rank."""
    cities: int
    countries: int
    own: int
    """How many of its cities belong to the place that was asked for."""
    members: Sequence[str]
    """The JSON documents of its cities where they are few, by name; else none."""


class Twinnings:
    """The pairs selected as a graph of cities, by their numbers in the index."""

    def __init__(self, index: Index, selection: Selection) -> None:
        # Here, because of all commands only this one needs it; the module says what it costs.
        from networkx import Graph

        conditions, parameters = selection.where
        rows = index.connection.execute(statements.GRAPH_EDGES.format(conditions=conditions), parameters)
        levels = list(Confidence)
        self._index = index
        self._graph: Graph[int] = Graph()
        self._country: dict[int, str] = {}
        for city, other, here, there, confidence, distance in rows:
            self._graph.add_edge(city, other, confidence=levels[confidence], distance_km=distance)
            self._country[city] = here
            self._country[other] = there

    def shortest_chain(self, start: City | Country, goal: City | Country) -> Chain | None:
        """Return the best attested of the shortest chains, or None where there is none.

        A country stands for all its cities. Best are the fewest steps of low confidence, then of medium confidence,
        then the fewest km. Chains as short are counted without a look at each: there can be millions of them.
        """
        from networkx import predecessor

        graph = self._graph
        graph.add_edges_from((_START, city) for city in self._cities_of(start))
        graph.add_edges_from((city, _GOAL) for city in self._cities_of(goal))
        graph.add_nodes_from((_START, _GOAL))
        try:
            before = cast("dict[int, list[int]]", predecessor(graph, _START))
            if _GOAL not in before:
                return None
            ways, best = self._follow(before)
        finally:
            graph.remove_nodes_from((_START, _GOAL))
        steps = pairwise(best.cities[1:-1])
        docs = [self._index.connection.execute(statements.STEP_DOC, step).fetchone()[0] for step in steps]
        weakest = Confidence.LOW if best.low else Confidence.MEDIUM if best.medium else Confidence.HIGH
        return Chain(docs, best.distance_km, weakest, ways - 1)

    def _follow(self, before: Mapping[int, Sequence[int]]) -> tuple[int, Quality]:
        """Return how many shortest ways lead from the start to the goal, and the best of them.

        ``before`` names the cities that come before each on the shortest ways to it. All shortest ways to a city are
        of one length, so that those on the way to the goal are settled level by level.
        """
        levels = [{_GOAL}]
        while _START not in levels[-1]:
            levels.append({previous for city in levels[-1] for previous in before[city]})
        found = {_START: (1, Quality(cities=(_START,)))}
        for level in reversed(levels[:-1]):
            found = {
                city: (
                    sum(found[previous][0] for previous in before[city]),
                    min(self._extended(found[previous][1], city) for previous in before[city]),
                )
                for city in level
            }
        return found[_GOAL]

    def _extended(self, way: Quality, city: int) -> Quality:
        step = self._graph.edges[way.cities[-1], city]
        return way.then(city, step.get("confidence"), step.get("distance_km", 0))

    def components_of(self, place: City | Country) -> list[Component]:
        """Return the components that a place's cities lie in, the largest first; a city without pairs is its own."""
        from networkx import connected_components

        own = set(self._cities_of(place))
        if isinstance(place, City) and not own:
            self._graph.add_node(place.number)
            self._country[place.number] = place.country
            own = {place.number}
        every = sorted(connected_components(self._graph), key=lambda cities: (-len(cities), min(cities)))
        sizes = [-len(cities) for cities in every]
        return [
            Component(
                bisect_left(sizes, -len(cities)) + 1,
                len(cities),
                len({self._country[city] for city in cities}),
                len(cities & own),
                self._docs(cities) if len(cities) <= _FEW else (),
            )
            for cities in every
            if cities & own
        ]

    def _cities_of(self, place: City | Country) -> list[int]:
        if isinstance(place, City):
            return [place.number] if place.number in self._country else []
        return [city for city, country in self._country.items() if country == place.code]

    def _docs(self, cities: Iterable[int]) -> list[str]:
        rows = (self._index.connection.execute(statements.CITY_DOC, (city,)).fetchone() for city in cities)
        return [doc for __, __, doc in sorted(rows)]


def connected(ties: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return which cities are connected by ties: a sorted list for each component, the largest first.

    A disjoint-set forest with path halving, which needs no import and finds those of 26,000 ties within 20 ms.
    """
    above: dict[int, int] = {}

    def top(city: int) -> int:
        while above.setdefault(city, city) != city:
            above[city] = city = above[above[city]]
        return city

    for one, other in ties:
        above[top(one)] = top(other)
    components: dict[int, list[int]] = {}
    for city in sorted(above):
        components.setdefault(top(city), []).append(city)
    return sorted(components.values(), key=lambda cities: (-len(cities), cities[0]))


def place_record(index: Index, place: City | Country) -> PlaceRecord:
    """Return a place as JSON names it, in both languages."""
    if isinstance(place, City):
        city: CityRecord = json.loads(place.doc)
        name: Bilingual = {"en": city["name"], "id": city["names"].get("id", city["name"])}
        return {"type": "city", "id": place.id, "name": name, "country": place.country}
    english, indonesian = index.connection.execute(statements.COUNTRY, (place.code,)).fetchone()
    return {"type": "country", "id": place.code, "name": {"en": english, "id": indonesian}, "country": place.code}
