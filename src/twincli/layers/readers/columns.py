"""Which column of a table holds what, told from its header in the many ways in which people write one.

A header is taken apart into words, "sisterCity_lat" into sister, city and lat; some words say what a column holds,
others which of the two cities it belongs to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

_ROLES = {
    "name": "city cities town towns name label place municipality commune settlement locality kota nama stadt gemeinde "
    "ville ciudad citta cidade",
    "country": "country countries nation negara land pays pais paese iso cc",
    "admin": "admin province state region county prefecture district department subdivision provinsi bundesland "
    "voivodeship",
    "lat": "lat latitude lintang breite y",
    "lon": "lon lng long longitude bujur lange laenge x",
    "point": "coord coords coordinate coordinates koordinat location point wkt geo geom geometry position latlng "
    "latlon",
    "geonames": "geonames geonameid geonamesid geoname",
    "key": "id item uri qid wikidata entity identifier",
    "since": "since start year date founded established signed begin began beginning inception sejak tahun seit depuis "
    "started",
    "until": "until end ended ending sampai hingga bis terminated",
    "kind": "kind type jenis relation relationship",
    "status": "status",
    "url": "url urls source sources reference references ref refs link links website web sumber citation",
    "note": "note notes comment comments remark remarks catatan",
    "fields": "fields bidang",
}
_SIDES = {
    1: "a first one from left origin own home subject asal pertama",
    2: "b second two to target right partner partners twin twins twinned sister sisters other with destination dest "
    "mitra kembar sahabat kedua friend object",
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}
_SIDE_OF = {word: side for side, words in _SIDES.items() for word in words.split()}
# Words that add nothing: "country code", "date of twinning".
_NOISE = frozenset({"code", "kode", "of", "the", "de", "time", "en", "full", "twinning"})
_WORDS = frozenset({*_ROLE_OF, *_SIDE_OF, *_NOISE})
# Which is meant where one header names several: "end date", "city latitude", "country name", "city id", "itemLabel".
_PRIORITY = (
    "geonames", "lat", "lon", "point", "until", "since", "country", "admin", "status", "note", "fields", "kind", "url",
    "key", "name",
)  # fmt: skip
SIDED = ("name", "country", "admin", "lat", "lon", "point", "geonames", "key")
_CITING = frozenset({"source", "sources", "reference", "references", "ref", "refs", "sumber", "citation"})
_OF_THE_PAIR = ("since", "until", "kind", "status", "note", "fields")
# Of two columns that hold the same, codes are clearer than names, and names than addresses; and since is clearer than
# date, which may be any.
_BETTER = {
    "code": 3,
    "kode": 3,
    "iso": 3,
    "cc": 3,
    "label": 2,
    "name": 1,
    "since": 1,
    "sejak": 1,
    "seit": 1,
    "depuis": 1,
}


@dataclass(frozen=True)
class Side:
    """The columns of one city, by their place in a row; None where there is none."""

    name: int
    country: int | None = None
    admin: int | None = None
    lat: int | None = None
    lon: int | None = None
    point: int | None = None
    geonames: int | None = None
    key: int | None = None


@dataclass(frozen=True)
class Layout:
    """The columns of a table."""

    sides: tuple[Side, Side]
    since: int | None = None
    until: int | None = None
    kind: int | None = None
    status: int | None = None
    note: int | None = None
    fields: int | None = None
    urls: tuple[int, ...] = ()
    width: int = 0
    """How many columns there are."""

    @property
    def least(self) -> int:
        """The last place that a row cannot do without: of a city's name or country."""
        return max(place for side in self.sides for place in (side.name, side.country) if place is not None)

    @property
    def used(self) -> set[int]:
        """The places of all columns that are read."""
        places = [getattr(side, role) for side in self.sides for role in SIDED]
        places += [self.since, self.until, self.kind, self.status, self.note, self.fields, *self.urls]
        return {place for place in places if place is not None}


@dataclass(frozen=True)
class _Column:
    """What a header says of its column."""

    place: int
    words: tuple[str, ...]
    role: str | None
    side: int | None
    rank: int
    """How much to be preferred to another column of the same role."""

    @property
    def is_bare(self) -> bool:
        """Whether it only says which city, and not what of it: twin, partner 2."""
        return self.role is None and self.side is not None and any(word in _SIDE_OF for word in self.words)


def recognise(headers: Sequence[str]) -> Layout | None:
    """Return which column holds what, or None where the names of both cities are not among them."""
    columns = _without_bare(_with_twins([_column(place, header) for place, header in enumerate(headers)]))
    named = {column.side for column in columns if column.role == "name"}
    # How the two cities are told apart: by 1 and 2, 0 and 1, or by nothing at one of them.
    order = next((order for order in ((1, 2), (0, 1), (None, 2), (None, 1)) if named.issuperset(order)), None)
    if order is None:
        return None
    sides = [_side([column for column in columns if column.side == side]) for side in order]
    # A year of twinning may be headed "twin since", but "year 2" is none.
    shared = _best([column for column in columns if column.role in _OF_THE_PAIR and not _is_numbered(column)])
    urls = tuple(column.place for column in columns if column.role == "url" and _is_of_the_pair(column))
    return Layout((sides[0], sides[1]), urls=urls, width=len(headers), **shared)


