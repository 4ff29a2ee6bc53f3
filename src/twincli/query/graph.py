"""The twinnings as a graph: the shortest chain between two places, and how far each of them reaches.

NetworkX keeps the graph and searches it. On a file of 26,000 pairs its import takes 90 ms and the graph 60 ms, so that
``path`` takes 3.4 times as long as ``list --json``, and 4.2 times to say that there is no chain; 5.5 times is the
budget (medians of 21 runs, one machine). It is imported only where a chain is sought.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from sqlite3 import Cursor
from typing import TYPE_CHECKING, NamedTuple, cast

from twincli.index.store import Index
from twincli.query import statements
from twincli.query.connected import connected
from twincli.query.pairs import Selection
from twincli.query.places import City, Country
from twincli.records import Bilingual, CityRecord, PlaceRecord
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
class OwnComponent:
    """Cities that are connected with each other by twinnings, and with no other city; some belong to a place."""

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

        self._index = index
        self._graph: Graph[int] = Graph()
        self.add(selection)

    def add(self, selection: Selection) -> None:
        """Add the pairs of another selection."""
        conditions, parameters = selection.where
        self._graph.add_edges_from(self._rows(statements.GRAPH_EDGES.format(conditions=conditions), *parameters))

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
        finally:
            graph.remove_nodes_from((_START, _GOAL))
        if _GOAL not in before:
            return None
        ways, best = self._follow(before)
        docs = [self._rows(statements.STEP_DOC, *step).fetchone()[0] for step in pairwise(best.cities)]
        weakest = Confidence.LOW if best.low else Confidence.MEDIUM if best.medium else Confidence.HIGH
        return Chain(docs, best.distance_km, weakest, ways - 1)

    def _follow(self, before: Mapping[int, Sequence[int]]) -> tuple[int, Quality]:
        """Return how many shortest ways lead from the start to the goal, and the best of them.

        ``before`` names the cities that come before each on the shortest ways to it. All shortest ways to a city are
        of one length, so that those on the way to the goal are settled level by level.
        """
        levels = [set(before[_GOAL])]
        while _START not in before[next(iter(levels[-1]))]:
            levels.append({previous for city in levels[-1] for previous in before[city]})
        found = {city: (1, Quality(cities=(city,))) for city in levels.pop()}
        for level in reversed(levels):
            found = {
                city: (
                    sum(found[previous][0] for previous in before[city]),
                    min(self._extended(found[previous][1], city) for previous in before[city]),
                )
                for city in level
            }
        return sum(count for count, __ in found.values()), min(quality for __, quality in found.values())

    def _extended(self, way: Quality, city: int) -> Quality:
        """Return a way with one more step; what a step is worth is looked up only for those on the shortest ways."""
        confidence, distance = self._rows(statements.STEP, way.cities[-1], city).fetchone()
        level = list(Confidence)[confidence]
        return Quality(
            way.low + (level is Confidence.LOW),
            way.medium + (level is Confidence.MEDIUM),
            way.distance_km + distance,
            (*way.cities, city),
        )

    def components_of(self, *places: City | Country) -> list[list[OwnComponent]]:
        """Return for each place the components of its cities, the largest first; a city without pairs is its own."""
        graph = self._graph
        graph.add_nodes_from(place.number for place in places if isinstance(place, City))
        alone = [[city] for city, degree in graph.degree if not degree]
        every = [*connected(graph.edges), *sorted(alone)]
        sizes = [-len(cities) for cities in every]
        country: dict[int, str] = dict(self._rows(statements.CITY_COUNTRIES))
        found: list[list[OwnComponent]] = []
        for place in places:
            asked = set(self._cities_of(place))
            touched = [(cities, own) for cities in every if (own := asked.intersection(cities))]
            found.append(
                [
                    OwnComponent(
                        rank=bisect_left(sizes, -len(cities)) + 1,
                        cities=len(cities),
                        countries=len({country[city] for city in cities}),
                        own=len(own),
                        members=self._docs(cities) if len(cities) <= _FEW else (),
                    )
                    for cities, own in touched
                ]
            )
        return found

    def _cities_of(self, place: City | Country) -> list[int]:
        """Return which of a place's cities are in the graph."""
        if isinstance(place, City):
            return [place.number] if place.number in self._graph else []
        return [city for (city,) in self._rows(statements.CITIES_WITH_PAIRS, place.code) if city in self._graph]

    def _docs(self, cities: Iterable[int]) -> list[str]:
        return [doc for __, __, doc in sorted(self._rows(statements.CITY_DOC, city).fetchone() for city in cities)]

    def _rows(self, sql: str, *parameters: object) -> Cursor:
        return self._index.connection.execute(sql, parameters)


def place_record(index: Index, place: City | Country) -> PlaceRecord:
    """Return a place as JSON names it, in both languages."""
    if isinstance(place, City):
        city: CityRecord = json.loads(place.doc)
        name: Bilingual = {"en": city["name"], "id": city["names"].get("id", city["name"])}
        return {"type": "city", "id": place.id, "name": name, "country": place.country}
    english, indonesian = index.connection.execute(statements.COUNTRY, (place.code,)).fetchone()
    return {"type": "country", "id": place.code, "name": {"en": english, "id": indonesian}, "country": place.code}
