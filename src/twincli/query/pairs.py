"""Which pairs: the filters, the order, and the pairs of cities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

from twincli.errors import NotFound
from twincli.i18n import _, language
from twincli.index.store import Index
from twincli.query import statements
from twincli.query.clauses import Clause
from twincli.query.names import Lookup
from twincli.query.places import City
from twincli.query.since import since_clauses
from twincli.text import clean
from twincli.vocabulary import Confidence, Field, Kind, Language, Sort, Status


class Filters(NamedTuple):
    """Which pairs are asked for, as typed. Values of one filter are alternatives; different filters all hold."""

    country: Sequence[str] = ()
    other_end: Sequence[str] = ()
    city: Sequence[str] = ()
    region: Sequence[str] = ()
    kind: Sequence[Kind] = ()
    field: Sequence[Field] = ()
    status: Sequence[Status] = ()
    since: str | None = None
    confidence: Sequence[Confidence] = ()
    disputed: bool | None = None
    origin: Sequence[str] = ()


class Arrangement(NamedTuple):
    """In what order pairs come, and how many (0: all)."""

    sort: Sort = Sort.CITY
    reverse: bool = False
    limit: int = 0


@dataclass(frozen=True, eq=False, repr=False)
class Selection:
    """Filters with their names resolved, ready to be asked of the index."""

    here: tuple[Clause, ...] = ()
    """Conditions that are on one end, and decide which city of a pair stands first."""
    plain: tuple[Clause, ...] = ()
    """Conditions on the pair itself."""
    cities: tuple[City, ...] = ()
    """The cities asked for, if any."""
    remarks: list[str] = field(default_factory=list)
    """What the reader should know about how names were understood."""

    @property
    def where(self) -> tuple[str, list[Any]]:
        """The condition in SQL that gives every pair once, from the side asked for, and its parameters."""
        own = " AND ".join(clause.sql for clause in self.here)
        parameters = [value for clause in self.here for value in clause.parameters]
        parts = [own] if own else []
        if own:
            parts.append(statements.EITHER_SIDE_ONCE.format(facing=statements.facing(own)))
            parameters *= 2
        else:
            parts.append(statements.FROM_ITS_OWN_SIDE)
        parts += [clause.sql for clause in self.plain]
        parameters += [value for clause in self.plain for value in clause.parameters]
        return " AND ".join(parts), parameters

    def without(self, option: str) -> Selection:
        """Return the same selection without one option."""
        return replace(
            self,
            here=tuple(clause for clause in self.here if clause.option != option),
            plain=tuple(clause for clause in self.plain if clause.option != option),
        )


def select(index: Index, filters: Filters) -> Selection:
    """Resolve the names of the filters.

    Raises NotFound and Ambiguous for names, BadUsage for a range of years that cannot be read.
    """
    since = since_clauses(filters.since)  # first, since it costs nothing to refuse
    lookup = Lookup(index)
    here: list[Clause] = []
    countries = tuple(dict.fromkeys(lookup.country(text) for text in filters.country))
    if countries:
        here.append(Clause("--country", statements.one_of("country", len(countries)), countries))
    cities = _cities(lookup, filters.city)
    if cities:
        numbers = tuple(city.number for city in cities)
        here.append(Clause("--city", statements.one_of("city", len(numbers)), numbers))
    regions = tuple(dict.fromkeys(lookup.region(text) for text in filters.region))
    if regions:
        alternatives = [statements.one_of(column, len(regions)) for column in ("region", "continent")]
        here.append(Clause("--region", f"({' OR '.join(alternatives)})", regions * 2))
    if filters.other_end:
        here.append(_other_end(lookup, filters.other_end))
    plain = [
        *_among("--kind", "kind", filters.kind),
        *_among("--status", "status", filters.status),
        *_among("--confidence", "confidence", filters.confidence),
        *since,
    ]
    if filters.field:
        mask = sum(1 << list(Field).index(wanted) for wanted in set(filters.field))
        plain.append(Clause("--field", statements.HAS_FIELD, (mask,)))
    if filters.disputed is not None:
        option = "--disputed" if filters.disputed else "--undisputed"
        plain.append(Clause(option, statements.IS_DISPUTED, (filters.disputed,)))
    if filters.origin:
        plain.append(_of_origins(index, filters.origin))
    return Selection(tuple(here), tuple(plain), tuple(cities), lookup.remarks)


def selection_of(city: City) -> Selection:
    """Return the selection of one city's pairs."""
    return Selection((Clause("--city", statements.one_of("city", 1), (city.number,)),), (), (city,))


def _cities(lookup: Lookup, texts: Iterable[str]) -> list[City]:
    """Return all the cities named; several cities of one name are all taken."""
    cities: dict[str, City] = {}
    for text in texts:
        cities.update((city.id, city) for city in lookup.cities(text, option="--city"))
    return list(cities.values())