def _column(place: int, header: str) -> _Column:
    words = words_of(header)
    roles = [_ROLE_OF[word] for word in words if word in _ROLE_OF]
    side = next((int(word) for word in words if word in {"0", "1", "2"}), None)
    if side is None:
        side = next((_SIDE_OF[word] for word in words if word in _SIDE_OF), None)
    if words and words[0] == "source" and set(roles) & set(SIDED):
        side, roles = 1, roles[1:]  # "source city" is the first one, "source" or "source url" a reference
    if "label" in words and "key" in roles:
        roles.remove("key")  # "itemLabel" is the item's name
    role = next((role for role in _PRIORITY if role in roles), None)
    if words == ("id",):
        role = None  # of the row, and of neither city
    return _Column(place, words, role, side, max((_BETTER.get(word, 0) for word in words), default=0))


def _with_twins(columns: list[_Column]) -> list[_Column]:
    """Give the second of two columns of one name to the second city, or to the only one that others are marked for."""
    marked = {column.side for column in columns if column.side is not None and (column.role in SIDED or column.is_bare)}
    if len(marked) > 1:
        return columns
    side = next(iter(marked), 2)
    wanted = set(SIDED) - {column.role for column in columns if column.side == side}
    seen: set[tuple[str, ...]] = set()
    result = []
    for column in columns:
        is_second = column.side is None and column.role in wanted and column.words in seen
        seen.add(column.words)
        result.append(replace(column, side=side) if is_second else column)
    return result


def _without_bare(columns: list[_Column]) -> list[_Column]:
    """Understand headers that say only which city: its name, or where another column has that, its address."""
    named = {column.side for column in columns if column.role == "name"}
    words = {column.words for column in columns}
    is_graph = not named and ("source",) in words and ("target",) in words
    result = []
    for column in columns:
        if is_graph and column.words == ("source",):
            result.append(replace(column, role="name", side=1))
        elif column.words in {("from",), ("to",)} and len(named) > 1:
            result.append(replace(column, role="since" if column.words == ("from",) else "until"))
        elif column.is_bare:
            result.append(replace(column, role="key" if column.side in named else "name"))
        else:
            result.append(column)
    return result


def _is_of_the_pair(column: _Column) -> bool:
    """Tell whether addresses stand for the pair: "source 1" does, "website 1" is that of a city."""
    return (column.side is None and not _is_numbered(column)) or bool(_CITING.intersection(column.words))


def _is_numbered(column: _Column) -> bool:
    return any(word in {"0", "1", "2"} for word in column.words)


def _side(columns: Sequence[_Column]) -> Side:
    places = _best([column for column in columns if column.role in SIDED])
    if "key" not in places:
        # "city" beside "cityLabel" is its address; but "commune" beside "city" is another name of several cities.
        label = next(column.words for column in columns if column.place == places["name"])
        bare = tuple(word for word in label if word != "label")
        for column in columns:
            if column.role == "name" and column.words == bare != label:
                places["key"] = column.place
    return Side(**places)


def _best(columns: Sequence[_Column]) -> dict[str, int]:
    """Return the place of the best column of each role, the first of equals."""
    chosen: dict[str, _Column] = {}
    for column in columns:
        assert column.role is not None
        if column.role not in chosen or column.rank > chosen[column.role].rank:
            chosen[column.role] = column
    return {role: column.place for role, column in chosen.items()}


# --- words ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1000)
def words_of(header: str) -> tuple[str, ...]:
    """Return the words of a header: of "sisterCity_lat" sister, city, lat; of "negaramitra" negara, mitra."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", header) if not unicodedata.combining(letter))
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])", " ", plain)
    words: list[str] = []
    for word in re.findall(r"[^\W_]+", apart.lower()):
        words += [word] if word in _WORDS else _taken_apart(word)
    return tuple(words)


def _taken_apart(word: str) -> list[str]:
    """Return a compound as the known words that it is made of, the longest first; itself where it is none."""
    if len(word) > 40:
        return [word]
    for end in range(len(word) - 1, 2, -1):
        head, rest = word[:end], word[end:]
        if head in _WORDS:
            tail = [rest] if rest in _WORDS and (len(rest) > 2 or rest in {"a", "b", "id"}) else _taken_apart(rest)
            if all(part in _WORDS for part in tail):
                return [head, *tail]
    return [word]
