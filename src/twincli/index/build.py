"""Compiling a checked dataset into the tables of the index."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from twincli.dataset.models import Admin, City, Country, Gazetteer, Pair, Source
from twincli.dataset.notes import ConceptNote
from twincli.dataset.reader import Bundle
from twincli.evidence import judge, last_attested
from twincli.geo import great_circle_km
from twincli.index.entries import Entries
from twincli.index.schema import INDEXES, TABLES, Tier
from twincli.text import fold
from twincli.vocabulary import Confidence, Field, Kind, Language, Status


def build(connection: sqlite3.Connection, bundle: Bundle, meta: dict[str, str]) -> None:
    """Fill an empty database with the index of a bundle; ``meta`` is stored for whoever opens it."""
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(TABLES)
    connection.execute("BEGIN")
    _add_gazetteer(connection, bundle.gazetteer)
    docs = {city.id: doc for city, doc in _city_docs(bundle)}
    _add_pairs(connection, bundle, _add_cities(connection, bundle, docs))
    _add_notes(connection, bundle.notes)
    _add_entries(connection, bundle)
    counts = {"pairs": len(bundle.dataset.pairs), "cities": len(bundle.dataset.cities)}
    counts["countries"] = len({city.country for city in bundle.dataset.cities})
    described = {key: getattr(bundle.dataset, key) or "" for key in ("title", "date", "licence", "attribution")}
    rows = {**described, **counts, **meta}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [(key, str(value)) for key, value in rows.items()])
    connection.execute("COMMIT")
    connection.executescript(INDEXES)
    connection.execute("ANALYZE")


def _add_entries(connection: sqlite3.Connection, bundle: Bundle) -> None:
    entries = Entries(connection, bundle.gazetteer, bundle.dataset.cities)
    for pair in sorted(bundle.dataset.pairs, key=lambda pair: pair.id):
        entries.add_pair(pair)
    entries.finish(bundle.dataset.sources, bundle.notes)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values that hold something: lists that are empty and names that are absent are left out."""
    return {key: value for key, value in values.items() if value not in (None, [], ())}


# --- countries and cities -------------------------------------------------------------------------------------------


def _add_gazetteer(connection: sqlite3.Connection, gazetteer: Gazetteer) -> None:
    parent = {region.code: region.parent for region in gazetteer.regions}
    connection.executemany(
        "INSERT INTO region VALUES (?, ?, ?, ?)",
        [(region.code, region.parent, region.name.en, region.name.id) for region in gazetteer.regions],
    )
    connection.executemany(
        "INSERT INTO country VALUES (?, ?, ?, ?, ?)",
        [
            (country.code, country.region, parent[country.region] or country.region, country.name.en, country.name.id)
            for country in gazetteer.countries
        ],
    )
    for country in gazetteer.countries:
        _add_names(connection, "country", country.code, _country_names(country))
    for region in gazetteer.regions:
        names = [(Tier.ID, region.code), (Tier.NAME, region.name.en), (Tier.NAME, region.name.id)]
        _add_names(connection, "region", region.code, names)


def _country_names(country: Country) -> Iterator[tuple[Tier, str]]:
    yield Tier.ID, country.code
    yield Tier.ID, country.alpha3
    for name in (country.name.en, country.name.id, *country.native, *country.also):
        yield Tier.NAME, name
    for name in country.former:
        yield Tier.FORMER, name
    for name in country.part_of:
        yield Tier.PART, name


def _add_names(connection: sqlite3.Connection, kind: str, target: str, names: Iterable[tuple[Tier, str]]) -> None:
    best: dict[str, tuple[Tier, str]] = {}
    for tier, name in names:
        key = fold(name)
        if key and (key not in best or tier < best[key][0]):
            best[key] = tier, name
    connection.executemany(
        "INSERT INTO name VALUES (?, ?, ?, ?, ?)",
        [(key, kind, target, tier, label) for key, (tier, label) in best.items()],
    )


def _city_docs(bundle: Bundle) -> Iterator[tuple[City, str]]:
    countries = {country.code: country for country in bundle.gazetteer.countries}
    admins = _admins(bundle.gazetteer)
    for city in bundle.dataset.cities:
        country = countries[city.country]
        record: dict[str, Any] = {
            "id": city.id,
            "name": city.name,
            "names": _filled(city.names.model_dump(mode="json")),
            "country": city.country,
            "country_name": {"en": country.name.en, "id": country.name.id},
            "admin": city.admin,
            "admin_name": _admin_name(city, admins),
            "level": city.level,
            "lat": city.lat,
            "lon": city.lon,
        }
        yield city, _json(record)


def _admins(gazetteer: Gazetteer) -> dict[tuple[str, str], Admin]:
    return {(admin.country, admin.name.en): admin for admin in gazetteer.admins}


def _admin_name(city: City, admins: dict[tuple[str, str], Admin]) -> dict[str, str] | None:
    if city.admin is None:
        return None
    admin = admins.get((city.country, city.admin))
    return {"en": city.admin, "id": admin.name.id if admin else city.admin}


