"""Compiling pairs: a document in two halves, and an edge for each of its cities."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from twincli.dataset.models import Pair, Source
from twincli.evidence import judge, last_attested
from twincli.geo import great_circle_km
from twincli.index.add_cities import Place
from twincli.index.rows import as_json, order
from twincli.vocabulary import Confidence, Field, Kind, Status

_KIND, _STATUS, _FIELD, _CONFIDENCE = (order(enumeration) for enumeration in (Kind, Status, Field, Confidence))
# So many rows are handed to SQLite at once: enough for speed, few enough for memory.
_BATCH = 2000


class Pairs:
    """The pairs inserted so far, in batches; ``flush`` inserts the rest."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pairs: list[tuple[Any, ...]] = []
        self._edges: list[tuple[Any, ...]] = []
        self.count = 0

    def add(
        self, pair: Pair, ends: tuple[Place, Place], told: Sequence[dict[str, Any]], origin: tuple[int, str]
    ) -> None:
        """Insert a pair of two places with what its sources say; ``origin`` is the file's place and name."""
        self.count += 1
        one, other = ends
        distance = round(great_circle_km(one.lat, one.lon, other.lat, other.lon))
        confidence, __ = judge(told, disputed=pair.disputed)
        as_of = last_attested(told)
        head = {
            "id": pair.id,
            "kind": pair.kind,
            "status": pair.status,
            "as_of": as_of,
            "since": pair.since,
            "until": pair.until,
            "fields": pair.fields,
            "disputed": pair.disputed,
            "confidence": confidence,
            "distance_km": distance,
            "origin": origin[1],
        }
        note = pair.note.model_dump(exclude_none=True) if pair.note else None
        tail = f'], "sources": {as_json(told)}, "note": {as_json(note)}}}'
        self._pairs.append((self.count, pair.id, as_json(head)[:-1] + ', "cities": [', tail))
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
            origin[0],
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


def source_doc(source: Source) -> dict[str, Any]:
    """Return a source as it stands in a pair's document, what it says still to come."""
    record = source.model_dump(mode="json")
    for flag in ("mirror", "blog"):
        if not record[flag]:
            del record[flag]
    return record
