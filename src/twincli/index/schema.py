"""The tables of the index.

An ``edge`` is a pair seen from one of its cities, so that each pair has two; its columns repeat what is filtered and
sorted on, so that a listing needs one index and no second look. ``head`` and ``tail`` are a pair's JSON document before
and after its two cities; a document in the order asked for is head + city + other city + tail. An ``origin`` is a data
file; its number is its rank, and where several have a record, the first one's counts.

An ``entry`` is something that a search finds; ``doc`` is what is shown of it where no other table holds that. Its words
are in ``search`` under its number, folded by ``text.fold_words`` before they come there, so that SQLite's plainest
tokenizer serves and every version of it finds the same. ``search`` keeps no text, only where each word occurs. Its
columns: names in one word each, names by words, other names, running text, and ``context``, which helps to tell
entries apart but is no reason to find one: a city's country, a pair's fields. ``word`` lists the words that there are.
"""

from __future__ import annotations

from enum import IntEnum

# Raised by every change of the tables or of what is stored in them: an index of another version is not opened.
SCHEMA_VERSION = 8


class Tier(IntEnum):
    """How directly a name names its bearer: a lookup takes the lowest that finds anything."""

    ID = 0
    NAME = 1
    FORMER = 2
    ALSO = 3
    PART = 4  # a part of a country that people take for the whole


TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE origin (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, path TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL,
    licence TEXT NOT NULL, attribution TEXT NOT NULL, cities INTEGER NOT NULL, added_cities INTEGER NOT NULL,
    pairs INTEGER NOT NULL, added_pairs INTEGER NOT NULL
);

CREATE TABLE region (code TEXT PRIMARY KEY, parent TEXT, en TEXT NOT NULL, id TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE country (
    code TEXT PRIMARY KEY, region TEXT NOT NULL, continent TEXT NOT NULL, en TEXT NOT NULL, id TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE city (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, en TEXT NOT NULL, local TEXT NOT NULL, country TEXT NOT NULL,
    admin TEXT, local_admin TEXT, pairs INTEGER NOT NULL, doc TEXT NOT NULL
);

CREATE TABLE pair (number INTEGER PRIMARY KEY, id TEXT NOT NULL, head TEXT NOT NULL, tail TEXT NOT NULL);

CREATE TABLE edge (
    pair INTEGER NOT NULL, side INTEGER NOT NULL, city INTEGER NOT NULL, other INTEGER NOT NULL,
    name TEXT NOT NULL, other_name TEXT NOT NULL, local TEXT NOT NULL, other_local TEXT NOT NULL,
    country TEXT NOT NULL, other_country TEXT NOT NULL,
    region TEXT NOT NULL, other_region TEXT NOT NULL, continent TEXT NOT NULL, other_continent TEXT NOT NULL,
    kind INTEGER NOT NULL, status INTEGER NOT NULL, fields INTEGER NOT NULL, since TEXT, as_of TEXT,
    confidence INTEGER NOT NULL, disputed INTEGER NOT NULL, distance INTEGER NOT NULL,
    until TEXT, sources INTEGER NOT NULL, origin INTEGER NOT NULL
);

CREATE TABLE name (
    key TEXT NOT NULL, type TEXT NOT NULL, target TEXT NOT NULL, tier INTEGER NOT NULL, label TEXT NOT NULL
);

CREATE TABLE note (id TEXT PRIMARY KEY, summary TEXT NOT NULL, doc TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE entry (number INTEGER PRIMARY KEY, type TEXT NOT NULL, target TEXT NOT NULL, pairs INTEGER, doc TEXT);

CREATE VIRTUAL TABLE search USING fts5 (key, name, other, body, context, content = '', tokenize = 'ascii');

CREATE VIRTUAL TABLE word USING fts5vocab (search, row);
"""

# Made after the rows are in, which is several times faster than keeping them up row by row.
INDEXES = """
CREATE UNIQUE INDEX city_id ON city (id);
CREATE UNIQUE INDEX pair_id ON pair (id);
CREATE INDEX edge_city ON edge (city, other);
CREATE INDEX edge_country ON edge (country, name, city, other_name, pair);
CREATE INDEX edge_side ON edge (side, name, city, other_name, pair);
CREATE INDEX edge_pair ON edge (pair) WHERE side = 0;
CREATE INDEX name_key ON name (key, type);
"""
