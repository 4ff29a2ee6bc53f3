"""The fixed corpus: a sound file in every form that is read, made of the same few pairs, for damage to begin with."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Document = dict[str, Any]


def _city(id_: str, name: str, lat: float, lon: float, **more: Any) -> Document:
    return {"id": id_, "name": name, "country": id_[-2:].upper(), "lat": lat, "lon": lon, **more}


# Made-up cities, which the bundled data has not, so that each can be told from it.
CITIES: tuple[Document, ...] = (
    _city(
        "quellstadt-de", "Quellstadt", 50.1, 9.9, admin="Bavaria", names={"native": ["Quellstädt"], "also": ["Quell"]}
    ),
    _city("merstein-at", "Merstein", 47.5, 14.5, geonames=900000001),
    _city("ujungkota-id", "Ujungkota", -7.1, 110.2, names={"id": "Kota Ujung"}),
    _city("dijkwolde-nl", "Dijkwolde", 52.8, 6.1, names={"former": ["Oudedijk"]}),
    _city("lumbriz-es", "Lümbríz", 40.2, -3.9, level="district"),
)
TIES: tuple[tuple[int, int, Document], ...] = (
    (1, 0, {"kind": "sister", "status": "active", "since": "1986-05-12", "fields": ["culture", "water"]}),
    (3, 2, {"kind": "friendship", "status": "unknown", "since": "1990", "note": {"en": "They write.", "id": "Surat."}}),
    (2, 4, {"kind": "sister", "status": "ended", "since": "1950-01", "until": "1999"}),
    (1, 3, {"kind": "intent", "status": "dormant", "disputed": True}),
)  # fmt: skip
SOURCES: tuple[Document, ...] = (
    {"id": "register", "title": "Register of pairs", "publisher": "A ministry", "url": "https://example.org/pairs",
     "lang": "en", "date": "2019-03", "kind": "official"},
    {"id": "paper", "title": "Zwei Städte", "publisher": "A paper", "url": "http://example.com/a?b=c#d", "lang": "de",
     "kind": "press", "blog": True},
)  # fmt: skip
COUNTRY_NAMES = {"DE": "Germany", "AT": "Österreich", "ID": "Indonesia", "NL": "Belanda", "ES": "ESP"}


@dataclass(frozen=True)
class Table:
    """A table: its cells, the header first."""

    rows: list[list[str]]


def data_file() -> Document:
    """Return a data file."""
    cities = [{**city, "level": city.get("level", "city")} for city in CITIES]
    pairs = []
    for one, other, facts in TIES:
        ends = sorted((cities[one]["id"], cities[other]["id"]))
        says = [{"source": source["id"], "says": "Lists the two."} for source in SOURCES]
        id_ = "-".join(end.rpartition("-")[0] for end in ends)
        pairs.append({"id": id_, "cities": ends, **facts, "sources": says})
    head = {"format": 1, "title": "A few pairs", "date": "2026-11-24", "licence": "CC0-1.0", "attribution": "Nobody"}
    whole: Document = _own_copy({
        **head,
        "cities": sorted(cities, key=lambda city: str(city["id"])),
        "sources": sorted(SOURCES, key=lambda source: str(source["id"])),
        "pairs": sorted(pairs, key=lambda pair: str(pair["id"])),
    })  # fmt: skip
    return whole


def _own_copy(document: Any) -> Any:
    """Return a document of which no part is shared with another, or stands in it twice, since it will be damaged."""
    return json.loads(json.dumps(document))


def answers() -> list[Document]:
    """Return the pairs as ``list --json`` gives them, with what an import reads."""
    whole = data_file()
    cities = {city["id"]: {"names": {}, **city} for city in whole["cities"]}
    sources = {source["id"]: source for source in whole["sources"]}
    pairs: list[Document] = _own_copy([
        {
            **pair,
            "cities": [cities[end] for end in pair["cities"]],
            "sources": [{**sources[each["source"]], "says": each["says"]} for each in pair["sources"]],
        }
        for pair in whole["pairs"]
    ])  # fmt: skip
    return pairs


def shown() -> Document:
    """Return the pairs as ``show CITY --json`` gives them."""
    whole: Document = _own_copy({"city": {**CITIES[1], "names": {}}, "pairs": answers()})
    return whole


def table() -> Table:
    """Return the pairs as a table."""
    header = [f"{name}{side}" for side in (1, 2) for name in ("city", "country", "lat", "lon", "geonames", "admin")]
    rows = [[*header, "since", "until", "kind", "status", "source", "note"]]
    for one, other, facts in TIES:
        row = []
        for city in (CITIES[one], CITIES[other]):
            row += [str(city["name"]), COUNTRY_NAMES[str(city["country"])]]
            row += [str(city[key]) if key in city else "" for key in ("lat", "lon", "geonames", "admin")]
        note = facts.get("note")
        row += [str(facts.get(key, "")) for key in ("since", "until", "kind", "status")]
        rows.append([*row, str(SOURCES[0]["url"]), note["en"] if isinstance(note, Mapping) else ""])
    return Table(rows)


def flat_records() -> list[Document]:
    """Return the table as JSON objects with a column under each key."""
    header, *rows = table().rows
    return [dict(zip(header, row, strict=True)) for row in rows]


_VARIABLES = (
    "item",
    "itemLabel",
    "itemCountryLabel",
    "itemCoord",
    "twin",
    "twinLabel",
    "twinCountryLabel",
    "twinCoord",
    "start",
)


def _bindings() -> list[list[str]]:
    rows = []
    for number, (one, other, facts) in enumerate(TIES):
        row = []
        for place, city in ((one, CITIES[one]), (other, CITIES[other])):
            row += [f"http://www.wikidata.org/entity/Q{9000 + place}", str(city["name"])]
            row += [COUNTRY_NAMES[str(city["country"])], f"Point({city['lon']} {city['lat']})"]
        since = str(facts.get("since", ""))
        rows.append([*row, f"{since[:4]}-01-01T00:00:00Z" if since and number else since])
    return rows


def sparql_json() -> Document:
    """Return the pairs as SPARQL results in JSON."""
    bindings = []
    for row in _bindings():
        terms = {name: _term(value) for name, value in zip(_VARIABLES, row, strict=True) if value}
        bindings.append(terms)
    return {"head": {"vars": list(_VARIABLES)}, "results": {"bindings": bindings}}


def _term(value: str) -> Document:
    if value.startswith("http"):
        return {"type": "uri", "value": value}
    if value.startswith("Point"):
        return {"type": "literal", "value": value, "datatype": "http://www.opengis.net/ont/geosparql#wktLiteral"}
    return {"type": "literal", "value": value, "xml:lang": "en"}


def sparql_csv() -> Table:
    """Return them as SPARQL results in CSV."""
    return Table([list(_VARIABLES), *_bindings()])


def sparql_tsv() -> Table:
    """Return them as SPARQL results in TSV, each value a term of Turtle."""
    header = [f"?{name}" for name in _VARIABLES]
    return Table([header, *([_turtle(value) for value in row] for row in _bindings())])


def _turtle(value: str) -> str:
    if not value:
        return ""
    return f"<{value}>" if value.startswith("http") else f'"{value}"@en'


def separated(rows: Table, separator: str = ",", end: str = "\n", *, quote: bool = False) -> bytes:
    """Return a table as a file."""
    file = io.StringIO()
    dialect = "unix" if quote else "excel"  # the one quotes every cell, the other what needs it
    csv.writer(file, dialect, delimiter=separator, lineterminator=end).writerows(rows.rows)
    return file.getvalue().encode("utf-8", "surrogatepass")


def plain(rows: Table, separator: str = "\t") -> bytes:
    """Return a table as a file without any quotes, as SPARQL's TSV is written."""
    return "".join(separator.join(row) + "\n" for row in rows.rows).encode("utf-8", "surrogatepass")


