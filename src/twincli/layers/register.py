"""The cities and pairs of one file while it is imported, in a database of its own that ends with it.

SQLite keeps it in memory while it is small and in a nameless temporary file beyond that, so that a file of any size
is imported in a memory that does not grow with it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from twincli.dataset.matching import NEAR_KM, box_around
from twincli.geo import great_circle_km

_CACHE_KIB = 48 * 1024

TABLES = """
CREATE TABLE city (
    number INTEGER PRIMARY KEY, key TEXT, geonames INTEGER, known TEXT, wanted TEXT, name TEXT NOT NULL,
    names TEXT NOT NULL, country TEXT NOT NULL, admin TEXT, level TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
    id TEXT
);
CREATE INDEX city_key ON city (key) WHERE key IS NOT NULL;
CREATE INDEX city_geonames ON city (geonames) WHERE geonames IS NOT NULL;
CREATE INDEX city_known ON city (known) WHERE known IS NOT NULL;
CREATE TABLE name (folded TEXT NOT NULL, country TEXT NOT NULL, city INTEGER NOT NULL, lat REAL, lon REAL);
CREATE INDEX name_folded ON name (folded, lat, lon, country);
CREATE TABLE source (
    number INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, wanted TEXT, url TEXT NOT NULL, publisher TEXT NOT NULL,
    id TEXT
);
CREATE TABLE pair (
    number INTEGER PRIMARY KEY, one INTEGER NOT NULL, other INTEGER NOT NULL, line INTEGER NOT NULL, wanted TEXT,
    kind TEXT, status TEXT, since TEXT, until TEXT, sources TEXT, extra TEXT, known TEXT, id TEXT,
    UNIQUE (one, other)
);
CREATE TABLE waiting (number INTEGER PRIMARY KEY, row TEXT NOT NULL);
CREATE TABLE wanted (folded TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE rejected (line INTEGER NOT NULL, reason TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE taken (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE before (one TEXT, other TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;
"""

# Each names the index that it uses; those without one read a whole table, once.
BY_KEY = "SELECT number FROM city WHERE key = ?"  # city_key
BY_GEONAMES = "SELECT number FROM city WHERE geonames = ?"  # city_geonames
BY_KNOWN = "SELECT number FROM city WHERE known = ?"  # city_known
_BEARERS = (
    "SELECT name.city, name.lat, name.lon, city.geonames, city.admin, city.country"
    " FROM name JOIN city ON city.number = name.city WHERE name.folded = ?"
)
# name_folded, by its first two columns, then the city's row: a name may have thousands of bearers, and few are near.
NEAR_ANYWHERE = f"{_BEARERS} AND name.lat BETWEEN ? AND ? AND name.lon BETWEEN ? AND ?"
NEAR = f"{NEAR_ANYWHERE} AND name.country = ?"
# name_folded, by its first column. Where a name has so many bearers in a country, it means none of them.
BY_NAME = f"{_BEARERS} AND name.country = ? LIMIT 200"
KNOWN_AS = "SELECT known FROM city WHERE number = ?"  # the row's number
PLACE = "SELECT known, country, lat, lon FROM city WHERE number = ?"  # the row's number
FILL_CITY = (  # the row's number
    "UPDATE city SET key = coalesce(key, ?), geonames = coalesce(geonames, ?), admin = coalesce(admin, ?)"
    " WHERE number = ?"
)
ADD_CITY = "INSERT INTO city VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"
ADD_NAME = "INSERT INTO name VALUES (?, ?, ?, ?, ?)"
ADD_SOURCE = "INSERT OR IGNORE INTO source VALUES (NULL, ?, ?, ?, ?, NULL)"
SOURCE = "SELECT number FROM source WHERE record = ?"  # the unique index
ADD_PAIR = "INSERT OR IGNORE INTO pair VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"
PAIR = (  # the unique index
    "SELECT number, since, until, status, kind, sources, extra FROM pair WHERE one = ? AND other = ?"
)
FILL_PAIR = (  # the row's number
    "UPDATE pair SET since = ?, until = ?, status = ?, kind = ?, sources = ?, extra = ? WHERE number = ?"
)
# Cities of rows that were rejected for their other city are no part of the layer.
USED_CITIES = (
    "SELECT number, known, wanted, name, country, admin FROM city"
    " WHERE number IN (SELECT one FROM pair UNION SELECT other FROM pair) ORDER BY number"
)
SOURCES = "SELECT number, wanted, url, publisher FROM source ORDER BY number"
PAIR_ENDS = (  # the numbers of both cities
    "SELECT pair.number, pair.wanted, pair.known, a.id, b.id FROM pair"
    " JOIN city a ON a.number = pair.one JOIN city b ON b.number = pair.other ORDER BY pair.number"
)
NAME_CITY = "UPDATE city SET id = ? WHERE number = ?"
NAME_SOURCE = "UPDATE source SET id = ? WHERE number = ?"
NAME_PAIR = "UPDATE pair SET id = ? WHERE number = ?"
TAKE = "INSERT OR IGNORE INTO taken VALUES (?)"
ORDER = "CREATE INDEX city_id ON city (id); CREATE INDEX source_id ON source (id); CREATE INDEX pair_id ON pair (id);"
_CITY = "SELECT id, name, names, country, admin, level, lat, lon, geonames FROM city"
CITY_ROWS = f"{_CITY} WHERE id IS NOT NULL ORDER BY id"  # city_id
SOURCE_ROWS = "SELECT id, record FROM source ORDER BY id"  # source_id
PAIR_ROWS = (  # pair_id, and the numbers of both cities
    "SELECT pair.id, a.id, a.name, a.country, b.id, b.name, b.country, pair.kind, pair.status, pair.since, pair.until,"
    " pair.sources, pair.extra, pair.line, pair.known FROM pair"
    " JOIN city a ON a.number = pair.one JOIN city b ON b.number = pair.other ORDER BY pair.id"
)
CITY_OF = f"{_CITY} WHERE id = ?"  # city_id
SOURCE_OF = "SELECT id, record FROM source WHERE number = ?"  # the row's number
ADD_BEFORE = "INSERT OR IGNORE INTO before VALUES (?, ?)"
KEPT = (  # the primary key of before
    "SELECT count(*), coalesce(sum(pair.known IS NULL), 0) FROM pair"
    " JOIN city a ON a.number = pair.one JOIN city b ON b.number = pair.other"
    " JOIN before ON before.one = min(a.id, b.id) AND before.other = max(a.id, b.id)"
)
WAIT = "INSERT INTO waiting VALUES (NULL, ?)"
WAITING = "SELECT row FROM waiting ORDER BY number"
WANT = "INSERT OR IGNORE INTO wanted VALUES (?)"
WANTED = "SELECT 1 FROM wanted WHERE folded = ?"  # the primary key
REJECT = "INSERT INTO rejected VALUES (?, ?, ?)"
REJECTED = "SELECT line, reason, text FROM rejected ORDER BY line, rowid"
COUNTS = {
    "pairs": "SELECT count(*) FROM pair",
    "known": "SELECT count(*) FROM pair WHERE known IS NOT NULL",
    "unsourced": "SELECT count(*) FROM pair WHERE sources IS NULL",
    "before": "SELECT count(*) FROM before",
}


class Bearer(NamedTuple):
    """A city of the file that bears a name."""

    number: int
    lat: float
    lon: float
    geonames: int | None
    admin: str | None
    country: str

    def km_from(self, lat: float, lon: float) -> float:
        """Return how far it lies from a place."""
        return great_circle_km(lat, lon, self.lat, self.lon)


class Register:
    """An empty database for one file."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_CACHE_KIB};" + TABLES
        )
        self._connection.execute("BEGIN")

    def close(self) -> None:
        """End it, and with it its temporary file."""
        self._connection.close()

    def all(self, statement: str, *values: object) -> Iterator[Any]:
        """Yield the rows of a statement, as they come."""
        return self._connection.execute(statement, values)

    def one(self, statement: str, *values: object) -> Any:
        """Return the first row of a statement, None without any."""
        return self._connection.execute(statement, values).fetchone()

    def count(self, what: str) -> int:
        """Return how many there are of something in ``COUNTS``."""
        return int(self.one(COUNTS[what])[0])

    def add(self, statement: str, *values: object) -> int | None:
        """Insert a row and return its number, None where it was there already."""
        cursor = self._connection.execute(statement, values)
        return cursor.lastrowid if cursor.rowcount else None

    def do(self, statement: str, *values: object) -> None:
        """Carry out a statement that gives nothing."""
        self._connection.execute(statement, values)

    def change(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Carry out a statement for each of several rows."""
        self._connection.executemany(statement, rows)

    def take(self, id_: str) -> bool:
        """Take an id; tell whether it was free."""
        return self._connection.execute(TAKE, (id_,)).rowcount == 1

    def script(self, statements: str) -> None:
        """Carry out statements without values, within the transaction."""
        for statement in statements.split(";"):
            self._connection.execute(statement)

    def match(self, names: set[str], country: str, lat: float, lon: float, geonames: int | None) -> int | None:
        """Return the city of the file that this is, by the rule of ``dataset.matching``; the nearest of several."""
        near = [
            (bearer.km_from(lat, lon), bearer.number)
            for bearer in self.near(names, country, lat, lon)
            if geonames is None or bearer.geonames is None or geonames == bearer.geonames
        ]
        return min(near)[1] if near and min(near)[0] <= NEAR_KM else None

    def near(self, names: set[str], country: str | None, lat: float, lon: float) -> list[Bearer]:
        """Return the cities of a country, or of any, that bear one of several folded names and may be near a place."""
        found = []
        for name in names:
            box = box_around(lat, lon)
            rows = self.all(NEAR, name, *box, country) if country else self.all(NEAR_ANYWHERE, name, *box)
            found += [Bearer(*row) for row in rows]
        return found

    def bearers(self, name: str, country: str) -> list[Bearer]:
        """Return the cities of a country that bear a folded name, or of very many the first."""
        return [Bearer(*row) for row in self.all(BY_NAME, name, country)]

    def reject(self, line: int, reason: str, text: str) -> None:
        """Note a row that cannot be taken."""
        self.add(REJECT, line, reason, text)

    def wait(self, row: object) -> None:
        """Keep a row, made of nothing but tuples, texts and numbers, until all others are read."""
        self.add(WAIT, json.dumps(row))

    def waiting(self) -> Iterator[Any]:
        """Yield what waits, as lists where there were tuples."""
        for (row,) in self.all(WAITING):
            yield json.loads(row)
