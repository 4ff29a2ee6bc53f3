"""A selection of pairs at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from twincli.index.store import Index
from twincli.query import statements
from twincli.query.pairs import Selection
from twincli.query.stats import Count, Tally, count_by
from twincli.vocabulary import Confidence, Grouping, Kind, Status

_MOST_CONNECTED = 3


class Overview(NamedTuple):
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
    most_connected: Sequence[Count]
    """The cities with the most of these pairs."""
    countries_most: Sequence[Count]
    """The countries with the most of these pairs."""
    oldest: str | None
    """The JSON document of the pair with the earliest beginning, if one has any."""
    newest: str | None
    longest: str | None
    """That of the pair whose cities are farthest apart."""


class _Group(NamedTuple):
    """What is counted of the pairs of one kind, status and confidence, these by their places in their lists."""

    kind: int
    status: int
    confidence: int
    pairs: int
    dated: int
    sourced_twice: int
    earliest: str | None
    latest: str | None
    farthest: int


class _Extreme(NamedTuple):
    """A pair that is the oldest, the newest or the longest, by the numbers of its cities."""

    city: int
    other: int
    since: str | None
    distance: int


def overview(index: Index, selection: Selection) -> Overview:
    """Return what a selection holds."""
    conditions, parameters = selection.where
    groups = [
        _Group(*row) for row in index.connection.execute(statements.OVERVIEW.format(conditions=conditions), parameters)
    ]
    by_city = count_by(index, selection, Grouping.CITY, _MOST_CONNECTED)
    by_country = count_by(index, selection, Grouping.COUNTRY, _MOST_CONNECTED)
    cities, countries = _count_places(index, selection, by_city, by_country)
    oldest, newest, longest = _extremes(index, selection, groups)
    return Overview(
        pairs=sum(group.pairs for group in groups),
        cities=cities,
        countries=countries,
        dated=sum(group.dated for group in groups),
        sourced_twice=sum(group.sourced_twice for group in groups),
        kinds=_counted(Kind, ((group.kind, group.pairs) for group in groups)),
        statuses=_counted(Status, ((group.status, group.pairs) for group in groups)),
        confidences=_counted(Confidence, ((group.confidence, group.pairs) for group in groups)),
        most_connected=by_city.counts,
        countries_most=by_country.counts,
        oldest=oldest,
        newest=newest,
        longest=longest,
    )


def _counted(members: type[StrEnum], counts: Iterable[tuple[int, int]]) -> dict[str, int]:
    """Return how many pairs there are of each member that has any, in the order of the list."""
    tally: Counter[int] = Counter()
    for place, pairs in counts:
        tally[place] += pairs
    return {member.value: tally[place] for place, member in enumerate(members) if tally[place]}


def _count_places(index: Index, selection: Selection, by_city: Tally, by_country: Tally) -> tuple[int, int]:
    """Return how many cities and countries there are at either end."""
    if not selection.here:
        return by_city.groups, by_country.groups
    conditions, parameters = selection.where
    cities, countries = index.connection.execute(
        statements.COUNT_ENDS.format(conditions=conditions), parameters
    ).fetchone()
    return cities, countries


def _extremes(
    index: Index, selection: Selection, groups: Sequence[_Group]
) -> tuple[str | None, str | None, str | None]:
    """Return the documents of the oldest, the newest and the longest pair; of several the first by name.

    One look at the edges finds all three, where a listing for each would sort them all three times.
    """
    first = min((group.earliest for group in groups if group.earliest), default=None)
    last = max((group.latest for group in groups if group.latest), default=None)
    farthest = max((group.farthest for group in groups), default=None)
    conditions, parameters = selection.where
    rows = index.connection.execute(
        statements.EXTREMES.format(conditions=conditions), [*parameters, first, last, farthest]
    )
    found = [_Extreme(*row) for row in rows]

    def document(is_it: Callable[[_Extreme], bool]) -> str | None:
        pair = next(filter(is_it, found), None)
        if pair is None:
            return None
        return str(index.connection.execute(statements.STEP_DOC, (pair.city, pair.other)).fetchone()[0])

    return (
        document(lambda pair: pair.since is not None and pair.since == first),
        document(lambda pair: pair.since is not None and pair.since == last),
        document(lambda pair: pair.distance == farthest),
    )