def notes(folder: Path) -> dict[str, bytes]:
    """Return the concept notes of a folder by their file names; that of two topics, so that they can refer to it."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.md"))}


def sound_files() -> dict[str, bytes]:
    """Return every form as a sound file: what is done to none of them must be answered."""
    whole = json.dumps(data_file(), ensure_ascii=False, indent=1).encode()
    return {
        "data.json": whole,
        "list.json": json.dumps(answers(), ensure_ascii=False).encode(),
        "show.json": json.dumps(shown()).encode(),
        "list.jsonl": "".join(json.dumps(pair) + "\n" for pair in answers()).encode(),
        "flat.json": json.dumps(flat_records()).encode(),
        "flat.jsonl": "".join(json.dumps(record) + "\n" for record in flat_records()).encode(),
        "pairs.csv": separated(table()),
        "pairs.tsv": separated(table(), "\t"),
        "results.json": json.dumps(sparql_json()).encode(),
        "results.csv": separated(sparql_csv(), end="\r\n"),
        "results.tsv": plain(sparql_tsv()),
    }


def sound_layouts() -> dict[str, bytes]:
    """Return data files in the canonical layout, and such as depart from it at their end."""
    whole, empty = _line_by_line(data_file()), _line_by_line({**data_file(), "pairs": []})
    return {
        "lines.json": whole,
        "lines, no last line end.json": whole[:-1],
        "lines, a blank last line.json": whole + b"\n",
        "lines, no pairs.json": empty,
    }


def _line_by_line(document: Document) -> bytes:
    lines = []
    for key, value in document.items():
        records = isinstance(value, list) and ",\n".join(json.dumps(record, ensure_ascii=False) for record in value)
        lines.append(f'"{key}": [\n{records}\n]' if records else f'"{key}": {json.dumps(value)}')
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


Json = dict[str, Callable[[], Any]]
JSON_FORMS: Json = {
    "list.json": answers,
    "show.json": shown,
    "list.jsonl": answers,
    "flat.json": flat_records,
    "flat.jsonl": flat_records,
    "data.json": data_file,
}
