"""All SQL that reads the index: constant text with parameters, and the clauses of the filters.

Every name or value from outside travels as a parameter. Clauses are written for the edge ``e``, a pair seen from one
of its cities; ``facing`` turns a clause to the other end.
"""

from __future__ import annotations

from collections.abc import Sequence

# A pair's document, the city of the edge first, and what it is joined of.
_DOC = "p.head || a.doc || ', ' || b.doc || p.tail"
_ITS_PAIR = "JOIN pair p ON p.number = e.pair JOIN city a ON a.number = e.city JOIN city b ON b.number = e.other"

# by name_key
NAMES = "SELECT type, target, tier, label FROM name WHERE key = ?"

# by city_id; the joined country by its primary key
CITY = """
SELECT city.number, city.id, city.en, city.local, city.country, country.en, country.id, city.admin, city.local_admin,
    city.pairs, city.doc
FROM city JOIN country ON country.code = city.country WHERE city.id = ?
"""

# by the primary keys
COUNTRY = "SELECT en, id FROM country WHERE code = ?"
REGION = "SELECT en, id FROM region WHERE code = ?"

# by name_key: the bearers of a province's name
ADMIN_CITIES = "SELECT target FROM name WHERE key = ? AND type = 'admin'"

# a scan, only where a name was not found
LABELS = "SELECT DISTINCT key, label, target FROM name WHERE type = ?"

# by name_key, as a range: of each thing that has a name which begins so its id, else the shortest name; SQLite takes
# the other columns from the row that has the least
NAMES_BEGINNING = """
SELECT target, label, min((tier > 0) || printf('%04d', length(key)) || label) FROM name
WHERE key >= ? AND key < ? AND type = ? AND tier >= ? GROUP BY target
"""
# the same, then by city_id; the joined country by its primary key
CITIES_BEGINNING = """
SELECT city.id, n.key, n.label, city.en, city.local, city.admin, city.local_admin, country.en, country.id
FROM (
    SELECT target, key, label, min((tier > 0) || printf('%04d', length(key)) || label) FROM name
    WHERE key >= ? AND key < ? AND type = 'city' AND (tier > 0) = (? > 0) GROUP BY target
) n
JOIN city ON city.id = n.target JOIN country ON country.code = city.country
"""
# by city_id, then edge_city; the partners by the primary key
PARTNERS = """
SELECT p.id FROM edge e JOIN city p ON p.number = e.other WHERE e.city = (SELECT number FROM city WHERE id = ?)
"""

# by city_id twice, then edge_city
PAIR_OF_CITIES = f"""
SELECT {_DOC}
FROM edge e {_ITS_PAIR}
WHERE e.city = (SELECT number FROM city WHERE id = ?) AND e.other = (SELECT number FROM city WHERE id = ?)
"""

# by edge_city from the first city, then edge_city again for each of its partners
COMMON_PARTNERS = """
SELECT c.doc, p1.id, p2.id
FROM edge e1
JOIN edge e2 ON e2.city = (SELECT number FROM city WHERE id = ?) AND e2.other = e1.other
JOIN city c ON c.number = e1.other
JOIN pair p1 ON p1.number = e1.pair
JOIN pair p2 ON p2.number = e2.pair
WHERE e1.city = (SELECT number FROM city WHERE id = ?)
ORDER BY e1.other_name, c.id
"""

# by pair_id, then edge_pair: side 0 is the pair's own order
PAIR_HEADS = """
SELECT p.id, a.en, a.local, b.en, b.local FROM pair p
JOIN edge e ON e.pair = p.number AND e.side = 0
JOIN city a ON a.number = e.city JOIN city b ON b.number = e.other
WHERE p.id = ?
"""

# by the primary key; the whole table, of a few dozen rows
TOPICS = "SELECT summary FROM note ORDER BY id"
NOTE = "SELECT doc FROM note WHERE id = ?"
NOTES = "SELECT doc FROM note ORDER BY id"

