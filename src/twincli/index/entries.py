"""What a search finds: an entry for every city, country, region, field, topic, pair and source, with its words."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from twincli.dataset.json_text import as_json
from twincli.dataset.models import City, Country, Gazetteer, Pair, Region, Source
from twincli.dataset.notes import ConceptNote
from twincli.text import fold, fold_words
from twincli.vocabulary import EntryType, Field, Language
from twincli.wording import both_labels

# Pairs are numbered on from here, so that places, fields and topics, which are added after them, stand before them.
_AFTER_PLACES = 1 << 24
_AT_ONCE = 1000


@dataclass(eq=False, repr=False)
class _Entry:
    """One thing to be found, with the words of each column of the search table, folded."""

    type: EntryType
    target: str
    """Its id, code or value."""
    pairs: int | None = None
    """How many pairs it has or serves; None where the question makes no sense."""
    doc: dict[str, Any] | None = None
    key: str = ""
    name: str = ""
    other: str = ""
    body: str = ""
    context: str = ""


class Entries:
    """Fills the tables that are searched: with each pair as it comes, and with all else at the end."""

    def __init__(self, connection: sqlite3.Connection, gazetteer: Gazetteer) -> None:
        self._connection = connection
        self._gazetteer = gazetteer
        self._cities: list[City] = []
        self._sources: list[Source] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._tallies = _Tallies(gazetteer)
        # Folded once for each, not for every pair that shares them.
        self._countries = {entry.code: _words(entry.name.en, entry.name.id) for entry in gazetteer.countries}
        self._ends: dict[str, tuple[str, str]] = {}
        self._fields = {field: _words(name["en"], name["id"]) for field, name in _field_names()}
        # Rows that wait to be written together.
        self._stored: list[tuple[int, str, str, int | None, str | None]] = []
        self._searched: list[tuple[int, str, str, str, str, str]] = []
        self._pairs = 0

    def add_city(self, city: City) -> None:
        """Add a city, before its pairs."""
        self._cities.append(city)
        self._tallies.country[city.id] = city.country
        self._ends[city.id] = _words(city.name, city.names.id), self._countries[city.country]

    def add_source(self, source: Source) -> int:
        """Add a source, to be found once a pair names it, and return its number.

        Two files may call different sources by one id; they have one in common where the address is the same too.
        """
        number = self._numbers.setdefault((source.id, source.url), len(self._sources))
        if number == len(self._sources):
            self._sources.append(source)
            self._tallies.add_source()
        return number

    def add_pair(self, pair: Pair, ends: tuple[str, str], sources: Iterable[int]) -> None:
        """Add a pair of two cities by their ids, with the numbers of its sources.

        Of two that fit equally well, the first is shown first.
        """
        (one, country), (other, other_country) = self._ends[ends[0]], self._ends[ends[1]]
        body = _words(pair.note.en, pair.note.id) if pair.note else ""
        context = " ".join([country, other_country, *(self._fields[field] for field in pair.fields)])
        self._tallies.count(pair, ends, sources)
        self._pairs += 1
        number = _AFTER_PLACES + self._pairs
        # Row by row as they are stored, since there may be a million. Ids have no letter that JSON would escape.
        doc = f'{{"cities": ["{ends[0]}", "{ends[1]}"]}}'
        self._stored.append((number, EntryType.PAIR.value, pair.id, None, doc))
        self._searched.append((number, "", "", f"{one} {other}", body, context))
        if len(self._stored) >= _AT_ONCE:
            self._write()

    def finish(self, notes: Iterable[ConceptNote]) -> None:
        """Add all else: what has more pairs is shown first of two that fit equally well."""
        tallies, gazetteer = self._tallies, self._gazetteer
        countries, regions = tallies.countries(), tallies.regions()
        self._add(
            1,
            [
                *_by_pairs(_country_entry(country, countries[country.code]) for country in gazetteer.countries),
                *_by_pairs(_region_entry(region, regions[region.code]) for region in gazetteer.regions),
                *_by_pairs(_city_entries(self._cities, gazetteer, tallies)),
                *_by_pairs(_field_entries(tallies)),
                *(_topic_entry(note) for note in notes),
            ],
        )
        self._add(_AFTER_PLACES + self._pairs + 1, _by_pairs(_source_entries(self._sources, tallies)))
        self._write()
        self._connection.execute("INSERT INTO search (search) VALUES ('optimize')")

    def _add(self, first: int, entries: Iterable[_Entry]) -> None:
        """Add entries under numbers from the first one on."""
        for number, entry in enumerate(entries, first):
            doc = None if entry.doc is None else as_json(entry.doc)
            self._stored.append((number, entry.type.value, entry.target, entry.pairs, doc))
            self._searched.append((number, entry.key, entry.name, entry.other, entry.body, entry.context))

    def _write(self) -> None:
        self._connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", self._stored)
        self._connection.executemany(
            "INSERT INTO search (rowid, key, name, other, body, context) VALUES (?, ?, ?, ?, ?, ?)", self._searched
        )
        self._stored.clear()
        self._searched.clear()


def _by_pairs(entries: Iterable[_Entry]) -> list[_Entry]:
    return sorted(entries, key=lambda entry: (-(entry.pairs or 0), entry.target))


def _words(*texts: str | None) -> str:
    return fold_words(" ".join(text for text in texts if text))


def _keys(names: Iterable[str]) -> str:
    """Return each name as one word, so that it is found with and without spaces, and whole before in part."""
    return " ".join(dict.fromkeys(map(fold, names)))


class _Tallies:
    """How many pairs each city, country, region, field and source has."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.country: dict[str, str] = {}
        """The country of each city."""
        self._region = {entry.code: entry.region for entry in gazetteer.countries}
        self._parent = {entry.code: entry.parent for entry in gazetteer.regions}
        self._between: Counter[tuple[str, str]] = Counter()
        """How many pairs join two countries, from which all else of countries and regions follows."""
        self.cities: Counter[str] = Counter()
        self.fields: Counter[Field] = Counter()
        self.sources: list[int] = []
        self.first_cited: list[tuple[str, str] | None] = []
        """For each source the cities of the first pair that it speaks of."""

    def add_source(self) -> None:
        """Make room for the source of the next number."""
        self.sources.append(0)
        self.first_cited.append(None)

    def count(self, pair: Pair, ends: tuple[str, str], sources: Iterable[int]) -> None:
        """Count one pair of two cities with the numbers of its sources."""
        # Item by item, since a counter's own update takes three times as long for so few.
        one, other = ends
        self.cities[one] += 1
        self.cities[other] += 1
        self._between[self.country[one], self.country[other]] += 1
        for field in pair.fields:
            self.fields[field] += 1
        for number in sources:
            self.sources[number] += 1
            if self.first_cited[number] is None:
                self.first_cited[number] = ends

    def countries(self) -> Counter[str]:
        """Return how many pairs each country has, one within it counted once."""
        counts: Counter[str] = Counter()
        for codes, count in self._between.items():
            for code in set(codes):
                counts[code] += count
        return counts

    def regions(self) -> Counter[str | None]:
        """Return how many pairs each region and continent has, one within it counted once."""
        counts: Counter[str | None] = Counter()
        for codes, count in self._between.items():
            regions = {self._region[code] for code in codes}
            for region in regions | {self._parent[code] for code in regions}:
                counts[region] += count
        return counts


