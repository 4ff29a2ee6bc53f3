"""Which cities and countries are connected with each other by the twinnings selected, and which are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple, TypedDict

from twincli.index.store import Index
from twincli.query import statements
from twincli.query.connected import connected
from twincli.query.pairs import Selection
from twincli.query.stats import names_of, share
from twincli.records import Bilingual


class Component(TypedDict):
    """Cities connected with each other; see ``ReachOut`` in ``dataset/published/`` for each key."""

    value: str
    name: Bilingual
    pairs: int
    share: float
    cities: int
    countries: list[str]
    only_here: list[str]


class Reach(NamedTuple):
    """The components of a selection, the largest first."""

    components: Sequence[Component]
    """Those to be shown."""
    groups: int
    """How many there are."""
    pairs: int
    cities: int
    countries: int
    apart: Sequence[Bilingual]
    """The countries of which no city is in the largest component, by their English names."""


def reach(index: Index, selection: Selection, top: int = 0) -> Reach:
    """Return the components of the pairs selected; ``top`` keeps so many of the largest, 0 all."""
    ties = _Ties(index, selection)
    groups = connected(ties)
    components: list[Component] = []
    seen: set[str] = set()
    for place, cities in enumerate(groups):
        codes = {ties.country[city] for city in cities}
        if not top or place < top:
            components.append(_component(index, ties, place + 1, cities, codes, codes - seen))
        seen |= codes
    around = {ties.country[city] for city in groups[0]} if groups else set()
    names = names_of(index, "country")
    apart = sorted((names[code] for code in seen - around), key=lambda name: name["en"])
    return Reach(components, len(groups), ties.pairs, len(ties.country), len(seen), apart)


class _Ties:
    """The pairs selected as ties of cities, by number; what is known of the cities once all have been passed on."""

    def __init__(self, index: Index, selection: Selection) -> None:
        conditions, parameters = selection.where
        self._rows = index.connection.execute(statements.TIES.format(conditions=conditions), parameters)
        self.country: dict[int, str] = {}
        """In which country each city lies."""
        self.degree: Counter[int] = Counter()
        """How many ties each city has."""

    def __iter__(self) -> Iterator[tuple[int, int]]:
        # Passed on as they are read: a million of them would not fit well into memory.
        country, degree = self.country, self.degree
        for city, other, here, there in self._rows:
            country[city], country[other] = here, there
            degree[city] += 1
            degree[other] += 1
            yield city, other

    @property
    def pairs(self) -> int:
        """How many there are."""
        return self.degree.total() // 2


def _component(
    index: Index, ties: _Ties, rank: int, cities: Sequence[int], countries: Set[str], only_here: Set[str]
) -> Component:
    pairs = sum(ties.degree[city] for city in cities) // 2
    return {
        "value": str(rank),
        "name": _name(index, max(cities, key=lambda city: (ties.degree[city], -city))),
        "pairs": pairs,
        "share": share(pairs, ties.pairs),
        "cities": len(cities),
        "countries": sorted(countries),
        "only_here": sorted(only_here),
    }


def _name(index: Index, city: int) -> Bilingual:
    __, en, local, country_en, country_local = index.connection.execute(statements.CITY_AND_COUNTRY, (city,)).fetchone()
    return {"en": f"{en}, {country_en}", "id": f"{local}, {country_local}"}