META = "SELECT key, value FROM meta"
# the whole table, of a row a data file
NEWEST_DATE = "SELECT max(date) FROM origin"
# by the primary key; one row a data file
ORIGINS = """
SELECT name, path, title, date, licence, attribution, cities, added_cities, pairs, added_pairs
FROM origin ORDER BY number
"""

# The edges of a listing: by edge_country or edge_city where --country or --city is given, a scan where --with or
# --region stands without them, else by edge_side.
EDGES = "FROM edge e WHERE {conditions}"
COUNT_EDGES = "SELECT count(*) " + EDGES
ANY_EDGE = "SELECT 1 " + EDGES + " LIMIT 1"
LIST_DOCS = f"""
SELECT {_DOC}
FROM (SELECT * FROM edge e WHERE {{conditions}} ORDER BY {{order}} LIMIT ?) e
{_ITS_PAIR}
ORDER BY {{order}}
"""

# As above, without the pairs' documents.
LIST_TIES = "SELECT e.city, e.other, e.status, e.distance " + EDGES + " ORDER BY {order} LIMIT ?"

# The twinnings as a graph: a scan of all edges, since each may lie on a chain; in an index's order it takes longer.
GRAPH_EDGES = "SELECT city, other FROM edge e NOT INDEXED WHERE {conditions}"
# by edge_country
CITIES_WITH_PAIRS = "SELECT DISTINCT city FROM edge WHERE country = ?"
# by edge_city
STEP = "SELECT confidence, distance FROM edge WHERE city = ? AND other = ?"
STEP_DOC = f"""
SELECT {_DOC}
FROM edge e {_ITS_PAIR}
WHERE e.city = ? AND e.other = ?
"""
# by the primary key
CITY_DOC = "SELECT en, id, doc FROM city WHERE number = ?"
# a scan, only where there is no chain
CITY_COUNTRIES = "SELECT number, country FROM city"

# The jubilees of a year, those of a known day first, then of a known month: by the edges of the filter, as a listing.
ANNIVERSARY_DOCS = f"""
SELECT e.since, {_DOC}
FROM edge e {_ITS_PAIR}
WHERE {{conditions}}
ORDER BY length(e.since) DESC, substr(e.since, 6), {{order}}
"""
STATUS_COUNTS = "SELECT e.status, count(*) " + EDGES + " GROUP BY e.status"

# Counts: by edge_country or edge_city where the filter names a country or a city, else a scan of the edges.
COUNT_BY = "SELECT {value}, count(*) " + EDGES + " GROUP BY 1"
# The largest first, and how many groups there are with those beyond the limit.
COUNT_BY_CITY = """
SELECT city.id, city.en, city.local, country.en, country.id, counted.pairs, counted.groups
FROM (
    SELECT {value} AS number, count(*) AS pairs, count(*) OVER () AS groups FROM edge e WHERE {conditions}
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?
) counted
JOIN city ON city.number = counted.number JOIN country ON country.code = city.country
ORDER BY counted.pairs DESC, counted.number
"""
COUNT_FIELDS = "SELECT {sums} " + EDGES
COUNT_FIELD = "sum(e.fields & {bit} != 0)"
OVERVIEW = """
SELECT e.kind, e.status, e.confidence, count(*), count(e.since), sum(e.sources > 1),
       min(e.since), max(e.since), max(e.distance)
FROM edge e WHERE {conditions} GROUP BY 1, 2, 3
"""
EXTREMES = """
SELECT e.city, e.other, e.since, e.distance FROM edge e
WHERE {conditions} AND (e.since = ? OR e.since = ? OR e.distance = ?) ORDER BY e.name, e.other_name, e.pair
"""
# both ends of each pair selected, each place once
COUNT_ENDS = """
WITH chosen AS (SELECT e.city, e.other, e.country, e.other_country FROM edge e WHERE {conditions})
SELECT (SELECT count(*) FROM (SELECT city FROM chosen UNION SELECT other FROM chosen)),
       (SELECT count(*) FROM (SELECT country FROM chosen UNION SELECT other_country FROM chosen))
"""
TIES = "SELECT e.city, e.other, e.country, e.other_country " + EDGES
# small tables, read whole
COUNTRY_NAMES = "SELECT code, en, id FROM country"
REGION_NAMES = "SELECT code, en, id FROM region"
# by the primary keys
CITY_AND_COUNTRY = """
SELECT city.id, city.en, city.local, country.en, country.id
FROM city JOIN country ON country.code = city.country WHERE city.number = ?
"""

