"""A selection of pairs at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

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


def overview(index: Index, selection: Selection) -> Overview:
    """Return what a selection holds."""
    conditions, parameters = selection.where
    rows = index.connection.execute(statements.OVERVIEW.format(conditions=conditions), parameters).fetchall()
    tallies: tuple[Counter[int], ...] = (Counter(), Counter(), Counter())
    for row in rows:
        for tally, place in zip(tallies, row, strict=False):  # the first columns: kind, status, confidence
            tally[place] += row[3]
    kinds, statuses, confidences = (
        {member.value: tally[place] for place, member in enumerate(members) if tally[place]}
        for members, tally in zip((Kind, Status, Confidence), tallies, strict=True)
    )
    cities = count_by(index, selection, Grouping.CITY, _MOST_CONNECTED)
    countries = count_by(index, selection, Grouping.COUNTRY, _MOST_CONNECTED)
    return Overview(
        sum(row[3] for row in rows),
        *_places(index, selection, cities, countries),
        sum(row[4] for row in rows),
        sum(row[5] for row in rows),
        kinds,
        statuses,
        confidences,
        cities.counts,
        countries.counts,
        *_extremes(index, selection, rows),
    )


def _places(index: Index, selection: Selection, cities: Tally, countries: Tally) -> tuple[int, int]:
    """Return how many cities and countries there are at either end."""
    if not selection.here:
        return cities.groups, countries.groups
    conditions, parameters = selection.where
    row = index.connection.execute(statements.COUNT_ENDS.format(conditions=conditions), parameters).fetchone()
    return row[0], row[1]


def _extremes(
    index: Index, selection: Selection, rows: Sequence[Sequence[Any]]
) -> tuple[str | None, str | None, str | None]:
    """Return the documents of the oldest, the newest and the longest pair; of several the first by name.

    One look at the edges finds all three, where a listing for each would sort them all three times.
    """
    wanted = (
        min((row[6] for row in rows if row[6]), default=None),
        max((row[7] for row in rows if row[7]), default=None),
        max((row[8] for row in rows), default=None),
    )
    conditions, parameters = selection.where
    sql = statements.EXTREMES.format(conditions=conditions)
    found = index.connection.execute(sql, [*parameters, *wanted]).fetchall()
    docs: list[str | None] = []
    for column, value in zip((2, 2, 3), wanted, strict=True):
        ends = next((row[:2] for row in found if value is not None and row[column] == value), None)
        docs.append(index.connection.execute(statements.STEP_DOC, ends).fetchone()[0] if ends else None)
    return docs[0], docs[1], docs[2]