# --- places -----------------------------------------------------------------------------------------------------------


def _country_entry(country: Country, pairs: int) -> _Entry:
    names = [country.name.en, country.name.id, *country.native]
    others = [*country.also, *country.former, *country.part_of]
    doc = {"name": {"en": country.name.en, "id": country.name.id}, "names": [*country.native, *others]}
    entry = _Entry(EntryType.COUNTRY, country.code, pairs, doc)
    return _named(entry, names, [*others, country.code, country.alpha3])


def _region_entry(region: Region, pairs: int) -> _Entry:
    doc = {"name": {"en": region.name.en, "id": region.name.id}}
    entry = _Entry(EntryType.REGION, region.code, pairs, doc)
    return _named(entry, [region.name.en, region.name.id])


def _city_entries(cities: Iterable[City], gazetteer: Gazetteer, tallies: _Tallies) -> Iterator[_Entry]:
    countries = {country.code: country.name for country in gazetteer.countries}
    admins = {(admin.country, admin.name.en): admin.name.id for admin in gazetteer.admins}
    for city in cities:
        country = countries[city.country]
        entry = _Entry(EntryType.CITY, city.id, tallies.cities[city.id])
        local_admin = admins.get((city.country, city.admin or ""))
        entry.context = _words(country.en, country.id, city.admin, local_admin)
        yield _named(entry, _main_names(city), [*city.names.former, *city.names.also])


def _main_names(city: City) -> list[str]:
    return [city.name, *([city.names.id] if city.names.id else []), *city.names.native]


def _named(entry: _Entry, names: Sequence[str], others: Sequence[str] = ()) -> _Entry:
    entry.key, entry.name = _keys(names), _words(*names)
    entry.other = f"{_words(*others)} {_keys(name for name in others if not name.isalpha())}" if others else ""
    return entry


# --- what they do, what is known of them, who says so -----------------------------------------------------------------


def _field_names() -> Iterator[tuple[Field, dict[str, str]]]:
    for field in Field:
        name = both_labels(Field, field)
        yield field, {"en": name["en"], "id": name["id"]}


def _field_entries(tallies: _Tallies) -> Iterator[_Entry]:
    for field, name in _field_names():
        entry = _Entry(EntryType.FIELD, field.value, tallies.fields[field], {"name": name})
        yield _named(entry, [field.value, name["en"], name["id"]])


def _topic_entry(note: ConceptNote) -> _Entry:
    fronts = [note.front[language] for language in Language]
    entry = _Entry(EntryType.TOPIC, note.id)
    entry.body = _words(*(front.summary for front in fronts), *(note.body[language] for language in Language))
    aliases = [alias for front in fronts for alias in front.aliases]
    return _named(entry, [note.id, *(front.title for front in fronts)], aliases)


def _source_entries(sources: Iterable[Source], tallies: _Tallies) -> Iterator[_Entry]:
    for source, cities, pairs in zip(sources, tallies.first_cited, tallies.sources, strict=True):
        if cities:
            doc = source.model_dump(mode="json", include={"title", "publisher", "url", "date"})
            entry = _Entry(EntryType.SOURCE, source.id, pairs, {**doc, "cities": cities})
            entry.body = _words(source.title, source.publisher)
            yield entry