# The search table by the words asked for; each entry by its number. The weights are those of the columns, in their
# order. Notes are long, which the formula holds against them, and a source's title is no more than a trace.
HITS = """
SELECT e.type, e.target, e.pairs, e.doc, round(
    -bm25(search, 10, 5, 2, 1, 0.5) * CASE e.type WHEN 'topic' THEN 3 WHEN 'source' THEN 0.5 ELSE 1 END, 1
) AS score
FROM search JOIN entry e ON e.number = search.rowid WHERE search MATCH ? AND {types} ORDER BY score DESC, e.number
"""
HIT_COUNTS = """
SELECT e.type, count(*) FROM search JOIN entry e ON e.number = search.rowid WHERE search MATCH ? AND {types} GROUP BY 1
"""
IS_WORD = "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1"
# a scan of all words, only where one is not found
WORDS_AS_LONG = "SELECT term FROM word WHERE length(term) BETWEEN ? AND ? ORDER BY doc DESC, term"
# by city_id; the joined country by its primary key
CITY_PARTS = """
SELECT city.en, city.local, country.en, country.id, city.doc
FROM city JOIN country ON country.code = city.country WHERE city.id = ?
"""
# by pair_id
PAIR_PARTS = "SELECT head, tail FROM pair WHERE id = ?"


def one_of(column: str, count: int) -> str:
    """Return the clause that a column has one of so many values."""
    return f"e.{column} IN ({', '.join('?' * count)})"


HAS_FIELD = "e.fields & ? != 0"
BEGAN_BEFORE = "e.since < ?"
IS_MULTIPLE = "(? - substr(e.since, 1, 4)) % ? = 0"
SINCE_FROM = "e.since >= ?"
SINCE_TO = "e.since <= ?"
IS_DISPUTED = "e.disputed = ?"
FROM_ITS_OWN_SIDE = "e.side = 0"
EITHER_SIDE_ONCE = "(e.side = 0 OR NOT ({facing}))"

_FACING = {
    "e.city ": "e.other ",
    "e.country ": "e.other_country ",
    "e.region ": "e.other_region ",
    "e.continent ": "e.other_continent ",
}


def facing(clause: str) -> str:
    """Return a clause on one end of an edge as the same clause on the other end."""
    marked = clause
    for here, there in _FACING.items():
        marked = marked.replace(here, f"<{here}>").replace(there, here)
        marked = marked.replace(f"<{here}>", there)
    return marked


# What pairs are counted by, as an expression on the edge; ``end`` is "" for its own city, "other_" for the other.
BY_END = "e.{end}{column}"
BY_BOTH_ENDS = "min(e.{column}, e.other_{column}) || ' ' || max(e.{column}, e.other_{column})"
BY_BOTH_ENDS_IN_ORDER = "e.{column} || ' ' || e.other_{column}"
BY_DECADE = "substr(e.{column}, 1, 3) || '0'"
BY_COLUMN = "e.{column}"
# Each pair once for each of the two that its ends lie in, and once where both lie in the same.
ONCE_FOR_EACH_END = "(e.side = 0 OR e.{column} != e.other_{column})"


def by_band(column: str, bounds: Sequence[int]) -> str:
    """Return which band a column's number lies in: 0 below the first bound, 1 below the second, and so on."""
    cases = " ".join(f"WHEN e.{column} < {bound:d} THEN {place:d}" for place, bound in enumerate(bounds))
    return f"CASE {cases} ELSE {len(bounds):d} END"