def _other_end(lookup: Lookup, texts: Sequence[str]) -> Clause:
    places = [lookup.place(text) for text in texts]
    codes = [code for each in places for code in each.countries]
    numbers = [city.number for each in places for city in each.cities]
    regions = [code for each in places for code in each.regions]
    wanted = (("other_country", codes), ("other", numbers), ("other_region", regions), ("other_continent", regions))
    alternatives = [statements.one_of(column, len(values)) for column, values in wanted if values]
    parameters = [value for __, values in wanted for value in values]
    return Clause("--with", f"({' OR '.join(alternatives)})", tuple(parameters))


def _of_origins(index: Index, wanted: Sequence[str]) -> Clause:
    """Return the clause of ``--origin``. Raises NotFound with the names there are."""
    numbers = {row[0]: number for number, row in enumerate(index.connection.execute(statements.ORIGINS))}
    for name in wanted:
        if name not in numbers:
            message = _('No data called "{name}". There is: {names}')
            raise NotFound(message.format(name=clean(name), names=", ".join(numbers)))
    chosen = tuple(sorted({numbers[name] for name in wanted}))
    return Clause("--origin", statements.one_of("origin", len(chosen)), chosen)


def _among(option: str, column: str, wanted: Sequence[StrEnum]) -> list[Clause]:
    if not wanted:
        return []
    members = list(type(wanted[0]))
    places = tuple(sorted({members.index(value) for value in wanted}))
    return [Clause(option, statements.one_of(column, len(places)), places)]


# The columns behind each order; the first is what --reverse turns round. Absent values always come last.
_ORDERS = {
    # By city as well, so that those of one name are not mixed.
    Sort.CITY: ("{name}", "city", "{other_name}"),
    Sort.PARTNER: ("{other_name}", "other", "{name}"),
    Sort.SINCE: ("since", "{name}", "{other_name}"),
    Sort.STATUS: ("status", "{name}", "{other_name}"),
    Sort.KIND: ("kind", "{name}", "{other_name}"),
    Sort.DISTANCE: ("distance", "{name}", "{other_name}"),
    Sort.CONFIDENCE: ("confidence", "{name}", "{other_name}"),
    Sort.AS_OF: ("as_of", "{name}", "{other_name}"),
}
_NULLABLE = {"since", "as_of"}


def name_columns(*, for_people: bool) -> tuple[str, str]:
    """Return the columns with the names of both cities to sort by; ``for_people`` is that of ``pair_docs``."""
    in_local_names = for_people and language() is Language.ID
    return ("local", "other_local") if in_local_names else ("name", "other_name")


def sql_order(arrangement: Arrangement, *, for_people: bool = False) -> str:
    """Return the terms of ORDER BY for an arrangement; it is total. ``for_people`` is that of ``pair_docs``."""
    own, other = name_columns(for_people=for_people)
    terms = []
    for place, template in enumerate(_ORDERS[arrangement.sort]):
        column = template.format(name=own, other_name=other)
        if column in _NULLABLE:
            terms.append(f"e.{column} IS NULL")
        terms.append(f"e.{column} {'DESC' if arrangement.reverse and place == 0 else 'ASC'}")
    # Pairs are numbered in the order of their ids, so that the order is total.
    return ", ".join([*terms, "e.pair"])


def pair_docs(
    index: Index, selection: Selection, arrangement: Arrangement, *, for_people: bool = False
) -> Iterator[str]:
    """Yield the JSON documents of the pairs selected, the city asked for first.

    ``for_people`` sorts names as the language spoken writes them; programs get the same order in every language.
    """
    conditions, parameters = selection.where
    order = sql_order(arrangement, for_people=for_people)
    sql = statements.LIST_DOCS.format(conditions=conditions, order=order)
    for (doc,) in index.connection.execute(sql, [*parameters, arrangement.limit or -1]):
        yield doc


def has_pairs(index: Index, selection: Selection) -> bool:
    """Tell whether any pair is selected; counting them would take as long as there are many."""
    conditions, parameters = selection.where
    found = index.connection.execute(statements.ANY_EDGE.format(conditions=conditions), parameters).fetchone()
    return found is not None


def count_pairs(index: Index, selection: Selection) -> int:
    """Return how many pairs are selected, whatever the limit."""
    conditions, parameters = selection.where
    row = index.connection.execute(statements.COUNT_EDGES.format(conditions=conditions), parameters).fetchone()
    return int(row[0])


def count_without_each(index: Index, selection: Selection) -> list[tuple[str, int]]:
    """Return the options that would give pairs if they alone were dropped, with how many."""
    options = dict.fromkeys(clause.option for clause in (*selection.plain, *selection.here))
    if len(options) < 2:
        return []
    counts = [(option, count_pairs(index, selection.without(option))) for option in options]
    return [(option, count) for option, count in counts if count]
