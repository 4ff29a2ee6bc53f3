"""Which cities and countries are connected with each other by the twinnings selected, and which are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypedDict

from twincli.index.store import Index
from twincli.query import statements
from twincli.query.graph import connected
from twincli.query.pairs import Selection
from twincli.query.stats import share
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
    conditions, parameters = selection.where
    rows = index.connection.execute(statements.TIES.format(conditions=conditions), parameters)
    country: dict[int, str] = {}
    degree: Counter[int] = Counter()

    def ties() -> Iterator[tuple[int, int]]:
        # Passed on as they are read: a million of them would not fit well into memory.
        for city, other, here, there in rows:
            country[city], country[other] = here, there
            degree[city] += 1
            degree[other] += 1
            yield city, other

    groups = connected(ties())
    total = degree.total() // 2
    components: list[Component] = []
    seen: set[str] = set()
    apart: list[str] = []
    for place, cities in enumerate(groups):
        codes = {country[city] for city in cities}
        new = sorted(codes - seen)
        seen |= codes
        if place:
            apart += new
        if not top or place < top:
            pairs = sum(degree[city] for city in cities) // 2
            name = _name(index, max(cities, key=lambda city: (degree[city], -city)))
            components.append(
                {
                    "value": str(place + 1),
                    "name": name,
                    "pairs": pairs,
                    "share": share(pairs, total),
                    "cities": len(cities),
                    "countries": sorted(codes),
                    "only_here": new,
                }
            )
    names = {code: Bilingual(en=en, id=local) for code, en, local in index.connection.execute(statements.COUNTRY_NAMES)}
    unreached = sorted((names[code] for code in apart), key=lambda name: name["en"])
    return Reach(components, len(groups), total, len(country), len(seen), unreached)


def _name(index: Index, city: int) -> Bilingual:
    __, en, local, country_en, country_local = index.connection.execute(statements.CITY_AND_COUNTRY, (city,)).fetchone()
    return {"en": f"{en}, {country_en}", "id": f"{local}, {country_local}"}
