"""A layer that has been put together and is not installed yet: what it holds, and what was left out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from twincli.dataset.json_text import as_json
from twincli.dataset.layout import canonical_line, canonical_pieces
from twincli.dataset.models import City, CityNames
from twincli.layers import register as sql
from twincli.layers.cited import add_source
from twincli.layers.joining import PairJoiner, Rejections
from twincli.layers.known import Known, ends_of_pairs
from twincli.layers.naming import Naming
from twincli.layers.register import Register
from twincli.layers.rows import RawSource
from twincli.layers.values import slug
from twincli.sheets import protected
from twincli.text import clean
from twincli.vocabulary import Kind, Level, Status

_LISTED = "Lists the two as twin cities."


@dataclass(frozen=True)
class LayerHeader:
    """What a layer says of itself."""

    name: str
    """The layer's name, which the source of its pairs has for an id."""
    title: str
    date: str
    licence: str
    attribution: str | None
    source: RawSource
    """The source of the pairs that bring none of their own."""


class End(NamedTuple):
    """A city as an end of a pair."""

    id: str
    name: str
    country: str


class LayerPair(NamedTuple):
    """A pair of the layer."""

    id: str
    ends: tuple[End, End]
    """Sorted by id."""
    kind: str | None
    status: str | None
    since: str | None
    until: str | None
    statements: list[list[Any]]
    """The number of each source, and what it says."""
    extra: Mapping[str, Any]
    line: int
    known: str | None
    """The id of the bundled pair that it is."""


class Assembly:
    """What the rows of a file make; a context manager that ends its database."""

    def __init__(self, register: Register, header: LayerHeader, known: Known, joiner: PairJoiner, read: int) -> None:
        self._register = register
        self._header = header
        self.read = read
        """How many rows there were."""
        self.repeated = joiner.repeated
        self.rejected = joiner.rejected
        self.rejections: list[Rejections] = sorted(joiner.rejections.values(), key=lambda each: -each.count)
        self.doubts = joiner.doubts
        self.pairs = register.count("pairs")
        self.known = register.count("known")
        """How many of its pairs the bundled data has."""
        self._source_id = lru_cache(maxsize=10_000)(lambda number: str(register.one(sql.SOURCE_OF, number)[0]))
        if register.count("unsourced"):
            source = header.source._replace(id=header.source.id or slug(header.name))
            self._own_source = add_source(register, source)
        Naming(register, known).run()

    def __enter__(self) -> Assembly:
        return self

    def __exit__(self, *__: object) -> None:
        self._register.close()

    def compare(self, layer: Path) -> tuple[int, int]:
        """Compare with an earlier state of the layer; raises BadData where that cannot be read.

        Returns how many of the pairs that the bundled data lacks it had too, and how many it had that are gone.
        """
        self._register.change(sql.ADD_BEFORE, ends_of_pairs(layer))
        shared, kept = self._register.one(sql.KEPT)
        return kept, self._register.count("before") - shared

    # --- what it holds -----------------------------------------------------------------------------------------------

    def layer_pairs(self) -> Iterator[LayerPair]:
        """Yield its pairs, sorted by id."""
        for row in self._register.all(sql.PAIR_ROWS):
            id_, id1, name1, country1, id2, name2, country2, kind, status, since, until, sources, extra, *rest = row
            one, other = sorted((End(id1, name1, country1), End(id2, name2, country2)))
            told, more = json.loads(sources) if sources else [], json.loads(extra) if extra else {}
            yield LayerPair(id_, (one, other), kind, status, since, until, told, more, *rest)

    def cities(self) -> Iterator[City]:
        """Yield its cities, sorted by id."""
        for row in self._register.all(sql.CITY_ROWS):
            yield _city(row)

    def city(self, id_: str) -> City:
        """Return one of its cities."""
        return _city(self._register.one(sql.CITY_OF, id_))

    def sources_of(self, pair: LayerPair) -> list[dict[str, Any]]:
        """Return the sources of one of its pairs as they stand in a data file."""
        rows = (self._register.one(sql.SOURCE_OF, number) for number, __ in self._told(pair))
        return [_source(*row) for row in rows]

    def write(self, file: TextIO) -> None:
        """Write the layer in the canonical layout."""
        header = self._header
        facts = {
            "format": 1,
            "title": header.title,
            "date": header.date,
            "licence": header.licence,
            "attribution": header.attribution,
        }
        sections = {
            "cities": (canonical_line(city) for city in self.cities()),
            "sources": self._source_lines(),
            "pairs": (as_json(self.pair_record(pair)) for pair in self.layer_pairs()),
        }
        file.writelines(canonical_pieces(facts, sections))

    def _source_lines(self) -> Iterator[str]:
        for id_, record in self._register.all(sql.SOURCE_ROWS):
            yield as_json(_source(id_, record))

    def _told(self, pair: LayerPair) -> list[list[Any]]:
        return pair.statements or [[self._own_source, _LISTED]]

    def pair_record(self, pair: LayerPair) -> dict[str, Any]:
        """Return a pair as it stands in a data file, its keys in the order of the model."""
        record: dict[str, Any] = {
            "id": pair.id,
            "cities": [end.id for end in pair.ends],
            "kind": pair.kind or Kind.SISTER,
            "status": pair.status or Status.UNKNOWN,
            "since": pair.since,
            "until": pair.until,
            "fields": pair.extra.get("fields"),
            "sources": [{"source": self._source_id(number), "says": says} for number, says in self._told(pair)],
            "disputed": pair.extra.get("disputed"),
            "note": pair.extra.get("note"),
        }
        return {key: value for key, value in record.items() if value}

    def write_report(self, file: TextIO) -> None:
        """Write the rows that could not be taken: line number, reason, the row; separated by tabs."""
        file.write("line\treason\trow\n")
        for line, reason, text in self._register.all(sql.REJECTED):
            cells = (clean(reason), clean(" ".join(text.split())))
            file.write("\t".join([str(line), *map(protected, cells)]) + "\n")


def _city(row: Sequence[Any]) -> City:
    id_, name, names, country, admin, level, lat, lon, geonames = row
    return City(
        id=id_,
        name=name,
        names=CityNames.model_validate_json(names),
        country=country,
        admin=admin,
        level=Level(level),
        lat=lat,
        lon=lon,
        geonames=geonames,
    )


def _source(id_: str, record: str) -> dict[str, Any]:
    return {**json.loads(record), "id": id_}
