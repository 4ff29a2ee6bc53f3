"""A selection of pairs at a glance, and which of its cities and countries are connected with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from twincli.index.store import Index
from twincli.query import statements
from twincli.query.graph import connected
from twincli.query.pairs import Arrangement, Selection, count_pairs, pair_docs
from twincli.query.records import Bilingual
from twincli.query.stats import Count, count_by, share
from twincli.vocabulary import Confidence, Grouping, Kind, Sort, Status

_MOST_CONNECTED = 3


@dataclass(frozen=True, eq=False, repr=False)
class Overview:
    """What a selection of pairs holds."""

    pairs: int
    cities: int
    countries: int
    dated: int
    """How many pairs have a beginning."""
    sourced_twice: int
    """How many pairs have two sources or more."""
    kinds: dict[str, int]
    statuses: dict[str, int]
    confidences: dict[str, int]
    oldest: str | None
    """The JSON document of the pair with the earliest beginning, if one has any."""
    newest: str | None
    longest: str | None
    """That of the pair whose cities are farthest apart."""
    most_connected: Sequence[Count]
    """The cities with the most of these pairs."""
    countries_most: Sequence[Count]
    """The countries with the most of these pairs."""


def overview(index: Index, selection: Selection) -> Overview:
    """Return what a selection holds."""
    conditions, parameters = selection.where
    rows = index.connection.execute(statements.OVERVIEW.format(conditions=conditions), parameters).fetchall()
    ends = index.connection.execute(statements.COUNT_ENDS.format(conditions=conditions), parameters).fetchone()
    tallies: tuple[Counter[int], ...] = (Counter(), Counter(), Counter())
    for *places, pairs, __, __ in rows:
        for tally, place in zip(tallies, places, strict=True):
            tally[place] += pairs
    kinds, statuses, confidences = (
        {member.value: tally[place] for place, member in enumerate(members) if tally[place]}
        for members, tally in zip((Kind, Status, Confidence), tallies, strict=True)
    )
    dated = sum(row[4] for row in rows)
    return Overview(
        pairs=sum(row[3] for row in rows),
        cities=ends[0],
        countries=ends[1],
        dated=dated,
        sourced_twice=sum(row[5] for row in rows),
        kinds=kinds,
        statuses=statuses,
        confidences=confidences,
        oldest=_first(index, selection, Sort.SINCE) if dated else None,
        newest=_first(index, selection, Sort.SINCE, reverse=True) if dated else None,
        longest=_first(index, selection, Sort.DISTANCE, reverse=True),
        most_connected=count_by(index, selection, Grouping.CITY, _MOST_CONNECTED).counts,
        countries_most=count_by(index, selection, Grouping.COUNTRY, _MOST_CONNECTED).counts,
    )


def _first(index: Index, selection: Selection, sort: Sort, *, reverse: bool = False) -> str | None:
    return next(pair_docs(index, selection, Arrangement(sort, reverse, 1)), None)


class Component(TypedDict):
    """Cities connected with each other; see ``ReachOut`` in ``dataset/published.py`` for each key."""

    value: str
    name: Bilingual
    pairs: int
    share: float
    cities: int
    countries: list[str]
    only_here: list[str]


@dataclass(frozen=True, eq=False, repr=False)
class Reach:
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
    rows = index.connection.execute(statements.TIES.format(conditions=conditions), parameters).fetchall()
    country: dict[int, str] = {}
    degree: Counter[int] = Counter()
    for city, other, here, there in rows:
        country[city], country[other] = here, there
        degree[city] += 1
        degree[other] += 1
    components: list[Component] = []
    seen: set[str] = set()
    apart: list[str] = []
    groups = connected((row[0], row[1]) for row in rows)
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
                    "share": share(pairs, len(rows)),
                    "cities": len(cities),
                    "countries": sorted(codes),
                    "only_here": new,
                }
            )
    names = {code: Bilingual(en=en, id=local) for code, en, local in index.connection.execute(statements.COUNTRY_NAMES)}
    unreached = sorted((names[code] for code in apart), key=lambda name: name["en"])
    return Reach(components, len(groups), count_pairs(index, selection), len(country), len(seen), unreached)


def _name(index: Index, city: int) -> Bilingual:
    __, en, local, country_en, country_local = index.connection.execute(statements.CITY_AND_COUNTRY, (city,)).fetchone()
    return {"en": f"{en}, {country_en}", "id": f"{local}, {country_local}"}
