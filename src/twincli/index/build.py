"""Compiling data files into the tables of the index, record by record.

The first file's records win: a later file adds the cities and pairs that those before it do not have.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from twincli.clock import this_day
from twincli.dataset.check import Fault, check_country, check_pair, check_places
from twincli.dataset.models import City, Gazetteer, Pair, Source
from twincli.dataset.notes import read_notes
from twincli.dataset.problems import Problem, Reason
from twincli.dataset.reader import read_model, refuse_bundled_errors, refuse_errors
from twincli.dataset.stream import RecordStream, open_records
from twincli.errors import BadData
from twincli.i18n import N_
from twincli.index.add_cities import Cities, Place, free_id
from twincli.index.add_gazetteer import add_gazetteer
from twincli.index.add_notes import add_notes
from twincli.index.add_pairs import Origin, Pairs, Told
from twincli.index.entries import Entries
from twincli.index.schema import INDEXES, TABLES
from twincli.index.store import as_text, layer_trouble
from twincli.locations import DataFiles
from twincli.text import clean


def build(connection: sqlite3.Connection, files: DataFiles, meta: Mapping[str, str]) -> None:
    """Fill an empty database with the index of data files; ``meta`` is stored for whoever opens it.

    Raises BadData where a file cannot be read or is wrong.
    """
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(TABLES)
    connection.execute("BEGIN")
    counts = _fill(connection, files)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", {**meta, **counts}.items())
    connection.execute("COMMIT")
    connection.executescript(INDEXES)
    connection.execute("UPDATE city SET pairs = (SELECT count(*) FROM edge WHERE edge.city = city.number)")
    # Statistics from a sample: the planner needs magnitudes, and a full count takes seconds at a million pairs.
    connection.execute("PRAGMA analysis_limit = 1000")
    connection.execute("ANALYZE")
    # The update has opened a transaction, which closing the database would throw away.
    connection.commit()


def _fill(connection: sqlite3.Connection, files: DataFiles) -> dict[str, str]:
    """Compile every file into the tables; return how many pairs, cities and countries there are."""
    gazetteer = read_model(files.gazetteer, Gazetteer)
    around = add_gazetteer(connection, gazetteer)
    entries = Entries(connection, gazetteer)
    cities = Cities(connection, around, entries, merges=len(files.origins) > 1)
    pairs = Pairs(connection)
    index = _Filled(cities, pairs, entries, frozenset(around.names))
    for rank, (called, path) in enumerate(files.origins):
        origin = Origin(rank, clean(as_text(called)))
        try:
            stream = open_records(path)
            counts = _OneFile(stream, origin, index).add_all()
        except BadData as error:
            raise (layer_trouble(origin.name, error) if rank else error) from None
        header = stream.header
        described = (header.title, header.date, header.licence, header.attribution or "")
        row = (*origin, clean(as_text(path)), *described, *counts)
        connection.execute("INSERT INTO origin VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    pairs.flush()
    notes, problems = read_notes(files.notes)
    refuse_bundled_errors(files.notes, problems)
    add_notes(connection, notes)
    entries.finish(notes)
    return {"pairs": str(pairs.count), "cities": str(cities.count), "countries": str(len(cities.countries))}


@dataclass(frozen=True)
class _Filled:
    """What every file is compiled into, and what the files read so far have claimed."""

    cities: Cities
    pairs: Pairs
    entries: Entries
    countries: frozenset[str]
    """The codes of the countries that there are."""
    ids: set[str] = field(default_factory=set)
    """Of pairs."""
    ends: set[int] = field(default_factory=set)
    """Two cities' numbers in one, which for a million pairs takes half the memory of tuples."""


class _Spot(NamedTuple):
    """Where a file itself says that a city lies."""

    country: str
    lat: float
    lon: float


class _OneFile:
    """One data file on its way into the index."""

    def __init__(self, stream: RecordStream, origin: Origin, index: _Filled) -> None:
        self._stream = stream
        self._origin = origin
        self._index = index
        self._today = this_day().isoformat()
        self._places: dict[str, Place] = {}
        self._spots: dict[str, _Spot] = {}
        """Of the cities that an earlier file has too, and perhaps elsewhere."""
        self._sources: dict[str, Told] = {}
        self._added_cities = self._read_pairs = self._added_pairs = 0

    def add_all(self) -> tuple[int, int, int, int]:
        """Insert what is new; return the cities read and added, and the pairs read and added."""
        for record in self._stream.records:
            if isinstance(record, Pair):
                self._add_pair(record)
            elif isinstance(record, City):
                self._add_city(record)
            else:
                self._add_source(record)
        return len(self._places), self._added_cities, self._read_pairs, self._added_pairs

    def _add_city(self, city: City) -> None:
        self._refuse(check_country(city, self._index.countries), self._repeated(city.id, self._places))
        self._places[city.id], is_new = self._index.cities.add(city)
        self._added_cities += is_new
        if not is_new:
            self._spots[city.id] = _Spot(city.country, city.lat, city.lon)

    def _add_source(self, source: Source) -> None:
        self._refuse(self._repeated(source.id, self._sources))
        self._sources[source.id] = Told(source, self._index.entries.add_source(source))

    def _add_pair(self, pair: Pair) -> None:
        self._read_pairs += 1
        self._refuse(check_pair(pair, self._places, self._sources, self._today))
        one, other = pair.cities
        ends = self._places[one], self._places[other]
        # A file is judged by what stands in it, as `data check` does, not by where another has its cities.
        self._refuse(check_places(pair, self._spots.get(one, ends[0]), self._spots.get(other, ends[1])))
        low, high = sorted((ends[0].number, ends[1].number))
        key = low << 32 | high
        is_first = self._origin.rank == 0
        index = self._index
        if low == high or key in index.ends:
            if is_first:
                self._refuse([Fault(pair.id, "cities", Reason(N_("has the same two cities as another pair")))])
            return
        if pair.id in index.ids:
            if is_first:
                self._refuse([Fault(pair.id, "id", Reason(N_("is used twice")))])
            pair = pair.model_copy(update={"id": free_id(pair.id, index.ids)})
        index.ids.add(pair.id)
        index.ends.add(key)
        told = [self._sources[statement.source] for statement in pair.sources]
        index.pairs.add(pair, ends, told, self._origin)
        index.entries.add_pair(pair, (ends[0].id, ends[1].id), [source.number for source in told])
        self._added_pairs += 1

    def _repeated(self, record: str, known: dict[str, Any]) -> list[Fault]:
        return [Fault(record, "id", Reason(N_("is used twice")))] if record in known else []

    def _refuse(self, *faults: Iterable[Fault]) -> None:
        for fault in chain.from_iterable(faults):
            path: Path = self._stream.path
            refuse_errors(path, [Problem(path.name, *fault)])