def _add_cities(connection: sqlite3.Connection, bundle: Bundle, docs: dict[str, str]) -> dict[str, tuple[int, str]]:
    """Insert the cities and return the number and the document of each."""
    degree = Counter(end for pair in bundle.dataset.pairs for end in pair.cities)
    admins = _admins(bundle.gazetteer)
    numbered = {}
    rows = []
    for number, city in enumerate(bundle.dataset.cities, 1):
        numbered[city.id] = number, docs[city.id]
        local = city.names.id or city.name
        admin = _admin_name(city, admins) or {}
        rows.append(
            (
                number,
                city.id,
                city.name,
                local,
                city.country,
                admin.get("en"),
                admin.get("id"),
                degree[city.id],
                docs[city.id],
            )
        )
        _add_names(connection, "city", city.id, _city_names(city))
        if city.admin:
            _add_names(connection, "admin", city.id, _admin_names(city.admin, admins.get((city.country, city.admin))))
    connection.executemany("INSERT INTO city VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    return numbered


def _city_names(city: City) -> Iterator[tuple[Tier, str]]:
    yield Tier.ID, city.id
    for name in (city.name, city.names.id, *city.names.native):
        if name:
            yield Tier.NAME, name
    for name in city.names.former:
        yield Tier.FORMER, name
    for name in city.names.also:
        yield Tier.ALSO, name


def _admin_names(name: str, admin: Admin | None) -> list[tuple[Tier, str]]:
    names = [(Tier.NAME, name)]
    if admin:
        names.append((Tier.NAME, admin.name.id))
    return names


# --- pairs ------------------------------------------------------------------------------------------------------------


def _source_doc(source: Source) -> dict[str, Any]:
    """Return a source as it stands in a pair's document, what it says still to come."""
    record = source.model_dump(mode="json")
    for flag in ("mirror", "blog"):
        if not record[flag]:
            del record[flag]
    return record


def _mask(fields: Sequence[Field]) -> int:
    return sum(1 << _ORDER[Field][field] for field in fields)


def _order(enumeration: type[StrEnum]) -> dict[StrEnum, int]:
    return {member: place for place, member in enumerate(enumeration)}


_ORDER = {enumeration: _order(enumeration) for enumeration in (Kind, Status, Field, Confidence)}


def _add_pairs(connection: sqlite3.Connection, bundle: Bundle, numbered: dict[str, tuple[int, str]]) -> None:
    sources = {source.id: _source_doc(source) for source in bundle.dataset.sources}
    cities = {city.id: city for city in bundle.dataset.cities}
    parent = {region.code: region.parent or region.code for region in bundle.gazetteer.regions}
    region = {country.code: country.region for country in bundle.gazetteer.countries}
    pairs, edges = [], []
    # In the order of their ids, so that the number can end every sort key.
    for number, pair in enumerate(sorted(bundle.dataset.pairs, key=lambda pair: pair.id), 1):
        told = [{**sources[statement.source], "says": statement.says} for statement in pair.sources]
        one, other = (cities[end] for end in pair.cities)
        distance = round(great_circle_km(one.lat, one.lon, other.lat, other.lon))
        confidence, __ = judge(told, disputed=pair.disputed)
        as_of = last_attested(told)
        pairs.append((number, pair.id, *_halves(pair, told, confidence, as_of, distance)))
        shared = (
            _ORDER[Kind][pair.kind],
            _ORDER[Status][pair.status],
            _mask(pair.fields),
            pair.since,
            as_of,
            _ORDER[Confidence][confidence],
            pair.disputed,
            distance,
            pair.until,
            len(pair.sources),
        )
        for side, (here, there) in enumerate(((one, other), (other, one))):
            places = [(city.country, region[city.country], parent[region[city.country]]) for city in (here, there)]
            across = [value for values in zip(*places, strict=True) for value in values]
            edges.append(
                (
                    number,
                    side,
                    numbered[here.id][0],
                    numbered[there.id][0],
                    fold(here.name),
                    fold(there.name),
                    fold(here.names.id or here.name),
                    fold(there.names.id or there.name),
                    *across,
                    *shared,
                )
            )
    connection.executemany("INSERT INTO pair VALUES (?, ?, ?, ?)", pairs)
    connection.executemany(f"INSERT INTO edge VALUES ({', '.join('?' * 24)})", edges)


def _halves(
    pair: Pair, told: list[dict[str, Any]], confidence: Confidence, as_of: str | None, distance: int
) -> tuple[str, str]:
    """Return a pair's JSON document before and after its two cities."""
    head = {
        "id": pair.id,
        "kind": pair.kind,
        "status": pair.status,
        "as_of": as_of,
        "since": pair.since,
        "until": pair.until,
        "fields": list(pair.fields),
        "disputed": pair.disputed,
        "confidence": confidence,
        "distance_km": distance,
    }
    note = pair.note.model_dump(exclude_none=True) if pair.note else None
    return _json(head)[:-1] + ', "cities": [', f'], "sources": {_json(told)}, "note": {_json(note)}}}'


# --- concept notes ------------------------------------------------------------------------------------------------


def _add_notes(connection: sqlite3.Connection, notes: list[ConceptNote]) -> None:
    for note in notes:
        front, shared = note.front, note.shared
        aliases = [alias for language in Language for alias in front[language].aliases]
        summary = {
            "id": note.id,
            "title": {language: front[language].title for language in Language},
            "summary": {language: front[language].summary for language in Language},
        }
        sources = [source.model_dump(mode="json", exclude_defaults=True) for source in shared.sources]
        doc = {
            **summary,
            "body": {language: note.body[language] for language in Language},
            "aliases": aliases,
            "see_also": list(shared.see_also),
            "examples": list(shared.examples),
            "sources": sources,
        }
        row = (note.id, _json({**summary, "aliases": aliases}), _json(doc))
        connection.execute("INSERT INTO note VALUES (?, ?, ?)", row)
        names = [(Tier.ID, note.id), *((Tier.NAME, front[language].title) for language in Language)]
        _add_names(connection, "note", note.id, names + [(Tier.ALSO, alias) for alias in aliases])
