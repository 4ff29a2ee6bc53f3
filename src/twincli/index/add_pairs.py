"""Compiling pairs: a document in two halves, and an edge for each of its cities."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from twincli.dataset.json_text import as_json
from twincli.dataset.models import Pair, Source
from twincli.evidence import judge, last_attested
from twincli.geo import great_circle_km
from twincli.index.add_cities import Place
from twincli.vocabulary import Confidence, Field, Kind, Status


def _order(enumeration: type[StrEnum]) -> dict[str, int]:
    """Return the place of each value in its closed list, by which it is stored."""
    return {member.value: place for place, member in enumerate(enumeration)}


_KIND, _STATUS, _FIELD, _CONFIDENCE = map(_order, (Kind, Status, Field, Confidence))
# So many rows are handed to SQLite at once: enough for speed, few enough for memory.
_BATCH = 2000


class Origin(NamedTuple):
    """The data file that a pair is from."""

    rank: int
    name: str


class Told:
    """A source, ready to be put into the documents of its pairs with what it says of each."""

    def __init__(self, source: Source, number: int) -> None:
        self.number = number
        """Its number among all sources that a search finds."""
        self.record = source.model_dump(mode="json")
        for flag in ("mirror", "blog"):
            if not self.record[flag]:
                del self.record[flag]
        self._opening = as_json(self.record)[:-1] + ', "says": '

    def doc(self, says: str) -> str:
        """Return the source as JSON with its statement."""
        return f"{self._opening}{as_json(says)}}}"


class Pairs:
    """The pairs inserted so far, in batches; ``flush`` inserts the rest."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pairs: list[tuple[Any, ...]] = []
        self._edges: list[tuple[Any, ...]] = []
        self.count = 0

    def add(self, pair: Pair, ends: tuple[Place, Place], told: Sequence[Told], origin: Origin) -> None:
        """Insert a pair of two places with what its sources say."""
        self.count += 1
        one, other = ends
        distance = round(great_circle_km(one.lat, one.lon, other.lat, other.lon))
        records = [source.record for source in told]
        confidence, __ = judge(records, disputed=pair.disputed)
        as_of = last_attested(records)
        head = (
            f'{{"id": "{pair.id}", "kind": "{pair.kind}", "status": "{pair.status}", "as_of": {_quoted(as_of)}, '
            f'"since": {_quoted(pair.since)}, "until": {_quoted(pair.until)}, "fields": {as_json(pair.fields)}, '
            f'"disputed": {"true" if pair.disputed else "false"}, "confidence": "{confidence}", '
            f'"distance_km": {distance}, "origin": {as_json(origin.name)}, "cities": ['
        )
        note = as_json(pair.note.model_dump(exclude_none=True)) if pair.note else "null"
        says = ", ".join(source.doc(statement.says) for source, statement in zip(told, pair.sources, strict=True))
        self._pairs.append((self.count, pair.id, head, f'], "sources": [{says}], "note": {note}}}'))
        fields = sum(1 << _FIELD[name] for name in pair.fields)
        shared = (
            _KIND[pair.kind],
            _STATUS[pair.status],
            fields,
            pair.since,
            as_of,
            _CONFIDENCE[confidence],
            pair.disputed,
            distance,
            pair.until,
            len(pair.sources),
            origin.rank,
        )
        self._edges += (
            (self.count, 0, one.number, other.number, *_across(one, other), *shared),
            (self.count, 1, other.number, one.number, *_across(other, one), *shared),
        )
        if len(self._pairs) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Insert what is waiting."""
        self._connection.executemany("INSERT INTO pair VALUES (?, ?, ?, ?)", self._pairs)
        self._connection.executemany(f"INSERT INTO edge VALUES ({', '.join('?' * 25)})", self._edges)
        self._pairs.clear()
        self._edges.clear()


def _across(here: Place, there: Place) -> tuple[str, ...]:
    """Return the columns that an edge has for each of its ends."""
    return (
        here.key,
        there.key,
        here.local_key,
        there.local_key,
        here.country,
        there.country,
        here.region,
        there.region,
        here.continent,
        there.continent,
    )


def _quoted(value: str | None) -> str:
    """Return a date as JSON; dates have no letter that would have to be escaped, nor have ids and listed values."""
    return f'"{value}"' if value else "null"
