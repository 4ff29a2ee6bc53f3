"""What must hold between the records of a data file, beyond the shape of each.

Thresholds in km: a border pair is of neighbours, a conurbation one built-up area; a city further from every other
city of its country than any real one probably has its coordinates mixed up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

from twincli.clock import this_day
from twincli.dataset.models import City, Pair, Source
from twincli.dataset.problems import MOST_PROBLEMS, Problem, Reason
from twincli.geo import great_circle_km
from twincli.i18n import N_
from twincli.vocabulary import OVER, Kind

MAX_BORDER_KM = 150
MAX_CONURBATION_KM = 80
FAR_FROM_COMPATRIOTS_KM = 2000
_LIMITS = {Kind.BORDER: MAX_BORDER_KM, Kind.CONURBATION: MAX_CONURBATION_KM}


class Fault(NamedTuple):
    """What is wrong with one record, and where."""

    record: str
    field: str | None
    reason: Reason
    is_warning: bool = False


class Located(Protocol):
    """What checking a pair's places needs of a city."""

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2."""

    @property
    def lat(self) -> float:
        """In degrees, WGS 84."""

    @property
    def lon(self) -> float:
        """In degrees, WGS 84."""


def check_records(
    file: str,
    cities: Sequence[City],
    sources: Sequence[Source],
    pairs: Sequence[Pair],
    *,
    known_cities: Iterable[str] = (),
    known_sources: Iterable[str] = (),
    known_countries: Iterable[str] = (),
) -> list[Problem]:
    """Return everything wrong between records that are each well-formed.

    ``known_cities`` and ``known_sources`` are ids of records that were too malformed to be read: they exist, so that a
    pair that names one is not reported a second time for it. Without ``known_countries``, codes are not checked.
    """
    by_id = {city.id: city for city in cities}
    countries = set(known_countries)
    city_ids, source_ids = set(by_id).union(known_cities), {source.id for source in sources}.union(known_sources)

    today = this_day().isoformat()

    def faults() -> Iterator[Fault]:
        for repeated in (cities, sources, pairs):
            yield from _repeated_ids(repeated)
        yield from _far_from_compatriots(cities)
        yield from _local_sources(sources)
        yield from _repeated_pairs(pairs)
        for city in cities if countries else ():
            yield from check_country(city, countries)
        for pair in pairs:
            yield from check_pair(pair, city_ids, source_ids, today)
            ends = [by_id[end] for end in pair.cities if end in by_id]
            if len(set(pair.cities)) == len(ends) == 2:
                yield from check_places(pair, *ends)

    # One more than will be listed, so that it can be said that there are more.
    return [Problem(file, *fault) for fault in islice(faults(), MOST_PROBLEMS + 1)]


def check_country(city: City, known: Container[str]) -> Iterator[Fault]:
    """Yield what is wrong with a city's country."""
    if city.country not in known:
        reason = Reason(N_("is {country}, which is no ISO 3166-1 code"), country=city.country)
        yield Fault(city.id, "country", reason)


def check_pair(pair: Pair, cities: Container[str], sources: Container[str], today: str) -> Iterator[Fault]:
    """Yield what is wrong with a pair, given the ids of the cities and sources that there are, and the date."""
    yield from _check_dates(pair, today)
    yield from _check_lists(pair)
    for end in pair.cities:
        if end not in cities:
            yield Fault(pair.id, "cities", Reason(N_("names a city that does not exist: {end}"), end=end))
    for statement in pair.sources:
        if statement.source not in sources:
            reason = Reason(N_("names a source that does not exist: {source}"), source=statement.source)
            yield Fault(pair.id, "sources", reason)


def _local_sources(sources: Sequence[Source]) -> Iterator[Fault]:
    for source in sources:
        if source.url.startswith("file:"):
            reason = Reason(N_("is a file of one computer: name where it was published"))
            yield Fault(source.id, "url", reason, is_warning=True)


def _repeated_pairs(pairs: Sequence[Pair]) -> Iterator[Fault]:
    first: dict[tuple[str, ...], str] = {}
    for pair in pairs:
        ends = tuple(sorted(pair.cities))
        if first.setdefault(ends, pair.id) != pair.id:
            yield Fault(pair.id, "cities", Reason(N_("has the same two cities as {first}"), first=first[ends]))


