"""How many pairs: by country, city, decade and more. All is counted in SQL; components alone need a walk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple, NotRequired, TypedDict

from twincli.index.store import Index
from twincli.query import statements
from twincli.query.clauses import ONE_END
from twincli.query.pairs import Selection, count_pairs
from twincli.records import Bilingual
from twincli.vocabulary import Confidence, Field, Grouping, Kind, Status


class Count(TypedDict):
    """One group of pairs; see ``CountOut`` in ``dataset/published/`` for each key."""

    value: str | None
    name: Bilingual | None
    pairs: int
    share: float
    ended: NotRequired[int]


class Scope(StrEnum):
    """Whose country, region or city is counted."""

    BOTH = "both"  # those of both ends
    OTHER = "other"  # of the end that was not asked for
    OWN = "own"  # of the end that was asked for
    FACING = "facing"  # of the end that faces the one asked for with --with
    PAIR = "pair"  # not a place's: every pair counts once
    EACH = "each"  # once for each of a pair's fields


class Tally(NamedTuple):
    """Pairs counted by something."""

    grouping: Grouping
    scope: Scope
    counts: Sequence[Count]
    """The groups to be shown, the largest or the first first; pairs of which it is not known come last."""
    groups: int
    """How many groups there are; what is not known is none."""
    pairs: int
    """How many pairs are counted."""


# Where one group of distances ends and the next begins, in km.
DISTANCES_KM = (100, 500, 1000, 2000, 5000, 10000, 15000)
_OF_ENDS = {Grouping.COUNTRY, Grouping.REGION, Grouping.CITY}
# Groups with an order of their own; all others come by size.
_IN_ORDER = {Grouping.DECADE, Grouping.STATUS, Grouping.CONFIDENCE, Grouping.DISTANCE}


def count_by(index: Index, selection: Selection, grouping: Grouping, top: int = 0) -> Tally:
    """Count the pairs selected by anything but components; ``top`` keeps so many of the largest groups, 0 all.

    Countries, regions and cities are those of both ends. Where one end was asked for, countries and regions are the
    other end's, and cities those asked for, unless a city itself was.
    """
    scope = _scope(selection, grouping)
    total = count_pairs(index, selection)
    if grouping is Grouping.CITY:
        return _by_city(index, selection, scope, top, total)
    counts = [_count(*group, total) for group in _COUNTERS[grouping](index, selection, scope)]
    if grouping is Grouping.DECADE:
        counts = _with_endings(index, selection, counts)
    if grouping not in _IN_ORDER:
        counts.sort(key=lambda count: (count["value"] is None, -count["pairs"], count["value"]))
    groups = sum(count["value"] is not None for count in counts)
    return Tally(grouping, scope, largest(counts, top), groups, total)


def largest(counts: Sequence[Count], top: int) -> list[Count]:
    """Return the largest groups in the order that they are in; 0 for all."""
    if not top:
        return list(counts)
    known = [count for count in counts if count["value"] is not None]
    kept = {id(count) for count in sorted(known, key=lambda count: -max(count["pairs"], count.get("ended", 0)))[:top]}
    return [count for count in counts if count["value"] is None or id(count) in kept]


def _count(value: str | None, name: Bilingual | None, pairs: int, total: int) -> Count:
    return {"value": value, "name": name, "pairs": pairs, "share": share(pairs, total)}


def share(part: int, total: int) -> float:
    """Return a part of a total as a number from 0 to 1."""
    return round(part / total, 4) if total else 0.0


def _scope(selection: Selection, grouping: Grouping) -> Scope:
    if grouping is Grouping.FIELD:
        return Scope.EACH
    if grouping not in _OF_ENDS:
        return Scope.PAIR
    given = {clause.option for clause in selection.here}
    if not given:
        return Scope.BOTH
    if not given & ONE_END:
        return Scope.FACING
    return Scope.OWN if grouping is Grouping.CITY and "--city" not in given else Scope.OTHER


Group = tuple[str | None, Bilingual | None, int]
Where = tuple[str, Sequence[Any]]


def _counted(index: Index, value: str, where: Where) -> list[tuple[Any, int]]:
    conditions, parameters = where
    sql = statements.COUNT_BY.format(value=value, conditions=conditions)
    return index.connection.execute(sql, tuple(parameters)).fetchall()


# --- places -----------------------------------------------------------------------------------------------------------


def _every_end(selection: Selection, once: str = "") -> Where:
    """Return the condition for the edges of the pairs selected that start from an end asked for."""
    clauses = (*selection.here, *selection.plain)
    parts = [clause.sql for clause in clauses] + ([once] if once else [])
    return " AND ".join(parts) or "1", [value for clause in clauses for value in clause.parameters]


def _by_city(index: Index, selection: Selection, scope: Scope, top: int, total: int) -> Tally:
    """Count by cities, of which there are so many that the largest are chosen in SQL."""
    conditions, parameters = selection.where if scope is Scope.OTHER else _every_end(selection)
    value = "e.other" if scope is Scope.OTHER else "e.city"
    sql = statements.COUNT_BY_CITY.format(value=value, conditions=conditions)
    rows = index.connection.execute(sql, (*parameters, top or -1)).fetchall()
    counts = [
        _count(id_, {"en": f"{en}, {country_en}", "id": f"{local}, {country_local}"}, pairs, total)
        for id_, en, local, country_en, country_local, pairs, __ in rows
    ]
    return Tally(Grouping.CITY, scope, counts, rows[0][-1] if rows else 0, total)


def _by_place(index: Index, selection: Selection, scope: Scope, *, column: str) -> Iterator[Group]:
    names = names_of(index, column)
    if scope is Scope.BOTH:
        where = _every_end(selection, statements.ONCE_FOR_EACH_END.format(column=column))
    else:
        where = selection.where
    value = statements.BY_END.format(end="other_" if scope is Scope.OTHER else "", column=column)
    for code, pairs in _counted(index, value, where):
        yield str(code), names[str(code)], pairs


def _by_two_places(index: Index, selection: Selection, __: Scope, *, column: str) -> Iterator[Group]:
    names = names_of(index, column)
    expression = statements.BY_BOTH_ENDS_IN_ORDER if selection.here else statements.BY_BOTH_ENDS
    for codes, pairs in _counted(index, expression.format(column=column), selection.where):
        one, other = str(codes).split(" ")
        name: Bilingual = {
            "en": f"{names[one]['en']} – {names[other]['en']}",
            "id": f"{names[one]['id']} – {names[other]['id']}",
        }
        yield f"{one}-{other}", name, pairs


def names_of(index: Index, column: str) -> dict[str, Bilingual]:
    """Return the names of all countries, or of all regions of the world, by their codes."""
    sql = statements.COUNTRY_NAMES if column == "country" else statements.REGION_NAMES
    return {code: {"en": en, "id": local} for code, en, local in index.connection.execute(sql)}


# --- time, distance, closed lists -------------------------------------------------------------------------------------


def _by_decade(index: Index, selection: Selection, __: Scope, *, column: str) -> Iterator[Group]:
    rows = _counted(index, statements.BY_DECADE.format(column=column), selection.where)
    for decade, pairs in sorted(rows, key=lambda row: (row[0] is None, row[0])):
        yield None if decade is None else str(decade), None, pairs


def _with_endings(index: Index, selection: Selection, counts: Sequence[Count]) -> list[Count]:
    """Return the counts of beginnings with those of endings beside them, and decades that have only those."""
    endings = {
        decade: pairs for decade, __, pairs in _by_decade(index, selection, Scope.PAIR, column="until") if decade
    }
    begun = {count["value"]: count for count in counts}
    decades = sorted({decade for decade in begun if decade} | set(endings))
    values: list[str | None] = [*decades, *([None] if None in begun else [])]
    return [
        {**begun.get(value, _count(value, None, 0, 0)), "ended": endings.get(value, 0) if value else 0}
        for value in values
    ]


def _by_distance(index: Index, selection: Selection, __: Scope) -> Iterator[Group]:
    rows = _counted(index, statements.by_band("distance", DISTANCES_KM), selection.where)
    for place, pairs in sorted(rows):
        bounds = (0, *DISTANCES_KM, "")
        yield f"{bounds[place]}-{bounds[place + 1]}", None, pairs


def _by_field(index: Index, selection: Selection, __: Scope) -> Iterator[Group]:
    conditions, parameters = selection.where
    sums = [statements.COUNT_FIELD.format(bit=1 << place) for place in range(len(Field))]
    sql = statements.COUNT_FIELDS.format(sums=", ".join([*sums, "sum(e.fields = 0)"]), conditions=conditions)
    *counts, unnamed = index.connection.execute(sql, parameters).fetchone()
    for field, pairs in zip(Field, counts, strict=True):
        if pairs:
            yield field.value, None, pairs
    if unnamed:
        yield None, None, unnamed


def _by_list(index: Index, selection: Selection, __: Scope, *, members: type[StrEnum], column: str) -> Iterator[Group]:
    values = list(members)
    for place, pairs in sorted(_counted(index, statements.BY_COLUMN.format(column=column), selection.where)):
        yield values[place].value, None, pairs


_COUNTERS: Mapping[Grouping, Callable[[Index, Selection, Scope], Iterable[Group]]] = {
    Grouping.COUNTRY: partial(_by_place, column="country"),
    Grouping.COUNTRY_PAIR: partial(_by_two_places, column="country"),
    Grouping.REGION: partial(_by_place, column="region"),
    Grouping.REGION_PAIR: partial(_by_two_places, column="region"),
    Grouping.DECADE: partial(_by_decade, column="since"),
    Grouping.KIND: partial(_by_list, members=Kind, column="kind"),
    Grouping.FIELD: _by_field,
    Grouping.STATUS: partial(_by_list, members=Status, column="status"),
    Grouping.CONFIDENCE: partial(_by_list, members=Confidence, column="confidence"),
    Grouping.DISTANCE: _by_distance,
}