def _check_lists(pair: Pair) -> Iterator[Fault]:
    if pair.cities[0] == pair.cities[1]:
        yield Fault(pair.id, "cities", Reason(N_("pairs a city with itself")))
    elif pair.cities[0] > pair.cities[1]:
        yield Fault(pair.id, "cities", Reason(N_("is not sorted")))
    if len(pair.sources) > 1 and len({statement.source for statement in pair.sources}) < len(pair.sources):
        yield Fault(pair.id, "sources", Reason(N_("names one source twice")))
    if len(pair.fields) > 1 and len(set(pair.fields)) < len(pair.fields):
        yield Fault(pair.id, "fields", Reason(N_("names one field twice")))


def _repeated_ids(records: Sequence[City] | Sequence[Source] | Sequence[Pair]) -> Iterator[Fault]:
    seen: set[str] = set()
    for record in records:
        if record.id in seen:
            yield Fault(record.id, "id", Reason(N_("is used twice")))
        seen.add(record.id)


def _check_dates(pair: Pair, today: str) -> Iterator[Fault]:
    if pair.until and pair.status not in OVER:
        reason = Reason(N_("stands with the status {status}, which is no end"), status=pair.status)
        yield Fault(pair.id, "until", reason)
    if pair.since and pair.until and _latest(pair.until) < pair.since:
        reason = Reason(N_("is {until}, before it began in {since}"), until=pair.until, since=pair.since)
        yield Fault(pair.id, "until", reason)
    for field, value in (("since", pair.since), ("until", pair.until)):
        if value and value > today:
            yield Fault(pair.id, field, Reason(N_("is {value}, in the future"), value=value), is_warning=True)


def _latest(partial: str) -> str:
    """Return a string that sorts after every date within a date of reduced precision."""
    return partial + "~"


def check_places(pair: Pair, one: Located, other: Located) -> Iterator[Fault]:
    """Yield what is wrong with a pair of that kind in those places."""
    reason = misplaced(pair.kind, one, other)
    if reason is not None:
        yield Fault(pair.id, "kind", reason)


def misplaced(kind: Kind, one: Located, other: Located) -> Reason | None:
    """Return why two places cannot have a tie of that kind, None where they can."""
    limit = _LIMITS.get(kind)
    distance = great_circle_km(one.lat, one.lon, other.lat, other.lon) if limit else 0
    if limit and distance > limit:
        message = N_("is {kind}, but the cities are {distance:.0f} km apart (at most {limit})")
        return Reason(message, kind=kind, distance=distance, limit=limit)
    if kind is Kind.CAPITAL and one.country != other.country:
        message = N_("is capital, but the cities lie in {country} and {other}")
        return Reason(message, country=one.country, other=other.country)
    return None


def _far_from_compatriots(cities: Sequence[City]) -> Iterator[Fault]:
    compatriots: dict[str, dict[Square, list[City]]] = defaultdict(lambda: defaultdict(list))
    for city in cities:
        compatriots[city.country][_square(city)].append(city)
    for city in cities:
        if _is_far_from_all(city, compatriots[city.country]):
            reason = Reason(
                N_("puts it over {limit} km from every other city of {country}"),
                limit=FAR_FROM_COMPATRIOTS_KM,
                country=city.country,
            )
            yield Fault(city.id, "lat", reason, is_warning=True)


Square = tuple[int, int]
_SQUARE_DEGREES = 5
# No two places of a square are further from each other than these, on the equator.
_SQUARE_KM = 800


def _square(city: City) -> Square:
    return int(city.lat // _SQUARE_DEGREES), int(city.lon // _SQUARE_DEGREES)


def _is_far_from_all(city: City, squares: Mapping[Square, Sequence[City]]) -> bool:
    """Tell whether a city has compatriots, and all are far.

    Only squares near the limit are searched city by city, as a file may hold any number.
    """
    if len(squares[_square(city)]) > 1 or len(squares) == 1:
        return False
    for square, others in squares.items():
        if square == _square(city):
            continue
        nearest = great_circle_km(city.lat, city.lon, others[0].lat, others[0].lon)
        if FAR_FROM_COMPATRIOTS_KM < nearest <= FAR_FROM_COMPATRIOTS_KM + _SQUARE_KM:
            nearest = min(great_circle_km(city.lat, city.lon, other.lat, other.lon) for other in others)
        if nearest <= FAR_FROM_COMPATRIOTS_KM:
            return False
    return True
